"""The amounts behind a figure in; its value and its state (what a reader must know of it) out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from conventions.periods import Period, period_of
from conventions.values import Indicator, Segment, Term
from indicators.amounts import NOT_AWAITED, NOT_CONCERNED, SECRET, UNKNOWN, Amount, add, subtract
from indicators.combine import Amounts
from indicators.refusals import NOT_CONCERNED as TELLS_NOT_CONCERNED
from indicators.refusals import OUTSIDE, SECRET_RECEIVED, refuse_zero
from indicators.request import COHORT
from indicators.scope import Scope
from indicators.values import Figure
from indicators.windows import Window

OK, PARTIAL, PROVISIONAL, OVER, SUPPLIED = "ok", "partiel", "provisoire", "> 100 %", "fourni"
# Months after which most of the people oriented have gone as far as they will.
_MATURITY = 12


@dataclass(frozen=True)
class Asked:
    """What one figure is asked for; no place is the whole convention."""

    indicator: Indicator
    source: str
    place: str | None
    window: Window
    segment: Segment

    @property
    def periods(self) -> tuple[Period, ...]:
        """The periods that its time is made of."""
        return self.window.periods


@dataclass(frozen=True)
class Counted:
    """The terms of a figure and their amounts; `note` is what a reader must know of how they were counted."""

    terms: tuple[Term, ...]
    amounts: Amounts
    note: str = ""


def make_figure(scope: Scope, asked: Asked, counted: Counted, *, supplied: Amount | None) -> Figure:
    """The figure of the amounts of its terms, else as the return supplied it."""
    amounts = counted.amounts
    top, *below = amounts
    bottom = subtract(below[0], add(below[1:])) if len(below) > 1 else below[0] if below else None
    value = _divide(top, bottom) if bottom is not None else top.value
    figure = Figure(
        indicator=asked.indicator.code,
        territory=asked.place,
        period=asked.window.period.code if asked.window.period is not None else None,
        source=asked.source,
        segment=asked.segment,
        numerator=top.value,
        denominator=bottom.value if bottom is not None else None,
        value=value,
        state=_judge(scope, asked, amounts, value),
        missing=tuple(dict.fromkeys(hole for one in amounts for hole in one.missing)),
        terms=counted.terms,
        leaves=tuple(one.leaves for one in amounts),
        window=asked.window.kind,
        reason=_explain(scope, asked, amounts, bottom) if value is None else counted.note or asked.window.note,
        asked=scope.request,
    )
    if value is not None or supplied is None:
        return figure
    return replace(
        figure,
        numerator=None,
        value=supplied.value,
        state=SUPPLIED,
        missing=(),
        reason=asked.window.note,
        leaves=(supplied.leaves, *figure.leaves[1:]),
    )


def _explain(scope: Scope, asked: Asked, amounts: Amounts, bottom: Amount | None) -> str:
    """Why there is no value, when it is not only that something was not received."""
    states = {one.state for one in amounts if not one.is_known}
    if SECRET in states:
        return SECRET_RECEIVED
    refused = next((one.reason for one in amounts if one.reason), "") or asked.window.note
    if not refused and states in ({NOT_CONCERNED}, {NOT_AWAITED}):
        return TELLS_NOT_CONCERNED if NOT_CONCERNED in states else OUTSIDE
    if refused or bottom is None or bottom.value != 0 or asked.indicator.denominator is None:
        return refused
    return refuse_zero(scope.catalogue.measures[asked.indicator.denominator.measure].label)


def _divide(top: Amount, bottom: Amount) -> float | None:
    """A ratio; none over zero, nor over what is not known."""
    if top.value is None or not bottom.value:
        return None
    return top.value / bottom.value


def _judge(scope: Scope, asked: Asked, amounts: Amounts, value: float | None) -> str:
    if value is None:
        return SECRET if any(one.state == SECRET for one in amounts) else UNKNOWN
    if asked.indicator.unit == "taux" and value > 1 and scope.request.reading != COHORT:
        return OVER
    if any(one.missing for one in amounts):
        return PARTIAL
    months = asked.indicator.provisional_months
    if scope.request.reading == COHORT:
        months = max(months, _MATURITY)
    last = max(period.end for period in asked.periods)
    return PROVISIONAL if scope.as_of < _settle(last, months) else OK


def _settle(end: date, months: int) -> date:
    """The last day of the month that comes so many months after the end of a period."""
    rank = end.year * 12 + end.month - 1 + months
    return period_of(date(rank // 12, rank % 12 + 1, 1), "mois").end
