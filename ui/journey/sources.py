"""A study in; the people oriented as each of two sources counts them, kept side by side and never
added, out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from html import escape

import streamlit as st

from conventions.values import Indicator
from indicators.values import Figure
from ui.blocks import show_section, show_source, show_table
from ui.field import Field
from ui.french import FIXED, MISSING, write_number, write_signed
from ui.gaps.table import write_title
from ui.journey.stages import FIRST
from ui.journey.study import Study
from ui.readings import get_figures, get_gaps
from ui.shell import Screen
from ui.tables import Column, Row, render_table
from ui.wording import figure_html, name_source

Pair = tuple[Figure | None, Figure | None]
BY_PLACE, WHOLE = ("territoire", "source"), ("source",)


def show_sources_gap(screen: Screen, study: Study) -> None:
    """Nothing when one source only counts them, nor for cohorts, which one source alone follows; the place that the
    page is about, alone."""
    choice = study.choice
    both = replace(choice.field.widen(), source=None)
    asked = {by: choice.request(choice.span, by=by, indicators=(FIRST.code,), field=both) for by in (BY_PLACE, WHOLE)}
    figures = get_figures(screen.database, asked[BY_PLACE])
    sources = list(dict.fromkeys(figure.source for figure in figures if figure.value is not None))
    if choice.reading == "cohorte" or len(sources) < 2:
        return
    chosen = choice.field.place
    whole = get_figures(screen.database, asked[WHOLE])
    names = [name_source(source, choice.convention) for source in sources[:2]]
    pairs = {
        place.code: _pair([f for f in figures if f.territory == place.code], sources)
        for place in choice.convention.places
        if chosen in (None, place)
    }
    pairs = {code: pair for code, pair in pairs.items() if any(pair)}
    # Place by place and period by period, as the page of sources compares them.
    gaps = get_gaps(screen.database, replace(asked[BY_PLACE], by=("territoire",)))
    own = [gap for gap in gaps if chosen is None or gap.territory == chosen.code]
    show_section(Field(place=chosen).write_title(write_title(own, choice.convention, screen.catalogue)))
    indicator = screen.catalogue.indicator(FIRST.code)
    rows = [
        _gap_row(place.name, pairs[place.code], indicator)
        for place in choice.convention.places
        if place.code in pairs
    ]
    if chosen is None:
        rows.append(_gap_row(choice.convention.territory.name, _pair(whole, sources), indicator, css="j-whole"))
    columns = [
        Column("Territoire"),
        *(Column(escape(name), True) for name in names),
        Column("Écart", True),
        Column(f"Écart en % du {escape(names[0])}", True),
    ]
    with st.container(key="carte-sources"):
        caption = f"Personnes orientées selon chaque source, {both.join(choice.span.label)}"
        show_table(render_table(caption=caption, columns=columns, rows=rows, is_caption_hidden=True))
        show_source(
            "Les deux comptes sont conservés, jamais additionnés. Un compte partiel n’est pas comparé."
        )


def _pair(figures: Sequence[Figure], sources: Sequence[str | None]) -> Pair:
    known = {figure.source: figure for figure in figures}
    return known.get(sources[0]), known.get(sources[1])


def read_gap(pair: Pair) -> tuple[float, float] | None:
    """The two counts, when both are known and whole."""
    first, other = pair
    if first is None or other is None or first.value is None or other.value is None:
        return None
    return None if "partiel" in (first.state, other.state) else (first.value, other.value)


def _gap_row(name: str, pair: Pair, indicator: Indicator, css: str = "") -> Row:
    cells = [figure_html(figure, indicator) if figure is not None else MISSING for figure in pair]
    counts = read_gap(pair)
    if counts is None:
        return Row([escape(name), *cells, "—", "—"], css=css)
    gap = counts[1] - counts[0]
    part = f"{write_number(100 * abs(gap) / counts[0], 1)}{FIXED}%" if counts[0] else "—"
    return Row([escape(name), *cells, write_signed(gap), part], css=css)
