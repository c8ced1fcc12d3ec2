"""A fact that no workbook brings in; those that stand, with author and date, out.

Nothing is rewritten: revoking a fact appends a row that names it, and both rows stay.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import duckdb

from conventions.agreements import load_conventions
from conventions.fact_kinds import (
    CONVENTION,
    DAY,
    NOTHING,
    NUMBER,
    PERIOD,
    PLACE,
    SOURCE,
    FactKind,
    load_fact_kinds,
)
from conventions.periods import parse_period
from conventions.personal_text import check_free_text
from conventions.values import Convention
from store.database import Database, StoreError

LONGEST_TEXT = 2000
_NAMES = {DAY: "le jour", PERIOD: "la période", PLACE: "le territoire"}


@dataclass(frozen=True)
class FactDraft:
    """What a form says: a kind of `data/facts.toml`, what it is about, when, where, and its value."""

    convention: str
    kind: str
    about: str | None = None
    period: str | None = None
    territory: str | None = None
    text: str | None = None
    number: float | None = None
    day: date | None = None


@dataclass(frozen=True)
class Fact(FactDraft):
    """A fact as it is kept: its id (`F000001`), who recorded it, and when (UTC)."""

    id: str = ""
    author: str = ""
    recorded_at: datetime = datetime.min


_STANDING = """
select convention, kind, about, period, territory, text, number, day, id, author, recorded_at from facts
where revokes is null
  and id not in (select revokes from facts where revokes is not null)
"""


def record_fact(db: Database, draft: FactDraft, *, author: str) -> Fact:
    """Append a fact; StoreError says in French what is missing or unknown, and nothing is written."""
    _check(draft)
    with db.transaction() as cursor:
        fact_id = _append(cursor, draft, author=author)
        return _read(cursor, "and id = ?", [fact_id])[0]


def revoke_fact(db: Database, fact_id: str, *, author: str) -> None:
    """Take a fact back; StoreError when there is none of that id, or when it was revoked already."""
    with db.transaction() as cursor:
        found = _read(cursor, "and id = ?", [fact_id])
        if not found:
            raise StoreError(
                f"Le fait « {fact_id} » n’existe pas ou a déjà été retiré. "
                "La liste des faits donne ceux qui valent."
            )
        _append(cursor, found[0], author=author, revokes=fact_id)


def read_facts(db: Database, convention: str, kind: str | None = None) -> list[Fact]:
    """The facts of a convention that stand, of one kind or of all, oldest first."""
    with db.cursor() as cursor:
        if kind is None:
            return _read(cursor, "and convention = ?", [convention])
        return _read(cursor, "and convention = ? and kind = ?", [convention, kind])


def _read(cursor: duckdb.DuckDBPyConnection, where: str, values: Sequence[str]) -> list[Fact]:
    rows = cursor.execute(f"{_STANDING} {where} order by seq", values).fetchall()
    return [Fact(*[*row[:-1], row[-1].replace(tzinfo=UTC)]) for row in rows]


def _append(
    cursor: duckdb.DuckDBPyConnection, draft: FactDraft, *, author: str, revokes: str | None = None
) -> str:
    seq = cursor.execute("select coalesce(max(seq), 0) + 1 from facts").fetchall()[0][0]
    row: list[Any] = [
        f"F{seq:06d}", seq, draft.convention, draft.kind, draft.about, draft.period, draft.territory,
        draft.text, draft.number, draft.day, author, datetime.now(UTC).replace(tzinfo=None), revokes,
    ]  # fmt: skip
    cursor.execute("insert into facts values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
    return str(row[0])


def _check(draft: FactDraft) -> None:
    """Refuse what nobody could read again: unknown codes, a period outside, a missing or misplaced value."""
    conventions, kinds = load_conventions(), load_fact_kinds()
    if draft.convention not in conventions:
        raise StoreError(
            f"La convention « {draft.convention} » n’existe pas. Attendu : {', '.join(conventions)}."
        )
    if draft.kind not in kinds:
        raise StoreError(f"Le fait « {draft.kind} » n’existe pas. Attendu : {', '.join(kinds)}.")
    convention, kind = conventions[draft.convention], kinds[draft.kind]
    given = {DAY: draft.day, PERIOD: draft.period, PLACE: draft.territory}
    missing = [_NAMES[need] for need in sorted(kind.needs) if given[need] is None]
    if missing:
        raise StoreError(f"{kind.label} : il manque {', '.join(missing)}. {kind.expected}")
    _check_subject(draft, kind, convention)
    _check_place_and_time(draft, kind, convention)
    _check_value(draft, kind, convention)


def _check_subject(draft: FactDraft, kind: FactKind, convention: Convention) -> None:
    subjects = kind.subjects(convention)
    if kind.about == CONVENTION:
        if draft.about is not None:
            raise StoreError(f"{kind.label} : il porte sur la convention, non sur « {draft.about} ».")
    elif draft.about not in subjects:
        said = (
            f"« {draft.about} » n’est pas un choix possible" if draft.about else "il manque ce dont il s’agit"
        )
        raise StoreError(f"{kind.label} : {said}. Attendu : {', '.join(subjects)}.")


def _check_place_and_time(draft: FactDraft, kind: FactKind, convention: Convention) -> None:
    if draft.territory is not None and draft.territory not in convention.codes:
        raise StoreError(f"{kind.label} : « {draft.territory} » n’est pas un territoire de la convention.")
    if draft.period is None:
        return
    try:
        period = parse_period(draft.period)
    except ValueError as error:
        raise StoreError(f"{kind.label} : {error}") from error
    if period.end < convention.start or period.start > convention.end:
        years = f"{convention.start:%d/%m/%Y} au {convention.end:%d/%m/%Y}"
        raise StoreError(f"{kind.label} : « {period.label} » est hors de la convention ({years}).")


def _check_value(draft: FactDraft, kind: FactKind, convention: Convention) -> None:
    """A number where one is expected and nowhere else; a text, or a source's code, where it is the value."""
    if (draft.number is not None) != (kind.value == NUMBER):
        expected = f"un nombre attendu, en {kind.unit}" if kind.value == NUMBER else "aucun nombre attendu"
        raise StoreError(f"{kind.label} : {expected}.")
    if draft.number is not None and not 0 <= draft.number < float("inf"):
        raise StoreError(f"{kind.label} : un nombre positif ou nul attendu, en {kind.unit}.")
    if draft.text is not None and len(draft.text) > LONGEST_TEXT:
        raise StoreError(f"{kind.label} : {LONGEST_TEXT} caractères au plus, reçu {len(draft.text)}.")
    if (refusal := check_free_text(draft.text or "")) is not None:
        raise StoreError(f"{kind.label} : {refusal}")
    sources = [source.code for source in convention.sources]
    if kind.value == SOURCE and draft.text not in sources:
        raise StoreError(f"{kind.label} : une source de la convention attendue : {', '.join(sources)}.")
    if kind.value not in (NOTHING, NUMBER) and not (draft.text or "").strip():
        raise StoreError(f"{kind.label} : un texte attendu. {kind.expected}")
