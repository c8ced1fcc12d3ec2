"""A study in; the people oriented as each of two sources counts them, kept side by side and never
added, out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from html import escape

import streamlit as st

from conventions.periods import parse_period
from conventions.values import Indicator
from indicators.gaps import Gap
from indicators.values import Figure
from ui.blocks import show_section, show_source, show_table
from ui.field import Field
from ui.french import FIXED, MISSING, join_words, write_count, write_number, write_short_period, write_signed
from ui.gaps.table import write_title
from ui.journey.stages import FIRST
from ui.journey.study import Study
from ui.readings import get_figures, get_gaps
from ui.shell import Screen
from ui.tables import Column, Row, note, render_table
from ui.wording import figure_html, name_source

Pair = tuple[Figure | None, Figure | None]
BY_PLACE = ("territoire", "source")


def show_sources_gap(screen: Screen, study: Study) -> None:
    """Nothing when one source only counts them, nor for cohorts, which one source alone follows; the place that the
    page is about, alone."""
    choice = study.choice
    both = replace(choice.field.widen(), source=None)
    asked = choice.request(choice.span, by=BY_PLACE, indicators=(FIRST.code,), field=both)
    figures = get_figures(screen.database, asked)
    sources = list(dict.fromkeys(figure.source for figure in figures if figure.value is not None))
    if choice.reading == "cohorte" or len(sources) < 2:
        return
    chosen = choice.field.place
    names = [name_source(source, choice.convention) for source in sources[:2]]
    # Place by place and period by period, as the page of sources compares them.
    gaps = get_gaps(screen.database, replace(asked, by=("territoire",)))
    own = [gap for gap in gaps if chosen is None or gap.territory == chosen.code]
    show_section(Field(place=chosen).write_title(write_title(own, choice.convention, screen.catalogue)))
    indicator, rows, compared = screen.catalogue.indicator(FIRST.code), [], []
    for place in choice.convention.places:
        common = find_common(gaps, place.code)
        told = get_figures(screen.database, replace(asked, periods=common)) if common else figures
        pair = _pair([one for one in told if one.territory == place.code], sources)
        if chosen in (None, place) and any(pair):
            rows.append(_gap_row(note(escape(place.name), _write_common(common)), pair, indicator))
            compared += [counts] if (counts := read_gap(pair)) else []
    if len(compared) > 1:
        rows.append(_sum_row(compared))
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
            "Les deux comptes sont conservés, jamais additionnés. Un territoire se compare sur les périodes que les "
            "deux sources donnent."
        )


def find_common(gaps: Sequence[Gap], place: str) -> tuple[str, ...] | None:
    """The periods that both sources give of a place, when they are some of those of the gaps; None for all or none."""
    every = {gap.period for gap in gaps}
    known = sorted(gap.period for gap in gaps if gap.territory == place and gap.absolute is not None)
    return tuple(known) if known and set(known) != every else None


def _write_common(periods: tuple[str, ...] | None) -> str:
    """« T1 2026 et T2 2026 seulement », or nothing for a place that is compared over the whole span."""
    if periods is None:
        return ""
    return f"{join_words([write_short_period(parse_period(one)) for one in periods])} seulement"


def _pair(figures: Sequence[Figure], sources: Sequence[str | None]) -> Pair:
    known = {figure.source: figure for figure in figures}
    return known.get(sources[0]), known.get(sources[1])


def read_gap(pair: Pair) -> tuple[float, float] | None:
    """The two counts, when both are known and whole."""
    first, other = pair
    if first is None or other is None or first.value is None or other.value is None:
        return None
    return None if "partiel" in (first.state, other.state) else (first.value, other.value)


def _gap_row(name: str, pair: Pair, indicator: Indicator) -> Row:
    cells = [figure_html(figure, indicator) if figure is not None else MISSING for figure in pair]
    return Row([name, *cells, *_write_gap(read_gap(pair))])


def _sum_row(compared: Sequence[tuple[float, float]]) -> Row:
    """The two counts over all that is compared."""
    first, other = (sum(side) for side in zip(*compared, strict=True))
    cells = [write_count(one) for one in (first, other)]
    return Row(["Là où les deux se comparent", *cells, *_write_gap((first, other))], css="j-whole")


def _write_gap(counts: tuple[float, float] | None) -> tuple[str, str]:
    """The gap, and its part of the first count."""
    if counts is None:
        return "—", "—"
    gap = counts[1] - counts[0]
    return write_signed(gap), f"{write_number(100 * abs(gap) / counts[0], 1)}{FIXED}%" if counts[0] else "—"
