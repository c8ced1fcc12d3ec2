"""Accompagnement global: the four figures against what was agreed, their course, their places, exits
and obstacles."""

from __future__ import annotations

import streamlit as st

from ui import filters
from ui.delays import read_delays, show_delays, show_durations
from ui.footer import stop_page
from ui.readings import received_periods
from ui.shell import need, open_page
from ui.spans import list_years
from ui.support.advisers import show_advisers
from ui.support.course import show_delay, show_entries, show_portfolio
from ui.support.four import show_four, show_head
from ui.support.places import show_exits, show_means, show_met, show_obstacles, show_places, show_rest_of_whole
from ui.support.year import FOUR, read_year

screen = open_page("Accompagnement global")
keys = need(screen, lambda one: FOUR[0] in one.indicators, what="d’accompagnement global")
convention = filters.choose_convention(screen, keys)
received = received_periods(screen.database, convention, ("entrees",))
with st.container(horizontal=True, vertical_alignment="bottom", key="filtres"):
    span = filters.choose_span(list_years(received, convention.cadence))
    field = filters.choose_field(screen, convention, FOUR)
    audience = filters.choose_audience()
year = read_year(screen, convention, span=span, received=received, audience=audience, field=field)

show_head(screen, year)
left, right = st.columns([1.95, 1], gap="medium")
with left:
    show_four(screen, year)
with right:
    show_entries(screen, year)
left, right = st.columns(2, gap="medium")
with left:
    show_portfolio(screen, year)
with right:
    show_delay(screen, year)
show_advisers(screen, year)
show_places(screen, year)
delays = read_delays(screen, convention, audience, field)
show_delays(screen, convention, delays, audience=audience, field=field)
show_durations(screen, convention, delays, audience=audience, field=field)
if show_rest_of_whole(year):
    stop_page()
if year.has_obstacles:
    left, right = st.columns(2, gap="medium")
    with left:
        show_exits(screen, year)
    with right:
        show_met(screen, year)
    left, right = st.columns(2, gap="medium")
    with left:
        show_obstacles(screen, year)
    with right:
        show_means(screen, year)
else:
    show_exits(screen, year)
