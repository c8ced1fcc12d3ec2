"""Spellings of a label in, one form out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conventions.text import expand_saint, normalise


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Demandeurs d'emploi orientés", "demandeurs d emploi orientes"),
        ("DEMANDEURS D’EMPLOI\u00a0ORIENTÉS", "demandeurs d emploi orientes"),
        ("Cœur d'Ostrevent", "coeur d ostrevent"),
        ("ŒTING", "oeting"),
        ("Læticia", "laeticia"),
        ("  Sorties\n positives (%) ", "sorties positives"),
        ("Port-de-Bouc", "port de bouc"),
        ("1ᵉʳ trimestre", "1er trimestre"),
        ("taux_presence", "taux presence"),
        ("L'Haÿ-les-Roses", "l hay les roses"),
        ("", ""),
        (" - ", ""),
    ],
)
def test_normalise_sets_the_spelling_aside(typed: str, read: str) -> None:
    assert normalise(typed) == read


@given(st.text())
def test_normalise_twice_changes_nothing_more(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(st.text(alphabet="abcdéèêëàâùûçôîïœæABCÉÀ0123456789 -'’_.\u00a0\u202f"))
def test_normalise_leaves_words_of_plain_letters_and_digits(text: str) -> None:
    read = normalise(text)
    assert read == normalise(text.upper())
    assert all(word.isascii() and word.isalnum() and word == word.lower() for word in read.split(" ") if read)


@given(st.lists(st.sampled_from(["st", "ste", "mitre", "estaque", "saint", "les"])))
def test_expand_saint_touches_whole_words_only(words: list[str]) -> None:
    full = {"st": "saint", "ste": "sainte"}
    assert expand_saint(" ".join(words)) == " ".join(full.get(word, word) for word in words)
