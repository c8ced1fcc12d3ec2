"""An objective that accumulates in; the card of its trajectory through the year out."""

from __future__ import annotations

from html import escape

import streamlit as st

from conventions.periods import MONTHS
from ui.blocks import show_block_title, show_chart, show_table
from ui.charts.trend import Trend, draw_trend
from ui.french import FIXED, MISSING, write_count, write_number, write_signed
from ui.home.glance import Glance
from ui.shell import Screen
from ui.tables import Column, Row, render_table
from ui.trends import build_trend, write_trend_title


def show_trend(screen: Screen, glance: Glance) -> None:
    """The first objective that is a trajectory, through its year."""
    reading = next((one for one in glance.readings if one.objective.prorata and one.figure is not None), None)
    trend = build_trend(screen.database, glance.convention, screen.catalogue, reading) if reading else None
    with st.container(key="carte-trajectoire", height="stretch"):
        if trend is None or reading is None:
            show_block_title("Aucune trajectoire à suivre", "Aucun objectif de cette convention ne se cumule dans l’année.")
            return
        indicator = screen.catalogue.indicator(reading.objective.indicator)
        show_block_title(write_trend_title(trend), f"{escape(indicator.label)}, cumul depuis le 1<sup>er</sup>{FIXED}janvier {reading.year}")
        show_chart(draw_trend(trend), key="trajectoire", alt=f"{indicator.label}\u00a0: cumul, trajectoire et écart")
        show_table(_trend_table(trend), label="Tableau de la trajectoire")


def _trend_table(trend: Trend) -> str:
    before = dict(trend.last_year)
    rows = [
        Row([f"fin {MONTHS[month - 1]}", write_count(value), write_number(trend.expected(month)),
             write_signed(round(value - trend.expected(month))),
             write_count(before[month]) if month in before else MISSING])
        for month, value in trend.points
    ]  # fmt: skip
    columns = [Column("Date"), Column("Cumul", True), Column("Attendu", True), Column("Écart", True),
               Column(trend.last_year_name, True)]  # fmt: skip
    return render_table(caption="Cumul et trajectoire", columns=columns, rows=rows, is_caption_hidden=True)
