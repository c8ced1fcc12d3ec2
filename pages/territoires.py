"""Territoires: the same figures compared between the places of a level, over a span, where they are and through
time."""

from __future__ import annotations

import streamlit as st

from ui import filters
from ui.blocks import show_empty
from ui.citation import own_articles, write_articles
from ui.field import Field, list_field_groups
from ui.head import show_covered_title
from ui.paper import show_print
from ui.places import list_places
from ui.readings import received_periods
from ui.shell import need, open_page
from ui.spans import find_rhythm, list_spans
from ui.territories import cards
from ui.territories.compare import list_levels, read_comparison, read_through_time, write_title
from ui.territories.ground import show_ground

screen = open_page("Territoires")
keys = need(screen, lambda one: bool(list_levels(one)), what="par territoire")
convention = filters.choose_convention(screen, keys)
received = received_periods(screen.database, convention)
rhythm = find_rhythm(received, convention.cadence)
with st.container(horizontal=True, vertical_alignment="bottom", key="filtres"):
    level = filters.choose_level(list_levels(convention))
    span = filters.choose_span(list_spans(received, convention.cadence))
    group = filters.choose_group(
        list_field_groups(
            screen.database, convention, screen.catalogue, measures=(), places=list_places(convention, level)
        )
    )
    field = Field(group=group)
    audience = filters.choose_audience()
    comparison = read_comparison(screen, convention, level=level, span=span, audience=audience, field=field)
    codes = comparison.indicators()
    indicator = filters.choose_indicator(screen, codes) if codes else None
    show_print()
context = [convention.label, span.label, level.label, *field.labels]

if comparison.is_blanked():
    title = "Les effectifs sont trop petits pour être comparés"
    show_covered_title(screen, convention, title, span=span, context=context)
    cards.show_blanked(comparison)
    cards.show_whole(screen, comparison)
elif indicator is None:
    show_covered_title(screen, convention, "Rien à comparer pour cette période", span=span, context=context)
    show_empty("Aucun chiffre par territoire", "Les retours de cette période ne descendent pas à ce niveau.")
else:
    lead = f"{indicator.definition} <b>{write_articles(own_articles(indicator, convention))}</b>"
    title = write_title(comparison, indicator, screen.catalogue)
    show_covered_title(screen, convention, title, span=span, context=context, lead=lead)
    left, right = st.columns([1.15, 1], gap="medium")
    with left:
        cards.show_ranking(screen, comparison, indicator)
    with right:
        show_ground(comparison, indicator)
    cards.show_through_time(comparison, indicator, read_through_time(screen, comparison, indicator.code, rhythm))
    cards.show_everything(screen, comparison)
