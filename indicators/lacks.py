"""The counts owed to a convention in; what is missing of them, told together as a person would, out.

A whole return, a measure missing everywhere and a place without any are each told once, over all their periods.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from conventions.periods import Period
from indicators.completeness import DENIED, RECEIVED, Cell, Completeness

_What = tuple[str | None, str | None, tuple[str, ...], bool]
"""Source, territory, measures, and whether it is said to be unavailable."""


@dataclass(frozen=True)
class Lack:
    """`territory` None is everywhere it is owed, no `measures` is all of them; `count` how many counts it makes.

    `is_denied`: the source says that they are not available. `is_constant`: it never gave them.
    """

    source: str | None
    territory: str | None
    measures: tuple[str, ...]
    periods: tuple[Period, ...]
    count: int
    is_denied: bool
    is_constant: bool

    @property
    def is_return(self) -> bool:
        """Whether all that a source owes is missing."""
        return self.territory is None and not self.measures


def list_lacks(completeness: Completeness) -> tuple[Lack, ...]:
    """Whole returns first, then the most counts, the latest first."""
    found: dict[_What, dict[Period, int]] = defaultdict(dict)
    groups: dict[tuple[str | None, Period], list[Cell]] = defaultdict(list)
    for cell in completeness.cells:
        groups[cell.owed.source, cell.owed.period].append(cell)
    for (source, period), cells in groups.items():
        for (territory, measures, is_denied), count in _sort_out(cells):
            found[source, territory, measures, is_denied][period] = count
    lacks = [_make(what, counts, completeness) for what, counts in found.items()]
    return tuple(sorted(lacks, key=lambda one: (not one.is_return, -one.count, -one.periods[-1].end.toordinal())))


def _make(what: _What, counts: Mapping[Period, int], completeness: Completeness) -> Lack:
    source, territory, measures, is_denied = what
    same = [
        cell
        for cell in completeness.cells
        if cell.owed.source == source
        and (territory is None or cell.owed.territory == territory)
        and (not measures or cell.owed.measure in measures)
    ]
    is_constant = not any(cell.state == RECEIVED for cell in same)
    periods = tuple(sorted(counts, key=lambda one: (one.end, one.length)))
    return Lack(source, territory, measures, periods, sum(counts.values()), is_denied, is_constant)


def _sort_out(cells: Sequence[Cell]) -> Iterator[tuple[tuple[str | None, tuple[str, ...], bool], int]]:
    """What lacks of one source over one period: all of it, else measures everywhere, else places."""
    for is_denied in (False, True):
        lacking = [cell for cell in cells if not cell.is_received and (cell.state == DENIED) == is_denied]
        if lacking and len(lacking) == len(cells):
            yield (None, (), is_denied), len(lacking)
            continue
        owed, missing = _count(cells), _count(lacking)
        everywhere = tuple(measure for measure, count in missing.items() if count == owed[measure])
        if everywhere:
            yield (None, everywhere, is_denied), sum(missing[measure] for measure in everywhere)
        places: dict[str, list[str]] = defaultdict(list)
        for cell in lacking:
            if cell.owed.measure not in everywhere:
                places[cell.owed.territory].append(cell.owed.measure)
        for territory, measures in places.items():
            is_all = len(measures) == sum(cell.owed.territory == territory for cell in cells)
            yield (territory, () if is_all else tuple(measures), is_denied), len(measures)


def _count(cells: Sequence[Cell]) -> Counter[str]:
    """How many counts of each measure, in the order of the cells."""
    return Counter(cell.owed.measure for cell in cells)
