"""An answer that an analyst gives on what a return says in; those that stand, with author and date, out.

Nothing is rewritten: revoking an answer appends a row that names it, and both rows stay.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import duckdb

from conventions.agreements import load_conventions
from conventions.catalogue import load_catalogue
from conventions.personal_text import check_free_text
from conventions.values import Segment, make_segment, parse_segment, segment_text
from store.database import Database, StoreError

LABEL, SHEET, COLUMN = "libelle", "feuille", "colonne"
KINDS = {LABEL: "Libellé", SHEET: "Feuille", COLUMN: "Colonne"}
LONGEST_TEXT = 200
IGNORED_CODE = "-"


@dataclass(frozen=True)
class Meaning:
    """What a text was said to be: a measure, parts of one, or both; or nothing to read."""

    measure: str | None = None
    segment: Segment = ()
    is_ignored: bool = False

    @property
    def code(self) -> str:
        """« presents;sexe=femme », or « - » for what is not to be read."""
        if self.is_ignored:
            return IGNORED_CODE
        return ";".join(part for part in (self.measure, segment_text(self.segment)) if part)


IGNORED = Meaning(is_ignored=True)


def parse_meaning(code: str) -> Meaning:
    """The meaning of a code; StoreError when the catalogue does not know what it names."""
    if code == IGNORED_CODE:
        return IGNORED
    first, *others = code.split(";")
    measure, pairs = (None, [first, *others]) if "=" in first else (first or None, others)
    meaning = Meaning(measure, make_segment(dict(parse_segment(";".join(pairs)))))
    _check_meaning(meaning)
    return meaning


@dataclass(frozen=True)
class AnswerDraft:
    """What a text of the returns of a convention means; of every source when `source` is None.

    A `libelle` means a measure, a segment or nothing to read; a `feuille` is not to be read; a `colonne` names
    nobody, or is to be left out."""

    convention: str
    source: str | None
    kind: str
    text: str
    meaning: Meaning = Meaning()


@dataclass(frozen=True)
class Answer(AnswerDraft):
    """An answer as it is kept: its id (`R000001`), who gave it, and when (UTC)."""

    id: str = ""
    author: str = ""
    recorded_at: datetime = datetime.min


_STANDING = """
select convention, source, kind, text, meaning, id, author, recorded_at from answers
where revokes is null
  and id not in (select revokes from answers where revokes is not null)
"""


def record_answer(db: Database, draft: AnswerDraft, *, author: str) -> Answer:
    """Append an answer; StoreError says in French what is unknown, and nothing is written.

    One given again for the same text takes the place of the one before.
    """
    _check(draft)
    with db.transaction() as cursor:
        for answer in _read(cursor, "and convention = ? and kind = ? and text = ?",
                            [draft.convention, draft.kind, draft.text]):  # fmt: skip
            if answer.source == draft.source:
                _append(cursor, answer, author=author, revokes=answer.id)
        answer_id = _append(cursor, draft, author=author)
        return _read(cursor, "and id = ?", [answer_id])[0]


def revoke_answer(db: Database, answer_id: str, *, author: str) -> None:
    """Take an answer back; StoreError when there is none of that id, or when it was revoked already."""
    with db.transaction() as cursor:
        found = _read(cursor, "and id = ?", [answer_id])
        if not found:
            raise StoreError(
                f"La réponse « {answer_id} » n’existe pas ou a déjà été révoquée. "
                "La liste des réponses donne celles qui valent."
            )
        _append(cursor, found[0], author=author, revokes=answer_id)


def read_answers(db: Database, convention: str | None = None) -> list[Answer]:
    """The answers that stand, of one convention or of all, oldest first."""
    with db.cursor() as cursor:
        if convention is None:
            return _read(cursor, "", [])
        return _read(cursor, "and convention = ?", [convention])


def _read(cursor: duckdb.DuckDBPyConnection, where: str, values: Sequence[str]) -> list[Answer]:
    rows = cursor.execute(f"{_STANDING} {where} order by seq", values).fetchall()
    return [
        Answer(convention, source, kind, text, _load(meaning), answer_id, author, at.replace(tzinfo=UTC))
        for convention, source, kind, text, meaning, answer_id, author, at in rows
    ]


def _load(text: str) -> Meaning:
    found: dict[str, Any] = json.loads(text)
    return Meaning(found["measure"], make_segment(found["segment"]), found["is_ignored"])


def _append(
    cursor: duckdb.DuckDBPyConnection, draft: AnswerDraft, *, author: str, revokes: str | None = None
) -> str:
    seq = cursor.execute("select coalesce(max(seq), 0) + 1 from answers").fetchall()[0][0]
    meaning = {
        "measure": draft.meaning.measure,
        "segment": dict(draft.meaning.segment),
        "is_ignored": draft.meaning.is_ignored,
    }
    row: list[Any] = [
        f"R{seq:06d}", seq, draft.convention, draft.source, draft.kind, draft.text, json.dumps(meaning),
        author, datetime.now(UTC).replace(tzinfo=None), revokes,
    ]  # fmt: skip
    cursor.execute("insert into answers values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
    return str(row[0])


def _check(draft: AnswerDraft) -> None:
    """Refuse what no return could be read with: unknown codes, an empty text, a meaning that its kind has not."""
    conventions = load_conventions()
    if draft.convention not in conventions:
        raise StoreError(
            f"La convention « {draft.convention} » n’existe pas. Attendu : {', '.join(conventions)}."
        )
    sources = [source.code for source in conventions[draft.convention].sources]
    if draft.source is not None and draft.source not in sources:
        raise StoreError(f"La source « {draft.source} » n’existe pas ici. Attendu : {', '.join(sources)}.")
    if draft.kind not in KINDS:
        raise StoreError(f"« {draft.kind} » n’est pas une sorte de réponse. Attendu : {', '.join(KINDS)}.")
    if not draft.text.strip() or len(draft.text) > LONGEST_TEXT:
        raise StoreError(f"Un texte de 1 à {LONGEST_TEXT} caractères est attendu, tel qu’il est écrit.")
    if (refusal := check_free_text(draft.text)) is not None:
        raise StoreError(refusal)
    if draft.kind == SHEET and draft.meaning != IGNORED:
        raise StoreError("D’une feuille, on dit seulement qu’elle n’est pas à lire : « - » est attendu.")
    if draft.kind == COLUMN and draft.meaning not in (Meaning(), IGNORED):
        raise StoreError("D’une colonne, on dit qu’elle ne nomme personne (aucun sens), ou qu’elle s’écarte (« - »).")
    if draft.kind == LABEL and draft.meaning == Meaning():
        raise StoreError("Le sens du libellé manque : une mesure, un axe = valeur, ou « - » pour ne pas le lire.")
    _check_meaning(draft.meaning)


def _check_meaning(meaning: Meaning) -> None:
    """Refuse a measure, an axis or a value that the catalogue does not have, or that do not go together."""
    catalogue = load_catalogue()
    if meaning.measure is not None and meaning.measure not in catalogue.measures:
        raise StoreError(f"La mesure « {meaning.measure} » n’existe pas au catalogue.")
    for axis, value in meaning.segment:
        if axis not in catalogue.axes:
            raise StoreError(f"L’axe « {axis} » n’existe pas. Attendu : {', '.join(catalogue.axes)}.")
        if value not in catalogue.axes[axis].values:
            expected = ", ".join(catalogue.axes[axis].values)
            raise StoreError(f"« {value} » n’est pas une valeur de « {axis} ». Attendu : {expected}.")
        if meaning.measure is not None and axis not in catalogue.measures[meaning.measure].axes:
            label = catalogue.measures[meaning.measure].label
            raise StoreError(f"« {label} » n’est pas suivi par « {catalogue.axes[axis].label} ».")
