"""A page about to be drawn and the conventions it is for in; one of them read block by block, in its own words, out."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from conventions.catalogue import Catalogue
from conventions.values import Convention
from ui import filters
from ui.articles.agreed import show_agreed, show_needs
from ui.articles.cards import estimate_height, is_small, show_block
from ui.articles.reading import Reading, read_block
from ui.articles.words import write_page_title
from ui.head import show_covered_title
from ui.paper import show_print
from ui.places import count_places
from ui.readings import get_objectives, received_periods
from ui.shell import need, open_page
from ui.spans import find_rhythm, list_spans

CITIES = frozenset({"commune", "epci"})

ROOM, ROOM_ALONE = 1.25, 1.6
"""How much higher than the left of a line its right may be: of several blocks, of one."""


def is_city(convention: Convention) -> bool:
    """Whether a convention is that of a commune or of an intercommunality."""
    return convention.territory.kind in CITIES


def list_repeats(readings: Sequence[Reading]) -> set[str]:
    """The blocks all of whose figures an earlier one has shown: their bars alone are new."""
    seen: set[str] = set()
    repeats = set()
    for reading in readings:
        if set(reading.block.indicators) <= seen:
            repeats.add(reading.block.code)
        seen.update(reading.block.indicators)
    return repeats


def arrange_blocks(readings: Sequence[Reading], catalogue: Catalogue) -> list[list[list[Reading]]]:
    """The blocks in their order, line by line and column by column: small ones stand side by side, as many under each
    other at the right as the one at the left is high."""
    repeats, lines = list_repeats(readings), list[list[list[Reading]]]()
    is_open = False
    for reading in readings:
        is_repeat = reading.block.code in repeats
        small = is_small(reading, catalogue, is_repeat=is_repeat)
        if not (small and is_open and _has_room(lines[-1], reading, catalogue, repeats)):
            lines.append([[reading]])
        elif len(lines[-1]) == 1:
            lines[-1].append([reading])
        else:
            lines[-1][1].append(reading)
        is_open = small
    return lines


def _has_room(line: Sequence[Sequence[Reading]], reading: Reading, catalogue: Catalogue, repeats: set[str]) -> bool:
    """Whether a small block stands at the right of a line without leaving a void at either side."""

    def measure(one: Reading) -> int:
        return estimate_height(one, catalogue, is_repeat=one.block.code in repeats)

    left, right = measure(line[0][0]), sum(measure(one) for column in line[1:] for one in column)
    return right + measure(reading) <= left * (ROOM if right else ROOM_ALONE)


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
        show_print()
    readings = [
        read_block(screen, convention, block, span=span, periods=rhythm, audience=audience)
        for block in convention.blocks
    ]
    objectives = get_objectives(screen.database, convention.key, span.year, audience=audience)
    head = write_page_title(readings, objectives, screen.catalogue)
    context = [convention.label, span.label, *count_places(convention)]
    lead = "La convention dans ses mots et dans l’ordre de ses articles."
    show_covered_title(screen, convention, head, span=span, context=context, lead=lead)
    repeats = list_repeats(readings)
    for line in arrange_blocks(readings, screen.catalogue):
        columns = st.columns(2, gap="medium") if len(line) > 1 else [st.container()]
        for column, stacked in zip(columns, line, strict=True):
            with column:
                for reading in stacked:
                    show_block(screen, reading, is_half=len(line) > 1, is_repeat=reading.block.code in repeats)
    show_needs(screen, convention)
    show_agreed(screen, convention, span.year)
