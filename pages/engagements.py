"""Conventions: what was agreed (parties, objectives, avenants, limits), and its commitments as a calendar."""

from __future__ import annotations

import streamlit as st

from ui import filters
from ui.agreement.calendar import list_lacking, render_calendar, write_calendar_title, write_legend
from ui.agreement.terms import (
    render_amendments,
    render_limits,
    render_objectives,
    render_parties,
    render_paths,
)
from ui.blocks import show_block_title, show_empty, show_section, show_table, show_title, to_html
from ui.french import write_date
from ui.readings import get_commitments, get_completeness
from ui.shell import open_page

screen = open_page("Conventions")
convention = filters.choose_convention(screen, set(screen.conventions))
years = list(range(convention.start.year, convention.end.year + 1))
readings = get_commitments(screen.database, convention.key, screen.today)
received = get_completeness(screen.database, convention.key, screen.today)
with st.container(horizontal=True, vertical_alignment="bottom", key="filtres"):
    year = filters.choose_year(years, min(max(screen.today.year, years[0]), years[-1]))

state = convention.state(screen.today)
show_title(
    write_calendar_title(readings, year),
    context=[convention.label, f"convention {state}"],
    away=f"lu le {write_date(screen.today)}",
    lead=to_html(convention.title),
)
with st.container(key="carte-calendrier"):
    show_block_title(
        "Les engagements, mois par mois",
        "Un fait saisi dans la page <a href='/faits' target='_self'>Faits</a>, un retour ou une mesure en fait foi.",
    )
    show_table(render_calendar(readings, year, convention, list_lacking(received)))
    show_table(write_legend(), label="Ce que veut dire chaque mot")
paths = [one for one in readings if one.is_each_path]
if paths:
    with st.container(key="carte-parcours-dus"):
        show_block_title("Ce qui est dû à chaque parcours")
        show_table(render_paths(paths, convention, screen.catalogue))
show_section("Ce qui est convenu")
left, right = st.columns([1, 1.35], gap="medium")
with left, st.container(key="carte-parties"):
    show_block_title("Parties, durée, signatures")
    show_table(render_parties(convention))
with right:
    with st.container(key="carte-objectifs"):
        show_block_title("Objectifs")
        if convention.objectives:
            show_table(render_objectives(convention, screen.catalogue))
        else:
            show_empty("Aucun objectif chiffré", "La convention n’en fixe pas\u00a0: les comptes se lisent tels quels.")
    if convention.amendments:
        with st.container(key="carte-avenants"):
            show_block_title("Avenants")
            show_table(render_amendments(convention.amendments))
    with st.container(key="carte-limites"):
        show_block_title("Limites et conservation des données")
        show_table(render_limits(convention.limits, convention.retention))
    if convention.notes:
        with st.container(key="carte-reserves"):
            show_block_title("Réserves")
            st.html("<ul>" + "".join(f"<li>{to_html(one)}</li>" for one in convention.notes) + "</ul>")
