"""A convention and the span read of it in; the head of a page that shows its figures, coverage included, out."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from conventions.values import Convention
from indicators.completeness import Completeness
from ui.blocks import show_title
from ui.completeness import write_coverage, write_fresh, write_since
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
) -> None:
    """The title, and under it how much of what was owed over the span (by today, without one) is behind it."""
    show_title(title, context=context, away=away, lead=lead)
    show_coverage(get_completeness(screen.database, convention.key, screen.today), convention, span)


def show_coverage(completeness: Completeness, convention: Convention, span: Span | None = None) -> None:
    """One line: the share received and what lacks, how fresh it is, and where the rest is told."""
    own = completeness.within(span.periods) if span else completeness
    since = write_since(completeness, span.periods[-1], convention) if span else ""
    said = ". ".join(one for one in (write_coverage(own, convention), since, write_fresh(completeness)) if one)
    mark = '<span class="j-mark j-in" aria-hidden="true">✓</span>'
    if since or not own.is_whole:
        mark = '<span class="j-mark j-part" aria-hidden="true">◐</span>'
    st.html(f'<p class="j-coverage">{mark}{escape(said)}.</p>')
