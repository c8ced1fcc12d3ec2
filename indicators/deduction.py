"""Counts of one request in, some of them hidden; which more must be, so that no hidden one is solved, out.

The totals are taken as known: a reader who may ask for a table may ask for its margins. Every way in which
the counts add up (territories, periods, values of an axis) is then a linear equation, whose unknowns are the
hidden counts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from conventions.catalogue import Catalogue
from conventions.periods import GRAINS, Period, parse_period, period_of
from conventions.values import Convention, Segment

_TOLERANCE = 1e-9


@dataclass(frozen=True)
class Quantity:
    """What a figure counts above or below; two figures that show the same count show the same quantity."""

    source: str | None
    measure: str
    time: str
    segment: Segment
    territory: str | None
    period: str | None


Equation = Mapping[Quantity, int]
"""Quantities whose sum, each with its sign, is known."""


def list_equations(quantities: Collection[Quantity], convention: Convention, catalogue: Catalogue) -> list[Equation]:
    """Every sum of at least two of these quantities that a reader may know."""
    groups = [
        *_group_territories(quantities, convention),
        *_group_periods(quantities, catalogue),
        *_group_segments(quantities, catalogue),
    ]
    sums: list[Equation] = [dict.fromkeys(group, 1) for group in groups if len(group) > 1]
    return [*sums, *_link_cumuls(quantities)]


def _group_territories(quantities: Iterable[Quantity], convention: Convention) -> Iterable[list[Quantity]]:
    kinds = {level.kind for level in convention.levels if level.complete}
    levels = {place.code: place.kind for place in convention.places if place.kind in kinds}
    groups: dict[tuple[Quantity, str], list[Quantity]] = defaultdict(list)
    for one in quantities:
        if one.territory in levels:
            groups[replace(one, territory=None), levels[one.territory]].append(one)
    return groups.values()


def _group_periods(quantities: Iterable[Quantity], catalogue: Catalogue) -> Iterable[list[Quantity]]:
    """Those of one length inside each longer calendar period."""
    groups: dict[tuple[Quantity, str, Period], list[Quantity]] = defaultdict(list)
    for one in quantities:
        if one.period is None or one.time != "periode" or not _adds_over(one, "periode", catalogue):
            continue
        period = parse_period(one.period)
        for grain in GRAINS[: GRAINS.index(period.grain)]:
            groups[replace(one, period=None), period.grain, period_of(period.start, grain)].append(one)
    return groups.values()


def _group_segments(quantities: Iterable[Quantity], catalogue: Catalogue) -> Iterable[list[Quantity]]:
    """Those of all the values of a partition, or of an open axis."""
    groups: dict[tuple[Quantity, Sequence[str]], list[Quantity]] = defaultdict(list)
    for one in quantities:
        for code, value in one.segment:
            axis = catalogue.axes.get(code)
            if axis is None or not _adds_over(one, code, catalogue):
                continue
            rest = replace(one, segment=tuple(pair for pair in one.segment if pair[0] != code))
            for values in [(code,)] if axis.is_open else axis.partitions:
                if axis.is_open or value in values:
                    groups[rest, values].append(one)
    return [group for (_, values), group in groups.items() if len(group) >= len(values)]


def _adds_over(one: Quantity, axis: str, catalogue: Catalogue) -> bool:
    measure = catalogue.measures.get(one.measure)
    return measure is not None and axis in measure.adds_over


def _link_cumuls(quantities: Collection[Quantity]) -> list[Equation]:
    """A count since January is the one before it and the count of the period between."""
    known = set(quantities)
    equations: list[Equation] = []
    for one in quantities:
        if one.time != "cumul" or one.period is None:
            continue
        before = replace(one, period=parse_period(one.period).previous().code)
        between = replace(one, time="periode")
        if before in known and between in known and before.period and before.period[:4] == one.period[:4]:
            equations.append({one: 1, before: -1, between: -1})
    return equations


def hide_more(
    values: Mapping[Quantity, float | None], equations: Sequence[Equation], hidden: Iterable[Quantity]
) -> set[Quantity]:
    """The hidden quantities and those that must join them for none to be solved, the smallest first."""
    unknown = set(hidden)
    places: dict[Quantity, list[Equation]] = defaultdict(list)
    for equation in equations:
        for one in equation:
            places[one].append(equation)
    while solved := _find_solved(equations, unknown):
        candidates = {other for one in solved for equation in places[one] for other in equation} - unknown
        if not candidates:
            break
        # One that other hidden counts already screen costs least: it calls for no further one.
        unknown.add(
            min(
                (one for one in values if one in candidates),
                key=lambda one: (
                    sum(unknown.isdisjoint(equation) for equation in places[one]),
                    not values[one],
                    values[one] or 0.0,
                ),
            )
        )
    return unknown


def _find_solved(equations: Iterable[Equation], unknown: Collection[Quantity]) -> list[Quantity]:
    """The unknowns alone in an equation, else those that the equations together determine."""
    rows = [[one for one in equation if one in unknown] for equation in equations]
    alone = next((row for row in rows if len(row) == 1), None)
    if alone is not None:
        return alone
    # Equations never cross sources and measures.
    families: dict[tuple[str | None, str], list[Equation]] = defaultdict(list)
    for equation, row in zip(equations, rows, strict=True):
        if row:
            families[row[0].source, row[0].measure].append({one: equation[one] for one in row})
    return next((solved for family in families.values() if (solved := _solve(family))), [])


def _solve(equations: Sequence[Equation]) -> list[Quantity]:
    """The unknowns that have one solution: those that no combination of the others can make up for."""
    unknown = list(dict.fromkeys(one for equation in equations for one in equation))
    matrix = np.array([[equation.get(one, 0) for one in unknown] for equation in equations], dtype=float)
    _, sizes, directions = np.linalg.svd(matrix)
    freedom = directions[int((sizes > _TOLERANCE).sum()) :]
    moves = np.abs(freedom).max(axis=0, initial=0.0)
    return [one for one, move in zip(unknown, moves, strict=True) if move < _TOLERANCE]
