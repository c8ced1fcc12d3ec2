"""A comparison in; the card that shows where its places are, each with its value, out."""

from __future__ import annotations

from html import escape

import streamlit as st

from conventions.values import Indicator
from ui.blocks import show_block_title, show_source
from ui.french import FIXED
from ui.heatmap import FEW, PROVISIONAL
from ui.territories.compare import Comparison
from ui.territories.tiles import place_tiles, render_tiles
from ui.wording import HOLES


def show_ground(comparison: Comparison, indicator: Indicator) -> None:
    """The places as tiles, about where a map has them."""
    level, known = comparison.level, comparison.known(indicator.code)
    is_laid = bool(place_tiles(level))
    title = "Une tuile par territoire, à peu près à sa place" if is_laid else "Une tuile par territoire"
    with st.container(key="carte-tuiles", height="stretch"):
        show_block_title(title, f"{escape(indicator.label)}, {escape(comparison.span.label)}")
        st.html(render_tiles(level, comparison.places, known, indicator))
        show_source(write_tint_note(comparison, indicator))


def write_tint_note(comparison: Comparison, indicator: Indicator) -> str:
    """How the tints are read (HTML), and the marks that stand among them."""
    states = {one.state for one in comparison.known(indicator.code).values()}
    parts = [PROVISIONAL.strip()] if "provisoire" in states else []
    if "secret" in states:
        parts.append(f"<b>{HOLES['secret']}</b>{FIXED}: masqué par le secret des petits effectifs.")
    if indicator.denominator is None:
        parts.append("Sans teinte\u00a0: des effectifs de territoires de tailles différentes ne se comparent pas.")
    else:
        parts.append(
            f"Teinte\u00a0: du plus faible (clair) au plus élevé (foncé)\u202f; aucune sous {FEW} personnes."
        )
    return " ".join(parts)
