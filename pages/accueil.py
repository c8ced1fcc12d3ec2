"""Accueil: the objectives of a convention at a glance, the returns received, what to know, and all the
conventions."""

from __future__ import annotations

import streamlit as st

from ui import filters
from ui.home.cards import show_conventions, show_deposits, show_notices, show_returns
from ui.home.glance import read_glance, show_head
from ui.home.goals import show_objectives
from ui.home.path import find_trend, show_trend
from ui.shell import need, open_page

screen = open_page("Accueil")
convention = filters.choose_convention(screen, need(screen, lambda _: True, what="pour aucune convention"))
glance = read_glance(screen, convention)

show_head(screen, glance)
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
    show_deposits(screen, glance)
show_conventions(screen)
