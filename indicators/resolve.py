"""The counts of one source in; the value of a measure for one territory over any period out."""

from __future__ import annotations

from dataclasses import replace

from conventions.catalogue import Catalogue
from conventions.periods import GRAINS, Period
from conventions.values import Convention, Segment
from indicators.amounts import NOT_AWAITED, SECRET, UNKNOWN, Amount, add, unknown
from indicators.counts import Counts
from indicators.refusals import DISTINCT, refuse_groups
from indicators.spans import codes_within
from indicators.splits import Part, list_splits

_Key = tuple[str, Segment, str, Period]


class Resolver:
    """Answers for one source and one origin: over time by the measure's kind, else over the axes that add up.

    The finest known parts come first, so that a year is what its quarters make and nothing is counted twice.
    """

    def __init__(self, counts: Counts, convention: Convention, catalogue: Catalogue) -> None:
        self.counts = counts
        self._convention = convention
        self._catalogue = catalogue
        self._found: dict[_Key, Amount] = {}
        self._splits: dict[Part, list[list[Part]]] = {}
        self._groups: dict[Part, list[tuple[str, Segment]]] = {}
        self._awaited: dict[Period, bool] = {}

    def kind(self, measure: str) -> str:
        """The kind of a measure: flux, stock, somme or distinct."""
        return self._catalogue.measures[measure].kind

    def adds_over(self, measure: str, axis: str) -> bool:
        """Whether a measure adds up along an axis."""
        return axis in self._catalogue.measures[measure].adds_over

    def value(self, measure: str, segment: Segment, territory: str, period: Period) -> Amount:
        """The value of a measure for one territory and one period; unknown when a part of it is missing."""
        key = (measure, segment, territory, period)
        if key not in self._found:
            is_said = self.counts.has_any(measure, territory, codes_within(period))
            self._found[key] = self._resolve(*key) if is_said else self._lack(territory, period)
        return self._found[key]

    def _resolve(self, measure: str, segment: Segment, territory: str, period: Period) -> Amount:
        kind = self.kind(measure)
        if kind in ("flux", "somme"):
            amount = self._over_time(measure, segment, territory, period)
        else:
            amount = self._at_end(measure, segment, territory, period, is_stock=kind == "stock")
        # What was kept secret is not rebuilt from its parts.
        if amount.is_known or amount.state == SECRET:
            return amount
        for parts in self._list_splits(measure, segment):
            total = add(self.value(*part, territory, period) for part in parts)
            if total.is_known:
                return total
        return amount if amount.reason else self._explain(amount, measure, segment, territory, period)

    def _explain(self, amount: Amount, measure: str, segment: Segment, territory: str, period: Period) -> Amount:
        """The same unknown, with the reason when only overlapping groups of it are known."""
        for axis, finer in self._list_groups(measure, segment):
            given = self.counts.get(measure, finer, territory, period.code)
            if given is not None and given.is_known:
                return replace(amount, reason=refuse_groups(self._catalogue.axes[axis]))
        return amount

    def _list_groups(self, measure: str, segment: Segment) -> list[tuple[str, Segment]]:
        """The segments counted that split a segment along an axis over which the measure does not add up."""
        if (measure, segment) not in self._groups:
            known = self._catalogue.measures[measure]
            self._groups[measure, segment] = [
                (axis, one)
                for axis in sorted(known.axes - known.adds_over - dict(segment).keys())
                for one in sorted(self.counts.segments(measure))
                if tuple(pair for pair in one if pair[0] != axis) == segment != one
            ]
        return self._groups[measure, segment]

    def _list_splits(self, measure: str, segment: Segment) -> list[list[Part]]:
        if (measure, segment) not in self._splits:
            found = list_splits(self.counts, self._convention, self._catalogue, measure=measure, segment=segment)
            self._splits[measure, segment] = list(found)
        return self._splits[measure, segment]

    def _over_time(self, measure: str, segment: Segment, territory: str, period: Period) -> Amount:
        """The sum of the shorter periods when all are known, else the count given for the period itself."""
        given = self.counts.get(measure, segment, territory, period.code)
        parts = self._add_parts(measure, segment, territory, period)
        best = [one for one in (parts, given) if one is not None]
        return (
            next((one for one in best if one.is_complete), None)
            or next((one for one in best if one.is_known), None)
            or next((one for one in best if one.state != UNKNOWN), None)
            or next(iter(best), None)
            or self._lack(territory, period)
        )

    def _add_parts(self, measure: str, segment: Segment, territory: str, period: Period) -> Amount | None:
        if period.length == 1:
            return None
        finer = GRAINS[GRAINS.index(period.grain) + 1]
        shorter = period.parts(finer)
        parts = [self.value(measure, segment, territory, part) for part in shorter]
        is_said = any(
            part.state == SECRET or part.missing != ((territory, one.code),)
            for one, part in zip(shorter, parts, strict=True)
        )
        return add(parts) if is_said else None

    def _at_end(self, measure: str, segment: Segment, territory: str, period: Period, *, is_stock: bool) -> Amount:
        """A stock is its value at the end of the period; distinct people are known only as counted."""
        grains = GRAINS[GRAINS.index(period.grain) :] if is_stock else (period.grain,)
        ends = [period.parts(grain)[-1].code for grain in grains]
        given = [self.counts.get(measure, segment, territory, code) for code in ends]
        said = [one for one in given if one is not None and one.state != UNKNOWN]
        if said:
            return said[0]
        lack = self._lack(territory, period)
        finer = codes_within(period) - {period.code} if not is_stock else ()
        is_refused = any(self.counts.get(measure, segment, territory, code) is not None for code in finer)
        return replace(lack, reason=DISTINCT) if is_refused else lack

    def _lack(self, territory: str, period: Period) -> Amount:
        """Unknown; counts are awaited of the months that lie within the convention alone."""
        if period not in self._awaited:
            start, end = self._convention.start, self._convention.end
            self._awaited[period] = any(start <= month.start and month.end <= end for month in period.parts("mois"))
        return unknown(UNKNOWN if self._awaited[period] else NOT_AWAITED, [(territory, period.code)])
