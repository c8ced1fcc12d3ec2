"""Abbreviations of the field in; the words they stand for, or why one that stands for nothing is refused, out."""

from __future__ import annotations

from pathlib import Path

import pytest

from conventions.abbreviations import load_abbreviations, read_abbreviations
from conventions.reading import DataError


def test_abbreviations_stand_for_their_words() -> None:
    known = load_abbreviations()
    assert known["rsa"] == "revenu de solidarite active"
    assert known["ft"] == known["pe"] == "france travail"


def test_abbreviation_of_one_word_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "essai.toml"
    path.write_text('RSA = "revenu"', encoding="utf-8")
    with pytest.raises(DataError, match="RSA.*au moins deux mots attendus"):
        read_abbreviations(path)
