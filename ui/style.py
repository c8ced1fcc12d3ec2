"""The style sheets of `ui/css` in; the look of the whole application out, sent once a run, and that of a mode on its
pages alone.

A mode has a sheet of its own (`css/modes`) rather than rules that ask whether the page holds something (`:has`): those
made the browser look at the whole page again at each change, six times as long as all the rest.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import streamlit as st

from ui.palette import SOFT_INK, write_dark_variables, write_paper_marks, write_variables

SHEETS = Path(__file__).parent / "css"
MODES = SHEETS / "modes"


@lru_cache(maxsize=1)
def read_sheets() -> str:
    """All the sheets in the order of their names, after the colours they use."""
    return "\n".join([write_variables(), *(path.read_text("utf-8") for path in sorted(SHEETS.glob("*.css")))])


@lru_cache(maxsize=16)
def read_mode(name: str) -> str:
    """The sheet of a mode: a presentation, a sheet of paper, the page that fits one screen."""
    return (MODES / f"{name}.css").read_text("utf-8")


def dress(*, is_paper: bool, is_dark: bool) -> None:
    """Send the look to the browser: what is laid out for paper is light, what is drawn for a dark screen is printed
    light."""
    screen = "" if is_paper else write_dark_variables()
    printed = write_paper_marks() if is_dark else ""
    st.html(f"<style>{read_sheets()}{screen}{printed}</style>")


def wear(*modes: str) -> None:
    """Send what some modes change of it, on this page and for this run."""
    for name in modes:
        st.html(f"<style>{read_mode(name)}</style>")


def write_foot(text: str) -> str:
    """The foot of each printed page: a text, and which page of how many (a style sheet)."""
    look = f"font-family: Inter, sans-serif; font-size: 9px; color: {SOFT_INK};"
    return (
        f"<style>@page {{ @bottom-left {{ content: {_quote(text)}; {look} }} "
        f'@bottom-right {{ content: counter(page) " / " counter(pages); {look} }} }}</style>'
    )


def _quote(text: str) -> str:
    """A text as a string of a style sheet: nothing in it ends the string or the sheet."""
    return '"' + "".join(one if one.isalnum() or one in " ,-–’" else f"\\{ord(one):x} " for one in text) + '"'


def underline_group(rank: int) -> None:
    """Underline the entry of the menu that holds the page, which the framework marks only inside its list."""
    if rank:
        entry = f'.rc-overflow-item:nth-child({rank}) > [data-testid="stTopNavSection"]'
        st.html(f"<style>{entry} {{ border-bottom: 3px solid var(--petrol); color: var(--petrol); }}</style>")
