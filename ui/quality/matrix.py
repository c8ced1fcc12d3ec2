"""The counts that one source owed in; a table of places × periods, received / expected written in each cell, out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from conventions.periods import Period, period_of
from conventions.values import Convention
from indicators.completeness import Cell as Count
from ui.french import MONTHS_SHORT, write_count
from ui.tables import Cell, Column, Row, render_table
from ui.wording import name_place

MOST_PLACES = 12
"""A level with more places than that is told on one line."""
MOST_PERIODS = 24
NOTHING_OWED = '<span class="j-soft" aria-hidden="true">–</span><span class="j-hidden">rien d’attendu</span>'
_Tally = Counter[tuple[str, Period]]


@dataclass(frozen=True)
class Line:
    """One row: a place, or all those of a level that has many."""

    label: str
    places: frozenset[str]


def list_columns(counts: Sequence[Count]) -> list[Period]:
    """The shortest periods owed, in order of time; a year of which nothing lacks is one column, and so is every year
    when there are too many periods."""
    grain = min((one.owed.period for one in counts), key=lambda one: one.length).grain
    columns = sorted({_place_in_time(one, grain) for one in counts})
    lacking = {_place_in_time(one, grain).year for one in counts if not one.is_received}
    if len(columns) > MOST_PERIODS:
        lacking = set()
    parts = Counter(one.year for one in columns)
    return sorted({one if one.year in lacking or parts[one.year] == 1 else Period(one.year, 1, 12) for one in columns})


def _place_in_time(count: Count, grain: str) -> Period:
    """A count owed for a longer time stands where that time ends."""
    return period_of(count.owed.period.end, grain)


def _last_month(count: Count) -> Period:
    """A count owed for a longer time stands in the column where that time ends."""
    return period_of(count.owed.period.end, "mois")


def list_lines(counts: Iterable[Count], convention: Convention) -> list[Line]:
    """A line per place, level by level, the whole last."""
    owed = {one.owed.territory for one in counts}
    lines: list[Line] = []
    for level in convention.levels:
        codes = [place.code for place in convention.places if place.kind == level.kind and place.code in owed]
        if len(codes) > MOST_PLACES:
            lines.append(Line(f"{level.label} ({write_count(len(codes))})", frozenset(codes)))
        else:
            lines += [Line(name_place(code, convention), frozenset([code])) for code in codes]
    whole = convention.territory.code
    return [*lines, *([Line("Donné pour l’ensemble", frozenset([whole]))] if whole in owed else [])]


def render_matrix(counts: Sequence[Count], convention: Convention, *, caption: str) -> str:
    """The table; its tint goes with the share received, a white framed cell has nothing."""
    columns = list_columns(counts)
    owed, received = _Tally(), _Tally()
    for one in counts:
        spot = one.owed.territory, next(column for column in columns if column.contains(_last_month(one)))
        owed[spot] += 1
        received[spot] += one.is_received
    rows = [
        Row([Cell(escape(line.label)), *(_write_cell(line, one, (received, owed)) for one in columns)])
        for line in list_lines(counts, convention)
    ]
    heads = [Column("Territoire"), *(Column(_head(one), css=_year_css(one, columns)) for one in columns)]
    css = "j-heat j-time j-received"
    return render_table(caption=caption, columns=heads, rows=rows, css=css, is_caption_hidden=True)


def _write_cell(line: Line, period: Period, tallies: tuple[_Tally, _Tally]) -> Cell:
    received, owed = (sum(tally[place, period] for place in line.places) for tally in tallies)
    if not owed:
        return Cell(NOTHING_OWED)
    text = f"{write_count(received)}/{write_count(owed)}"
    return Cell(f"<b>{text}</b>" if received < owed else text, rank_share(received, owed))


def rank_share(received: int, owed: int) -> str:
    """The dress of a share: four tints, of which the darkest is all; nothing is framed in white."""
    if not received:
        return "j-missing-cell"
    return "j-heat-4" if received == owed else f"j-heat-{1 + min(2, 3 * received // owed)}"


def _year_css(period: Period, columns: Sequence[Period]) -> str:
    """The rule between two years."""
    rank = columns.index(period)
    return "j-year" if period.length < 12 and rank > 0 and columns[rank - 1].year != period.year else ""


def _head(period: Period) -> str:
    """« T3 » over « 2026 »."""
    if period.length == 12:
        return str(period.year)
    short = MONTHS_SHORT[period.month - 1] if period.length == 1 else period.code.partition("-")[2]
    return f"{short}<br>{period.year}"
