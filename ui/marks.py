"""An indicator and the time of a chart in; the rules that its breaks and events draw, and what they say, out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from html import escape

from conventions.catalogue import Catalogue
from conventions.periods import Period
from conventions.values import Convention, Segment
from conventions.versions import Mark, list_marks
from ui.charts.rule import Rule
from ui.french import FIXED

# A rule on the first day stands just before the first value, inside the frame.
_EDGE = -0.35


def list_year_rules(
    catalogue: Catalogue, convention: Convention, indicator: str, year: int, *, segment: Segment = ()
) -> tuple[Rule, ...]:
    """Along the twelve months of a year, 0 being 1 January."""
    months = Period(year, 1, 12).parts("mois")
    marks = _find(catalogue, convention, indicator, months, segment)
    return tuple(_make(one, one.day.month - 1 + (one.day.day - 1) / 31) for one in marks)


def list_period_rules(
    catalogue: Catalogue, convention: Convention, indicator: str, periods: Sequence[Period]
) -> tuple[Rule, ...]:
    """Between the periods of a series, of which the first has rank 0."""
    marks = _find(catalogue, convention, indicator, periods, ())
    ranks = [sum(period.end < one.day for period in periods) for one in marks]
    return tuple(_make(one, max(rank - 0.5, _EDGE)) for one, rank in zip(marks, ranks, strict=True))


def _find(
    catalogue: Catalogue, convention: Convention, code: str, periods: Sequence[Period], segment: Segment
) -> tuple[Mark, ...]:
    if not periods:
        return ()
    start: date = min(period.start for period in periods) - timedelta(days=1)
    end = max(period.end for period in periods)
    return list_marks(catalogue.indicator(code), convention, catalogue, start=start, end=end, segment=segment)


def _make(mark: Mark, x: float) -> Rule:
    return Rule(x, mark.label, f"{mark.day:%d/%m/%Y}{FIXED}: {mark.sentence}", mark.is_break)


def render_rules(rules: Sequence[Rule]) -> str:
    """The sentences of the rules, under the table of their chart; nothing when there is none."""
    return "".join(f'<p class="j-note">{escape(one.sentence)}</p>' for one in rules)
