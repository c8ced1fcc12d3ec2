"""The address in; whether the page is laid out for paper, its preview and the way out of it, out."""

from __future__ import annotations

from datetime import date

import streamlit as st

from ui.french import write_date
from ui.style import wear, write_foot

PAPER = "impression"
PORTRAIT, LANDSCAPE = "portrait", "paysage"
FORMATS = {PORTRAIT: "A4 portrait", LANDSCAPE: "A4 paysage"}
SCALE = 0.75
"""Charts are drawn for a screen: on a sheet their type is three quarters of it, 10.9 px."""


def read_paper() -> str:
    """The sheet that the address asks for; nothing for a screen."""
    asked = st.query_params.get(PAPER, "")
    return asked if asked in FORMATS else ""


def choose_paper(paper: str) -> None:
    """Lay the page out for a sheet, or for the screen again."""
    if paper:
        st.query_params[PAPER] = paper
    else:
        st.query_params.pop(PAPER, None)


def show_paper(title: str, today: date) -> None:
    """Above a page laid out for paper: what to do, the other sheet, the way back; nothing of it is printed. At the foot
    of each sheet: the page, the day, the folio."""
    paper = read_paper()
    if not paper:
        return
    wear("feuille", paper)
    st.html(write_foot(f"Jalons, {title}, lu le {write_date(today)}"))
    with st.container(key="feuille", horizontal=True, vertical_alignment="center"):
        st.html(f"<p><b>{FORMATS[paper]}.</b> Imprimez avec Ctrl\u00a0+\u00a0P (⌘\u00a0+\u00a0P sur un Mac).</p>")
        for other, name in FORMATS.items():
            if other != paper:
                st.button(name, key=f"feuille-{other}", on_click=choose_paper, args=(other,))
        st.button("Revenir à l’écran", key="feuille-ecran", on_click=choose_paper, args=("",))


def show_print() -> None:
    """The way to the sheet."""
    st.button("Imprimer", key="imprimer", on_click=choose_paper, args=(PORTRAIT,))
