"""Qualité: what was owed and what was received, who owes the rest, what files still ask, what was corrected."""

from __future__ import annotations

import streamlit as st

from conventions.periods import Period
from indicators.request import PRODUCER
from ui import filters
from ui.head import show_covered_title
from ui.quality import cards
from ui.readings import get_completeness, get_findings, get_revisions
from ui.shell import need, open_page
from ui.spans import Span

screen = open_page("Qualité")
convention = filters.choose_convention(screen, need(screen, lambda one: True, what="pour une convention"))
everything = get_completeness(screen.database, convention.key, screen.today)
years = sorted({one.owed.period.year for one in everything.cells}, reverse=True)
with st.container(horizontal=True, vertical_alignment="bottom", key="filtres"):
    year = filters.choose_extent(years)
    is_producer = filters.choose_audience() == PRODUCER
span = Span((Period(year, 1, 12),)) if year else None
completeness = everything.within(span.periods) if span else everything

context = [convention.label, span.label if span else "toute la convention"]
title = cards.write_title(completeness)
show_covered_title(screen, convention, title, span=span, context=context, has_detail=False)
left, right = st.columns(2, gap="medium")
with left:
    cards.show_sources(completeness, convention)
with right:
    cards.show_lacks(completeness, convention)
cards.show_matrices(completeness, convention)
left, right = st.columns(2, gap="medium")
with left:
    cards.show_findings(get_findings(screen.database, convention.key), is_producer=is_producer)
with right:
    cards.show_revisions(get_revisions(screen.database, convention.key), convention, is_producer=is_producer)
