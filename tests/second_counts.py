"""Facts read from raw workbooks in; the count of a measure for any share, territory and period, out.

Written from the reference of the domain alone: what adds up over what, and what never does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import timedelta
from functools import cached_property

from tests.second_words import Lexicon, Months, Segment
from tests.second_workbooks import Fact

Series = dict[Months, float]
Key = tuple[str, Segment, str]
"""Measure, share, territory."""
SUBPERIODS = (1, 3, 6, 12)


class Counts:
    """The counts of one source, by one way (its returns, or the paths), completed by what follows from them."""

    def __init__(self, facts: Iterable[Fact], words: Lexicon) -> None:
        self.words = words
        self._series: dict[Key, Series] = defaultdict(dict)
        for fact in facts:
            self._series[fact.measure, fact.segment, fact.territory][fact.period] = fact.value
        for step in (self._derive_categories, self._derive_positive, self._derive_groups, self._derive_totals):
            for key, period, value in list(step()):
                self._series[key].setdefault(period, value)

    @cached_property
    def _bounds(self) -> tuple[set[int], set[int]]:
        """The first and the last month of the convention, and those that it covers from end to end."""
        start, end = self.words.agreed["start"], self.words.agreed["end"]
        first, last = start.year * 12 + start.month - 1, end.year * 12 + end.month - 1
        return {first, first + (start.day > 1)}, {last, last - ((end + timedelta(days=1)).day > 1)}

    def _expected(self, period: Months) -> Iterator[Months]:
        """The period, then what is left of it once the months that the convention does not cover are set aside."""
        yield period
        for first in sorted({max(period[0], one) for one in self._bounds[0]}):
            for last in sorted({min(period[1], one) for one in self._bounds[1]}, reverse=True):
                if first <= last:
                    yield first, last

    def segments(self, measure: str) -> set[Segment]:
        """Every share that the measure was counted by; a group of finer ones is not one more."""
        axes = self.words.catalogue["axes"].items()
        groups = {(axis, one) for axis, content in axes for one in content.get("groups", ())}
        return {segment for code, segment, _ in self._series if code == measure and groups.isdisjoint(segment)}

    def get(self, measure: str, segment: Segment, place: str, period: Months) -> tuple[float, bool] | None:
        """The count and whether it covers all of its period; None when a part is missing."""
        series = self._series.get((measure, segment, place), {})
        if period in series:
            return series[period], True
        kind = self.words.catalogue["measures"][measure]["kind"]
        if kind == "distinct":
            return None
        if kind == "stock":
            ends = [one for one in series if one[1] == period[1] and one[0] >= period[0]]
            return (series[ends[0]], True) if ends else None
        for start, end in self._expected(period):
            total = _cover(series, start, end)
            if total is not None:
                return total, (start, end) == period
        return None

    def _rows(self) -> Iterator[tuple[str, Segment, str, Months, float]]:
        for (measure, segment, place), series in self._series.items():
            for period, value in series.items():
                yield measure, segment, place, period, value

    def _derive_categories(self) -> Iterator[tuple[Key, Months, float]]:
        """A category of exits is the sum of its motives."""
        yield from self._add_up(
            (measure, _swap(segment, "motif", "categorie", self.words.categories), place, period, value)
            for measure, segment, place, period, value in self._rows()
            if measure == "sorties" and [axis for axis, _ in segment] == ["motif"]
        )

    def _derive_positive(self) -> Iterator[tuple[Key, Months, float]]:
        """Positive exits are those whose motive the convention calls positive."""
        positive = {("categorie", code) for code in self.words.positive}
        positive |= {("motif", m) for m, code in self.words.categories.items() if code in self.words.positive}
        rows = [row for row in self._rows() if row[0] == "sorties" and len(row[1]) == 1 and row[1][0] in positive]
        for _, segment, place, period, value in rows:
            yield ("sorties_positives", segment, place), period, value
        if positive:
            yield from self._add_up(
                ("sorties_positives", (), place, period, value)
                for _, segment, place, period, value in rows
                if segment[0][0] == "motif"
            )

    def _derive_groups(self) -> Iterator[tuple[Key, Months, float]]:
        """« 45 ans et plus » is the sum of two finer ages."""
        for axis, content in self.words.catalogue["axes"].items():
            for value, finer in content.get("groups", {}).items():
                names = dict.fromkeys(finer, value)
                yield from self._add_up(
                    (
                        (measure, _swap(segment, axis, axis, names), place, period, count)
                        for measure, segment, place, period, count in self._rows()
                        if len(segment) == 1 and segment[0][0] == axis and segment[0][1] in names
                    ),
                    parts=len(finer),
                )

    def _derive_totals(self) -> Iterator[tuple[Key, Months, float]]:
        """A total that a return does not give is the sum of shares that cover it without overlap."""
        for axis, content in self.words.catalogue["axes"].items():
            lists = [None] if content.get("open") else content.get("partitions", [])
            for values in lists:
                yield from self._add_up(
                    (
                        (measure, (), place, period, count)
                        for measure, segment, place, period, count in list(self._rows())
                        if len(segment) == 1 and segment[0][0] == axis and self._adds(measure, axis)
                        if values is None or segment[0][1] in values
                    ),
                    parts=len(values or ()),
                )

    def _adds(self, measure: str, axis: str) -> bool:
        described = self.words.catalogue["measures"][measure]
        return axis in described["adds_over"] and axis not in described.get("headline", {})

    @staticmethod
    def _add_up(
        rows: Iterable[tuple[str, Segment, str, Months, float]], parts: int = 0
    ) -> Iterator[tuple[Key, Months, float]]:
        """Sums of rows of one key and period, those with too few parts left out."""
        sums: dict[tuple[Key, Months], list[float]] = defaultdict(list)
        for measure, segment, place, period, value in rows:
            sums[(measure, segment, place), period].append(value)
        for (key, period), values in sums.items():
            if len(values) >= parts:
                yield key, period, sum(values)


def _swap(segment: Segment, axis: str, other: str, names: dict[str, str]) -> Segment:
    return tuple(sorted((other, names[value]) if one == axis else (one, value) for one, value in segment))


def _cover(series: Series, start: int, end: int) -> float | None:
    """The sum of known periods that follow one another from a month to another; None when none do."""
    if start > end:
        return 0.0
    for length in SUBPERIODS:
        if (start, start + length - 1) in series and start + length - 1 <= end:
            rest = _cover(series, start + length, end)
            if rest is not None:
                return series[start, start + length - 1] + rest
    return None
