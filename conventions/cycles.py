"""A commitment and its convention in; the spans of time in which it is owed, each with its term, out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from conventions.periods import MONTHS, Period
from conventions.statuses import load_rule
from conventions.values import Commitment, Convention

PATH, WHOLE = "parcours", "convention"
_LENGTHS = {"an": 12, "semestre": 6, "trimestre": 3, "deux_mois": 2, "mois": 1}


@dataclass(frozen=True)
class Cycle:
    """Calendar time in which an act is owed, to be held by its `term`; `label` names it in French."""

    start: date
    end: date
    term: date
    label: str

    def contains(self, day: date) -> bool:
        """Whether a day lies in it."""
        return self.start <= day <= self.end


def list_cycles(commitment: Commitment, convention: Convention) -> tuple[Cycle, ...]:
    """The cycles of a commitment; none of what is promised to each path.

    A year (a half, ...) that the convention covers only in part is owed when it covers enough of it.
    """
    if commitment.every == PATH:
        return ()
    if commitment.every == WHOLE:
        term = _months_before(convention.end, commitment.lead_months)
        return (Cycle(convention.start, convention.end, term, "toute la convention"),)
    length = _LENGTHS[commitment.every]
    years = range(convention.start.year, convention.end.year + 1)
    spans = [Period(year, month, length) for year in years for month in range(1, 13, length)]
    return tuple(
        Cycle(one.start, one.end, _months_before(min(one.end, convention.end), commitment.lead_months), _name(one))
        for one in spans
        if is_owed(one, convention)
    )


def is_owed(span: Period, convention: Convention) -> bool:
    """Whether the convention covers enough of some calendar time for something to be owed of it."""
    days = (min(span.end, convention.end) - max(span.start, convention.start)).days + 1
    return days / ((span.end - span.start).days + 1) >= load_rule().partial_cycle


def _name(span: Period) -> str:
    if span.length != _LENGTHS["deux_mois"]:
        return span.label
    return f"{MONTHS[span.month - 1]} et {MONTHS[span.month]} {span.year}"


def _months_before(day: date, months: int) -> date:
    """The same day some months before, or the last one of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    following = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    return min(date(year, month + 1, 1) + timedelta(days=day.day - 1), following - timedelta(days=1))
