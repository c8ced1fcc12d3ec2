"""Nothing in; the foot of every page, which leads to the statement of accessibility and to the definitions and
holds the choice of an appearance, out."""

from __future__ import annotations

from typing import NoReturn

import streamlit as st

from ui.appearance import write_choice
from ui.definitions.link import PAGE
from ui.french import FIXED
from ui.pages import find_page
from ui.statement import load_statement


def show_footer() -> None:
    """In the words that the law asks for on a first page."""
    page = find_page("accessibilite")
    said = f"Accessibilité{FIXED}: {load_statement().state}"
    st.html(
        f'<footer class="j-base"><a href="/{page.path}" target="_self">{said}</a> '
        f'<a href="{PAGE}" target="_self">Définitions des chiffres</a> {write_choice()}</footer>'
    )


def stop_page() -> NoReturn:
    """Nothing more of a page is drawn but its foot."""
    show_footer()
    st.stop()
