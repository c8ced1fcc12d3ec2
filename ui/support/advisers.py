"""A year in; the portfolio of each adviser, by code, over the agreed range, out."""

from __future__ import annotations

from html import escape

import streamlit as st

from indicators.values import Figure
from ui.behind import Behind
from ui.blocks import show_block_title, show_chart, show_source
from ui.charts.band import Dot, draw_band
from ui.french import FIXED, write_count
from ui.shell import Screen
from ui.support.places import SIZE, write_band_title
from ui.support.year import Year
from ui.tables import Column, Row, Table
from ui.wording import figure_cell

AXIS = "conseiller"


def list_portfolios(year: Year) -> list[tuple[str, float]]:
    """The people that each adviser follows, by code; a hidden one is left out."""
    return [(name_adviser(one), one.value) for one in year.advisers if one.value is not None]


def name_adviser(figure: Figure) -> str:
    """The code of an adviser as people write it: « C07 »."""
    return dict(figure.segment)[AXIS].upper()


def show_advisers(screen: Screen, year: Year) -> None:
    """The range was agreed for each adviser: a mean hides who is outside; nothing when no return lists them."""
    portfolios, reading = list_portfolios(year), year.reading(SIZE)
    if not portfolios or reading is None or reading.objective.upper is None:
        return
    low, high = reading.objective.value, reading.objective.upper
    title = year.field.write_title(write_band_title(portfolios, low, high, noun="conseillers"))
    with st.container(key="carte-conseillers"):
        show_block_title(title, "Personnes suivies par chaque conseiller, désigné par un code, en fin de période")
        indicator = screen.catalogue.indicator("en_cours")
        rows = [Row([escape(name_adviser(one)), figure_cell(one, indicator)]) for one in year.advisers]
        columns = [Column("Conseiller"), Column(escape(indicator.label), True)]
        table = Table(title, columns, rows, is_caption_hidden=True)
        told = ", ".join(f"{code} {write_count(size)}" for code, size in portfolios)
        behind = Behind("conseillers", title, table, "Tableau des conseillers", period=year.span.label)
        mean = year.whole[SIZE].value if SIZE in year.whole else None
        drawn = draw_band([Dot(*one) for one in portfolios], low=low, high=high, mean=mean)
        show_chart(drawn, behind, alt=f"Personnes suivies par conseiller{FIXED}: {told}")
        if len(portfolios) < len(year.advisers):
            show_source("Des conseillers manquent\u00a0: leur nombre est secret ou n’est pas connu.")
