"""An objective that accumulates in; the card of its trajectory through the year out."""

from __future__ import annotations

from html import escape

import streamlit as st

from conventions.periods import MONTHS
from indicators.objectives import ObjectiveReading
from ui.blocks import show_block_title, show_chart, show_table
from ui.charts.trend import Trend, draw_trend
from ui.french import FIXED, MISSING, write_count, write_number, write_signed
from ui.marks import render_rules
from ui.shell import Screen
from ui.synthesis.glance import Glance
from ui.tables import Column, Row, render_table
from ui.trends import build_trend, write_trend_title


def find_trend(screen: Screen, glance: Glance) -> tuple[ObjectiveReading, Trend] | None:
    """The first objective that accumulates in the year, and its line; nothing when none does."""
    for reading in glance.readings:
        if reading.objective.prorata and reading.figure is not None:
            trend = build_trend(screen.database, glance.convention, screen.catalogue, reading, audience=glance.audience)
            if trend is not None:
                return reading, trend
    return None


def show_trend(screen: Screen, reading: ObjectiveReading, trend: Trend) -> None:
    """The trajectory through the year, and the gap to it."""
    with st.container(key="carte-trajectoire", height="stretch"):
        indicator = screen.catalogue.indicator(reading.objective.indicator)
        show_block_title(
            write_trend_title(trend),
            f"{escape(indicator.label)}, cumul depuis le 1<sup>er</sup>{FIXED}janvier {reading.year}",
        )
        show_chart(
            draw_trend(trend),
            key="trajectoire",
            alt=f"{indicator.label}\u00a0: cumul, trajectoire et écart",
            is_stretched=True,
        )
        show_table(_trend_table(trend) + render_rules(trend.rules), label="Tableau de la trajectoire")


def _trend_table(trend: Trend) -> str:
    before = dict(trend.last_year)
    rows = [
        Row(
            [
                f"fin {MONTHS[month - 1]}",
                write_count(value),
                write_number(trend.expected(month)),
                write_signed(round(value - trend.expected(month))),
                write_count(before[month]) if month in before else MISSING,
            ]
        )
        for month, value in trend.points
    ]
    columns = [
        Column("Date"),
        Column("Cumul", True),
        Column("Attendu", True),
        Column("Écart", True),
        Column(trend.last_year_name, True),
    ]
    return render_table(caption="Cumul et trajectoire", columns=columns, rows=rows, is_caption_hidden=True)
