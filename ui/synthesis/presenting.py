"""The screens of a presentation and the address in; the one that it names, with its buttons and keys, out."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from ui.blocks import draw_picture, to_html
from ui.style import wear
from ui.synthesis.deck import Number, Slide

PRESENTING, RANK = "presentation", "ecran"
# One button has one key: those that only bind another key are not shown.
SILENT_NEXT, SILENT_BACK = ("Space", "PageDown", "Down", "Enter"), ("PageUp", "Up", "Backspace")


def is_presenting() -> bool:
    """Whether the address asks for the presentation."""
    return st.query_params.get(PRESENTING) == "1"


def show_entry() -> None:
    """The way into the presentation."""
    st.button("Présenter", key="presenter", on_click=go_to, args=(1,))


def go_to(rank: int) -> None:
    """Put a screen in the address, from 1; the presentation is left at 0."""
    if rank:
        st.query_params.update({PRESENTING: "1", RANK: str(rank)})
    else:
        for name in (PRESENTING, RANK):
            st.query_params.pop(name, None)


def read_rank(count: int) -> int:
    """The screen of the address, the nearest that exists."""
    asked = st.query_params.get(RANK, "1")
    return min(max(int(asked) if asked.isdecimal() else 1, 1), count)


def present(slides: Sequence[Slide]) -> None:
    """One screen, and how to leave it for the next, the one before or the page."""
    wear("presentation")
    rank = read_rank(len(slides))
    slide = slides[rank - 1]
    _bind_keys(rank, len(slides))
    st.html(f'<div class="j-slide"><h1 class="j-title">{to_html(slide.title)}</h1><p>{to_html(slide.about)}</p></div>')
    if slide.numbers:
        left, right = st.columns([2.1, 1], gap="large")
        with left:
            _show_body(slide, rank)
        right.html(f'<div class="j-numbers">{"".join(_write_number(one) for one in slide.numbers)}</div>')
    else:
        _show_body(slide, rank)
    _show_foot(slide, rank, len(slides))


def _show_body(slide: Slide, rank: int) -> None:
    if slide.body:
        st.html(f'<div class="j-slide-body">{slide.body}</div>')
    if slide.chart is not None:
        draw_picture(slide.chart, key=f"ecran-{rank}", alt=f"{slide.title}. {slide.alt}")


def _write_number(number: Number) -> str:
    tone = f" j-{number.tone}" if number.tone else ""
    return f'<p><b class="j-number{tone}">{to_html(number.value)}</b><span>{to_html(number.says)}</span></p>'


def _bind_keys(rank: int, count: int) -> None:
    """The keys that no button shows, bound before the screen is drawn: none is pressed in vain once it is seen."""
    with st.container(key="touches"):
        for key in SILENT_NEXT:
            _bind(f"Suivant ({key})", key, min(rank + 1, count), rank)
        for key in SILENT_BACK:
            _bind(f"Précédent ({key})", key, max(rank - 1, 1), rank)
        _bind("Premier", "Home", 1, rank)
        _bind("Dernier", "End", count, rank)


def _show_foot(slide: Slide, rank: int, count: int) -> None:
    """Keys carry the rank of their screen: a key pressed twice in haste goes one screen further, not two."""
    with st.container(key="pied-ecran", horizontal=True, vertical_alignment="center"):
        st.html(f'<p class="j-foot"><b>Jalons</b> {to_html(slide.source)}</p>')
        _bind("Précédent", "Left", max(rank - 1, 1), rank, is_off=rank == 1)
        _bind("Suivant", "Right", min(rank + 1, count), rank, is_off=rank == count)
        _bind("Quitter", "Esc", 0, rank)
        st.html(f'<p class="j-rank" role="status">{rank} / {count}</p>')


def _bind(label: str, key: str, target: int, rank: int, *, is_off: bool = False) -> None:
    st.button(label, key=f"aller-{key}-{rank}", shortcut=key, on_click=go_to, args=(target,), disabled=is_off)
