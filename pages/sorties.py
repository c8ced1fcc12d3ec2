"""Sorties: why paths end, and how many end well, against what was agreed, through time and place by place."""

from __future__ import annotations

import streamlit as st

from ui import filters
from ui.blocks import show_empty
from ui.exits.cards import show_categories, show_head, show_main
from ui.exits.course import show_course
from ui.exits.motives import show_motives, show_untold
from ui.exits.places import show_places
from ui.exits.reading import COUNT, POSITIVE, has_exits, list_quarters, read_exits
from ui.footer import stop_page
from ui.head import show_covered_title
from ui.journey.cohorts import show_way_to_cohorts
from ui.paper import show_print
from ui.readings import received_periods
from ui.shell import need, open_page
from ui.spans import find_last_year, list_spans

screen = open_page("Sorties")
keys = need(screen, has_exits, what="d’une convention qui compte des sorties")
convention = filters.choose_convention(screen, keys)
received = received_periods(screen.database, convention, (COUNT, POSITIVE))
if not received:
    show_covered_title(screen, convention, "Aucune sortie reçue", context=[convention.label])
    show_empty(
        "Rien à montrer encore",
        "Les retours reçus ne donnent pas de sorties. Déposez un classeur qui les compte par motif dans la page "
        '<a href="/depot" target="_self">Dépôt</a>, où se télécharge aussi le modèle vierge.',
    )
    stop_page()
with st.container(horizontal=True, vertical_alignment="bottom", key="filtres"):
    span = filters.choose_span(list_spans(received, convention.cadence))
    field = filters.choose_field(screen, convention, (COUNT,), has_group=True)
    audience = filters.choose_audience()
    show_print()
periods = list_quarters(received, span, cadence=convention.cadence)
last_year = find_last_year(span, received)
exits = read_exits(screen, convention, span=span, last_year=last_year, periods=periods, audience=audience, field=field)

show_head(screen, exits)
left, right = st.columns([1, 1.75], gap="medium")
with left:
    show_main(screen, exits)
with right:
    show_course(screen, exits, periods)
if show_untold(exits):
    show_places(screen, exits)
else:
    left, right = st.columns([1.35, 1], gap="medium")
    with left:
        show_motives(screen, exits)
    with right:
        show_categories(screen, exits)
        show_places(screen, exits)
show_way_to_cohorts(convention)
