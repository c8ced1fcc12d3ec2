"""What a convention was owed in a year in; which returns came, are partial or are awaited, out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from conventions.cycles import is_owed
from conventions.periods import Period
from conventions.values import Convention
from indicators.completeness import Completeness
from indicators.lacks import list_lacks
from ui.completeness import name_measures
from ui.french import FIXED, write_short_period
from ui.wording import name_place, name_source

RECEIVED, PARTIAL, AWAITED, TO_COME = "reçu", "partiel", "attendu", "à venir"
MARKS = {RECEIVED: "✓", PARTIAL: "◐", AWAITED: "□", TO_COME: "·"}


@dataclass(frozen=True)
class Return:
    """What one source gave for one period; `missing` names the places, or the measures, left out."""

    source: str
    period: Period
    state: str
    missing: tuple[str, ...] = ()


def sort_returns(completeness: Completeness, convention: Convention, year: int) -> list[Return]:
    """One return per source that owes something of the year and per period of the convention's life, in that order."""
    within = completeness.within([Period(year, 1, 12)])
    sources = [one.source for one in completeness.sources if completeness.of(one.source).expected]
    lived = [one for one in Period(year, 1, 12).parts(completeness.rhythm) if is_owed(one, convention)]
    return [_judge(within.of(source), convention, source, period) for source in sources for period in lived]


def _judge(owed: Completeness, convention: Convention, source: str, period: Period) -> Return:
    own = owed.ending(period)
    if not own.expected:
        return Return(source, period, TO_COME)
    if own.is_whole:
        return Return(source, period, RECEIVED)
    if not own.received:
        return Return(source, period, AWAITED)
    missing = [
        name_place(one.territory, convention) if one.territory else name_measures(one.measures)
        for one in list_lacks(own)
    ]
    return Return(source, period, PARTIAL, tuple(dict.fromkeys(missing)))


def write_returns_title(returns: Sequence[Return], year: int) -> str:
    """« En 2026, 5 retours reçus sur 6, dont 1 partiel »: those that should have come by now."""
    due = [one for one in returns if one.state != TO_COME]
    came = [one for one in due if one.state != AWAITED]
    partial, many = sum(one.state == PARTIAL for one in came), "s" if len(came) > 1 else ""
    among = f", dont {partial} partiel{'s' if partial > 1 else ''}" if partial else ""
    return f"En {year}, {len(came)} retour{many} reçu{many} sur {len(due)}{among}"


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
