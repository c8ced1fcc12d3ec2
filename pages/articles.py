"""Articles: each convention in its own words and order, block by block, with what was agreed beside."""

from __future__ import annotations

import streamlit as st

from ui import filters
from ui.articles.cards import show_agreed, show_block, show_needs
from ui.articles.reading import read_block
from ui.head import show_covered_title
from ui.readings import received_periods
from ui.shell import need, open_page
from ui.spans import find_rhythm, list_spans

screen = open_page("Articles")
keys = need(screen, lambda one: bool(one.blocks), what="à lire par article")
convention = filters.choose_convention(screen, keys)
received = received_periods(screen.database, convention)
rhythm = find_rhythm(received, convention.cadence)
with st.container(horizontal=True, vertical_alignment="bottom", key="filtres"):
    span = filters.choose_span(list_spans(received, convention.cadence))
    audience = filters.choose_audience()

show_covered_title(
    screen,
    convention,
    "Ce que demande la convention, article par article",
    span=span,
    context=[convention.label, span.label],
)
for block in convention.blocks:
    show_block(
        screen, read_block(screen, convention, block, span=span, periods=rhythm, audience=audience)
    )
show_needs(screen, convention)
show_agreed(convention)
