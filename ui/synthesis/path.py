"""An objective that accumulates in; the card of its trajectory through the year out."""

from __future__ import annotations

from html import escape

import streamlit as st

from conventions.periods import MONTHS
from indicators.objectives import ObjectiveReading
from ui.behind import Behind
from ui.blocks import show_block_title, show_chart
from ui.charts.trend import Trend, describe_trend, draw_trend
from ui.french import FIXED, MISSING, write_count, write_number, write_signed
from ui.marks import render_rules
from ui.shell import Screen
from ui.synthesis.glance import Glance
from ui.tables import Column, Row, Table
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
        title = write_trend_title(trend)
        show_block_title(
            title,
            f"{escape(indicator.label)}, cumul depuis le 1<sup>er</sup>{FIXED}janvier {reading.year}",
        )
        behind = Behind(
            "trajectoire",
            title,
            _trend_table(trend),
            "Tableau de la trajectoire",
            period=str(reading.year),
            definition=f"{indicator.label}. {indicator.definition}",
        )
        show_chart(draw_trend(trend), behind, alt=describe_trend(trend), is_stretched=True)


def _trend_table(trend: Trend) -> Table:
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
    below = render_rules(trend.rules)
    return Table("Cumul et trajectoire", columns, rows, is_caption_hidden=True, below=below)
