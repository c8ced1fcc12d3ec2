"""Texts and charts in; the blocks that every page is made of out: titles, leads, sources, messages,
charts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from typing import Literal

import plotly.graph_objects as go
import streamlit as st

from ui.charts.base import CONFIG, enlarge
from ui.paper import SCALE, read_paper
from ui.wording import tag


def to_html(text: str) -> str:
    """Plain text as HTML; ordinals in superscript (the display face has no small letters above)."""
    return re.sub("ᵉʳ|ᵉ", lambda found: f"<sup>{'er' if len(found[0]) == 2 else 'e'}</sup>", escape(text))


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


def show_chart(figure: go.Figure, *, key: str, alt: str, is_stretched: bool = False) -> None:
    """A chart in its own fonts and colours, without toolbar; `alt` says what it shows. Stretched, it fills its card."""
    height: Literal["stretch", "content"] = "stretch" if is_stretched else "content"
    drawn = enlarge(figure, SCALE) if read_paper() else figure
    st.plotly_chart(drawn, theme=None, config=CONFIG, key=key, alt=alt, height=height)


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
