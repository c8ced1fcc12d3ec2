"""Known figures in; wholes that are not the sum of their parts along an axis, in space or in time, out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial

from conventions.catalogue import BASE_AXES, Catalogue
from conventions.periods import GRAINS, parse_period
from conventions.reading import Table
from etl.check_known import NAMES, TOLERANCE, Figure, Finder, Hit, Key, Known, cite_sum, point, without

SUM_NAMES = NAMES | {"axe", "somme"}
_BASE_LABELS = {"territoire": "territoires", "periode": "périodes plus courtes"}


@dataclass(frozen=True)
class _Sum:
    """A whole, those of its parts that have a value, and whether all are there."""

    axis: str
    whole: Figure
    parts: Sequence[Figure]
    is_complete: bool


def read_sums(table: Table, catalogue: Catalogue) -> Finder:
    """`axes` (territoire and periode included); `exhaustive`: a list without partition holds every value."""
    axes = table.texts("axes")
    for axis in axes:
        table.require("axes", axis, {*catalogue.axes, *BASE_AXES})
    return partial(find_wrong_sums, axes=frozenset(axes), is_exhaustive=table.flag("exhaustive", True))


def find_wrong_sums(known: Known, *, axes: frozenset[str], is_exhaustive: bool) -> Iterator[Hit]:
    """Parts along an axis that do not make their whole; when some are unknown, parts greater than it."""
    sums = [_split_by_axis(known, axes - set(BASE_AXES), is_exhaustive=is_exhaustive)]
    sums += [_split_by_territory(known)] if "territoire" in axes else []
    sums += [_split_by_period(known)] if "periode" in axes else []
    said = set()
    for found in (one for group in sums for one in group):
        hit = _judge(known, found)
        # Two partitions of one axis may both be wrong: told once.
        if hit is not None and (found.axis, id(found.whole)) not in said:
            said.add((found.axis, id(found.whole)))
            yield hit


def _judge(known: Known, found: _Sum) -> Hit | None:
    if found.whole.value is None or not found.parts:
        return None
    total = sum(part.value or 0.0 for part in found.parts)
    gap = total - found.whole.value
    at = point(found.whole, *found.parts)
    if at is None or not (gap > TOLERANCE or (found.is_complete and gap < -TOLERANCE)):
        return None
    axis = known.catalogue.axes.get(found.axis)
    name = axis.label.lower() if axis else _BASE_LABELS[found.axis]
    words = {"axe": name, "somme": cite_sum(total, found.parts)}
    return Hit(at, known.words(found.whole, at) | words, beside=(found.whole, *found.parts))


def _split_by_axis(known: Known, axes: frozenset[str], *, is_exhaustive: bool) -> Iterator[_Sum]:
    groups: dict[tuple[str, Key], dict[str, Figure]] = defaultdict(dict)
    for one in known.figures.values():
        for axis, value in one.segment:
            if axis in axes and (measure := known.measure(one)) and axis in measure.adds_over:
                groups[axis, without(one, axis)][value] = one
    for (axis, key), values in groups.items():
        if (whole := known.figures.get(key)) is not None:
            partitions = known.catalogue.axes[axis].partitions
            lists: list[list[Figure | None]]
            lists = [[values.get(value) for value in partition] for partition in partitions]
            for parts in lists or [_of_one_file(values.values())]:
                found = _gather(axis, whole, parts)
                yield found if lists or is_exhaustive else replace(found, is_complete=False)


def _of_one_file(parts: Iterable[Figure]) -> list[Figure | None]:
    """An open list is the file's own when it has one: an older file may have named other values."""
    every: list[Figure | None] = [*parts]
    return [one for one in every if point(one)] or every


def _gather(axis: str, whole: Figure, parts: Sequence[Figure | None]) -> _Sum:
    valued = [part for part in parts if part is not None and part.value is not None]
    return _Sum(axis, whole, valued, len(valued) == len(parts))


def _split_by_territory(known: Known) -> Iterator[_Sum]:
    """The convention's territory and the places of each level that covers it."""
    convention = known.convention
    if convention is None:
        return
    kinds = [level.kind for level in convention.levels if level.complete]
    levels = [[place.code for place in convention.places if place.kind == kind] for kind in kinds]
    for whole in known.figures.values():
        measure = known.measure(whole)
        if whole.territory == convention.territory.code and measure and "territoire" in measure.adds_over:
            for codes in levels:
                keys = ((whole.measure, code, whole.period, whole.segment) for code in codes)
                yield _gather("territoire", whole, [known.figures.get(key) for key in keys])


def _split_by_period(known: Known) -> Iterator[_Sum]:
    """A period and the shorter ones that make it."""
    periods = {one.period for one in known.figures.values()}
    shorter = {code: [codes for codes in _parts(code) if periods & set(codes)] for code in periods}
    for whole in known.figures.values():
        measure = known.measure(whole) if shorter[whole.period] else None
        if measure and "periode" in measure.adds_over:
            for codes in shorter[whole.period]:
                keys = ((whole.measure, whole.territory, code, whole.segment) for code in codes)
                yield _gather("periode", whole, [known.figures.get(key) for key in keys])


@lru_cache(maxsize=1024)
def _parts(code: str) -> tuple[tuple[str, ...], ...]:
    """The codes of the shorter periods that make one, a tuple for each grain."""
    period = parse_period(code)
    finer = GRAINS[GRAINS.index(period.grain) + 1 :]
    return tuple(tuple(part.code for part in period.parts(grain)) for grain in finer)
