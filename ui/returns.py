"""The counts of a year by source and period in; which returns came, are partial or are awaited, out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from conventions.periods import Period
from conventions.values import Convention
from indicators.figures import Request
from indicators.values import Figure
from store.database import Database
from ui.french import FIXED, write_short_period
from ui.readings import get_figures
from ui.wording import name_place, name_source

RECEIVED, PARTIAL, AWAITED, TO_COME = "reçu", "partiel", "attendu", "à venir"
MARKS = {RECEIVED: "✓", PARTIAL: "◐", AWAITED: "□", TO_COME: "·"}


@dataclass(frozen=True)
class Return:
    """What one source gave for one period; `missing` names the places left out."""

    source: str
    period: Period
    state: str
    missing: tuple[str, ...] = ()


def sort_returns(
    figures: Sequence[Figure], convention: Convention, periods: Sequence[Period], today: date
) -> list[Return]:
    """One return per source that ever gave counts and per period of the convention's life, in that order."""
    sources = [
        one.code
        for one in convention.sources
        if any(f.source == one.code and f.value is not None for f in figures)
    ]
    lived = [one for one in periods if one.end >= convention.start and one.start <= convention.end]
    return [_judge(figures, convention, source, period, today) for source in sources for period in lived]


def _judge(
    figures: Sequence[Figure], convention: Convention, source: str, period: Period, today: date
) -> Return:
    own = [one for one in figures if one.source == source and one.period == period.code]
    if not any(one.value is not None for one in own):
        return Return(source, period, AWAITED if period.end < today else TO_COME)
    places = [
        place for one in own for place, _ in one.missing if place not in ("", convention.territory.code)
    ]
    missing = tuple(dict.fromkeys(name_place(place, convention) for place in places))
    is_partial = any(one.state == "partiel" for one in own)
    return Return(source, period, PARTIAL if is_partial else RECEIVED, missing if is_partial else ())


def read_returns(database: Database, convention: Convention, year: int, today: date) -> list[Return]:
    """The returns of a year at the convention's own rhythm."""
    periods = Period(year, 1, 12).parts(convention.cadence)
    measures = tuple(code for code in convention.indicators)
    request = Request(
        convention.key,
        periods=tuple(one.code for one in periods),
        by=("source", "periode"),
        indicators=measures,
    )
    return sort_returns(get_figures(database, request), convention, periods, today)


def write_returns_title(returns: Sequence[Return]) -> str:
    """« 5 retours reçus sur 6 »: those that should have come by now."""
    due = [one for one in returns if one.state != TO_COME]
    came = [one for one in due if one.state != AWAITED]
    return (
        f"{len(came)} retour{'s' if len(came) > 1 else ''} reçu{'s' if len(came) > 1 else ''} sur {len(due)}"
    )


def write_returns_html(returns: Sequence[Return], convention: Convention) -> str:
    """A column per source, a line per period; consecutive periods in the same state share a line."""
    columns = []
    for source in dict.fromkeys(one.source for one in returns):
        lines = "".join(_write_run(run) for run in _runs([one for one in returns if one.source == source]))
        name = escape(name_source(source, convention))
        columns.append(f'<div><h3>{name}</h3><ul class="j-list j-plain">{lines}</ul></div>')
    return f'<div class="j-columns">{"".join(columns)}</div>'


def _runs(returns: Sequence[Return]) -> list[list[Return]]:
    runs: list[list[Return]] = []
    for one in returns:
        # Few periods are told one by one; the months of a year are told as runs.
        if (
            len(returns) > 6
            and runs
            and (runs[-1][-1].state, runs[-1][-1].missing) == (one.state, one.missing)
        ):
            runs[-1].append(one)
        else:
            runs.append([one])
    return runs


def _write_run(run: Sequence[Return]) -> str:
    first, last = run[0], run[-1]
    name = write_short_period(first.period)
    if len(run) > 1:
        name = f"{name.partition(FIXED)[0]} – {write_short_period(last.period)}"
    text = first.state + (f"{FIXED}: il manque {', '.join(first.missing)}" if first.missing else "")
    css = {RECEIVED: "j-in", PARTIAL: "j-part", AWAITED: "j-due", TO_COME: "j-later"}[first.state]
    return (
        f'<li><span class="j-mark {css}" aria-hidden="true">{MARKS[first.state]}</span>{name} '
        f'<span class="j-soft">{escape(text)}</span></li>'
    )
