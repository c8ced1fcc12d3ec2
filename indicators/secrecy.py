"""Figures in; the same without those that a committee may not see, which say so, out.

What may be seen is decided for the whole convention, whatever is asked: see `indicators/shown`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from conventions.catalogue import Catalogue, load_catalogue
from conventions.values import Convention
from indicators.amounts import SECRET, Leaf
from indicators.shown.universe import Universe, find_universe
from indicators.values import Figure
from store.database import Database


def protect(
    figures: Iterable[Figure], database: Database, *, convention: Convention, catalogue: Catalogue, reading: str
) -> list[Figure]:
    """Hide, from those who did not produce the data, counts from 1 to the threshold − 1 and what tells them."""
    universe = find_universe(database, convention, catalogue, reading)
    return [figure if _is_shown(figure, universe, database) else _hide(figure) for figure in figures]


def may_show(database: Database, convention: Convention, reading: str, leaves: Iterable[Leaf]) -> bool:
    """Whether a committee may see the sum of some rows of the cube: it follows from what is published."""
    universe = find_universe(database, convention, load_catalogue(), reading)
    return universe.shows(database, [(leaf, 1) for leaf in leaves])


def _is_shown(figure: Figure, universe: Universe, database: Database) -> bool:
    return all(universe.shows(database, side) for side in _list_sides(figure.leaves))


def _list_sides(leaves: Sequence[Sequence[Leaf]]) -> Iterator[list[tuple[Leaf, int]]]:
    """The rows of the numerator, then those of the denominator less what is taken away from it."""
    if leaves:
        yield [(leaf, 1) for leaf in leaves[0]]
    if len(leaves) > 1:
        yield [*((leaf, 1) for leaf in leaves[1]), *((leaf, -1) for side in leaves[2:] for leaf in side)]


def _hide(figure: Figure) -> Figure:
    return replace(figure, numerator=None, denominator=None, value=None, state=SECRET, missing=(), leaves=(), reason="")
