"""The style sheets of `ui/css` in; the look of the whole application out, sent once a run."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import streamlit as st

from ui.palette import write_variables

SHEETS = Path(__file__).parent / "css"


@lru_cache(maxsize=1)
def read_sheets() -> str:
    """All the sheets in the order of their names, after the colours they use."""
    return "\n".join([write_variables(), *(path.read_text("utf-8") for path in sorted(SHEETS.glob("*.css")))])


def dress() -> None:
    """Send the look to the browser."""
    st.html(f"<style>{read_sheets()}</style>")
