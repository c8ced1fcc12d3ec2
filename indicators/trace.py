"""A figure in; the cells (file, sheet, cell, value) that its numerator and denominator come from, out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from conventions.values import Segment, segment_text
from indicators.amounts import Leaf
from indicators.counts import PATHS
from indicators.figures import compute_figures
from indicators.request import PRODUCER, Request, RequestError, find_convention
from indicators.values import Figure
from store.database import Database
from store.provenance import cells_of, path_rows_of

ROLES = ("numerateur", "denominateur", "deduction")


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
    figures = find_figures(database, request, territory)
    return [cell for figure in figures for cell in trace_cells(database, request, figure)]


def find_figures(database: Database, request: Request, territory: str | None) -> list[Figure]:
    """The figures of a request for one territory; the convention's own code or key means the whole."""
    convention = find_convention(request.convention)
    if territory is not None and territory not in {convention.key, *convention.codes}:
        expected = ", ".join(sorted(convention.codes))
        raise RequestError(f"Le territoire « {territory} » n’est pas de cette convention. Attendu : {expected}.")
    by = tuple(axis for axis in request.by if axis != "territoire")
    if territory in (None, convention.key, convention.territory.code):
        return compute_figures(database, replace(request, by=by))
    figures = compute_figures(database, replace(request, by=(*by, "territoire")))
    return [figure for figure in figures if figure.territory == territory]


def trace_cells(database: Database, request: Request, figure: Figure) -> list[TracedCell]:
    """The cells of a figure already computed; the producers of the data alone may see them."""
    if request.audience != PRODUCER:
        raise RequestError("Les cellules d’un chiffre ne se montrent qu’aux producteurs des données.")
    return [
        cell
        for role, leaves in zip(ROLES, figure.leaves, strict=False)
        for cell in _list_cells(database, request.convention, role, leaves)
    ]


def _list_cells(database: Database, convention: str, role: str, leaves: Iterable[Leaf]) -> Iterator[TracedCell]:
    """The cells of the rows that were added up, measure by measure."""
    groups: dict[tuple[str, str, str, Segment], list[Leaf]] = defaultdict(list)
    for leaf in dict.fromkeys(leaves):
        groups[leaf.origin, leaf.convention, leaf.measure, leaf.segment].append(leaf)
    for (origin, owner, measure, segment), rows in groups.items():
        if origin == PATHS:
            yield from _list_path_rows(database, convention, role, rows)
            continue
        cells = cells_of(
            database,
            convention=owner,
            measure=measure,
            segment=segment,
            source=rows[0].source,
            territories=[leaf.territory for leaf in rows],
            periods=[leaf.period for leaf in rows],
        )
        wanted = {(leaf.territory, leaf.period) for leaf in rows}
        for cell in cells:
            if cell.is_current and (cell.territory, cell.period) in wanted:
                named = (role, measure, cell.territory, cell.period, segment_text(segment))
                yield TracedCell(*named, cell.value, cell.state, cell.file, cell.sheet, cell.cell, cell.import_id)


def _list_path_rows(database: Database, convention: str, role: str, leaves: Iterable[Leaf]) -> Iterator[TracedCell]:
    """The sheets of paths behind a count: how many paths each holds, never which ones."""
    for leaf in leaves:
        named = (role, leaf.measure, leaf.territory, leaf.period, segment_text(leaf.segment))
        for rows in path_rows_of(database, convention=convention, source=leaf.source):
            yield TracedCell(*named, None, f"{rows.records} parcours", rows.file, rows.sheet, None, rows.import_id)
