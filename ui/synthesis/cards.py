"""A convention at a glance in; the small cards under its objectives (returns, what is provisional, what to decide)
out."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from ui.attention import Notice, tell_sources, tell_states, write_notices_html
from ui.blocks import show_block_title
from ui.french import write_small
from ui.returns import write_returns_html, write_returns_title
from ui.shell import Screen
from ui.synthesis.decisions import Decision
from ui.synthesis.glance import Glance

MOST = 3


def show_returns(glance: Glance) -> None:
    """Which returns came this year, by source, and when the last one was loaded."""
    with st.container(key="carte-retours", height="stretch"):
        show_block_title(write_returns_title(glance.returns, glance.span.year))
        st.html(write_returns_html(glance.returns, glance.convention))


def collect_notices(screen: Screen, glance: Glance) -> list[Notice]:
    """The states of its figures, and the gaps between its sources."""
    convention, catalogue = glance.convention, screen.catalogue
    return [
        *tell_states(glance.figures, convention, catalogue),
        *tell_sources(glance.by_source, convention, catalogue),
    ]


def show_notices(screen: Screen, glance: Glance) -> None:
    """What may still change, and what lacks."""
    with st.container(key="carte-avis", height="stretch"):
        show_block_title("Ce qui est provisoire ou partiel")
        st.html(write_notices_html(collect_notices(screen, glance), most=MOST))


def write_decisions_title(decisions: Sequence[Decision]) -> str:
    """« À décider aujourd’hui », or that nothing is."""
    return "À décider aujourd’hui" if decisions else "Rien à décider aujourd’hui"


def write_decisions_html(decisions: Sequence[Decision], *, most: int = MOST) -> str:
    """A numbered list, the first ones only; the rest is counted."""
    if not decisions:
        return (
            '<p class="j-say">Les objectifs sont tenus, les retours dus sont reçus, chaque mesure a sa source, '
            "aucun engagement n’est en retard.</p>"
        )
    items = "".join(f'<li><a href="/{one.page}" target="_self">{one.text}</a></li>' for one in decisions[:most])
    rest = len(decisions) - most
    plural = "s" if rest > 1 else ""
    more = f'<p class="j-small-say">Et {write_small(rest, feminine=True)} autre{plural}.</p>' if rest > 0 else ""
    return f'<ol class="j-decisions">{items}</ol>{more}'


def show_decisions(decisions: Sequence[Decision]) -> None:
    """What the committee has to settle."""
    with st.container(key="carte-decision", height="stretch"):
        show_block_title(write_decisions_title(decisions))
        st.html(write_decisions_html(decisions))
