"""The exits of a span in; the card of their course out: counts by period, and the rate in a panel of its own."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from conventions.periods import Period
from ui.behind import Behind
from ui.blocks import show_behind, show_block_title, show_chart
from ui.charts.columns import Column as Bar
from ui.charts.columns import draw_columns, draw_rates, write_periods
from ui.exits.reading import COUNT, POSITIVE, RATE, Exits
from ui.french import FIXED, MISSING, write_count, write_percent, write_period, write_short_period
from ui.objectives import write_mark
from ui.shell import Screen
from ui.tables import Column, Row, Table
from ui.wording import figure_cell, write_counts, write_figure


def show_course(screen: Screen, exits: Exits, periods: Sequence[Period]) -> None:
    """Counts by period, then the rate in a panel of its own, then the same as a table."""
    bars = build_columns(screen, exits, periods)
    has_rate = exits.main == RATE
    with st.container(key="carte-cours", height="stretch"):
        lead = f"Sorties par période, dont positives{FIXED}; dessous, leur part" if has_rate else "Sorties par période"
        title = write_course_title(bars, periods, has_rate=has_rate)
        show_block_title(title, escape(exits.field.join(lead.replace(f"{FIXED};", "\u202f;"))))
        names = {"part_name": "positives", "rest_name": "autres"} if has_rate else {}
        counts = draw_columns(bars, **names)
        alt = f"Sorties par période{FIXED}: {', '.join(f'{one.label} {one.text}' for one in bars)}"
        table = _course_table(screen, exits, periods)
        behind = Behind("sorties-periodes", title, table, "Tableau par période", period=exits.span.label)
        show_chart(counts if has_rate else write_periods(counts, bars), behind, part="nombres", code=COUNT, alt=alt)
        if has_rate:
            _show_rates(screen, exits, bars, behind)
        show_behind(behind)


def _show_rates(screen: Screen, exits: Exits, bars: Sequence[Bar], behind: Behind) -> None:
    agreed = exits.objective.objective.value if exits.objective is not None else None
    text = write_mark(agreed, screen.catalogue.indicator(RATE)) if agreed is not None else ""
    said = ", ".join(f"{one.label} {one.rate_text}" for one in bars)
    show_chart(
        draw_rates(bars, objective=agreed, objective_text=text),
        behind,
        part="taux",
        code=RATE,
        alt=f"Taux de sorties positives par période{FIXED}: {said}",
    )


def build_columns(screen: Screen, exits: Exits, periods: Sequence[Period]) -> list[Bar]:
    """One column a period, with the word of its hole when its total is not known."""
    bars = []
    for period in periods:
        total, part, rate = (exits.at(code, period) for code in (COUNT, POSITIVE, RATE))
        known = part.value if part is not None and part.value is not None else None
        bars.append(
            Bar(
                label=write_short_period(period),
                total=total.value if total is not None else None,
                part=known,
                text=write_figure(total, screen.catalogue.indicator(COUNT)) if total is not None else MISSING,
                part_text=write_count(known) if known is not None else "",
                rate=rate.value if rate is not None else None,
                rate_text=write_figure(rate, screen.catalogue.indicator(RATE)) if rate is not None else MISSING,
                counts=write_counts(rate) if rate is not None else "",
                is_provisional=rate is not None and rate.state == "provisoire",
            )
        )
    return bars


def write_course_title(bars: Sequence[Bar], periods: Sequence[Period], *, has_rate: bool) -> str:
    """The best period and the last one, by rate where there is one, else by count."""
    values = [one.rate if has_rate else one.total for one in bars]
    known = [(value, rank) for rank, value in enumerate(values) if value is not None]
    if len(known) < 2:
        return "Période après période"
    (high, first), (last, end) = max(known), known[-1]
    write = write_percent if has_rate else write_count
    what = "" if has_rate else f"{FIXED}sorties"
    now = f"{write(last)}{what} au {write_period(periods[end])}"
    said = ", encore provisoire" if bars[end].is_provisional else ""
    if first == end:
        return f"{now}, le plus haut des {len(known)} périodes lues{said}"
    return f"{now}{said}, contre {write(high)} au {write_period(periods[first])}"


def _course_table(screen: Screen, exits: Exits, periods: Sequence[Period]) -> Table:
    codes = [code for code in (COUNT, POSITIVE, RATE) if code in exits.convention.indicators]
    rows = []
    for period in periods:
        cells = [figure_cell(exits.at(code, period), screen.catalogue.indicator(code)) for code in codes]
        rows.append(Row([escape(write_period(period)), *cells]))
    columns = [Column("Période"), *(Column(escape(screen.catalogue.indicator(code).label), True) for code in codes)]
    return Table(exits.field.join("Sorties par période"), columns, rows, is_caption_hidden=True)
