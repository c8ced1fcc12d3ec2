"""Commitments read on a day in; the calendar of a year (rows are commitments, columns months) out."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from html import escape
from types import MappingProxyType

from conventions.cycles import Cycle
from conventions.statuses import DUE, HELD, LATE, TO_COME, UNTRACED, load_rule
from conventions.values import Convention
from indicators.commitments import CommitmentReading, Occurrence
from indicators.completeness import Completeness
from ui.citation import write_article
from ui.french import FIXED, MONTHS_SHORT, THIN, join_words, write_count, write_date, write_small
from ui.standing import tone_of
from ui.wording import name_source, tag

YEAR = 12
NOTHING: Mapping[str, Collection[date]] = MappingProxyType({})
_NARROW = 1
_TOLD = (HELD, LATE, UNTRACED, DUE, TO_COME)
_SAID = {
    HELD: ("échéance tenue", "échéances tenues"),
    LATE: ("en retard", "en retard"),
    UNTRACED: ("sans trace", "sans trace"),
    DUE: ("à tenir", "à tenir"),
    TO_COME: ("à venir", "à venir"),
}


def list_of_year(reading: CommitmentReading, year: int) -> list[Occurrence]:
    """The occurrences of a commitment that a year holds; one of the whole convention is in each of its years."""
    return [one for one in reading.occurrences if one.cycle.start.year <= year <= one.cycle.end.year]


def write_calendar_title(readings: Sequence[CommitmentReading], year: int) -> str:
    """« 2026 : dix-sept échéances tenues, deux en retard, trois à tenir, huit à venir »."""
    states = [one.state for reading in readings for one in list_of_year(reading, year)]
    parts = []
    for state in _TOLD:
        count = states.count(state)
        if count:
            parts.append(f"{write_small(count, feminine=True)} {_SAID[state][count > 1]}")
    return f"{year}{FIXED}: {', '.join(parts)}" if parts else f"Aucune échéance en {year}"


def list_lacking(completeness: Completeness) -> dict[str, set[date]]:
    """For each source, the last days of the periods of which it has not given all that it owes."""
    lacking: dict[str, set[date]] = {}
    for one in completeness.cells:
        if not one.is_received:
            lacking.setdefault(one.owed.source or "", set()).add(one.owed.period.end)
    return lacking


def render_calendar(
    readings: Sequence[CommitmentReading],
    year: int,
    convention: Convention,
    lacking: Mapping[str, Collection[date]] = NOTHING,
) -> str:
    """A real table: a cell spans the months of its cycle, with sign, word, dates and amounts; `lacking` says which
    sources gave only a part of their return, and when."""
    heads = "".join(f'<th scope="col">{month}</th>' for month in MONTHS_SHORT)
    rows = "".join(_render_row(one, year, convention, lacking) for one in readings if list_of_year(one, year))
    caption = f'<caption><span class="j-hidden">Engagements, mois par mois, {year}</span></caption>'
    head = f'<thead><tr><th scope="col">Engagement</th>{heads}</tr></thead>'
    return f'<div class="j-scroll"><table class="j-table j-calendar">{caption}{head}<tbody>{rows}</tbody></table></div>'


def _render_row(
    reading: CommitmentReading, year: int, convention: Convention, lacking: Mapping[str, Collection[date]]
) -> str:
    commitment = reading.commitment
    who = join_words([name_source(code, convention) for code in commitment.parties])
    under = f"{escape(who)}, {write_article(commitment.article)}"
    head = f'<th scope="row">{escape(commitment.label)}<span class="j-note">{under}</span></th>'
    cells, month = [], 1
    for one in list_of_year(reading, year):
        first, last = _months(one.cycle, year)
        cells += [_empty(first - month)] if first > month else []
        partial = [
            name_source(source, convention)
            for source in commitment.returns
            if any(one.cycle.contains(day) for day in lacking.get(source, ()))
        ]
        cells.append(_render_cell(one, last - first + 1, partial))
        month = last + 1
    return f"<tr>{head}{''.join(cells)}{_empty(YEAR + 1 - month) if month <= YEAR else ''}</tr>"


def _months(cycle: Cycle, year: int) -> tuple[int, int]:
    """The first and last months of a cycle within a year."""
    first = cycle.start.month if cycle.start.year == year else 1
    return first, cycle.end.month if cycle.end.year == year else YEAR


def _empty(span: int) -> str:
    return f'<td colspan="{span}"></td>'


def _render_cell(one: Occurrence, span: int, partial: Sequence[str]) -> str:
    sign = load_rule().acts[one.state].sign
    told = escape(_say(one, partial))
    css = f"j-act j-{tone_of(one.state) or 'plain'}"
    if span == _NARROW:
        said = f'<b aria-hidden="true">{sign}</b><span>{one.state.lower()}</span>'
        return f'<td class="{css}" title="{told}">{said}</td>'
    return f'<td class="{css}" colspan="{span}"><b>{sign} {one.state}</b> <span>{told}</span></td>'


def _say(one: Occurrence, partial: Sequence[str]) -> str:
    """« 1 sur 2, le 08/07/2021 ; 11 699 € versés sur 23 398 » and, when it is not held, by when it is owed."""
    parts = []
    if one.due > 1 or one.done > 1:
        parts.append(f"{one.done} sur {one.due}")
    if one.days:
        parts.append(f"le {join_words([f'{day:%d/%m}' for day in one.days])}")
    elif one.proof:
        parts.append({"retours": "retours reçus", "mesure": "compté par les retours"}[one.proof])
        parts += [f"incomplet{FIXED}: {join_words(partial)}"] if partial and one.proof == "retours" else []
    if one.state not in (HELD, TO_COME):
        parts.append(f"échéance le {write_date(one.cycle.term)}")
    text = ", ".join(parts)
    if one.paid:
        agreed = f" sur {write_count(one.agreed)}" if one.agreed is not None else ""
        text += f"{THIN}; {write_count(one.paid)}{FIXED}€ versés{agreed}"
    return text


def write_legend() -> str:
    """Each word with its sign and what it means (HTML)."""
    acts = load_rule().acts.values()
    items = "".join(f"<li>{tag(f'{one.sign} {one.word}', one.tone)} {escape(one.meaning)}</li>" for one in acts)
    return f'<ul class="j-list j-plain">{items}</ul>'
