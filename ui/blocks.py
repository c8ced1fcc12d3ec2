"""Texts and charts in; the blocks that every page is made of out: titles, leads, sources, messages,
charts."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from html import escape
from typing import Literal

import streamlit as st

from ui.appearance import is_dark
from ui.behind import Behind, build_sheet, name_file
from ui.charts.base import CONFIG, enlarge
from ui.charts.drawing import Drawing
from ui.export import XLSX, Sheet, write_csv, write_xlsx
from ui.hover import explain
from ui.palette import darken
from ui.paper import SCALE, read_paper
from ui.tables import render
from ui.wording import tag

ORDINAL = r"ᵉʳ|ᵉ|(?<=\b1)er\b|(?<=\d)e\b"
"""As Jalons writes them, or as data files do: « 1er », « 3e »."""
BREATH = 0.03
"""Seconds: the browser waits a third of it for more before it draws."""


def to_html(text: str) -> str:
    """Plain text as HTML; ordinals in superscript (the display face has no small letters above)."""
    return re.sub(ORDINAL, lambda found: f"<sup>{'er' if len(found[0]) == 2 else 'e'}</sup>", escape(text))


def show_title(text: str, *, context: Sequence[str] = (), away: str = "", lead: str = "") -> None:
    """The head of a page: what is looked at, the finding as a title, and how it is read (`lead` is HTML)."""
    parts = [
        f"<b>{to_html(one)}</b>" if not rank else f"<span>{to_html(one)}</span>"
        for rank, one in enumerate(context)
    ]
    if away:
        parts.append(f'<span class="j-away">{to_html(away)}</span>')
    head = f'<div class="j-context">{"".join(parts)}</div>' if parts else ""
    below = f'<p class="j-lead">{lead}</p>' if lead else ""
    st.html(f'{head}<h1 class="j-title">{to_html(text)}</h1>{below}')


def show_section(text: str, lead: str = "") -> None:
    """The sentence above a block of the page, on its own line."""
    below = f'<p class="j-lead">{lead}</p>' if lead else ""
    st.html(f'<div class="j-section"><h2 class="j-block">{to_html(text)}</h2>{below}</div>')


def show_block_title(text: str, lead: str = "", *, level: int = 2) -> None:
    """The sentence at the top of a card."""
    below = f'<p class="j-small-say">{lead}</p>' if lead else ""
    st.html(f'<h{level} class="j-small">{to_html(text)}</h{level}>{below}')


def show_lead(text: str) -> None:
    """A sentence inside a card (HTML)."""
    st.html(f'<p class="j-say">{text}</p>')


def show_source(text: str) -> None:
    """Where the figures of a card come from (HTML)."""
    st.html(f'<p class="j-source">{text}</p>')


def show_chart(
    figure: Drawing, behind: Behind, *, alt: str = "", part: str = "", code: str = "", is_stretched: bool = False
) -> None:
    """A chart, then its source, its table and its files. `alt` says what it shows after the sentence of its title.
    Charts that share a table are its parts: `show_behind` comes once, after them. Stretched, a chart fills its card.
    `code` names the one indicator that it shows, where its table has several."""
    explain(figure, behind, code=code)
    key = f"{behind.key}-{part}" if part else behind.key
    said = f"{behind.title}. {alt}" if alt else behind.title
    draw_picture(figure, key=key, alt=said, is_stretched=is_stretched)
    if not part:
        show_behind(behind)


def draw_picture(figure: Drawing, *, key: str, alt: str, is_stretched: bool = False) -> None:
    """A chart alone, in its own fonts and the colours of the page, without toolbar: for a screen of a presentation,
    whose page has its table."""
    height: Literal["stretch", "content"] = "stretch" if is_stretched else "content"
    drawn = enlarge(figure, SCALE) if read_paper() else figure
    if is_dark():
        drawn = drawn.change(darken)
    st.plotly_chart(drawn, theme=None, config=CONFIG, key=key, alt=alt, height=height)


def let_draw() -> None:
    """After what a page is opened for: the browser draws what has come when nothing more comes for a moment, instead of
    everything at once at the end."""
    time.sleep(BREATH)


def show_behind(behind: Behind) -> None:
    """Where a chart comes from, its table folded under its name, and the same as a file, written when asked for."""
    if behind.source:
        show_source(behind.source)
    with st.expander(f"{behind.label} (csv, xlsx)"):
        st.html(render(behind.table))
        show_files(behind)


def show_files(behind: Behind) -> None:
    """The table as a file, under a table that is already in the open."""
    with st.container(horizontal=True, key=f"fichiers-{behind.key}"):
        for suffix, write, mime in (("csv", write_csv, "text/csv"), ("xlsx", write_xlsx, XLSX)):
            st.download_button(
                f"Télécharger ({suffix})",
                data=partial(write_file, write, behind),
                file_name=f"{name_file(behind)}.{suffix}",
                mime=mime,
                on_click="ignore",
                key=f"{behind.key}-{suffix}",
            )


def write_file(write: Callable[[Sheet], bytes], behind: Behind) -> bytes:
    """Only what the page shows to its reader is in the file, whoever asks for it afterwards."""
    return write(build_sheet(behind, date.today()))


def show_table(html: str, *, label: str | None = None) -> None:
    """A table, folded under its label when it doubles a chart."""
    if label is None:
        st.html(html)
        return
    with st.expander(label):
        st.html(html)


def message(title: str, text: str, *, kind: str, head: str = "") -> str:
    """A card that speaks: kind is empty, error, question or note; `text` is HTML."""
    return f'<div class="j-card j-{kind}">{head}<h2 class="j-small">{to_html(title)}</h2><p>{text}</p></div>'


def show_error(title: str, text: str) -> None:
    """What went wrong and where, that nothing was recorded, what to do."""
    st.html(message(title, text, kind="error", head=tag("▼ Erreur", "bad")))


def show_empty(title: str, text: str) -> None:
    """What is awaited, when, and what to do."""
    st.html(message(title, text, kind="empty"))
