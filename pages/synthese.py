"""Synthèse: where one convention stands, on one screen: objectives, trajectory, returns, what is provisional, what to
decide; or the same slide by slide."""

from __future__ import annotations

import streamlit as st

from ui import filters
from ui.footer import stop_page
from ui.head import show_covered_title
from ui.paper import show_print
from ui.shell import need, open_page
from ui.style import wear
from ui.synthesis.cards import show_decisions, show_notices, show_returns
from ui.synthesis.decisions import read_decisions
from ui.synthesis.deck import build_deck
from ui.synthesis.glance import read_glance, write_context, write_finding, write_state
from ui.synthesis.goals import show_objectives
from ui.synthesis.path import find_trend, show_trend
from ui.synthesis.presenting import is_presenting, present, show_entry

screen = open_page("Synthèse")
wear("synthese")
convention = filters.choose_convention(screen, need(screen, lambda _: True, what="pour aucune convention"))
head = st.container(gap="xsmall")
with st.container(key="gestes", horizontal=True, vertical_alignment="bottom"):
    audience = filters.choose_audience()
    show_print()
    show_entry()
glance = read_glance(screen, convention, audience)
decisions = read_decisions(screen, glance)
if is_presenting():
    present(build_deck(screen, glance, decisions))
    stop_page()

with head:
    show_covered_title(
        screen, convention, write_finding(screen, glance), span=glance.span, context=write_context(glance),
        away=write_state(screen, convention),
    )  # fmt: skip
found = find_trend(screen, glance)
if found is None:
    show_objectives(screen, glance)
else:
    left, right = st.columns([2, 1], gap="medium")
    with left:
        show_objectives(screen, glance)
    with right:
        show_trend(screen, *found)
first, second, third = st.columns(3, gap="medium")
with first:
    show_returns(glance)
with second:
    show_notices(screen, glance)
with third:
    show_decisions(decisions)
