"""A figure in; the cells (file, sheet, cell, value) that its numerator and denominator come from, out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from conventions.agreements import load_conventions
from conventions.values import segment_text
from indicators.amounts import Leaf
from indicators.figures import Request, compute_figures
from indicators.values import Figure
from store.database import Database

_CELLS = """
select o.value, o.state, i.file, o.sheet, o.cell, o.import_id
from current_observations o join imports i on i.id = o.import_id
where (o.convention = ? or o.convention is null or o.convention = '') and o.source = ? and o.measure = ?
  and o.territory = ? and o.period = ? and o.segment = ?
order by o.convention nulls last, i.seq desc limit 1
"""
_PATHS = """
select i.file, p.import_id, count(*) from current_parcours p join imports i on i.id = p.import_id
where p.convention = ? and p.source = ? group by all order by i.file, p.import_id
"""


@dataclass(frozen=True)
class TracedCell:
    """One cell behind a figure. A count of paths has the file and no cell: it never leads to a person."""

    role: str
    measure: str
    territory: str
    period: str
    segment: str
    value: float | None
    state: str
    file: str
    sheet: str | None
    cell: str | None
    import_id: str


def trace_figure(database: Database, request: Request, territory: str | None) -> list[TracedCell]:
    """The cells behind the one figure of a request for one territory (None: the whole convention)."""
    return [cell for figure in find_figures(database, request, territory) for cell in trace_cells(database, request.convention, figure)]


def find_figures(database: Database, request: Request, territory: str | None) -> list[Figure]:
    """The figures of a request for one territory; the convention's own code means the whole."""
    convention = load_conventions()[request.convention]
    by = tuple(axis for axis in request.by if axis != "territoire")
    whole = territory is None or territory in (convention.key, convention.territory.code)
    asked = Request(**{**vars(request), "by": by if whole else (*by, "territoire")})
    return [figure for figure in compute_figures(database, asked) if whole or figure.territory == territory]


def trace_cells(database: Database, convention: str, figure: Figure) -> list[TracedCell]:
    """The cells of a figure already computed, in the order in which they were added up."""
    return [
        cell
        for role, leaves in zip(("numerateur", "denominateur"), figure.leaves, strict=True)
        for leaf in dict.fromkeys(leaves)
        for cell in _cells_of(database, convention, role, leaf)
    ]


def _cells_of(database: Database, convention: str, role: str, leaf: Leaf) -> Iterable[TracedCell]:
    segment = segment_text(leaf.segment)
    named = (role, leaf.measure, leaf.territory, leaf.period, segment)
    cursor = database.cursor()
    if leaf.origin == "parcours":
        rows = cursor.execute(_PATHS, [convention, leaf.source]).fetchall()
        return [TracedCell(*named, None, f"{count} parcours", file, None, None, key) for file, key, count in rows]
    key = [convention, leaf.source, leaf.measure, leaf.territory, leaf.period, segment]
    return [TracedCell(*named, *row) for row in cursor.execute(_CELLS, key).fetchall()]
