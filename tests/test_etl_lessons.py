"""Answers in; what they change of the reading of the next return, and nothing else, out."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from conventions.catalogue import load_catalogue
from etl.keys import KeyRing
from etl.lessons import Lessons, lesson_key, name_meaning
from etl.reader import parse_workbook
from etl.report import Report
from etl.run import examine_workbook
from etl.workbook import Workbook
from store.answers import COLUMN, IGNORED, LABEL, SHEET, Answer, Meaning
from tests.drawn import PLIE, codes, draw, figures, parts, read, read_sheets
from tests.layouts import MESS, SHAPES, make_delivery

DAY = datetime(2026, 11, 22, tzinfo=UTC)
PRESENTS = Meaning("presents")
TABLE = """
Commune      | DE orientés | Zorglub
Martigues    | 12          | 9
Port-de-Bouc | 7           | 5
"""


def answer(
    text: str, meaning: Meaning = PRESENTS, kind: str = LABEL, source: str | None = "plie"
) -> Answer:
    return Answer("plie-martigues", source, kind, text, meaning, "R000001", "PLIE", DAY)


def teach(*answers: Answer) -> Lessons:
    return Lessons(answers)


def test_a_label_is_asked_then_read_as_answered() -> None:
    before = read(TABLE, "T1 2024")
    assert [question.text for question in before.questions] == ["Zorglub"]
    after = read(TABLE, "T1 2024", lessons=teach(answer("Zorglub")))
    assert after.questions == ()
    assert figures(after) - figures(before) == {
        ("presents", "13056", "2024-T1", 9),
        ("presents", "13077", "2024-T1", 5),
    }
    note = next(note for note in after.labels if note.text == "Zorglub")
    assert (note.how, note.confidence) == ("réponse de PLIE du 22/11/2026", 1.0)


def test_an_answer_serves_the_next_period_too() -> None:
    table = TABLE.replace("Zorglub", "Zorglub T2")
    lessons = teach(answer("Zorglub T1"))
    assert ("presents", "13056", "2024-T2", 9) in figures(read(table, "Suivi 2024", lessons=lessons))


def test_a_count_teaches_nothing_of_its_rate() -> None:
    table = TABLE.replace("Zorglub", "Zorglub (%)")
    report = read(table, "T1 2024", lessons=teach(answer("Zorglub")))
    assert {one.measure for one in report.observations} == {"orientes"}
    assert lesson_key("Zorglub (%)") != lesson_key("Zorglub")


def test_a_label_not_to_be_read_is_set_aside_without_a_question() -> None:
    report = read(TABLE, "T1 2024", lessons=teach(answer("Zorglub", IGNORED)))
    assert report.questions == ()
    assert {one.measure for one in report.observations} == {"orientes"}
    assert "ecarte_unread" in codes(report)
    assert "libelle_inconnu" not in codes(report)


def test_an_answer_may_name_a_part_of_a_measure() -> None:
    table = """
    Indicateur          | T1 2024
    Personnes intégrées | 12
    dont Zorglub        | 7
    """
    lessons = teach(answer("dont Zorglub", Meaning(None, (("sexe", "femme"),))))
    assert parts(read(table, "Martigues", lessons=lessons)) == {
        ("integres", ()): 12,
        ("integres", (("sexe", "femme"),)): 7,
    }


def test_a_sheet_said_not_to_be_read_is_not_next_quarter_either() -> None:
    lessons = teach(answer("Brouillon T3 2023", IGNORED, SHEET))
    sheets = [draw(TABLE, "Retour T1 2024"), draw(TABLE, "Brouillon T1 2024")]
    report = read_sheets(*sheets, lessons=lessons)
    assert {one.sheet for one in report.observations} == {"Retour T1 2024"}
    told = next(finding for finding in report.findings if finding.code == "feuille_non_lue")
    assert (told.sheet, "réponse de PLIE du 22/11/2026" in told.message) == ("Brouillon T1 2024", True)


def test_a_sheet_named_by_its_period_alone_teaches_nothing() -> None:
    assert teach(answer("T3 2023", IGNORED, SHEET)).pick("plie-martigues", "plie").sheets == {}


def test_answers_are_picked_for_the_convention_and_the_source() -> None:
    every, own = answer("Zorglub", IGNORED, source=None), answer("Zorglub")
    elsewhere = replace(answer("Zorglub", Meaning("accueillis")), convention="metz")
    lessons = teach(own, every, elsewhere)
    assert lessons.pick("plie-martigues", "plie").labels["zorglub"].entries == (("measure", "presents"),)
    assert lessons.pick("plie-martigues", "france-travail").labels["zorglub"].entries == (("unread", "-"),)
    assert lessons.pick("rouen", "plie").labels == {}


def test_a_column_that_names_nobody_is_known_by_its_header() -> None:
    picked = teach(answer("Référent  unique", Meaning(), COLUMN)).pick("plie-martigues", "plie")
    assert picked.is_known_harmless("RÉFÉRENT UNIQUE")
    assert not picked.is_known_harmless("Référent")


CONTACTS = """
Commune      | DE orientés | Contact
Martigues    | 12          | Accueil
Port-de-Bouc | 7           | Standard
"""


def test_a_column_in_doubt_is_asked_until_someone_answers() -> None:
    asked = read(CONTACTS, "T1 2024")
    (question,) = asked.questions
    assert (question.kind, question.text, question.cell, question.waiting) == (COLUMN, "Contact", "C1", 0)
    assert "colonne_a_confirmer" in codes(asked)
    left = read(CONTACTS, "T1 2024", lessons=teach(answer("Contact", IGNORED, COLUMN)))
    assert (left.questions, "colonne_a_confirmer" in codes(left)) == ((), True)
    harmless = read(CONTACTS, "T1 2024", lessons=teach(answer("contact", Meaning(), COLUMN)))
    assert (harmless.questions, "colonne_a_confirmer" in codes(harmless)) == ((), False)
    assert figures(asked) == figures(left) == figures(harmless)


def test_a_column_that_surely_names_people_is_not_asked() -> None:
    report = read("Commune | DE orientés | Prénom\nMartigues | 12 | Jeanne\nPort-de-Bouc | 7 | Paul", "T1 2024")
    assert report.questions == ()


@pytest.mark.parametrize(
    ("meaning", "name"),
    [
        (Meaning("integres", (("sexe", "femme"),)), "Personnes intégrées au dispositif, Femmes"),
        (IGNORED, "à ne pas lire"),
    ],
)
def test_a_meaning_is_named_in_french(meaning: Meaning, name: str) -> None:
    assert name_meaning(meaning, load_catalogue()) == name


def read_taught(workbook: Workbook, *answers: Answer) -> Report:
    return examine_workbook(workbook, PLIE, KeyRing(), lessons=Lessons(answers))


@settings(max_examples=25, deadline=None, derandomize=True)
@given(
    shape=st.sampled_from(list(SHAPES)),
    mess=st.frozensets(st.sampled_from(MESS), max_size=len(MESS)),
    seed=st.integers(0, 10**6),
    meaning=st.sampled_from([Meaning("convoques"), IGNORED]),
)
def test_an_answer_changes_only_the_figures_under_its_label(
    shape: str, mess: frozenset[str], seed: int, meaning: Meaning
) -> None:
    """A return in which one label is unknown: taught, then as if never taught."""
    delivery = make_delivery(shape, mess, seed)
    workbook = parse_workbook(delivery.file, delivery.content)
    texts = {value for sheet in workbook.sheets for row in sheet.rows for value in row if isinstance(value, str)}
    before = read_taught(workbook)
    measured = [note.text for note in before.labels if note.axis == "mesure" and note.confidence == 1]
    label = next((text for text in measured if text in texts), None)
    assume(label is not None and lesson_key(label) and not any(text != label and label in text for text in texts))
    assert label is not None
    sheets = tuple(
        replace(sheet, rows=[[f"Zorglub {seed}" if value == label else value for value in row] for row in sheet.rows])
        for sheet in workbook.sheets
    )
    unknown = replace(workbook, sheets=sheets)
    asked = read_taught(unknown)
    taught = read_taught(unknown, answer(f"Zorglub {seed}", meaning))
    spots = {spot for question in asked.questions if question.text == f"Zorglub {seed}" for spot in question.cells}
    assume(spots)
    kept = {one for one in taught.observations if (one.sheet, one.cell) not in spots}
    assert kept == {one for one in asked.observations if (one.sheet, one.cell) not in spots}
    assert not any(question.text == f"Zorglub {seed}" for question in taught.questions)
    new = {one.measure for one in taught.observations if (one.sheet, one.cell) in spots}
    assert new <= {meaning.measure}
