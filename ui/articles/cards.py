"""A reading of a block in; its card out: a finding, the table through time, bars by part; then what was agreed."""

from __future__ import annotations

from html import escape

import streamlit as st

from conventions.values import Convention
from store.facts import read_facts
from ui.articles.reading import Reading, build_bars, list_parts, name_part
from ui.behind import Behind
from ui.blocks import show_block_title, show_chart, show_section, show_source, show_table
from ui.charts.band import Dot, draw_band
from ui.charts.ranked import Bar, describe_bars, draw_ranked, rank_bars
from ui.citation import write_article
from ui.french import FIXED, MISSING, join_words, write_number, write_short_period
from ui.shell import Screen
from ui.tables import Cell, Column, Row, Table, render_table
from ui.wording import figure_cell, figure_html, name_place, name_source

NEED = "besoin_non_couvert"
RHYTHMS = {
    "convention": "sur la convention", "an": "par an", "semestre": "par semestre", "trimestre": "par trimestre",
    "deux_mois": "tous les deux mois", "mois": "par mois", "parcours": "par contrat ou parcours",
}  # fmt: skip
WIDEST = 15
"""Bars that a card shows; the table has them all."""


def show_block(screen: Screen, reading: Reading) -> None:
    """The card of a block: what it found over the span, its table, and the parts of one of its figures."""
    block, bars = reading.block, build_bars(reading, screen.catalogue)
    with st.container(key=f"carte-article-{block.code}"):
        show_block_title(block.title, f"{escape(block.article)}, {escape(reading.span.label)}")
        if reading.is_empty:
            show_source("Rien reçu pour cette période.")
            return
        is_beside = bool(bars) and len(reading.periods) <= widest_beside(screen, reading)
        left, right = st.columns([1.35, 1], gap="medium") if is_beside else (st.container(), st.container())
        with left:
            show_table(write_periods(screen, reading))
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
    axis = "territoire" if block.by == "territoire" else _lower(screen.catalogue.axes[block.by].label)
    about, title = f"{label}, par {axis}", write_finding(bars, label)
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
        shown = rank_bars(bars)[:WIDEST]
        show_chart(draw_ranked(shown, left=230), behind, alt=describe_bars(shown, about))


def _parts_table(screen: Screen, reading: Reading, bars: list[Bar], axis: str) -> Table:
    block = reading.block
    indicator = screen.catalogue.indicator(block.chart or "")
    told = {name_part(reading, one, screen.catalogue): figure_cell(one, indicator) for one in list_parts(reading)}
    rows = [Row([escape(bar.label), told[bar.label]]) for bar in bars]
    columns = [Column(escape(f"{axis[:1].upper()}{axis[1:]}")), Column(escape(indicator.label), True)]
    return Table(f"{indicator.label}, par {axis}", columns, rows, is_caption_hidden=True)


def _lower(label: str) -> str:
    """A label inside a sentence: acronyms keep their capitals."""
    return f"{label[:1].lower()}{label[1:]}"


def write_finding(bars: list[Bar], label: str) -> str:
    """« Borny : 198 », the highest of those that can be ranked; else what is shown."""
    named = next((bar for bar in bars if bar.is_named), None)
    return f"{named.label}{FIXED}: {named.text}, le plus élevé" if named and len(bars) > 1 else label


def show_needs(screen: Screen, convention: Convention) -> None:
    """The needs that nobody covers, in the words of who entered them."""
    needs = read_facts(screen.database, convention.key, NEED)
    if not needs:
        return
    show_section("Besoins que personne ne couvre", "Saisis dans la page Faits, avec leur auteur et leur date")
    rows = [
        Row([escape(one.text or ""), escape(name_place(one.territory, convention)), escape(one.period or ""),
             f"{escape(one.author)}, {one.recorded_at:%d/%m/%Y}"])  # fmt: skip
        for one in needs
    ]
    columns = [Column("Besoin"), Column("Territoire"), Column("Période"), Column("Saisi par")]
    with st.container(key="carte-besoins"):
        show_table(render_table(caption="Besoins non couverts", columns=columns, rows=rows, is_caption_hidden=True))


def show_agreed(convention: Convention) -> None:
    """The commitments and the limits, as the convention states them."""
    show_section("Ce qui a été convenu", "Engagements et bornes, avec leur article")
    rows = [
        Row([escape(one.label), escape(join_words([name_source(code, convention) for code in one.parties])),
             f"{one.times} {RHYTHMS[one.every]}", escape(one.article)])  # fmt: skip
        for one in convention.commitments
    ]
    for limit in convention.limits:
        sign = "au plus" if limit.direction == "<=" else "au moins"
        more = f", {write_number(limit.extension)} de plus {limit.condition}" if limit.extension else ""
        text = f"{sign} {write_number(limit.value)} {limit.unit}{more}"
        rows.append(Row([escape(limit.label), "", escape(text), escape(write_article(limit.article))]))
    columns = [Column("Engagement ou borne"), Column("Qui"), Column("Rythme ou valeur"), Column("Article")]
    with st.container(key="carte-convenu"):
        show_table(render_table(caption="Engagements et bornes", columns=columns, rows=rows, is_caption_hidden=True))
