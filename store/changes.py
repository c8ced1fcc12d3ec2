"""The rows of one import in; what they add, change or repeat, and what the replaced files had more, out."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from conventions.values import Segment, parse_segment
from store.journal import import_seq

FIGURE_KEY = "convention, source, measure, territory, period, segment"
PATH_KEY = "convention, source, pseudonym, rank"
_KEYS = {"observations": FIGURE_KEY, "parcours": PATH_KEY}
# What makes two paths of one key the same; where they stand in the file does not.
_PATH_VALUES = (
    "territory, agence, prescripteur, date_orientation, date_premier_contact, date_diagnostic, "
    "date_integration, date_sortie, motif, sexe, age, publics, niveau_formation, entretiens"
)
_VALUES = {"observations": "value, state", "parcours": _PATH_VALUES}


@dataclass(frozen=True)
class Changes:
    """How many figures and paths are new, different or the same, and the imports that they take over."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    superseded: tuple[str, ...] = ()


@dataclass(frozen=True)
class LackingFigure:
    """A figure that still counts, of an older file, and that the file replacing a part of it lacks."""

    import_id: str
    file: str
    source: str
    measure: str
    territory: str
    period: str
    segment: Segment
    value: float | None
    state: str


@dataclass(frozen=True)
class LackingPaths:
    """How many paths of an older file this one lacks."""

    import_id: str
    file: str
    count: int


@dataclass(frozen=True)
class Lacking:
    """What an import lacks of the files that it replaces in part."""

    figures: tuple[LackingFigure, ...] = ()
    paths: tuple[LackingPaths, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.figures or self.paths)


def measure_changes(cursor: duckdb.DuckDBPyConnection) -> Changes:
    """Compare the staged rows with what counts today."""
    added = changed = unchanged = 0
    superseded: set[str] = set()
    for table, key in _KEYS.items():
        rows = cursor.execute(
            f"""with incoming as (
                {_incoming(table)}
            ), present as (
                select {key}, import_id, row({_VALUES[table]}) as facts from current_{table}
            )
            select present.import_id, incoming.facts is distinct from present.facts, count(*)
            from incoming left join present using ({key})
            group by all""",
        ).fetchall()
        added += sum(count for old, _, count in rows if old is None)
        changed += sum(count for old, differs, count in rows if old is not None and differs)
        unchanged += sum(count for old, differs, count in rows if old is not None and not differs)
        superseded |= {old for old, _, _ in rows if old is not None}
    return Changes(added, changed, unchanged, tuple(sorted(superseded)))


def _incoming(table: str) -> str:
    """The staged rows, one a key: of two cells that name one figure, the one that the view of what counts keeps."""
    if table == "parcours":
        return f"select {PATH_KEY}, row({_PATH_VALUES}) as facts from incoming_parcours"
    order = "value is null, sheet, length(cell), cell"
    return f"""select {FIGURE_KEY}, first(row({_VALUES[table]}) order by {order}) as facts
                from incoming_{table} group by all"""


def find_lacking(cursor: duckdb.DuckDBPyConnection, import_id: str) -> Lacking:
    """What still counts from older files that share figures with an import, and that this import lacks.

    It is kept for this cursor in the temporary tables `lacking_observations` and `lacking_parcours`, unless there is
    no older file.
    """
    if not _has_older(cursor, import_id):
        return Lacking()
    for table, key in _KEYS.items():
        cursor.execute(
            f"""create or replace temp table lacking_{table} as
            with own as (select {key} from {table} where import_id = $id),
            older as (
                select distinct o.import_id from {table} o semi join own using ({key}) where o.seq < $seq
            )
            select * from current_{table}
            where import_id in (from older)
              and (convention, source) in (select (convention, source) from own)""",
            {"id": import_id, "seq": import_seq(import_id)},
        )
    figures = cursor.execute(
        """select import_id, file, o.source, measure, territory, period, segment, value, state
        from lacking_observations o join imports i on i.id = o.import_id
        order by o.seq, measure, territory, period, segment"""
    ).fetchall()
    paths = cursor.execute(
        """select import_id, file, count(*) from lacking_parcours p join imports i on i.id = p.import_id
        group by all order by import_id"""
    ).fetchall()
    return Lacking(
        tuple(LackingFigure(*[*row[:6], parse_segment(row[6]), *row[7:]]) for row in figures),
        tuple(LackingPaths(*row) for row in paths),
    )


def _has_older(cursor: duckdb.DuckDBPyConnection, import_id: str) -> bool:
    """Whether an import of the same convention came before this one."""
    rows = cursor.execute(
        """select exists (
            from imports o join imports i on o.convention is not distinct from i.convention and o.seq < i.seq
            where i.id = ?
        )""",
        [import_id],
    ).fetchall()
    return bool(rows[0][0])
