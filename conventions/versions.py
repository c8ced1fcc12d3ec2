"""An indicator and a convention in; its definitions, each from a day on, and the periods that belong to each, out.

The catalogue dates a new version for everyone; an amendment dates one for its own convention. A period belongs to one
version: the one in force on its last day, so that versions begin with a month.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from conventions.catalogue import Catalogue
from conventions.events import events_between
from conventions.periods import GRAINS, Period
from conventions.values import Convention, Indicator, Segment, Term, Version


@dataclass(frozen=True)
class Mark:
    """A day that a series must show: `is_break` when what stands on each side does not compare."""

    day: date
    label: str
    sentence: str
    is_break: bool


def list_versions(indicator: Indicator, convention: Convention) -> tuple[Version, ...]:
    """The versions that follow the first definition, in order of their days."""
    own = [one for amendment in convention.amendments for one in amendment.definitions if one.code == indicator.code]
    return tuple(sorted((*indicator.versions, *own), key=lambda one: one.day))


def apply_versions(indicator: Indicator, convention: Convention, day: date) -> Indicator:
    """The indicator as it is defined on a day."""
    for one in list_versions(indicator, convention):
        if one.day <= day:
            indicator = replace(
                indicator,
                definition=one.definition,
                numerator=one.numerator or indicator.numerator,
                denominator=one.denominator or indicator.denominator,
            )
    return indicator


def split_by_version(
    indicator: Indicator, convention: Convention, periods: Sequence[Period]
) -> list[tuple[Indicator, tuple[Period, ...]]]:
    """The indicator as each part of these periods defines it; a period over a change is cut where it falls."""
    days = [one.day for one in list_versions(indicator, convention)]
    if not days or not periods:
        return [(indicator, tuple(periods))]
    parts = [part for period in periods for part in _cut(period, days)]
    ranked = groupby(parts, key=lambda part: sum(day <= part.end for day in days))
    groups = [tuple(group) for _, group in ranked]
    return [(apply_versions(indicator, convention, group[-1].end), group) for group in groups]


def _cut(period: Period, days: Sequence[date]) -> tuple[Period, ...]:
    if period.length == 1 or not any(period.start < day <= period.end for day in days):
        return (period,)
    finer = period.parts(GRAINS[GRAINS.index(period.grain) + 1])
    return tuple(piece for part in finer for piece in _cut(part, days))


def list_all_terms(indicator: Indicator, convention: Convention) -> tuple[Term, ...]:
    """The terms of every version, the first one's first."""
    versions = list_versions(indicator, convention)
    found = [indicator.numerator, indicator.denominator]
    found += [term for one in versions for term in (one.numerator, one.denominator)]
    return tuple(dict.fromkeys(term for term in found if term is not None))


def list_marks(
    indicator: Indicator,
    convention: Convention,
    catalogue: Catalogue,
    *,
    start: date,
    end: date,
    segment: Segment = (),
) -> tuple[Mark, ...]:
    """Where a series breaks after a day, up to another, and the events that it must show; one mark a day and label."""
    terms = list_all_terms(indicator, convention)
    counted = [catalogue.indicator(code) for code in dict.fromkeys((indicator.code, *(one.measure for one in terms)))]
    versions = [one for count in counted for one in list_versions(count, convention)]
    marks = [Mark(one.day, one.label, one.changed, True) for one in versions if start < one.day <= end]
    events = events_between(
        start,
        end,
        measures={term.measure for term in terms},
        segments=(segment, *(term.segment for term in terms)),
        territories=convention.codes,
    )
    marks += [Mark(one.day, one.label, one.sentence, one.is_break) for one in events]
    ordered = sorted(marks, key=lambda one: (one.day, not one.is_break))
    return tuple({(one.day, one.label): one for one in reversed(ordered)}.values())[::-1]
