"""Synthèse: where one convention stands, on one screen: objectives, trajectory, returns, what is provisional, what to
decide; or the same slide by slide."""

from __future__ import annotations

import streamlit as st

from ui import filters
from ui.head import show_covered_title
from ui.shell import need, open_page
from ui.synthesis.cards import show_decisions, show_notices, show_returns
from ui.synthesis.decisions import read_decisions
from ui.synthesis.glance import read_glance, write_context, write_finding, write_state
from ui.synthesis.goals import show_objectives
from ui.synthesis.path import find_trend, show_trend

screen = open_page("Synthèse")
convention = filters.choose_convention(screen, need(screen, lambda _: True, what="pour aucune convention"))
glance = read_glance(screen, convention)
decisions = read_decisions(screen, glance)

show_covered_title(
    screen, convention, write_finding(screen, glance), span=glance.span, context=write_context(glance),
    away=write_state(screen, convention),
)  # fmt: skip
found = find_trend(screen, glance)
if found is None:
    show_objectives(screen, glance)
else:
    left, right = st.columns([1.95, 1], gap="medium")
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
