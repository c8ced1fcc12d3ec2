"""A convention and the span read of it in; the head of a page that shows its figures, coverage included, out."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from urllib.parse import quote

import streamlit as st

from conventions.values import Convention
from indicators.completeness import Completeness
from ui.address import list_aside
from ui.blocks import show_title
from ui.completeness import write_coverage, write_fresh, write_since
from ui.french import FIXED, join_words
from ui.readings import get_completeness
from ui.shell import Screen
from ui.spans import Span


def show_covered_title(
    screen: Screen,
    convention: Convention,
    title: str,
    *,
    span: Span | None = None,
    context: Sequence[str] = (),
    away: str = "",
    lead: str = "",
    has_detail: bool = True,
) -> None:
    """The title, and under it how much of what was owed over the span (by today, without one) is behind it.

    `has_detail` leads to the page that tells the rest.
    """
    show_title(title, context=context, away=away, lead=lead)
    completeness = get_completeness(screen.database, convention.key, screen.today)
    way = f' <a href="/qualite?convention={quote(convention.key)}" target="_self">Voir le détail</a>'
    said = write_coverage_html(completeness, convention, span)
    st.html(f'<p class="j-coverage">{said}{way if has_detail else ""}</p>{write_aside()}')


def write_aside() -> str:
    """What the reader chose on another page and that changes nothing here (HTML)."""
    told = list_aside()
    return f'<p class="j-aside">Sans effet sur cette page{FIXED}: {escape(join_words(told))}.</p>' if told else ""


def write_coverage_html(completeness: Completeness, convention: Convention, span: Span | None = None) -> str:
    """One line: the share received and what lacks, and how fresh it is."""
    own = completeness.within(span.periods) if span else completeness
    since = write_since(completeness, span.periods[-1], convention) if span else ""
    said = ". ".join(one for one in (write_coverage(own, convention), since, write_fresh(completeness)) if one)
    mark = '<span class="j-mark j-in" aria-hidden="true">✓</span>'
    if since or not own.is_whole:
        mark = '<span class="j-mark j-part" aria-hidden="true">◐</span>'
    return f"{mark}{escape(said)}."
