"""A reading of a block in; its card out: a finding, the table through time, bars by part."""

from __future__ import annotations

from html import escape

import streamlit as st

from conventions.catalogue import Catalogue
from ui.articles.reading import Reading, build_bars, drop_whole, list_parts, name_part
from ui.articles.words import write_finding, write_first
from ui.behind import Behind
from ui.blocks import show_block_title, show_chart, show_source, show_table
from ui.charts.band import Dot, draw_band
from ui.charts.ranked import Bar, describe_bars, draw_ranked, rank_bars
from ui.citation import write_article
from ui.french import FIXED, MISSING, write_short_period
from ui.shell import Screen
from ui.tables import Cell, Column, Row, Table, render_table
from ui.wording import figure_cell, figure_html, name_source

WIDEST = 15
"""Bars that a card shows; the table has them all."""


def show_block(screen: Screen, reading: Reading) -> None:
    """The card of a block: what it found over the span, its table, and the parts of one of its figures."""
    block, bars = reading.block, build_bars(reading, screen.catalogue)
    with st.container(key=f"carte-article-{block.code}", height="stretch"):
        show_block_title(block.title, f"{write_article(block.article)}, {escape(reading.span.label)}")
        if reading.is_empty:
            show_source("Rien reçu pour cette période.")
            return
        is_beside = bool(bars) and len(reading.periods) <= widest_beside(screen, reading)
        left, right = st.columns([1.35, 1], gap="medium") if is_beside else (st.container(), st.container())
        with left:
            show_table(write_first(reading, screen.catalogue) + write_periods(screen, reading))
            sources = sorted({name_source(one.source, reading.convention) for one in reading.whole.values()})
            show_source(f"Source{FIXED}: {escape(', '.join(sources))}.")
        if bars:
            with right:
                _show_parts(screen, reading, bars)


def widest_beside(screen: Screen, reading: Reading) -> int:
    """How many periods leave room for bars beside the table: fewer when rates stand with their counts."""
    has_rates = any(screen.catalogue.indicator(code).denominator for code in reading.block.indicators)
    return 3 if has_rates else 6


def write_periods(screen: Screen, reading: Reading) -> str:
    """Indicators × periods, then the whole span: a longer period shows only what its parts make."""
    rows = []
    for code in reading.block.indicators:
        indicator = screen.catalogue.indicator(code)
        found = [reading.at(code, period) for period in reading.periods]
        found = [*found, reading.whole.get(code)] if len(reading.periods) != 1 else found
        cells = [Cell(figure_html(one, indicator)) if one else Cell(MISSING) for one in found]
        rows.append(Row([escape(indicator.label), *cells]))
    columns = [Column("Indicateur")]
    columns += [Column(write_short_period(period).replace(FIXED, " "), True) for period in reading.periods]
    columns += [Column(escape(reading.span.label), True)] if len(reading.periods) != 1 else []
    caption = f"{reading.block.title}, {reading.span.label}"
    return render_table(caption=caption, columns=columns, rows=rows, is_caption_hidden=True)


def _show_parts(screen: Screen, reading: Reading, bars: list[Bar]) -> None:
    """The drawn indicator by part: dots over the agreed range when each must lie in it, else ranked bars."""
    block, agreed = reading.block, reading.objective
    label = screen.catalogue.indicator(block.chart or "").label
    axis, own = name_axis(reading, screen.catalogue), drop_whole(bars, reading)
    about, title = f"{label}, par {axis}", write_finding(reading, own, screen.catalogue)
    show_block_title(title, f"{escape(about)}, {escape(reading.span.label)}", level=3)
    behind = Behind(
        f"parts-{block.code}",
        title,
        _parts_table(screen, reading, rank_bars(bars), axis),
        f"Tableau{FIXED}: {about}",
        period=reading.span.label,
    )
    if agreed is not None and agreed.upper is not None:
        dots = [Dot(bar.label, bar.value) for bar in bars if bar.value is not None]
        show_chart(draw_band(dots, low=agreed.value, high=agreed.upper), behind, alt=describe_bars(bars, about))
    else:
        shown = rank_bars(own)[:WIDEST]
        show_chart(draw_ranked(shown, left=230), behind, alt=describe_bars(shown, about))


def _parts_table(screen: Screen, reading: Reading, bars: list[Bar], axis: str) -> Table:
    block = reading.block
    indicator = screen.catalogue.indicator(block.chart or "")
    told = {name_part(reading, one, screen.catalogue): figure_cell(one, indicator) for one in list_parts(reading)}
    rows = [Row([escape(bar.label), told[bar.label]]) for bar in bars]
    columns = [Column(escape(f"{axis[:1].upper()}{axis[1:]}")), Column(escape(indicator.label), True)]
    return Table(f"{indicator.label}, par {axis}", columns, rows, is_caption_hidden=True)


def name_axis(reading: Reading, catalogue: Catalogue) -> str:
    """What the parts are, inside a sentence: « territoire (Points Conseil Emploi) », « type de prestation »."""
    if reading.block.by != "territoire":
        label = catalogue.axes[reading.block.by].label
        return f"{label[:1].lower()}{label[1:]}"
    codes = {one.territory for one in list_parts(reading)}
    kinds = {place.kind for place in reading.convention.places if place.code in codes}
    level = next((one for one in reading.convention.levels if one.kind in kinds), None)
    return f"territoire ({level.label})" if level is not None else "territoire"
