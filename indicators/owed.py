"""A convention and what was said of it in; every count that its sources owe by a day out.

Owed are the measures that its indicators read, from those who supply them (by name, else those who ever gave them), for
each place of the levels by which they are given, at the rhythm agreed; at a longer one when they were never given
oftener. Time that is not over owes nothing yet.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from conventions.cycles import is_owed
from conventions.periods import GRAINS, Period
from conventions.returns import list_followed, list_suppliers, load_rules
from conventions.values import Convention
from indicators.said import Said

YEAR = GRAINS[0]


@dataclass(frozen=True)
class Owed:
    """One count: `source` is who owes it, None when any of the convention's may give it."""

    source: str | None
    measure: str
    territory: str
    period: Period


def list_owed(said: Said, convention: Convention, as_of: date) -> tuple[Owed, ...]:
    """In the order of measures, sources, levels, then time and places."""
    rhythm = find_rhythm(said, convention)
    return tuple(
        Owed(source, measure, place, period)
        for measure in list_followed(convention)
        for source in _list_owers(said, convention, measure)
        for places in _list_levels(said, convention, measure, source)
        for period in _list_due(_find_grain(said, rhythm, (measure, source), places), convention, as_of)
        for place in places
    )


def find_rhythm(said: Said, convention: Convention) -> str:
    """The grain agreed; when it is the year, the longest that returns have within it."""
    if convention.cadence != YEAR:
        return convention.cadence
    given = said.given(*[{key[rank] for key in said.codes} for rank in range(3)])
    return min((one.grain for one in given if one.grain != YEAR), key=GRAINS.index, default=YEAR)


def _list_owers(said: Said, convention: Convention, measure: str) -> Sequence[str | None]:
    speakers = said.speakers(measure)
    spoke = [one.code for one in convention.sources if one.code in speakers]
    return list_suppliers(convention, measure) or spoke or [None]


def _list_levels(said: Said, convention: Convention, measure: str, source: str | None) -> list[tuple[str, ...]]:
    """The places of each level by which a measure is given, the whole alone when no level covers it.

    Never given, a measure is owed by the complete level that has the fewest places, if it makes sense by place.
    """
    whole, spoken = (convention.territory.code,), said.places(measure, source)
    levels = {
        level: tuple(place.code for place in convention.places if place.kind == level.kind)
        for level in convention.levels
    }
    complete = [codes for level, codes in levels.items() if level.complete]
    used = {level: codes for level, codes in levels.items() if spoken.intersection(codes)}
    if not used and not spoken.intersection(whole):
        by_place = [] if measure in load_rules().whole else complete
        return [min(by_place, key=len, default=whole)]
    is_told_apart = any(level.complete for level in used)
    return [*used.values(), *([] if is_told_apart or not spoken.intersection(whole) else [whole])]


def _find_grain(said: Said, rhythm: str, count: tuple[str, str | None], places: Sequence[str]) -> str:
    """The rhythm, or the shortest of the longer periods when nothing was ever given at the rhythm."""
    measure, source = count
    sources = said.speakers(measure) if source is None else [source]
    grains = {one.grain for one in said.given(sources, [measure], places)}
    ranks = [GRAINS.index(grain) for grain in grains]
    is_kept = not ranks or max(ranks) >= GRAINS.index(rhythm)
    return rhythm if is_kept else GRAINS[max(ranks)]


def find_next(said: Said, convention: Convention, as_of: date) -> Period | None:
    """The period at the convention's rhythm that will be owed next; None once it has ended."""
    grain = find_rhythm(said, convention)
    years = range(as_of.year, convention.end.year + 1)
    coming = (one for year in years for one in Period(year, 1, 12).parts(grain))
    return next((one for one in coming if min(one.end, convention.end) >= as_of and is_owed(one, convention)), None)


def _list_due(grain: str, convention: Convention, as_of: date) -> Iterator[Period]:
    for year in range(convention.start.year, min(convention.end, as_of).year + 1):
        for one in Period(year, 1, 12).parts(grain):
            if min(one.end, convention.end) < as_of and is_owed(one, convention):
                yield one
