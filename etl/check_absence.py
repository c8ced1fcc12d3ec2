"""Known figures in; measures and territories that were there one period earlier and no longer are, out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from conventions.periods import parse_period
from etl.check_known import NAMES, Figure, Hit, Known, enumerate_names
from etl.report import Observation

ABSENCE_NAMES = NAMES | {"absents", "avant"}
Column = tuple[str, tuple[str, ...]]
"""A measure and the axes that split it: the total may be missing where the motives are there."""


def find_absent_measures(known: Known) -> Iterator[Hit]:
    """Measures that the files of the period before had and that nothing gives for this one."""
    for period, before, first in _follow(known):
        here = {_column(one) for one in _list(known, period)}
        there = dict.fromkeys(_column(one) for one in _recall(known, period, before))
        absent = [_name(known, column) for column in there if column not in here]
        if absent:
            yield _tell(known, first, before, absent)


def find_absent_territories(known: Known) -> Iterator[Hit]:
    """Territories that a measure had one period before, and lacks while others still have it.

    The convention's own territory is no such one: where its parts are, it can be summed.
    """
    whole = known.convention.territory.code if known.convention else ""
    for period, before, first in _follow(known):
        here = {(one.measure, one.territory) for one in _list(known, period)}
        measures, places = {measure for measure, _ in here}, {place for _, place in here}
        lacking: dict[str, dict[str, None]] = defaultdict(dict)
        for one in _recall(known, period, before):
            is_given = (one.measure, one.territory) in here or one.measure not in measures
            if not is_given and one.territory != whole:
                lacking[one.territory][f"« {known.label(one.measure)} »"] = None
        absent = [
            f"{known.place(place)} ({enumerate_names([*names])})" if place in places else known.place(place)
            for place, names in lacking.items()
        ]
        if absent:
            yield _tell(known, first, before, absent)


def _follow(known: Known) -> Iterator[tuple[str, str, Observation]]:
    """Each period of the file that follows a known one, that one, and the file's first figure of it."""
    firsts: dict[str, Observation] = {}
    for one in known.fresh:
        if not one.is_context:
            firsts.setdefault(one.period, one)
    for period in known.fresh_periods:
        before = parse_period(period).previous().code
        if before in known.by_period:
            yield period, before, firsts[period]


def _list(known: Known, period: str) -> Iterable[Figure]:
    return (one for content in known.by_period[period].values() for one in content.values())


def _column(one: Figure) -> Column:
    return one.measure, tuple(axis for axis, _ in one.segment)


def _recall(known: Known, period: str, before: str) -> Iterator[Figure]:
    """What the files that resemble this one gave for the period before.

    A source may send several workbooks: one that shares no measure with this one is no model for it.
    """
    own = {one.measure for one in known.fresh if one.period == period and not one.is_context}
    files: dict[str, list[Figure]] = defaultdict(list)
    for one in _list(known, before):
        files["" if isinstance(one, Observation) else one.import_id].append(one)
    for figures in files.values():
        if any(one.measure in own for one in figures):
            yield from figures


def _name(known: Known, column: Column) -> str:
    measure, axes = column
    known_axes = known.catalogue.axes
    split = [known_axes[axis].label.lower() if axis in known_axes else axis for axis in axes]
    return " ".join([f"« {known.label(measure)} »", *(f"par {name}" for name in split)])


def _tell(known: Known, first: Observation, before: str, absent: Sequence[str]) -> Hit:
    words = {"absents": enumerate_names(absent), "avant": parse_period(before).label}
    return Hit(first, known.words(first, first) | words, has_cell=False)
