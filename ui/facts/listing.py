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

FIRST, MOST_DAYS = 8, 3


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
    groups = group_facts(latest)
    with st.container(key="carte-faits"):
        show_block_title(write_quantity(len(facts), "fait saisi", "faits saisis"))
        show_table(render_facts(groups[:FIRST], convention))
        if len(groups) > FIRST:
            label = f"Voir {write_quantity(len(groups) - FIRST, 'autre ligne', 'autres lignes')}"
            show_table(render_facts(groups[FIRST:], convention), label=label)
        return _ask_revoked(latest, convention)


def write_title(facts: Sequence[Fact]) -> str:
    """« 96 faits complètent ce que disent les fichiers », or what is to be done."""
    if not facts:
        return "Rien n’est encore saisi de ce qu’aucun fichier ne dit"
    count = write_quantity(len(facts), "fait saisi complète", "faits saisis complètent")
    return f"{count} ce que disent les fichiers"


def group_facts(facts: Sequence[Fact]) -> list[list[Fact]]:
    """The facts that say nothing but the day they are of, by what they are about; each of the others alone."""
    groups: dict[object, list[Fact]] = {}
    for rank, one in enumerate(facts):
        is_bare = one.day is not None and not (one.text or one.number is not None or one.territory)
        groups.setdefault((one.kind, one.about) if is_bare else rank, []).append(one)
    return list(groups.values())


def render_facts(groups: Sequence[Sequence[Fact]], convention: Convention) -> str:
    """One line a group: what, when and where, its value, who said it last."""
    values = [_write_value(own[0], convention) for own in groups]
    has_values = any(values)
    heads = ["Fait", "Quand, où", *(["Ce qui est dit"] if has_values else []), "Saisi"]
    columns = [Column(head) for head in heads]
    rows = [
        Row([
            note(escape(write_subject(own[0], convention)), _write_ids(own)),
            escape(_write_when(own[0], convention)) if len(own) == 1 else _write_days(own),
            *([escape(value) or "—"] if has_values else []),
            note(escape(own[0].author), write_moment(own[0].recorded_at)),
        ])
        for own, value in zip(groups, values, strict=True)
    ]  # fmt: skip
    return render_table(caption="Faits saisis", columns=columns, rows=rows, is_caption_hidden=True)


def _write_ids(facts: Sequence[Fact]) -> str:
    """« F000127 », « 12 fois, F000116 à F000127 »."""
    ids = sorted(one.id for one in facts)
    return ids[0] if len(ids) == 1 else f"{len(ids)} fois, de {ids[0]} à {ids[-1]}"


def _write_days(facts: Sequence[Fact]) -> str:
    """A line a year, the latest first: « 2026 : 11/01, 11/03 », « 2025 : 12 fois, en dernier le 11/12 » (HTML)."""
    days = sorted(one.day for one in facts if one.day is not None)
    years = {day.year: [f"{one:%d/%m}" for one in days if one.year == day.year] for day in reversed(days)}
    return "<br>".join(f"<b>{year}</b>{FIXED}: {_join_days(told)}" for year, told in years.items())


def _join_days(days: Sequence[str]) -> str:
    text = ", ".join(days) if len(days) <= MOST_DAYS else f"{len(days)} fois, en dernier le {days[-1]}"
    return text.replace(" ", FIXED)


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
    return ". ".join(part for part in (number, text) if part)


def _ask_revoked(latest: Sequence[Fact], convention: Convention) -> tuple[Fact, str] | None:
    """A fact is named first: the button that takes it back is not there before."""
    names = {f"{one.id}, {write_subject(one, convention)}": one for one in latest}
    with st.container(horizontal=True, vertical_alignment="bottom", key="retrait"):
        key = f"retirer-{latest[0].id}"
        chosen = st.selectbox(
            "Fait à retirer", list(names), index=None, placeholder="Choisir un fait", filter_mode=None, width=420,
            key=key,
        )  # fmt: skip
        if chosen is None:
            return None
        fact = names[chosen]
        author = ask_author("Retiré par", key="fait-retire-par")
        is_given = st.button(f"Retirer {fact.id}", key="fait-retirer")
    return (fact, author) if is_given else None
