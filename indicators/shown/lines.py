"""The counts of a family in; the sums that everyone knows to be true of them, and those to keep from being learnt, out.

A line is a whole and its parts: territories, shorter periods, the values of an axis. Its sum is known to all when
the counts received agree with it. What must not be learnt: a small count, the small rest of a whole, and the small
parts of a line taken together when they are still small (their sum would then say too much of each).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from conventions.periods import GRAINS, Period
from conventions.values import Segment
from indicators.amounts import SECRET, Amount
from indicators.resolve import Resolver
from indicators.shown.columns import add_vectors
from indicators.shown.family import BALANCES, CATEGORY, MOTIVE, Axes, Family, Quantity, Spot, axes_of

Vector = dict[int, int]
_SAME = 1e-6


@dataclass(frozen=True)
class Line:
    """A whole and the parts of it that are known: all of them, or `is_open` when another was received secret."""

    whole: Quantity
    parts: tuple[Quantity, ...]
    is_total: bool
    is_open: bool

    @property
    def rest(self) -> float:
        """What the parts leave of the whole."""
        return self.whole.value - sum(one.value for one in self.parts)


def list_lines(family: Family, known: Mapping[Spot, Quantity], axes: Axes) -> Iterator[Line]:
    """Every line of the counts by these axes, or by one axis fewer for their wholes."""
    for whole in known.values():
        own = axes_of(whole.spot.segment) == axes
        found = [*_by_territory(family, whole.spot), *_by_period(family, whole.spot)] if own else []
        for spots in [*found, *_by_value(family, whole.spot, axes)]:
            parts = tuple(known[spot] for spot in spots if spot in known)
            if parts:
                is_open = family.has_secrets and any(
                    spot not in known and family.amount(spot).state == SECRET for spot in spots
                )
                is_total = len(parts) == len(spots) and _is_partition(family, whole.spot, spots)
                yield Line(whole, parts, is_total, is_open)


def _is_partition(family: Family, whole: Spot, parts: Sequence[Spot]) -> bool:
    """Whether everyone knows that these make the whole: a full level, all the periods, all the values of an axis."""
    first = parts[0]
    if first.place != whole.place:
        kind = {place.kind for place in family.convention.places if place.code == first.place}
        inside = [place.code for place in family.convention.places
                  if place.kind in kind and whole.place in (None, family.convention.territory.code, place.parent)]
        return {one.place for one in parts} == set(inside) or first.place == family.convention.territory.code
    if first.measure != whole.measure or first.segment == whole.segment:
        return first.measure == whole.measure
    axis = next(family.catalogue.axes[code] for code, _ in first.segment if (code, dict(first.segment)[code])
                not in whole.segment)  # fmt: skip
    values = {dict(one.segment)[axis.code] for one in parts}
    return axis.code in family.catalogue.measures[first.measure].adds_over and (
        axis.is_open or any(values == set(one) for one in axis.partitions)
    )


def _by_territory(family: Family, whole: Spot) -> Iterator[list[Spot]]:
    own = [place for place in family.convention.places if place.code in family.places]
    inside = [place for place in own if place.parent is not None and place.parent == whole.place]
    for kind in dict.fromkeys(place.kind for place in inside):
        yield [whole._replace(place=place.code) for place in inside if place.kind == kind]
    if whole.place not in (None, family.convention.territory.code):
        return
    for level in family.convention.levels:
        yield [whole._replace(place=place.code) for place in own if place.kind == level.kind]
    if whole.place is None:
        yield [whole._replace(place=family.convention.territory.code)]


def _by_period(family: Family, whole: Spot) -> Iterator[list[Spot]]:
    """The periods of one length that make a longer one, or what lies between two counts since January."""
    period = whole.period
    kind = family.catalogue.measures[whole.measure].kind
    if kind not in ("flux", "somme"):
        return
    if whole.time == "cumul":
        parts = [one for one in Period(period.year, 1, 12).parts(period.grain) if one.end <= period.end]
        yield [whole._replace(period=one, time="periode") for one in parts]
        # The months before are a count since January too: of the same grain, or a whole semester.
        semester = Period(period.year, 1, 6)
        before = whole._replace(period=period.previous()) if parts[-2].end != semester.end else None
        yield [before or whole._replace(period=semester, time="periode"), whole._replace(time="periode")]
        return
    for grain in GRAINS[GRAINS.index(period.grain) + 1 :]:
        yield [whole._replace(period=part) for part in period.parts(grain)]


def _by_value(family: Family, whole: Spot, axes: Axes) -> Iterator[list[Spot]]:
    """The values of an axis, each list of those that make the whole, alone when they overlap; and shares of it."""
    if axes_of(whole.segment) == axes:
        yield from ([whole._replace(measure=part)] for part, other in family.shares if other == whole.measure)
    taken = dict(whole.segment)
    more = [axis for axis in axes if axis not in taken]
    if CATEGORY in taken and MOTIVE in axes:
        more = [MOTIVE]
    if len(more) != 1:
        return
    kept = {axis: value for axis, value in taken.items() if axis in axes}
    found = [one for one in family.segments(whole.measure, axes) if kept.items() <= dict(one).items()]
    if CATEGORY in taken and MOTIVE in axes:
        motifs = family.convention.motifs
        found = [one for one in found if motifs.get(dict(one)[MOTIVE]) == taken[CATEGORY]]
    axis = family.catalogue.axes[more[0]]
    if more[0] in family.catalogue.measures[whole.measure].adds_over:
        values = {dict(one)[axis.code] for one in found}
        lists = [tuple(values)] if axis.is_open else [one for one in axis.partitions if values & set(one)]
        for group in lists:
            yield [whole._replace(segment=one) for one in found if dict(one)[axis.code] in group]
    else:
        yield from ([whole._replace(segment=one)] for one in found)


def list_watched(family: Family, quantities: Iterable[Quantity], lines: Iterable[Line]) -> Iterator[Vector]:
    """What must not be learnt."""
    limit = family.convention.secrecy_threshold
    yield from (one.vector for one in quantities if _is_small(one.value, limit) or _was_hidden(family, one))
    for line in lines:
        if line.is_open or _is_small(line.rest, limit):
            yield add_vectors((line.whole.vector, 1), *((one.vector, -1) for one in line.parts))
        yield from (
            add_vectors((line.whole.vector, 1), (one.vector, -1))
            for one in line.parts
            if _is_small(line.whole.value - one.value, limit)
        )
        small = [one for one in line.parts if _is_small(one.value, limit)]
        if len(small) > 1 and _is_small(sum(one.value for one in small), limit):
            yield add_vectors(*((one.vector, 1) for one in small))


def _was_hidden(family: Family, one: Quantity) -> bool:
    return bool(family.kept) and family.columns.name(one.vector) in family.kept


def _is_small(value: float, limit: int) -> bool:
    return _SAME < value < limit - _SAME


def list_equalities(family: Family, lines: Iterable[Line], axes: Axes, periods: Sequence[Period]) -> Iterator[Vector]:
    """The sums that are zero for everyone: lines that agree, counts given twice, head counts that balance."""
    for line in lines:
        if line.is_total and abs(line.rest) < _SAME:
            yield add_vectors((line.whole.vector, 1), *((one.vector, -1) for one in line.parts))
    segments = [(measure, one) for measure in family.measures for one in family.segments(measure, axes)]
    territories = sorted({code for one in family.counts for code in chain(*map(one.territories, family.measures))})
    for measure, segment in segments:
        for place in territories:
            yield from _given_twice(family, (measure, segment, place), periods)
    for place in territories:
        yield from _balanced(family, axes, place, periods)


def _given_twice(family: Family, count: tuple[str, Segment, str], periods: Iterable[Period]) -> Iterator[Vector]:
    """The same count by two origins, or as given and as its shorter periods make it."""
    measure, segment, place = count
    for period in periods:
        found: list[tuple[Amount, Vector]] = []
        for one in family.resolvers:
            made = one.value(measure, segment, place, period)
            given = one.counts.get(measure, segment, place, period.code)
            found += [
                (each, family.columns.of_count(measure, segment, each.leaves))
                for each in (made, given)
                if each is not None and each.is_complete
            ]
        for (first, vector), (second, other) in zip(found, found[1:], strict=False):
            if vector != other and abs((first.value or 0) - (second.value or 0)) < _SAME:
                yield add_vectors((vector, 1), (other, -1))


def _balanced(family: Family, axes: Axes, place: str, periods: Sequence[Period]) -> Iterator[Vector]:
    for stock, come, leave in BALANCES:
        if not {stock, come, leave} <= set(family.measures):
            continue
        for segment in family.segments(stock, axes):
            for resolver in family.resolvers:
                counts = [(code, segment, place) for code in (stock, come, leave)]
                yield from _balance(family, resolver, counts, periods)


def _balance(
    family: Family, resolver: Resolver, counts: Sequence[tuple[str, Segment, str]], periods: Iterable[Period]
) -> Iterator[Vector]:
    stock, come, leave = counts
    for period in periods:
        asked = [(stock, period), (stock, period.previous()), (come, period), (leave, period)]
        amounts = [resolver.value(*count, one) for count, one in asked]
        end, start, entries, exits = (one.value for one in amounts)
        if None in (end, start, entries, exits):
            continue
        if abs((end or 0) - (start or 0) - (entries or 0) + (exits or 0)) < _SAME:
            vectors = [
                family.columns.of_count(count[0], count[1], one.leaves)
                for (count, _), one in zip(asked, amounts, strict=True)
            ]
            yield add_vectors(*zip(vectors, (1, -1, -1, 1), strict=True))
