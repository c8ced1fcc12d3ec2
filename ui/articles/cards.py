"""A reading of a block in; its card out: a finding, the table through time, bars by part."""

from __future__ import annotations

from html import escape

import streamlit as st

from conventions.catalogue import Catalogue
from ui.articles.reading import Reading, build_bars, drop_whole, list_parts, name_part
from ui.articles.words import write_block_title, write_first, write_notes
from ui.behind import Behind
from ui.blocks import show_block_title, show_chart, show_source, show_table
from ui.charts.band import Dot, draw_band
from ui.charts.ranked import Bar, describe_bars, draw_ranked, rank_bars
from ui.citation import write_article
from ui.french import FIXED, MISSING, lower_first, upper_first, write_short_period
from ui.places import name_one
from ui.shell import Screen
from ui.tables import Cell, Column, Row, Table, render_table
from ui.wording import figure_cell, figure_html, name_source

WIDEST = 15
"""Bars that a card shows; the table has them all."""
LONG = 30
"""Letters of a label that takes two lines."""
MOST_ROWS = 2
"""Rows of a table that bars may stand under, in half the width."""


def show_block(screen: Screen, reading: Reading, *, is_half: bool = False, is_repeat: bool = False) -> None:
    """The card of a block: what it found over the span, its table, and the parts of one of its figures. In half the
    width they stand one under the other; a table that an earlier block has shown is not repeated."""
    block, bars = reading.block, build_bars(reading, screen.catalogue)
    with st.container(key=f"carte-article-{block.code}", height="stretch"):
        about = f"<b>{escape(block.title)}</b>, {write_article(block.article)}, {escape(reading.span.label)}"
        title = write_block_title(reading, drop_whole(bars, reading, screen.catalogue), screen.catalogue)
        show_block_title(title, about)
        if reading.is_empty:
            show_source("Rien reçu pour cette période.")
            return
        if not (is_repeat and bars):
            room = widest_beside(reading, screen.catalogue)
            is_beside = bool(bars) and not is_half and len(reading.known_periods) <= room
            widths = [1.35 if len(block.indicators) > 1 or len(reading.known_periods) > 4 else 1, 1]
            left, right = st.columns(widths, gap="medium") if is_beside else (st.container(), st.container())
            with left:
                _show_figures(screen, reading)
        else:
            right = st.container()
        if bars:
            with right:
                _show_parts(screen, reading, bars, title)


def _show_figures(screen: Screen, reading: Reading) -> None:
    # A single figure of a single time is said once.
    is_told = not reading.known_periods and len(reading.block.indicators) == 1
    show_table(write_first(reading, screen.catalogue) + ("" if is_told else write_periods(screen, reading)))
    sources = sorted({name_source(one.source, reading.convention) for one in reading.whole.values()})
    notes = [f"Source{FIXED}: {', '.join(sources)}.", *write_notes(reading, screen.catalogue)]
    show_source(escape(" ".join(notes)))


def has_rates(reading: Reading, catalogue: Catalogue) -> bool:
    """Whether a row of its table is a rate, which stands with its counts."""
    return any(catalogue.indicator(code).denominator for code in reading.block.indicators)


def widest_beside(reading: Reading, catalogue: Catalogue) -> int:
    """How many periods leave room for bars beside the table: fewer when rates stand with their counts."""
    return 3 if has_rates(reading, catalogue) else 6


def is_small(reading: Reading, catalogue: Catalogue, *, is_repeat: bool = False) -> bool:
    """Whether a block holds in half the width: no table, or one of few periods, and of few rows above bars."""
    if reading.is_empty or (is_repeat and reading.block.chart):
        return True
    is_short = not reading.block.chart or len(reading.block.indicators) <= MOST_ROWS
    return is_short and len(reading.known_periods) <= (3 if has_rates(reading, catalogue) else 4)


def estimate_height(reading: Reading, catalogue: Catalogue, *, is_repeat: bool) -> int:
    """About how many pixels a block takes in half the width."""
    bars, row = build_bars(reading, catalogue), 38
    if any(len(bar.label) > LONG for bar in bars):
        row = 46
    table = 0 if is_repeat and bars else 130 + 44 * len(reading.block.indicators)
    return 100 + table + (110 + row * min(len(bars), WIDEST) if bars else 0)


def write_periods(screen: Screen, reading: Reading) -> str:
    """Indicators × periods, then the whole span: a longer period shows only what its parts make."""
    rows, periods = [], reading.known_periods
    for code in reading.block.indicators:
        indicator = screen.catalogue.indicator(code)
        found = [reading.at(code, period) for period in periods]
        found = [*found, reading.whole.get(code)] if len(periods) != 1 else found
        is_tagged = not reading.is_of_places
        cells = [Cell(figure_html(one, indicator, is_tagged=is_tagged)) if one else Cell(MISSING) for one in found]
        rows.append(Row([escape(indicator.label), *cells]))
    columns = [Column("Indicateur")]
    columns += [Column(write_short_period(period).replace(FIXED, " "), True) for period in periods]
    columns += [Column(escape(reading.span.short.replace(FIXED, " ")), True)] if len(periods) != 1 else []
    caption = f"{reading.block.title}, {reading.span.label}"
    return render_table(caption=caption, columns=columns, rows=rows, is_caption_hidden=True, css="j-by-time")


def _show_parts(screen: Screen, reading: Reading, bars: list[Bar], title: str) -> None:
    """The drawn indicator by part: dots over the agreed range when each must lie in it, else ranked bars."""
    block, agreed = reading.block, reading.objective
    label = screen.catalogue.indicator(block.chart or "").label
    axis, own = name_axis(reading, screen.catalogue), drop_whole(bars, reading, screen.catalogue)
    about = f"{label}, par {axis}"
    st.html(f'<p class="j-line-title">{escape(about)}</p>')
    behind = Behind(
        f"parts-{block.code}",
        title,
        _parts_table(screen, reading, rank_bars(bars), axis),
        f"Tableau, par {axis}",
        period=reading.span.label,
    )
    if agreed is not None and agreed.upper is not None:
        dots = [Dot(bar.label, bar.value) for bar in bars if bar.value is not None]
        show_chart(draw_band(dots, low=agreed.value, high=agreed.upper), behind, alt=describe_bars(bars, about))
    else:
        shown = rank_bars(own)[:WIDEST]
        left = 300 if any(len(bar.label) > 2 * LONG for bar in shown) else 230
        show_chart(draw_ranked(shown, left=left), behind, alt=describe_bars(shown, about))


def _parts_table(screen: Screen, reading: Reading, bars: list[Bar], axis: str) -> Table:
    block = reading.block
    indicator = screen.catalogue.indicator(block.chart or "")
    told = {name_part(reading, one, screen.catalogue): figure_cell(one, indicator) for one in list_parts(reading)}
    rows = [Row([escape(bar.label), told[bar.label]]) for bar in bars]
    columns = [Column(escape(upper_first(axis))), Column(escape(indicator.label), True)]
    return Table(f"{indicator.label}, par {axis}", columns, rows, is_caption_hidden=True)


def name_axis(reading: Reading, catalogue: Catalogue) -> str:
    """What the parts are, inside a sentence: « quartier », « type de prestation »."""
    if reading.block.by != "territoire":
        return lower_first(catalogue.axes[reading.block.by].label)
    codes = {one.territory for one in list_parts(reading)}
    kinds = {place.kind for place in reading.convention.places if place.code in codes}
    level = next((one for one in reading.convention.levels if one.kind in kinds), None)
    return name_one(level) if level is not None else "territoire"
