"""Publics: who the people are, each public against all of them, what partitions apart, then place by place."""

from __future__ import annotations

import streamlit as st

from ui import filters
from ui.blocks import show_empty
from ui.footer import stop_page
from ui.head import show_covered_title
from ui.paper import show_print
from ui.people.cards import show_crossed, show_head, show_partitions, show_publics, show_rules
from ui.people.places import show_places
from ui.people.reading import list_people_spans, read_people
from ui.readings import received_periods
from ui.shell import need, open_page
from ui.spans import find_last_year

screen = open_page("Publics")
keys = need(screen, lambda one: bool(one.publics), what="qui compte des personnes par public")
convention = filters.choose_convention(screen, keys)
received = received_periods(screen.database, convention, (convention.publics,))
if not received:
    show_covered_title(screen, convention, "Aucun public reçu", context=[convention.label])
    show_empty(
        "Rien à montrer encore",
        "Les retours reçus ne comptent pas les personnes suivies. Déposez un classeur qui les compte par public dans "
        'la page <a href="/depot" target="_self">Dépôt</a>, où se télécharge aussi le modèle vierge.',
    )
    stop_page()
with st.container(horizontal=True, vertical_alignment="bottom", key="filtres"):
    span = filters.choose_span(list_people_spans(screen, convention, received))
    field = filters.choose_field(screen, convention, (convention.publics,))
    audience = filters.choose_audience()
    show_print()
last_year = find_last_year(span, received)
people = read_people(screen, convention, span=span, last_year=last_year, audience=audience, field=field)

show_head(screen, people)
if people.publics or people.partitions:
    left, right = st.columns([1.6, 1], gap="medium")
    with left:
        if people.publics:
            show_publics(screen, people)
        show_partitions(screen, people, is_beside=False)
    with right:
        show_rules(screen, people)
        show_partitions(screen, people, is_beside=True)
    show_crossed(screen, people)
    show_places(people)
if not people.publics:
    show_empty(
        "Aucun public reçu pour cette période",
        "Les retours de cette période ne comptent pas les personnes par public. Choisissez une autre période, ou "
        'déposez le retour qui les donne dans la page <a href="/depot" target="_self">Dépôt</a>.',
    )
