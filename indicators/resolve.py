"""The counts of one source in; the value of a measure for one territory over any period, built from its parts, out."""

from __future__ import annotations

from collections.abc import Sequence

from conventions.catalogue import Catalogue
from conventions.periods import GRAINS, Period
from conventions.values import Axis, Convention, Measure, Segment
from indicators.amounts import Amount, add, unknown
from indicators.counts import Counts

_MAX_SPLITS = 2
POSITIVE, EXITS = "sorties_positives", "sorties"


class Resolver:
    """Answers for one source: over time by the measure's kind, over segments by the axes along which it adds up."""

    def __init__(self, counts: Counts, convention: Convention, catalogue: Catalogue) -> None:
        self.counts = counts
        self._convention = convention
        self._catalogue = catalogue
        self._positive = tuple(category.code for category in convention.exits if category.is_positive)

    def measure(self, code: str) -> Measure:
        """The catalogue's measure of that code."""
        return self._catalogue.measures[code]

    def value(self, measure: str, segment: Segment, territory: str, period: Period) -> Amount:
        """The value of a measure for one territory and one period; unknown when a part is missing."""
        amount = self._over_time(measure, segment, territory, period)
        return amount if amount.is_known or amount.state != "n.d." else self._over_segments(
            measure, segment, territory, period, amount
        )

    def cumul(self, measure: str, segment: Segment, territory: str, period: Period) -> Amount:
        """The sum since 1 January of the period's year, up to its end."""
        return add(self.value(measure, segment, territory, part) for part in since_january(period))

    def _over_time(self, measure: str, segment: Segment, territory: str, period: Period) -> Amount:
        kind = self._catalogue.measures[measure].kind
        direct = self.counts.get(measure, segment, territory, period)
        if kind in ("flux", "somme") and direct is not None and self.counts.origin == "retour" and period.length == 1:
            return direct
        if kind in ("stock", "distinct"):
            return self._at_end(measure, segment, territory, period, direct)
        parts = self._parts(measure, segment, territory, period)
        if parts is not None and (parts.is_known or direct is None):
            return parts
        return direct if direct is not None else unknown(missing=[(territory, period.code)])

    def _at_end(
        self, measure: str, segment: Segment, territory: str, period: Period, direct: Amount | None
    ) -> Amount:
        """A stock is its value at the end of the period; distinct people are known only as they were counted."""
        if direct is not None:
            return direct
        if self._catalogue.measures[measure].kind == "stock" and period.length > 1:
            for grain in GRAINS[GRAINS.index(period.grain) + 1 :]:
                last = self.counts.get(measure, segment, territory, period.parts(grain)[-1])
                if last is not None:
                    return last
        return unknown(missing=[(territory, period.code)])

    def _parts(self, measure: str, segment: Segment, territory: str, period: Period) -> Amount | None:
        """The sum of the periods just under this one, each built the same way."""
        if period.length == 1:
            return self.counts.get(measure, segment, territory, period)
        finer = GRAINS[GRAINS.index(period.grain) + 1]
        parts = [self._over_time(measure, segment, territory, part) for part in period.parts(finer)]
        return None if all(not part.leaves and not part.is_known for part in parts) else add(parts)

    def _over_segments(
        self, measure: str, segment: Segment, territory: str, period: Period, otherwise: Amount
    ) -> Amount:
        """The sum over the values of an axis along which the measure adds up, when all of them are known."""
        found = self._from_categories(measure, segment, territory, period)
        if found is not None:
            return found
        taken = {axis for axis, _ in segment}
        if len(taken) > _MAX_SPLITS:
            return otherwise
        for code in sorted(self._catalogue.measures[measure].adds_over & self._catalogue.axes.keys() - taken):
            for values in self._partitions(self._catalogue.axes[code], measure, segment):
                total = add(self._over_time(measure, _with(segment, code, v), territory, period) for v in values)
                if total.is_known:
                    return total
        return otherwise

    def _partitions(self, axis: Axis, measure: str, segment: Segment) -> Sequence[tuple[str, ...]]:
        """The lists of values that make the whole: those of the catalogue or, for an open axis, all those counted."""
        seen = {dict(s).get(axis.code) for s in self.counts.segments(measure) if _without(s, axis.code) == segment}
        known = {value for value in seen if value is not None}
        if axis.is_open:
            return [tuple(sorted(known))] if known else []
        return [values for values in axis.partitions if known & set(values) and known >= set(values)]

    def _from_categories(
        self, measure: str, segment: Segment, territory: str, period: Period
    ) -> Amount | None:
        """Exits of a category from its motives, and positive exits from the positive categories of the convention."""
        pairs = dict(segment)
        category = pairs.get("categorie")
        if measure == POSITIVE and not self.counts.has(POSITIVE, segment):
            wanted = [category] if category else list(self._positive)
            parts = [self.value(EXITS, _with(segment, "categorie", c), territory, period) for c in wanted if c in self._positive]
            return add(parts) if parts else None
        motifs = [m for m, c in self._convention.motifs.items() if c == category] if category else []
        if measure != EXITS or not motifs:
            return None
        base = _without(segment, "categorie")
        counted = [m for m in motifs if self.counts.has(EXITS, _with(base, "motif", m))]
        known = [self._over_time(EXITS, _with(base, "motif", m), territory, period) for m in counted]
        return add(known) if known else None


def since_january(period: Period) -> list[Period]:
    """The fewest calendar periods from 1 January to the end of a period."""
    pieces, month, last = [], 1, period.month + period.length - 1
    while month <= last:
        length = next(n for n in (12, 6, 3, 1) if (month - 1) % n == 0 and month + n - 1 <= last)
        pieces.append(Period(period.year, month, length))
        month += length
    return pieces


def _with(segment: Segment, axis: str, value: str) -> Segment:
    return tuple(sorted({**dict(segment), axis: value}.items()))


def _without(segment: Segment, axis: str) -> Segment:
    return tuple(pair for pair in segment if pair[0] != axis)
