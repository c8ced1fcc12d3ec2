"""A convention and what two of its sources give in; the facts that the partners say of it (why, which one) out."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from conventions.periods import parse_period
from conventions.values import Convention
from indicators.gaps import REASON_FACT
from indicators.retained import RETAINED_FACT
from store.facts import LONGEST_TEXT, FactDraft
from ui.author import ask_author
from ui.blocks import show_block_title
from ui.facts.form import TURN, Entry
from ui.french import write_short_period
from ui.shell import Screen
from ui.wording import name_source

ALL, NONE = "tous les territoires", "pas encore choisie"


def show_gap_form(
    screen: Screen, convention: Convention, *, shared: Sequence[str], periods: Sequence[str]
) -> tuple[list[Entry], str] | None:
    """The fields; what they say and who says it, once the button is pressed."""
    key = f"{convention.key}-{st.session_state.setdefault(TURN, 0)}"
    with st.container(key="carte-fait"):
        show_block_title(
            "Dire pourquoi, et quelle source le bilan retient",
            "L’un, l’autre ou les deux. La source retenue vaut pour toute la convention, sur les pages et le bilan.",
        )
        first, second = st.columns(2)
        with first:
            about = st.selectbox(
                "Mesure", list(shared), format_func=lambda code: screen.catalogue.indicator(code).label,
                filter_mode=None, key=f"ecart-mesure-{key}",
            )  # fmt: skip
        with second:
            period = st.selectbox(
                "Période", list(periods), format_func=lambda code: write_short_period(parse_period(code)),
                filter_mode=None, key=f"ecart-periode-{key}-{periods[0]}",
            )  # fmt: skip
        draft = FactDraft(convention.key, REASON_FACT, about=about, period=period)
        entries = [*_ask_reason(convention, draft, key), *_ask_retained(convention, draft, key)]
        author = ask_author("Saisi par", key="ecart-auteur")
        is_given = st.button("Enregistrer", type="primary", key="ecart-enregistrer")
    return (entries, author) if is_given else None


def _ask_reason(convention: Convention, draft: FactDraft, key: str) -> list[Entry]:
    names = {"": ALL, **{place.code: place.name for place in convention.places}}
    place = st.selectbox(
        "Territoire de la raison", list(names), format_func=lambda code: names[code], filter_mode=None,
        key=f"ecart-territoire-{key}",
    )  # fmt: skip
    label = "Raison de l’écart, en une ou deux phrases, sans nommer personne"
    text = (st.text_area(label, height=96, max_chars=LONGEST_TEXT, key=f"ecart-texte-{key}") or "").strip()
    return [Entry(FactDraft(**{**vars(draft), "territory": place or None, "text": text}), "")] if text else []


def _ask_retained(convention: Convention, draft: FactDraft, key: str) -> list[Entry]:
    codes = ["", *(source.code for source in convention.sources)]
    source = st.segmented_control(
        "Source retenue", codes, default="", required=True, key=f"ecart-source-{key}",
        format_func=lambda code: name_source(code, convention) if code else NONE,
    )  # fmt: skip
    return [Entry(FactDraft(**{**vars(draft), "kind": RETAINED_FACT, "text": source}), "")] if source else []
