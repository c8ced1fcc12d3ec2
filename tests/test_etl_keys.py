"""Identifiers in; pseudonyms that only the key of the convention makes, out."""

from __future__ import annotations

import hmac
import stat
from pathlib import Path

import pytest

from etl.keys import KeyRing, make_pseudonyms


def test_a_key_is_kept_for_its_owner_alone(tmp_path: Path) -> None:
    ring = KeyRing(tmp_path / "cles")
    key = ring.key("plie-martigues")
    path = tmp_path / "cles" / "plie-martigues.key"
    assert len(key) == 32
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert KeyRing(tmp_path / "cles").key("plie-martigues") == key
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_each_convention_has_its_own_pseudonyms(tmp_path: Path) -> None:
    ring = KeyRing(tmp_path)
    martigues, ille = ring.key("plie-martigues"), ring.key("accompagnement-global-35")
    assert make_pseudonyms(["A-1"], martigues) == make_pseudonyms(["A-1"], martigues)
    assert make_pseudonyms(["A-1"], martigues) != make_pseudonyms(["A-1"], ille)


@pytest.mark.parametrize(("one", "other"), [("A-1", " a-1 "), (12.0, "12"), (12, "12"), ("AB 12", "ab12")])
def test_an_identifier_is_the_same_however_it_is_typed(one: str | float, other: str) -> None:
    assert make_pseudonyms([one], b"key") == make_pseudonyms([other], b"key")


def test_a_pseudonym_tells_nothing_without_the_key() -> None:
    assert make_pseudonyms(["12"], b"key") != make_pseudonyms(["12"], b"other")
    assert make_pseudonyms(["12"], b"key") != ["12"]
    assert len(make_pseudonyms(["12"], b"key")[0]) == 32


def test_a_dry_run_leaves_no_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert len(KeyRing().key("plie-martigues")) == 32
    assert list(tmp_path.iterdir()) == []


def test_a_pseudonym_is_the_keyed_hash_of_the_identifier() -> None:
    expected = hmac.new(b"key", b"A-1", "sha256").hexdigest()[:32]
    assert make_pseudonyms(["A-1", " a-1 ", "B"], b"key")[:2] == [expected, expected]


@pytest.mark.parametrize("key", [b"", b"key", bytes(range(64)), bytes(range(200))], ids=len)
def test_a_pseudonym_is_the_hmac_of_the_library(key: bytes) -> None:
    expected = hmac.new(key, b"PLM-000123", "sha256").hexdigest()[:32]
    assert make_pseudonyms([" plm-000 123"], key) == [expected]
