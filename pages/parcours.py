"""Parcours: the funnel of a span, then place by place; in flux, the gap between its two sources; in cohorts, the
flow from orientation to exit, curves, delays and durations."""

from __future__ import annotations

import streamlit as st

from indicators.request import FLUX
from ui import filters
from ui.delays import read_delays, show_delays, show_durations
from ui.journey.cohorts import show_cohorts, show_way_to_cohorts
from ui.journey.course import read_course
from ui.journey.flow import show_course_of_cohorts
from ui.journey.funnel import show_funnel, show_head
from ui.journey.places import show_places
from ui.journey.sources import show_sources_gap
from ui.journey.stages import FIRST
from ui.journey.study import Choice, read_study
from ui.paper import show_print
from ui.readings import received_periods
from ui.shell import need, open_page
from ui.spans import find_last_year, find_rhythm, list_spans

screen = open_page("Parcours")
keys = need(screen, lambda one: FIRST.rate in one.indicators, what="qui suive un parcours")
convention = filters.choose_convention(screen, keys)
received = received_periods(screen.database, convention, (FIRST.code,))
with st.container(horizontal=True, vertical_alignment="bottom", key="filtres"):
    span = filters.choose_span(list_spans(received, convention.cadence))
    reading = filters.choose_reading()
    # One source alone follows cohorts.
    source = "Source des orientés" if reading == FLUX else ""
    field = filters.choose_field(screen, convention, (FIRST.code,), has_group=True, source=source)
    audience = filters.choose_audience()
    last_year = find_last_year(span, received)
    compared = last_year if filters.choose_comparison(last_year) else None
    show_print()
choice = Choice(convention, span, compared, reading, audience, field)
study = read_study(screen, choice, rhythm=find_rhythm(received, convention.cadence))

show_head(screen, study)
show_funnel(screen, study)
show_places(screen, study)
if reading == FLUX:
    show_sources_gap(screen, study)
    show_way_to_cohorts(convention)
else:
    course = read_course(screen, convention, span=span, received=received, audience=audience, field=field)
    show_course_of_cohorts(screen, course)
    show_cohorts(screen, convention, audience, field)
    delays = read_delays(screen, convention, audience, field)
    show_delays(screen, convention, delays, audience=audience, field=field)
    show_durations(screen, convention, delays, audience=audience, field=field)
