"""What is done to the database in, one line an act; the history of imports, and which still count, out."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import duckdb

from store.database import Database, StoreError

LOAD, UNDO, WITHDRAW = "charger", "annuler", "retirer"
ACTIVE, UNDONE, REPLACED = "actif", "annulé", "remplacé"


@dataclass(frozen=True)
class Delivery:
    """A file about to be loaded: who brings it, what it is and holds, what was said of it (JSON values)."""

    author: str
    file: str
    file_hash: str
    convention: str | None
    source: str | None
    options: Mapping[str, Any]
    sheets: Sequence[Mapping[str, Any]]
    findings: Sequence[Mapping[str, Any]]
    observations: int
    records: int


@dataclass(frozen=True)
class ImportEntry:
    """One import. `loaded_at` is in UTC; a replaced import is not undone, but later ones carry all it had."""

    id: str
    loaded_at: datetime
    author: str
    file: str
    file_hash: str
    convention: str | None
    source: str | None
    observations: int
    records: int
    state: str


@dataclass(frozen=True)
class JournalLine:
    """One act: who did what to which import, and when (UTC)."""

    done_at: datetime
    author: str
    action: str
    import_id: str
    detail: Mapping[str, Any]


_ENTRIES = """
with alive as (
    select import_id from current_observations union select import_id from current_parcours
)
select i.id, i.loaded_at, i.author, i.file, i.file_hash, i.convention, i.source, i.observations, i.records,
    case when i.id not in (select id from active_imports) then 'annulé'
         when i.id in (from alive) then 'actif'
         else 'remplacé' end
from imports i
"""


def _entry(row: Sequence[Any]) -> ImportEntry:
    return ImportEntry(*[row[0], row[1].replace(tzinfo=UTC), *row[2:]])


def read_history(db: Database) -> list[ImportEntry]:
    """Every import, oldest first."""
    with db.cursor() as cursor:
        return [_entry(row) for row in cursor.execute(f"{_ENTRIES} order by i.seq").fetchall()]


def read_journal(db: Database) -> list[JournalLine]:
    """Every act, oldest first."""
    with db.cursor() as cursor:
        rows = cursor.execute(
            "select done_at, author, action, import_id, detail from journal order by seq"
        ).fetchall()
    return [JournalLine(*[row[0].replace(tzinfo=UTC), *row[1:4], json.loads(row[4])]) for row in rows]


def find_import(cursor: duckdb.DuckDBPyConnection, import_id: str) -> ImportEntry:
    """One import by its id; StoreError when there is none."""
    rows = cursor.execute(f"{_ENTRIES} where i.id = ?", [import_id]).fetchall()
    if not rows:
        raise StoreError(f"L’import « {import_id} » n’existe pas. L’historique donne les imports connus.")
    return _entry(rows[0])


def find_loaded(
    cursor: duckdb.DuckDBPyConnection,
    *,
    file_hash: str,
    convention: str | None,
    source: str | None,
    period: str | None,
) -> ImportEntry | None:
    """The import, not undone, that brought this content under the same convention, source and period."""
    rows = cursor.execute(
        f"""{_ENTRIES}
        where i.id in (select id from active_imports)
          and i.file_hash = $file_hash
          and i.convention is not distinct from $convention
          and i.source is not distinct from $source
          and (i.options ->> 'period') is not distinct from $period
        order by i.seq desc limit 1""",
        {"file_hash": file_hash, "convention": convention, "source": source, "period": period},
    ).fetchall()
    return _entry(rows[0]) if rows else None


def is_loaded(
    db: Database, *, file_hash: str, convention: str | None, source: str | None, period: str | None
) -> ImportEntry | None:
    """The same, asked from outside a transaction."""
    with db.cursor() as cursor:
        return find_loaded(cursor, file_hash=file_hash, convention=convention, source=source, period=period)


def next_import(cursor: duckdb.DuckDBPyConnection) -> str:
    """The id of the next import: `I000001`, `I000002`, ..., without gaps."""
    return f"I{cursor.execute('select coalesce(max(seq), 0) + 1 from imports').fetchall()[0][0]:06d}"


def import_seq(import_id: str) -> int:
    """The number of an import: a later import has a greater one."""
    return int(import_id.removeprefix("I"))


def add_import(cursor: duckdb.DuckDBPyConnection, import_id: str, delivery: Delivery) -> None:
    """Write the line of an import."""
    cursor.execute(
        "insert into imports values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            import_id,
            import_seq(import_id),
            _now(),
            delivery.author,
            delivery.file,
            delivery.file_hash,
            delivery.convention,
            delivery.source,
            _json(delivery.options),
            delivery.observations,
            delivery.records,
            _json(delivery.sheets),
            _json(delivery.findings),
        ],
    )


def add_line(
    cursor: duckdb.DuckDBPyConnection, action: str, import_id: str, *, author: str, detail: Mapping[str, Any]
) -> None:
    """Append one act to the journal."""
    cursor.execute(
        "insert into journal select coalesce(max(seq), 0) + 1, ?, ?, ?, ?, ? from journal",
        [_now(), author, action, import_id, _json(detail)],
    )


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
