"""Counts that can tell one another in; each that a request can show (a quantity), with its value, out.

Measures are of one family when the counts of one are among those of another, or when they balance (a head count is
the one before it, plus those who came in, less those who left). A family is one source, one reading and one year.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product
from typing import NamedTuple

from conventions.catalogue import Catalogue
from conventions.periods import GRAINS, Period, parse_period
from conventions.values import Convention, Segment, Term
from indicators.amounts import Amount, Leaf
from indicators.combine import Combiner, Question
from indicators.counts import EXITS, POSITIVE_EXITS, Counts, family_of
from indicators.resolve import Resolver
from indicators.shown.columns import Columns

CATEGORY, MOTIVE = "categorie", "motif"
BALANCES = (("participants", "integres", "sorties"), ("en_cours", "entrees", "sorties"))
"""A head count, who came in and who left."""
Axes = tuple[str, ...]
"""The names of axes, in order."""
_Time = tuple[Period, str, str]
"""A period, how it is read, and by which origin alone."""


def axes_of(segment: Segment) -> Axes:
    """The axes that a group is taken by."""
    return tuple(axis for axis, _ in segment)


class Spot(NamedTuple):
    """What a quantity counts: `place` is None for the whole convention, `time` periode, cumul or moyenne.

    `origin` is empty for what a request is answered; else the count as one origin alone has it.
    """

    measure: str
    segment: Segment
    place: str | None
    period: Period
    time: str = "periode"
    origin: str = ""


@dataclass(frozen=True)
class Quantity:
    """A count that a request can show, as a sum of columns."""

    spot: Spot
    vector: dict[int, int]
    value: float


@dataclass(frozen=True, eq=False)
class Family:
    """The counts of one family; `shares` are the pairs of measures of which the first counts some of the second,
    `kept` the names of the counts that an edition handed out hid: they stay hidden."""

    convention: Convention
    catalogue: Catalogue
    counts: Sequence[Counts]
    measures: tuple[str, ...]
    year: int
    shares: tuple[tuple[str, str], ...]
    columns: Columns
    kept: frozenset[str] = frozenset()
    _amounts: dict[Spot, Amount] = field(default_factory=dict)

    @cached_property
    def resolvers(self) -> list[Resolver]:
        """One for each origin."""
        return [Resolver(one, self.convention, self.catalogue) for one in self.counts]

    @cached_property
    def _combiners(self) -> dict[str, Combiner]:
        """Of all origins together, and of each alone."""
        alone = {one.counts.origin: Combiner([one], self.convention) for one in self.resolvers}
        return {"": Combiner(self.resolvers, self.convention), **alone}

    def periods(self, *, is_monthly: bool) -> list[Period]:
        """The months of the year that something is said of, or its longer calendar periods."""
        codes = {code for one in self.counts for code in one.periods() if code[:4] == str(self.year)}
        finest = max((GRAINS.index(parse_period(code).grain) for code in codes), default=-1)
        found = [part for grain in GRAINS[: finest + 1] for part in Period(self.year, 1, 12).parts(grain)]
        return [one for one in found if (one.length == 1) == is_monthly]

    @cached_property
    def places(self) -> list[str]:
        """The convention's own territories of which something is said."""
        order = [*(place.code for place in self.convention.places), self.convention.territory.code]
        seen = {code for one in self.counts for measure in self.measures for code in one.territories(measure)}
        return [code for code in order if code in seen]

    def segments(self, measure: str, axes: Axes) -> list[Segment]:
        """The groups of a measure by these axes; the categories of exits are known by their motives."""
        found = {one for counts in self.counts for code in family_of(measure) for one in counts.segments(code)} | {()}
        if measure in (EXITS, POSITIVE_EXITS):
            motifs = self.convention.motifs
            found |= {
                tuple((CATEGORY, motifs[value]) if axis == MOTIVE else (axis, value) for axis, value in one)
                for one in found
                if motifs.get(dict(one).get(MOTIVE, ""))
            }
        if measure == POSITIVE_EXITS:
            found = {one for one in found if self._is_positive(one)}
        return sorted(one for one in found if axes_of(one) == axes)

    def _is_positive(self, segment: Segment) -> bool:
        positive = [one for one in self.convention.exits if one.is_positive]
        codes = {CATEGORY: {one.code for one in positive}, MOTIVE: {code for one in positive for code in one.motifs}}
        return all(value in codes.get(axis, {value}) for axis, value in segment)

    def quantities(self, axes: Axes, *, is_monthly: bool) -> Iterator[Quantity]:
        """Each count by these axes that a request can show, once; and what opens the balance of the next year."""
        for measure in self.measures:
            times = [*self._times(measure, is_monthly=is_monthly), *([] if is_monthly else self._ends(measure))]
            for segment, place in product(self.segments(measure, axes), (None, *self.places)):
                for period, time, origin in times:
                    spot = Spot(measure, segment, place, period, time, origin)
                    amount = self.amount(spot)
                    # A mean over the dates of a period takes the quarters' ends, or the months.
                    is_fine = time == "moyenne" and any(map(_is_inside_quarter, amount.leaves))
                    if amount.value is not None and (time != "moyenne" or is_fine == is_monthly):
                        vector = self.columns.of_count(measure, segment, amount.leaves)
                        yield Quantity(spot, vector, amount.value)

    def _ends(self, measure: str) -> list[_Time]:
        """The end of the year as each origin has it: settled without the months, since the next year asks for it."""
        is_opening = any(measure == stock and {come, leave} <= set(self.measures) for stock, come, leave in BALANCES)
        last = Period(self.year, 10, 3)
        return [(last, "periode", one.origin) for one in self.counts] if is_opening and len(self.counts) > 1 else []

    def _times(self, measure: str, *, is_monthly: bool) -> list[_Time]:
        """Each period and how it is read: since January where no calendar period says the same."""
        kind, periods = self.catalogue.measures[measure].kind, self.periods(is_monthly=is_monthly)
        found = [(period, "periode", "") for period in periods]
        if kind in ("flux", "somme"):
            found += [(one, "cumul", "") for one in periods if one.month > 1 and (one.month + one.length - 1) % 6]
        elif kind == "stock":
            found += [(one, "moyenne", "") for one in self.periods(is_monthly=False)]
        return found

    def amount(self, spot: Spot) -> Amount:
        """The count, as a figure would have it."""
        if spot not in self._amounts:
            question = Question((Term(spot.measure),), spot.segment, (spot.period,), spot.time)
            self._amounts[spot] = self._combiners[spot.origin].answer(question, spot.place)[0]
        return self._amounts[spot]

    @cached_property
    def has_secrets(self) -> bool:
        """Whether something was received secret."""
        return any(one.has_secrets() for one in self.counts)


def _is_inside_quarter(leaf: Leaf) -> bool:
    period = parse_period(leaf.period)
    return period.length == 1 and period.month % 3 != 0
