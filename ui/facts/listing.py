"""The facts of a convention in; their table, latest first, and the one to take back, out."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from conventions.fact_kinds import SOURCE, load_fact_kinds
from conventions.periods import parse_period
from conventions.values import Convention
from store.facts import Fact
from ui.author import ask_author
from ui.blocks import show_block_title, show_empty, show_table
from ui.deposit.history import write_moment
from ui.french import FIXED, write_count, write_date, write_quantity, write_short_period
from ui.tables import Column, Row, note, render_table
from ui.wording import name_place, name_source

FIRST = 12


def show_facts(facts: Sequence[Fact], convention: Convention) -> tuple[Fact, str] | None:
    """The list; the fact to take back and who does, once the button is pressed."""
    if not facts:
        show_empty(
            "Aucun fait saisi",
            f"{escape(convention.label)}\u00a0: un comité réuni, un versement, un besoin non couvert ou la raison d’un "
            "écart se saisissent ci-contre.",
        )
        return None
    latest = list(reversed(facts))
    with st.container(key="carte-faits"):
        show_block_title(write_quantity(len(facts), "fait saisi", "faits saisis"))
        show_table(render_facts(latest[:FIRST], convention))
        if len(latest) > FIRST:
            label = f"Voir les {len(latest) - FIRST} plus anciens"
            show_table(render_facts(latest[FIRST:], convention), label=label)
        return _ask_revoked(latest, convention)


def render_facts(facts: Sequence[Fact], convention: Convention) -> str:
    """One line a fact: what, when and where, its value, who said it."""
    columns = [Column("Fait"), Column("Quand, où"), Column("Ce qui est dit"), Column("Saisi")]
    rows = [
        Row([
            note(escape(write_subject(one, convention)), one.id),
            escape(_write_when(one, convention)),
            escape(_write_value(one, convention)),
            note(escape(one.author), write_moment(one.recorded_at)),
        ])
        for one in facts
    ]  # fmt: skip
    return render_table(caption="Faits saisis", columns=columns, rows=rows, is_caption_hidden=True)


def write_subject(fact: Fact, convention: Convention) -> str:
    """« Engagement tenu : comité de pilotage »."""
    kind = load_fact_kinds()[fact.kind]
    about = kind.subjects(convention).get(fact.about or "")
    return f"{kind.label}{FIXED}: {about}" if about else kind.label


def _write_when(fact: Fact, convention: Convention) -> str:
    parts = [
        write_date(fact.day) if fact.day else "",
        write_short_period(parse_period(fact.period)) if fact.period else "",
        name_place(fact.territory, convention) if fact.territory else "",
    ]
    return ", ".join(part for part in parts if part)


def _write_value(fact: Fact, convention: Convention) -> str:
    kind = load_fact_kinds()[fact.kind]
    number = f"{write_count(fact.number)}{FIXED}{kind.unit}" if fact.number is not None else ""
    text = name_source(fact.text, convention) if kind.value == SOURCE else fact.text or ""
    return ". ".join(part for part in (number, text) if part) or "—"


def _ask_revoked(latest: Sequence[Fact], convention: Convention) -> tuple[Fact, str] | None:
    names = {f"{one.id}, {write_subject(one, convention)}": one for one in latest}
    with st.container(horizontal=True, vertical_alignment="bottom", key="retrait"):
        key = f"retirer-{latest[0].id}"
        chosen = st.selectbox("Fait à retirer", list(names), filter_mode=None, width=420, key=key)
        fact = names.get(chosen or "", latest[0])
        author = ask_author("Retiré par", key="fait-retire-par")
        is_given = st.button(f"Retirer {fact.id}", key="fait-retirer")
    return (fact, author) if is_given else None
