"""Figures in; the same without those that a committee may not see, which say so, out.

What may be seen is decided for the whole convention, whatever is asked: see `indicators/shown`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from conventions.catalogue import Catalogue, load_catalogue
from conventions.periods import GRAINS, parse_period
from conventions.values import Convention
from indicators.amounts import SECRET, Leaf
from indicators.refusals import hide_small, hide_table
from indicators.request import READINGS
from indicators.shown.pattern import Table
from indicators.shown.universe import Universe, find_universe
from indicators.values import Figure
from store.database import Database
from store.hidden import record_hidden


def protect(
    figures: Iterable[Figure], database: Database, *, convention: Convention, catalogue: Catalogue, reading: str
) -> list[Figure]:
    """Hide, from those who did not produce the data, counts from 1 to the threshold − 1 and what tells them."""
    universe = find_universe(database, convention, catalogue, reading)
    return [
        figure if _is_shown(figure, universe, database) else _hide(figure, _explain(figure, universe, database))
        for figure in figures
    ]


def may_show(database: Database, convention: Convention, reading: str, leaves: Iterable[Leaf]) -> bool:
    """Whether a committee may see the sum of some rows of the cube: it follows from what is published."""
    universe = find_universe(database, convention, load_catalogue(), reading)
    return universe.shows(database, [(leaf, 1) for leaf in leaves])


def keep_hidden(database: Database, convention: Convention, edition: str) -> int:
    """Keep hidden, whatever is revised later, what a committee that was just answered was not shown: how many more."""
    universes = [(reading, find_universe(database, convention, load_catalogue(), reading)) for reading in READINGS]
    names = [(reading, name) for reading, universe in universes for name in universe.list_hidden()]
    return record_hidden(database, convention.key, names, edition)


def _is_shown(figure: Figure, universe: Universe, database: Database) -> bool:
    return all(universe.shows(database, side) for side in _list_sides(figure.leaves))


def _list_sides(leaves: Sequence[Sequence[Leaf]]) -> Iterator[list[tuple[Leaf, int]]]:
    """The rows of the numerator, then those of the denominator less what is taken away from it."""
    if leaves:
        yield [(leaf, 1) for leaf in leaves[0]]
    if len(leaves) > 1:
        yield [*((leaf, 1) for leaf in leaves[1]), *((leaf, -1) for side in leaves[2:] for leaf in side)]


def _explain(figure: Figure, universe: Universe, database: Database) -> str:
    """Why a figure is not shown, and what to read in its place."""
    rank = GRAINS.index(parse_period(figure.period).grain) if figure.period else 0
    rows = [
        side[0]._replace(measure=term.measure, segment=tuple(sorted({*figure.segment, *term.segment})))
        for term, side in zip(figure.terms, figure.leaves, strict=False)
        if side
    ]
    is_local = figure.territory is not None
    tables = (universe.find_withdrawn(database, row, is_local=is_local, rank=rank) for row in rows)
    coarser = next((_name_coarser(table) for table in tables if table is not None), "")
    return hide_table(coarser) if coarser else hide_small(universe.convention.secrecy_threshold)


def _name_coarser(table: Table) -> str:
    """What to read in the place of a table; nothing is coarser than a year of the whole."""
    _, axes, is_by_place, rank, _ = table
    if is_by_place:
        return "l’ensemble de la convention"
    if axes:
        return "le total, sans ce découpage"
    return "une période plus longue" if rank else ""


def _hide(figure: Figure, reason: str) -> Figure:
    return replace(
        figure, numerator=None, denominator=None, value=None, state=SECRET, missing=(), leaves=(), reason=reason
    )
