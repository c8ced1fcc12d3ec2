"""The counts of a family in; which of them a committee is shown, decided once for every request, out.

Counts are published from the coarsest table to the finest, in each the zeros first and then from the largest, as long
as no sum to keep from being learnt follows from what is published: what stays hidden is what could not be added.
A table of which more than half would be hidden is not published at all, nor any finer one: the coarser is read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations

from conventions.periods import GRAINS
from indicators.amounts import Leaf
from indicators.shown.columns import add_vectors
from indicators.shown.family import CATEGORY, MOTIVE, Axes, Family, Quantity, Spot, axes_of
from indicators.shown.knowledge import Knowledge
from indicators.shown.lines import Line, list_equalities, list_lines, list_watched

Table = tuple[str, Axes, bool, int, str]
"""A measure, its axes, whether by territory, the rank of the length of its periods, how and by whom it is read."""


MOST = 0.5
"""A table of which more than this part would be hidden is not published."""


@dataclass(frozen=True)
class Space:
    """The counts by some axes: what is known of them once all that is shown is seen."""

    quantities: Mapping[Spot, Quantity]
    knowledge: Knowledge
    withdrawn: frozenset[Table]
    columns: frozenset[int]


@dataclass(frozen=True, eq=False)
class Pattern:
    """What is shown of a family; each way of splitting it is worked out when it is first asked for."""

    family: Family
    before: Pattern | None = None
    _spaces: dict[tuple[Axes, bool], Space] = field(default_factory=dict)

    def shows(self, leaves: Mapping[Leaf, int]) -> bool:
        """Whether a sum of rows of the cube follows from what is published."""
        by_axes: dict[Axes, dict[Leaf, int]] = defaultdict(dict)
        for leaf, times in leaves.items():
            by_axes[axes_of(leaf.segment)][leaf] = times
        return all(self._knows(axes, rows) for axes, rows in by_axes.items())

    def _knows(self, axes: Axes, rows: Mapping[Leaf, int]) -> bool:
        """Whether the sum follows by these axes; months are settled only for those who ask for some."""
        vector = self.family.columns.of_rows(rows)
        coarse = self.space(axes, is_monthly=False)
        if coarse.knowledge.knows(vector):
            return True
        return not vector.keys() <= coarse.columns and self.space(axes, is_monthly=True).knowledge.knows(vector)

    def space(self, axes: Axes, *, is_monthly: bool) -> Space:
        """The counts by these axes, over months or over longer periods; the coarser ones are settled first."""
        key = axes, is_monthly
        if key not in self._spaces:
            coarser = [self.space(one, is_monthly=is_monthly) for one in _list_coarser(axes, self.family)]
            coarser += [self.space(axes, is_monthly=False)] if is_monthly else []
            self._spaces[key] = _settle(self, axes, coarser, is_monthly=is_monthly)
        return self._spaces[key]

    def list_hidden(self) -> Iterator[str]:
        """The names of the counts that are not shown, by the axes that were asked for."""
        for space in self._spaces.values():
            hidden = (one for one in space.quantities.values() if not space.knowledge.knows(one.vector))
            yield from (self.family.columns.name(one.vector) for one in hidden)

    def find_withdrawn(self, measure: str, axes: Axes, *, is_local: bool, rank: int) -> Table | None:
        """The coarsest table that is not published for the same reason as a count of this one."""
        table = measure, axes, is_local, rank, "periode"
        withdrawn = self.space(axes, is_monthly=rank == len(GRAINS) - 1).withdrawn
        return min((one for one in withdrawn if _is_finer(table, {one})), key=lambda one: one[1:4], default=None)


def _list_coarser(axes: Axes, family: Family) -> list[Axes]:
    """One axis fewer, or categories for motives."""
    fewer: list[Axes] = list(combinations(axes, len(axes) - 1)) if axes else []
    if MOTIVE in axes and CATEGORY not in axes and family.convention.motifs and "sorties" in family.measures:
        fewer.append(tuple(sorted(CATEGORY if one == MOTIVE else one for one in axes)))
    return fewer


def _settle(pattern: Pattern, axes: Axes, coarser: list[Space], *, is_monthly: bool) -> Space:
    """Publish all that can be of the counts by these axes, knowing what is published of the coarser ones."""
    family = pattern.family
    below = {spot: one for space in coarser for spot, one in space.quantities.items()}
    own = {one.spot: one for one in family.quantities(axes, is_monthly=is_monthly)}
    known = {**below, **own}
    lines = list(list_lines(family, known, axes))
    periods = family.periods(is_monthly=is_monthly)
    equalities = [*list_equalities(family, lines, axes, periods), *family.columns.definitions()]
    used = sorted({column for vector in (*equalities, *(one.vector for one in known.values())) for column in vector})
    earlier = {column: pattern.before is not None and pattern.before.shows({leaf: 1})
               for leaf, column in family.columns.list_before(family.year, used)}  # fmt: skip
    closed = {column for one in below.values() for column in one.vector}
    knowledge = Knowledge(closed | {column for column, is_shown in earlier.items() if not is_shown})
    given = [{column: 1} for column, is_shown in earlier.items() if is_shown]
    for vector in (*given, *(row for space in coarser for row in space.knowledge.rows()), *equalities):
        knowledge.learn(vector)
    for vector in list_watched(family, own.values(), lines):
        knowledge.watch(vector)
    withdrawn = {table for space in coarser for table in space.withdrawn}
    wholes, zeros = _list_empty_wholes(lines), _list_zeros(lines)
    for table, quantities in _list_tables(own, axes):
        tried = None if _is_finer(table, withdrawn) else _publish(knowledge, quantities, wholes, zeros)
        if tried is not None:
            knowledge = tried
            continue
        withdrawn.add(table)
        for one in quantities:
            if _is_empty(one, wholes, knowledge):
                knowledge.learn(one.vector)
        _guard(knowledge, (one.spot for one in quantities if not one.value), zeros)
    # What was published last may say that nobody is in a part of an earlier table.
    for one in own.values():
        if _is_empty(one, wholes, knowledge):
            knowledge.learn(one.vector)
    columns = frozenset(column for one in known.values() for column in one.vector)
    return Space(known, knowledge, frozenset(withdrawn), columns)


def _list_tables(own: Mapping[Spot, Quantity], axes: Axes) -> Iterator[tuple[Table, list[Quantity]]]:
    """The counts of each table, from the coarsest: the whole before its territories, the year before its months."""
    tables: dict[Table, list[Quantity]] = defaultdict(list)
    for spot, one in own.items():
        rank = GRAINS.index(spot.period.grain)
        tables[spot.measure, axes, spot.place is not None, rank, spot.time + spot.origin].append(one)
    for table in sorted(tables, key=lambda one: (one[4] == "moyenne", one[3] == len(GRAINS) - 1, one[2], one[3])):
        yield table, sorted(tables[table], key=lambda one: (one.value != 0, -one.value))


def _is_finer(table: Table, withdrawn: set[Table]) -> bool:
    """Whether a coarser table of the same counts is not published."""
    measure, axes, is_local, rank, time = table
    return any(
        measure == other and time == read and _are_fewer(few, axes) and is_local >= is_spread and rank >= low
        for other, few, is_spread, low, read in withdrawn
    )


def _are_fewer(few: Axes, axes: Axes) -> bool:
    return set(few) <= set(axes) or set(few) <= {CATEGORY if one == MOTIVE else one for one in axes}


def _list_empty_wholes(lines: Iterable[Line]) -> dict[Spot, list[Quantity]]:
    """Of each part, the wholes in which nobody is."""
    found: dict[Spot, list[Quantity]] = defaultdict(list)
    for line in lines:
        if not line.whole.value:
            for part in line.parts:
                found[part.spot].append(line.whole)
    return found


def _list_zeros(lines: Iterable[Line]) -> dict[Spot, list[list[Quantity]]]:
    """Of each part in which nobody is, the parts of its lines in which nobody is."""
    found: dict[Spot, list[list[Quantity]]] = defaultdict(list)
    for line in lines:
        group = [part for part in line.parts if not part.value]
        for part in group:
            found[part.spot].append(group)
    return found


def _is_empty(one: Quantity, wholes: Mapping[Spot, list[Quantity]], knowledge: Knowledge) -> bool:
    """Whether it is known that nobody is there, since nobody is in a larger group."""
    return not one.value and any(knowledge.knows(whole.vector) for whole in wholes.get(one.spot, ()))


def _guard(knowledge: Knowledge, spots: Iterable[Spot], zeros: Mapping[Spot, list[list[Quantity]]]) -> None:
    """Keep the other parts of a line from saying, once all told, that nobody is in those that stay hidden."""
    for spot in spots:
        for group in zeros.get(spot, ()):
            knowledge.watch(add_vectors(*((one.vector, 1) for one in group if not knowledge.knows(one.vector))))


def _publish(
    knowledge: Knowledge,
    quantities: list[Quantity],
    wholes: Mapping[Spot, list[Quantity]],
    zeros: Mapping[Spot, list[list[Quantity]]],
) -> Knowledge | None:
    """What is known once the table is published; None when more than half of it would be hidden."""
    told = sum(knowledge.would_tell(one.vector) for one in quantities)
    if told > MOST * len(quantities):
        return None
    guarded: set[Spot] = set()
    while True:
        tried, hidden = knowledge.copy(), []
        _guard(tried, sorted(guarded, key=str), zeros)
        for one in quantities:
            if tried.would_tell(one.vector) and not _is_empty(one, wholes, tried):
                hidden.append(one)
            else:
                tried.learn(one.vector)
        missed = {one.spot for one in hidden if not one.value} - guarded
        if not missed:
            return tried if len(hidden) <= MOST * len(quantities) else None
        guarded |= missed
