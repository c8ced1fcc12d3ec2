"""Définitions: what each figure counts, article by article, to search or to open by a link."""

from __future__ import annotations

import streamlit as st

from conventions.vocabulary import load_vocabulary
from ui import filters
from ui.definitions.cards import Shelf
from ui.definitions.entries import list_entries
from ui.definitions.page import find_asked, show_asked, show_chapters, show_found
from ui.shell import open_page

screen = open_page("Définitions")
convention = filters.choose_convention(screen, set(screen.conventions))
entries = list_entries(screen.catalogue, screen.conventions, load_vocabulary())
asked = find_asked(entries)
with st.container(horizontal=True, vertical_alignment="bottom", key="filtres"):
    query = filters.write_search(
        "Chercher un mot, un sigle, l’intitulé d’une colonne", example="RSA, portefeuille, premier accueil"
    )
    is_whole = filters.choose_extent_of_catalogue()
focus = tuple(screen.conventions.values()) if is_whole else (convention,)
shelf = Shelf(screen.catalogue, entries, focus)

if query:
    show_found(query, shelf)
elif asked is not None:
    show_asked(asked, shelf)
    show_chapters(shelf)
else:
    show_chapters(shelf, is_alone=True)
