"""The framework's words in; their French, or why a line of the list is refused, out."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from conventions.reading import DATA, DataError
from ui.interface import SOURCE, read_interface, write_script

OWN = read_interface(DATA / "interface.toml")


def read(folder: Path, text: str) -> None:
    path = folder / "interface.toml"
    path.write_text(text, encoding="utf-8")
    read_interface(path)


def test_script_holds_the_words_then_the_gestures_that_write_them() -> None:
    head, rest = write_script().split(";\n", 1)
    words = json.loads(head.removeprefix("const FRENCH = "))
    assert words["words"]["App pages"] == "Pages de Jalons"
    assert [tuple(one) for one in words["patterns"]] == list(OWN.patterns)
    assert rest == SOURCE.read_text("utf-8")


def test_french_is_told_with_its_own_spaces_and_never_told_again() -> None:
    """What is written is read back by the same list: it must hold nothing that it would change."""
    assert OWN.words["Error:"] == "Refusé\u00a0:"
    assert [said for said in OWN.words.values() if said in OWN.words] == []
    assert [said for said in OWN.words.values() for english, _ in OWN.patterns if re.search(english, said)] == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[words]\n"Close" = 1', "un libellé attendu"),
        ('[words]\n[[patterns]]\nenglish = "("\nfrench = "x"', "une expression attendue"),
        ('[words]\n[[patterns]]\nenglish = "^a$"\nfrench = "$1"', "0 part"),
        ('[words]\n[[patterns]]\nenglish = "^a$"\nfrench = "b"\nautre = 1', "autre"),
    ],
)
def test_line_that_cannot_be_read_is_refused(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(DataError, match=said):
        read(tmp_path, text)
