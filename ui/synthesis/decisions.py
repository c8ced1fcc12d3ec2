"""What stands of a convention in; what its committee has to decide today, each in one sentence, out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape

from conventions.catalogue import Catalogue
from conventions.cycles import WHOLE
from conventions.periods import parse_period
from conventions.statuses import LATE, MISSED, UNKNOWN, UNTRACED
from conventions.values import Convention
from indicators.commitments import CommitmentReading
from indicators.figures import Request
from indicators.gaps import Gap
from indicators.objectives import ObjectiveReading
from ui.blocks import to_html
from ui.french import (
    FIXED,
    THIN,
    join_words,
    lower_first,
    upper_first,
    write_count,
    write_quantity,
    write_short_period,
    write_small,
)
from ui.objectives import write_lacking, write_mark
from ui.readings import get_commitments, get_gaps
from ui.returns import AWAITED, PARTIAL, Return
from ui.shell import Screen
from ui.spans import find_rhythm
from ui.standing import is_good
from ui.synthesis.glance import Glance
from ui.wording import name_source, write_value

NAMED = 2
DAYS = 365
"""A term passed for longer is the past: no date is to be set for it any more."""


@dataclass(frozen=True)
class Decision:
    """One sentence (HTML), and the page where it is acted upon."""

    text: str
    page: str


def read_decisions(screen: Screen, glance: Glance) -> list[Decision]:
    """What objectives, sources, returns and commitments ask for, in that order."""
    convention = glance.convention
    rhythm = find_rhythm(glance.received, convention.cadence)
    codes = tuple(one.code for one in rhythm if glance.span.holds(one)) or glance.span.codes
    gaps = get_gaps(screen.database, Request(convention.key, periods=codes, audience=glance.audience))
    commitments = get_commitments(screen.database, convention.key, screen.today)
    return [
        *decide_objectives(glance.readings, screen.catalogue),
        *decide_sources(gaps, convention, screen.catalogue),
        *decide_returns(glance.returns, convention, screen.today),
        *decide_commitments(commitments, screen.today),
    ]


def decide_objectives(readings: Sequence[ObjectiveReading], catalogue: Catalogue) -> list[Decision]:
    """What remains to be done of each objective that is not on its way."""
    late = [one for one in readings if one.status != UNKNOWN and not is_good(one.status)]
    return [Decision(_ask_objective(one, catalogue), "parcours") for one in late]


def _ask_objective(reading: ObjectiveReading, catalogue: Catalogue) -> str:
    indicator = catalogue.indicator(reading.objective.indicator)
    label = to_html(indicator.label)
    if reading.status == MISSED and reading.figure is not None:
        done = write_value(reading.figure.value or 0.0, indicator)
        agreed = write_mark(reading.objective.value, indicator)
        return f"{label}{FIXED}: <b>{done}</b> pour {agreed} en {reading.year}. Quelle suite{THIN}?"
    return f"{label}{FIXED}: {lower_first(write_lacking(reading, catalogue))} Comment{THIN}?"


def decide_sources(gaps: Sequence[Gap], convention: Convention, catalogue: Catalogue) -> list[Decision]:
    """Each count that two sources give differently and of which none was retained, by its largest gap."""
    open_gaps = [one for one in gaps if one.absolute and one.retained is None]
    decisions = []
    for code in dict.fromkeys(one.indicator for one in open_gaps):
        own = [one for one in open_gaps if one.indicator == code]
        first, *others = own
        sides = [
            f"{write_count(one.value or 0)} ({escape(name_source(one.source, convention))})"
            for one in (first.used, first.other)
        ]
        when = write_short_period(parse_period(first.period))
        label = to_html(catalogue.indicator(code).label)
        text = f"{label}, {when}{FIXED}: retenir <b>{' ou '.join(sides)}</b>{THIN}?{_count_others(len(others))}"
        decisions.append(Decision(text, "sources"))
    return decisions


def _count_others(count: int) -> str:
    """« Une autre période diffère. », or nothing."""
    if not count:
        return ""
    plural = count > 1
    said = f"{write_small(count, feminine=True)} autre{'s' if plural else ''} période{'s' if plural else ''}"
    return f" {upper_first(said)} diffère{'nt' if plural else ''}."


def decide_returns(returns: Sequence[Return], convention: Convention, today: date) -> list[Decision]:
    """A date for the returns that should have come; while the convention runs, what lacks of those that came."""
    decisions = []
    awaited = [one for one in returns if one.state == AWAITED]
    if awaited:
        named = join_words([_name_return(one, convention) for one in awaited[:NAMED]])
        rest = f" et {len(awaited) - NAMED} de plus" if len(awaited) > NAMED else ""
        count = write_quantity(len(awaited), "retour manquant", "retours manquants")
        decisions.append(Decision(f"Une date pour <b>{count}</b>{FIXED}: {named}{rest}.", "depot"))
    if convention.end < today:
        return decisions
    partial = [one for one in returns if one.state == PARTIAL and one.missing]
    for one in partial:
        name, lacking = _name_return(one, convention), escape(join_words(one.missing))
        decisions.append(Decision(f"Compléter <b>{name}</b>{FIXED}: il manque {lacking}.", "depot"))
    return decisions


def _name_return(one: Return, convention: Convention) -> str:
    return f"{escape(name_source(one.source, convention))} {write_short_period(one.period)}"


def decide_commitments(commitments: Sequence[CommitmentReading], today: date) -> list[Decision]:
    """The commitments of which a term of the last twelve months has passed without a trace, together; nothing can be
    held of one that is over."""
    since = today - timedelta(days=DAYS)
    missed = {
        one.commitment.code: sum(
            act.state == UNTRACED or (act.state == LATE and act.cycle.term > since) for act in one.occurrences
        )
        for one in commitments
    }
    late = [one for one in commitments if missed[one.commitment.code]]
    if not late:
        return []
    is_over = any(act.state == UNTRACED for one in late for act in one.occurrences)
    named_first = late if len(late) <= NAMED else late[:1]
    labels = [_name_commitment(one, missed[one.commitment.code]) for one in named_first]
    rest = len(late) - len(labels)
    named = join_words([*labels, *([f"{write_small(rest)} de plus"] if rest else [])])
    said = write_quantity(len(late), "engagement", "engagements")
    state = "sans trace" if is_over else "en retard"
    ask = "en saisir la preuve, ou dire qu’il n’a pas été tenu" if is_over else "fixer une date"
    return [Decision(f"<b>{said} {state}</b>{FIXED}: {named}. {upper_first(ask)}.", "conventions")]


def _name_commitment(one: CommitmentReading, missed: int) -> str:
    """« « tenir la commission formation » (2 échéances) »; of a convention that is over, the years without a trace."""
    is_whole = one.commitment.every == WHOLE
    years = sorted({act.cycle.end.year for act in one.occurrences if act.state == UNTRACED and not is_whole})
    said = [f"{missed} échéances"] if missed > 1 else []
    said += [join_words([str(year) for year in years])] if years else []
    more = f" ({', '.join(said)})" if said else ""
    return f"«{FIXED}{escape(lower_first(one.commitment.label))}{FIXED}»{more}"
