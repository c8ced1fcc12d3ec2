"""A page about to be drawn and the conventions it is for in; one of them read block by block, in its own words, out."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from conventions.values import Convention
from ui import filters
from ui.articles.agreed import show_agreed, show_needs
from ui.articles.cards import show_block
from ui.articles.reading import Reading, read_block
from ui.articles.words import write_page_title
from ui.head import show_covered_title
from ui.places import count_places
from ui.readings import get_objectives, received_periods
from ui.shell import need, open_page
from ui.spans import find_rhythm, list_spans

CITIES = frozenset({"commune", "epci"})


def is_city(convention: Convention) -> bool:
    """Whether a convention is that of a commune or of an intercommunality."""
    return convention.territory.kind in CITIES


def pair_blocks(readings: Sequence[Reading]) -> list[list[Reading]]:
    """The blocks in their order, line by line: two that have no bars stand side by side."""
    lines: list[list[Reading]] = []
    for reading in readings:
        last = lines[-1] if lines else []
        if len(last) == 1 and not (last[0].block.chart or reading.block.chart):
            last.append(reading)
        else:
            lines.append([reading])
    return lines


def show_by_blocks(title: str, applies: Callable[[Convention], bool], *, what: str) -> None:
    """The whole page, for the conventions that it applies to and that have blocks."""
    screen = open_page(title)
    keys = need(screen, lambda one: bool(one.blocks) and applies(one), what=what)
    convention = filters.choose_convention(screen, keys)
    received = received_periods(screen.database, convention)
    rhythm = find_rhythm(received, convention.cadence)
    with st.container(horizontal=True, vertical_alignment="bottom", key="filtres"):
        span = filters.choose_span(list_spans(received, convention.cadence))
        audience = filters.choose_audience()
    readings = [
        read_block(screen, convention, block, span=span, periods=rhythm, audience=audience)
        for block in convention.blocks
    ]
    objectives = get_objectives(screen.database, convention.key, span.year, audience=audience)
    head = write_page_title(readings, objectives, screen.catalogue)
    context = [convention.label, span.label, *count_places(convention)]
    lead = "La convention dans ses mots et dans l’ordre de ses articles."
    show_covered_title(screen, convention, head, span=span, context=context, lead=lead)
    for line in pair_blocks(readings):
        columns = st.columns(2, gap="medium") if len(line) > 1 else [st.container()]
        for column, reading in zip(columns, line, strict=True):
            with column:
                show_block(screen, reading)
    show_needs(screen, convention)
    show_agreed(screen, convention, span.year)
