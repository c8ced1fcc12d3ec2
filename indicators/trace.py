"""A figure in; the cells (file, sheet, cell, value) that its numerator and denominator come from, out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from conventions.catalogue import Catalogue, load_catalogue
from conventions.values import Convention, Segment, Term, segment_text
from indicators.amounts import Leaf
from indicators.counts import PATHS, RETURN
from indicators.figures import compute_figures
from indicators.request import PRODUCER, Request, RequestError, check_request, find_convention
from indicators.rules import list_terms
from indicators.values import Figure
from store.database import Database
from store.provenance import cells_of, path_rows_of

ROLES = ("numerateur", "denominateur", "deduction")


@dataclass(frozen=True)
class TracedCell:
    """One cell behind a figure. A count of paths has the file and no cell: it never leads to a person.
    `loaded_on` and `author`: when it was loaded (UTC), and who did; a later file replaced what is not current."""

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
    loaded_on: date
    author: str
    is_current: bool = True

    @property
    def is_path(self) -> bool:
        """Whether it stands for rows of paths."""
        return self.cell is None


def trace_figure(database: Database, request: Request, territory: str | None) -> list[TracedCell]:
    """The cells behind the one figure of a request for one territory (None: the whole convention).

    A territory outside the convention has no figure, but what a national workbook said of it is context: its cells
    are given too.
    """
    if territory is not None and not _is_own(find_convention(request.convention), territory):
        return _trace_context(database, request, territory)
    figures = find_figures(database, request, territory)
    return [cell for figure in figures for cell in trace_cells(database, request, figure)]


def _is_own(convention: Convention, territory: str) -> bool:
    return territory in {convention.key, *convention.codes}


def _trace_context(database: Database, request: Request, territory: str) -> list[TracedCell]:
    """The cells of the terms of each indicator, as received for a territory outside the convention."""
    convention, catalogue = find_convention(request.convention), load_catalogue()
    check_request(request, convention, catalogue)
    leaves = [
        (role, Leaf(convention.key, source.code, RETURN, term.measure, _headline(term, catalogue), territory, period))
        for code in request.indicators
        for role, term in zip(ROLES, list_terms(catalogue.indicator(code)), strict=False)
        for period in request.periods
        for source in convention.sources
    ]
    # A national workbook loaded for no convention only says what those loaded for this one do not.
    cells = [
        cell
        for role, leaf in leaves
        for cell in list(list_cells(database, convention.key, role, [leaf]))
        or list_cells(database, convention.key, role, [leaf._replace(convention="")])
        if cell.is_current
    ]
    if not cells:
        expected = ", ".join(sorted(convention.codes))
        raise RequestError(
            f"Le territoire « {territory} » n’est pas de cette convention, rien n’en a été reçu. Attendu : {expected}."
        )
    return cells


def _headline(term: Term, catalogue: Catalogue) -> Segment:
    return term.segment or catalogue.measures[term.measure].headline


def find_figures(database: Database, request: Request, territory: str | None) -> list[Figure]:
    """The figures of a request for one territory; the convention's own code or key means the whole."""
    convention = find_convention(request.convention)
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
        for cell in list_cells(database, request.convention, role, leaves)
        if cell.is_current
    ]


def list_cells(database: Database, convention: str, role: str, leaves: Iterable[Leaf]) -> Iterator[TracedCell]:
    """The cells of the rows that were added up, measure by measure; those that a later file replaced come too, and
    nothing is hidden yet."""
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
            if (cell.territory, cell.period) in wanted:
                named = (role, measure, cell.territory, cell.period, segment_text(segment))
                yield TracedCell(
                    *named, cell.value, cell.state, cell.file, cell.sheet, cell.cell, cell.import_id,
                    cell.loaded_at.date(), cell.author, cell.is_current,
                )  # fmt: skip


def _list_path_rows(database: Database, convention: str, role: str, leaves: Iterable[Leaf]) -> Iterator[TracedCell]:
    """The sheets of paths behind a count: how many paths each holds, never which ones."""
    for leaf in leaves:
        named = (role, leaf.measure, leaf.territory, leaf.period, segment_text(leaf.segment))
        for rows in path_rows_of(database, convention=convention, source=leaf.source):
            yield TracedCell(
                *named, None, f"{rows.records} parcours", rows.file, rows.sheet, None, rows.import_id,
                rows.loaded_at.date(), rows.author,
            )  # fmt: skip
