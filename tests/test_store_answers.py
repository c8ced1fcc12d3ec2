"""Answers in; those that stand, with who gave them and when, out; nothing is ever rewritten."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from store.answers import (
    COLUMN,
    IGNORED,
    LABEL,
    LONGEST_TEXT,
    SHEET,
    AnswerDraft,
    Meaning,
    parse_meaning,
    read_answers,
    record_answer,
    revoke_answer,
)
from store.database import Database, StoreError, open_database

PRESENTS = Meaning("presents")
RECUS = AnswerDraft("plie-martigues", "plie", LABEL, "Reçus RDV1", PRESENTS)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with open_database(tmp_path / "jalons.duckdb") as database:
        yield database


def count_rows(db: Database) -> int:
    with db.cursor() as cursor:
        return int(cursor.execute("select count(*) from answers").fetchall()[0][0])


def test_an_answer_is_kept_with_its_author_and_read_back(db: Database) -> None:
    answer = record_answer(db, RECUS, author="PLIE")
    assert (answer.id, answer.author, answer.meaning) == ("R000001", "PLIE", PRESENTS)
    assert read_answers(db) == read_answers(db, "plie-martigues") == [answer]
    assert read_answers(db, "metz") == []


def test_a_revoked_answer_stands_no_more_and_stays_written(db: Database) -> None:
    answer = record_answer(db, RECUS, author="PLIE")
    revoke_answer(db, answer.id, author="FT")
    assert read_answers(db) == []
    assert count_rows(db) == 2
    with pytest.raises(StoreError, match="déjà été révoquée"):
        revoke_answer(db, answer.id, author="FT")


def test_another_answer_for_the_same_text_takes_its_place(db: Database) -> None:
    record_answer(db, RECUS, author="PLIE")
    other = AnswerDraft("plie-martigues", "plie", LABEL, "Reçus RDV1", Meaning("presents_ic"))
    record_answer(db, other, author="FT")
    elsewhere = AnswerDraft("plie-martigues", None, LABEL, "Reçus RDV1", IGNORED)
    record_answer(db, elsewhere, author="FT")
    assert [(one.source, one.meaning) for one in read_answers(db)] == [
        ("plie", Meaning("presents_ic")),
        (None, IGNORED),
    ]
    assert count_rows(db) == 4


@pytest.mark.parametrize(
    "draft",
    [
        AnswerDraft("plie-martigues", None, LABEL, "Reçus femmes", Meaning("presents", (("sexe", "femme"),))),
        AnswerDraft("plie-martigues", None, LABEL, "F.", Meaning(None, (("sexe", "femme"),))),
        AnswerDraft("metz", None, SHEET, "Brouillon", IGNORED),
        AnswerDraft("metz", None, COLUMN, "Référent"),
        AnswerDraft("metz", None, COLUMN, "Référent", IGNORED),
    ],
)
def test_each_kind_of_answer_is_kept_as_given(db: Database, draft: AnswerDraft) -> None:
    record_answer(db, draft, author="FT")
    found = read_answers(db)[0]
    assert (found.kind, found.text, found.meaning) == (draft.kind, draft.text, draft.meaning)


@pytest.mark.parametrize(
    ("draft", "said"),
    [
        (AnswerDraft("lyon", None, LABEL, "x", PRESENTS), "n’existe pas"),
        (AnswerDraft("metz", "plie", LABEL, "x", PRESENTS), "La source « plie »"),
        (AnswerDraft("metz", None, "titre", "x", PRESENTS), "sorte de réponse"),
        (AnswerDraft("metz", None, LABEL, " ", PRESENTS), "caractères"),
        (AnswerDraft("metz", None, LABEL, "x" * (LONGEST_TEXT + 1), PRESENTS), "caractères"),
        (AnswerDraft("metz", None, LABEL, "x"), "sens du libellé manque"),
        (AnswerDraft("metz", None, LABEL, "x", Meaning("zorglub")), "n’existe pas au catalogue"),
        (AnswerDraft("metz", None, LABEL, "x", Meaning(None, (("taille", "a"),))), "L’axe « taille »"),
        (AnswerDraft("metz", None, LABEL, "x", Meaning(None, (("sexe", "a"),))), "n’est pas une valeur"),
        (
            AnswerDraft("metz", None, LABEL, "x", Meaning("accompagnateurs", (("sexe", "femme"),))),
            "n’est pas suivi par « Sexe »",
        ),
        (AnswerDraft("metz", None, SHEET, "x", PRESENTS), "pas à lire"),
        (AnswerDraft("metz", None, COLUMN, "x", PRESENTS), "ne nomme personne"),
    ],
)
def test_what_no_return_could_be_read_with_is_refused(db: Database, draft: AnswerDraft, said: str) -> None:
    with pytest.raises(StoreError, match=said):
        record_answer(db, draft, author="FT")
    assert count_rows(db) == 0


@pytest.mark.parametrize("code", ["presents", "presents;sexe=femme", "sexe=femme", "age=26_44;sexe=femme", "-"])
def test_a_code_says_the_whole_meaning(code: str) -> None:
    assert parse_meaning(code).code == code


@pytest.mark.parametrize("code", ["zorglub", "presents;taille=grande", "accompagnateurs;sexe=femme"])
def test_an_unknown_code_is_refused(code: str) -> None:
    with pytest.raises(StoreError):
        parse_meaning(code)
