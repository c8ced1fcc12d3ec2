"""What an act did in; the card that says it until another file is chosen out."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

import streamlit as st

from etl.load import ALREADY_LOADED, REFUSED, LoadResult
from etl.report import BLOCKING
from ui.blocks import show_error
from ui.french import FIXED, set_typography, write_quantity

SAID = "depot_dit"
ABSENT = ("chiffres_absents", "parcours_absents")


@dataclass(frozen=True)
class Said:
    """What the last act did; the import it wrote, if it can be undone; whether it is a refusal."""

    title: str
    text: str
    import_id: str | None = None
    is_refusal: bool = False


def say(said: Said | None) -> None:
    """Keep it for the next drawing of the page; None forgets what was said before."""
    if said is None:
        st.session_state.pop(SAID, None)
    else:
        st.session_state[SAID] = said


def find_said() -> Said | None:
    """What the last act did."""
    said: Said | None = st.session_state.get(SAID)
    return said


def show_refusal(said: Said) -> None:
    """A refusal in its own card."""
    show_error(said.title, escape(said.text))


def write_result(result: LoadResult, name: str) -> Said:
    """What loading did, in a sentence."""
    if result.state == REFUSED:
        reasons = " ".join(one.message for one in result.findings if one.severity == BLOCKING)
        return Said("Dépôt refusé, rien n’est enregistré", set_typography(reasons), is_refusal=True)
    absent = " ".join(one.message for one in result.findings if one.code in ABSENT)
    if result.state == ALREADY_LOADED:
        text = set_typography(absent) if absent else "rien n’a changé."
        return Said("Ce fichier était déjà enregistré", f"{name}{FIXED}: {text}")
    parts = (
        (result.added, "nouveau", "nouveaux"),
        (result.changed, "corrigé", "corrigés"),
        (result.unchanged, "inchangé", "inchangés"),
    )
    counts = ", ".join(write_quantity(count, one, many) for count, one, many in parts if count)
    text = f"{name}{FIXED}: {counts}. {set_typography(absent)}".strip()
    return Said(f"Dépôt {result.import_id} enregistré", text, result.import_id)
