"""Raw values as spreadsheets give them in; numbers, holes and texts out."""

from datetime import date

import pytest

from conventions.vocabulary import load_vocabulary
from etl.cells import EMPTY, HOLE, NUMBER, TEXT, Raw, classify, parse_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", 12),
        ("1 234", 1234),
        ("1\u00a0234", 1234),
        ("1\u202f234\u202f567", 1234567),
        ("1'234", 1234),
        ("12,5", 12.5),
        ("12.5", 12.5),
        ("-3", -3),
        ("\u22123", -3),
        ("+4", 4),
        ("1 017 (1)", 1017),
        ("12*", 12),
        ("12 \u00b9", 12),
        ("  8 ", 8),
    ],
)
def test_parse_number_reads_what_french_workbooks_write(text: str, number: float) -> None:
    assert parse_number(text) == number


@pytest.mark.parametrize(
    "text", ["", "douze", "12 personnes", "12/15", "1 23", "12 34 56", "T1", "(1)", "3 à 5", "1er"]
)
def test_parse_number_never_guesses(text: str) -> None:
    assert parse_number(text) is None


@pytest.mark.parametrize(
    ("raw", "kind", "text"),
    [
        (None, EMPTY, ""),
        (" \u00a0 ", EMPTY, ""),
        (13056.0, NUMBER, "13056"),
        (0.65, NUMBER, "0.65"),
        ("DE\norientés", TEXT, "DE orientés"),
        ("Orientés (1)", TEXT, "Orientés"),
        ("Sorties positives*", TEXT, "Sorties positives"),
        (True, TEXT, "oui"),
        (date(2024, 6, 1), TEXT, "06/2024"),
        (date(2024, 6, 30), TEXT, "30/06/2024"),
        ("#REF!", TEXT, "#REF!"),
    ],
)
def test_classify_tells_numbers_from_texts(raw: Raw, kind: str, text: str) -> None:
    cell = classify(raw, {})
    assert (cell.kind, cell.text) == (kind, text)


@pytest.mark.parametrize(
    ("raw", "state"),
    [("n.c.", "n.d."), ("NC ", "n.d."), ("-", "n.d."), ("…", "n.d."), ("NR", "n.d."), ("s", "secret"),
     ("s.s", "secret"),
     ("s.o.", "sans_objet")],
)  # fmt: skip
def test_classify_gives_holes_their_state(raw: str, state: str) -> None:
    cell = classify(raw, load_vocabulary().holes)
    assert (cell.kind, cell.state, cell.number) == (HOLE, state, None)


def test_classify_keeps_percent_signs() -> None:
    assert classify("65 %", {}).is_percent
    assert classify("65,3\u00a0%", {}).number == 65.3
    assert not classify("65", {}).is_percent


def test_what_is_no_finite_number_is_a_text() -> None:
    assert [classify(raw, {}).kind for raw in (float("nan"), float("inf"), "9" * 400)] == [TEXT, TEXT, TEXT]
