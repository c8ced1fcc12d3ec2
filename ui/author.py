"""Who acts, as the page is told; the same name on every page of a session out."""

from __future__ import annotations

import streamlit as st

KEPT = "auteur"
LONGEST = 60


def ask_author(label: str, *, key: str) -> str:
    """A field with the name given before; what is typed is kept for the other pages."""
    typed = st.text_input(
        label, value=st.session_state.get(KEPT, ""), placeholder="service ou initiales", key=key, width=320
    )
    author = " ".join((typed or "").split())[:LONGEST]
    st.session_state[KEPT] = author
    return author


def get_author() -> str:
    """The name given last, empty when none was."""
    author: str = st.session_state.get(KEPT, "")
    return author
