"""Questions and answers in; the words of their cards and tables, and what a click on them keeps, out."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from conventions.agreements import load_conventions
from conventions.catalogue import load_catalogue
from etl.report import LabelNote, Options, Proposal, Question, Report
from store.answers import COLUMN, IGNORED, LABEL, SHEET, Answer, AnswerDraft, Meaning, read_answers, record_answer
from store.database import open_database
from tests.test_pages import read_html, read_title, run, settle, upload
from tests.workbook_bytes import make_xlsx
from ui.deposit.answers import render_answers
from ui.deposit.meanings import list_parts, sort_measures
from ui.deposit.questions import count_waiting, write_evidence, write_nearness, write_others, write_title
from ui.deposit.understood import Corner, find_roles, mark_asked
from ui.shell import Screen

CATALOGUE, CONVENTIONS = load_catalogue(), load_conventions()
CELLS = (("T3", "C4"), ("T3", "C5"), ("T3", "C6"), ("T2", "C4"))
QUESTION = Question(LABEL, "T3", "C3", "Vus <RDV>", CELLS, ("43", "22", "8"))
ROWS: list[list[str | float]] = [
    ["PLIE du Pays de Martigues, 1er trimestre 2024"],
    ["Commune", "DE orientés vers le PLIE", "Conseillés"],
    ["Martigues", 12.0, 9.0],
]


def report(*questions: Question) -> Report:
    return Report("T3.xlsx", "abc", "plie-martigues", "plie", Options(), questions=questions)


def test_a_question_names_the_text_and_what_waits() -> None:
    assert write_title(QUESTION, CATALOGUE) == "Que compte « Vus <RDV> » ?"
    part = Question(LABEL, "T3", "C3", "Fems", CELLS, measure="integres")
    assert write_title(part, CATALOGUE) == "Dans « Personnes intégrées au dispositif », qui compte « Fems » ?"
    evidence = write_evidence(QUESTION)
    assert "Feuille T3, C4 à C6, et 1\u00a0autre feuille\u00a0: 43, 22, 8…" in evidence
    assert "<b>4\u00a0chiffres attendent</b>" in evidence
    assert count_waiting(report(QUESTION, part)) == 8


@pytest.mark.parametrize(
    ("score", "words"), [(93.0, "très proche"), (84.0, "proche"), (77.0, "assez proche"), (100.0, "graphie connue")]
)
def test_nearness_is_said_in_words(score: float, words: str) -> None:
    assert words in write_nearness(Proposal("presents", "Présents", score))


def test_the_questions_to_come_are_named_a_few_at_a_time() -> None:
    names = [Question(LABEL, "T3", "C3", name) for name in "abcdef"]
    assert write_others(names[:1]) == "Ensuite\u00a0: «\u00a0a\u00a0»."
    assert write_others(names).endswith("et 2 autres.")


def test_measures_of_the_source_come_first_and_none_is_missing() -> None:
    codes = sort_measures(CATALOGUE, CONVENTIONS["plie-martigues"], "france-travail")
    assert set(codes) == set(CATALOGUE.measures)
    assert codes.index("convoques") < codes.index("integres") < codes.index("accueillis")
    assert sort_measures(CATALOGUE, None, None) == list(CATALOGUE.measures)


def test_parts_are_named_with_their_axis_once() -> None:
    parts = list_parts(CATALOGUE.measures["integres"].axes, CATALOGUE)
    assert parts["Sexe\u00a0: Femmes"] == ("sexe", "femme")
    assert parts["Prescripteur : France Travail"] == ("prescripteur", "france_travail")
    assert not any(axis == "motif" for axis, _ in parts.values())


def test_a_label_that_is_asked_stands_first_and_in_doubt() -> None:
    notes = (
        LabelNote("T3", "B3", "Orientés", "mesure", "DE orientés", "graphie connue", 1.0),
        LabelNote("T3", "C3", "Vus <RDV>", "à préciser", "non compris", "mots inexpliqués", 0.0),
    )
    told = Report("T3.xlsx", "abc", None, None, Options(), labels=notes, questions=(QUESTION,))
    first, second = mark_asked(told)
    assert (first.text, first.meaning, first.how) == ("Vus <RDV>", "à choisir", "voir la question")
    assert first.confidence == 0.5
    assert second == notes[0]
    corner = Corner("T3", ((None,), (None,), ("Orientés", "x", "Vus <RDV>"), ("a", 1.0, 43.0)))
    roles = find_roles(corner, told)
    assert (roles["A3"], roles["C3"], roles["C4"]) == ("measure", "ask", "waiting")


def test_answers_are_listed_from_the_latest_with_who_and_when() -> None:
    day = datetime(2026, 11, 22, 8, tzinfo=UTC)
    answers = [
        Answer("plie-martigues", "plie", LABEL, "Vus <RDV>", Meaning("presents"), "R000001", "PLIE", day),
        Answer("metz", None, SHEET, "Brouillon", IGNORED, "R000002", "", day),
    ]
    screen = Screen("Réponses", None, CONVENTIONS, CATALOGUE, (), date(2026, 11, 22))  # type: ignore[arg-type]
    html = render_answers(answers, screen)
    assert html.index("Brouillon") < html.index("Vus &lt;RDV&gt;")
    assert "DE présents / reçus en premier accueil" in html
    assert "22/11/2026 à 09:00" in html
    assert html.index("toutes les sources") < html.index("à ne pas lire")


@pytest.fixture
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    path = tmp_path / "jalons.duckdb"
    monkeypatch.setenv("JALONS_DATABASE", str(path))
    yield path
    st.cache_data.clear()
    st.cache_resource.clear()


def deposit(sheet: str = "Retour") -> AppTest:
    """The page of deposits with a file of which one header is unknown."""
    test = run("depot")
    upload(test, "retour.xlsx", make_xlsx(ROWS, sheet))
    return test


def answers_of(path: Path) -> list[Answer]:
    with open_database(path) as database:
        return read_answers(database)


def test_an_answer_on_the_page_is_kept_and_read_at_once(base: Path) -> None:
    test = deposit()
    expected = "Classeur compris à une question près\u00a0: 1\u00a0chiffre prêt, 1 en attente de votre réponse"
    assert read_title(test) == expected
    test.text_input(key="reponse_par").set_value("PLIE").run()
    test.radio[0].set_value("rien").run()
    test.button(key="repondre").click()
    settle(test)
    assert read_title(test) == "Classeur compris\u00a0: 1\u00a0chiffre prêt"
    (kept,) = answers_of(base)
    assert (kept.text, kept.meaning, kept.source, kept.author) == ("Conseillés", IGNORED, "plie", "PLIE")


def test_an_answer_for_one_file_is_not_kept(base: Path) -> None:
    test = deposit()
    test.radio[0].set_value("conseillers").run()
    next(box for box in test.checkbox if "Retenir" in box.label).uncheck().run()
    test.button(key="repondre").click()
    settle(test)
    assert read_title(test) == "Classeur compris\u00a0: 2\u00a0chiffres prêts"
    assert answers_of(base) == []


def test_a_column_in_doubt_is_asked_on_the_page(base: Path) -> None:
    test = run("depot")
    rows: list[list[str | float]] = [ROWS[0], ["Commune", "DE orientés", "Contact"], ["Martigues", 12.0, "Accueil"],
                                     ["Port-de-Bouc", 7.0, "Standard"]]  # fmt: skip
    upload(test, "retour.xlsx", make_xlsx(rows, "Retour"))
    assert read_title(test) == "Classeur compris à une question près\u00a0: 2\u00a0chiffres prêts"
    assert "nomme-t-elle des personnes" in read_html(test)
    test.radio[0].set_value("personne").run()
    test.button(key="repondre").click()
    settle(test)
    assert read_title(test) == "Classeur compris\u00a0: 2\u00a0chiffres prêts"
    assert [(one.kind, one.text) for one in answers_of(base)] == [(COLUMN, "Contact")]


def test_a_sheet_can_be_left_unread_from_the_page(base: Path) -> None:
    test = run("depot")
    upload(test, "retour.xlsx", make_two_sheets())
    test.selectbox(key="feuille-a-taire").select("Brouillon T1").run()
    test.button(key="taire-feuille").click()
    settle(test)
    assert "Feuille non lue, selon la réponse" in read_html(test)
    assert [(one.kind, one.text) for one in answers_of(base)] == [(SHEET, "Brouillon T1")]


def make_two_sheets() -> bytes:
    """A return and its draft, as a spreadsheet writes them."""
    book, out = openpyxl.Workbook(), io.BytesIO()
    for name, oriented in (("Retour T1", 12), ("Brouillon T1", 11)):
        sheet = book.create_sheet(name)
        sheet.append(ROWS[0])
        sheet.append(["Commune", "DE orientés"])
        sheet.append(["Martigues", oriented])
    book.remove(book["Sheet"])
    book.save(out)
    return out.getvalue()


def test_a_question_put_off_can_be_taken_up_again(base: Path) -> None:
    test = deposit()
    test.button(key="plus-tard").click().run()
    assert "1\u00a0question est restée sans réponse" in read_html(test)
    assert "accepter" in {button.key for button in test.button}
    test.button(key="y-repondre").click().run()
    assert "repondre" in {button.key for button in test.button}


def test_answers_are_changed_and_revoked_on_their_page(base: Path) -> None:
    with open_database(base) as database:
        kept = record_answer(
            database, AnswerDraft("plie-martigues", "plie", LABEL, "Vus", Meaning("presents")), author="PLIE"
        )
    test = run("reponses")
    assert read_title(test) == "1\u00a0réponse apprise"
    test.selectbox(key="reponse_choisie").select(kept.id).run()
    test.button(key="modifier").click().run()
    test.selectbox(key=f"modifier-{kept.id}-mesure").select("orientes").run()
    test.button(key="enregistrer-reponse").click().run()
    (changed,) = answers_of(base)
    assert changed.meaning == Meaning("orientes")
    test.selectbox(key="reponse_choisie").select(changed.id).run()
    test.button(key="revoquer").click().run()
    assert answers_of(base) == []
    assert "Aucune réponse encore" in read_html(test)
