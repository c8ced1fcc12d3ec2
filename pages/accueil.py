"""Accueil: every convention, its state, what came of it and what it asks; one link each to its synthesis."""

from __future__ import annotations

import streamlit as st

from ui.blocks import show_table, show_title
from ui.home.conventions import read_standings, render_conventions, write_day, write_title
from ui.shell import open_page

screen = open_page("Accueil")
standings = read_standings(screen)
show_title(
    write_title(standings),
    away=write_day(screen, standings),
    lead="Le nom d’une convention mène à sa synthèse\u00a0: ses objectifs, sa trajectoire, ce qu’il reste à décider.",
)
with st.container(key="carte-conventions"):
    show_table(render_conventions(screen, standings))
