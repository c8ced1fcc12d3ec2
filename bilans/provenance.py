"""The figures of a bilan in; the files, sheets and numbers of cells that they come from, out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from bilans.terms import Terms
from bilans.values import ImportLine
from conventions.values import segment_text
from indicators.amounts import Leaf
from indicators.values import Figure
from store.database import Database
from store.journal import read_history
from store.provenance import path_rows_of

_CELLS = """
with wanted as (
    select unnest($sources) as source, unnest($measures) as measure, unnest($territories) as territory,
        unnest($periods) as period, unnest($segments) as segment
)
select o.import_id, o.sheet, count(*)
from current_observations o semi join wanted w using (source, measure, territory, period, segment)
where o.convention in ($convention, '')
group by all order by o.import_id, o.sheet
"""
Sheets = dict[str, list[tuple[str, int]]]


def list_imports(database: Database, figures: Iterable[Figure], terms: Terms) -> tuple[ImportLine, ...]:
    """The imports behind the figures, oldest first; one of paths has their number and no cell."""
    leaves = {leaf for figure in figures for side in figure.leaves for leaf in side}
    cells = _find_cells(database, [leaf for leaf in leaves if leaf.origin == "retour"], terms.convention.key)
    paths = _find_paths(
        database, {leaf.source for leaf in leaves if leaf.origin == "parcours"}, terms.convention.key
    )
    return tuple(
        ImportLine(
            id=entry.id,
            file=entry.file,
            source=terms.source(entry.source),
            loaded_on=entry.loaded_at.date(),
            author=entry.author,
            file_hash=entry.file_hash,
            sheets=tuple(sheets[entry.id]),
            unit=unit,
        )
        for entry in read_history(database)
        for sheets, unit in ((cells, "chiffres"), (paths, "parcours"))
        if entry.id in sheets
    )


def _find_cells(database: Database, leaves: list[Leaf], convention: str) -> Sheets:
    found: Sheets = defaultdict(list)
    wanted = {
        "sources": [leaf.source for leaf in leaves],
        "measures": [leaf.measure for leaf in leaves],
        "territories": [leaf.territory for leaf in leaves],
        "periods": [leaf.period for leaf in leaves],
        "segments": [segment_text(leaf.segment) for leaf in leaves],
    }
    with database.cursor() as cursor:
        rows = cursor.execute(_CELLS, {**wanted, "convention": convention}).fetchall() if leaves else []
    for import_id, sheet, count in rows:
        found[import_id].append((sheet, count))
    return found


def _find_paths(database: Database, sources: set[str], convention: str) -> Sheets:
    found: Sheets = defaultdict(list)
    for source in sorted(sources):
        for rows in path_rows_of(database, convention=convention, source=source):
            found[rows.import_id].append((rows.sheet, rows.records))
    return found
