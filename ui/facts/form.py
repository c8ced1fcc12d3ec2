"""A convention in; the form of one kind of fact, and the fact that it says, out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

import streamlit as st

from conventions.fact_kinds import (
    CONVENTION,
    DAY,
    NUMBER,
    PERIOD,
    SOURCE,
    TEXT,
    FactKind,
    load_fact_kinds,
)
from conventions.periods import parse_period
from conventions.personal_text import check_free_text
from conventions.values import Convention
from store.database import Database, StoreError
from store.facts import LONGEST_TEXT, Fact, FactDraft, record_fact
from ui.author import ask_author
from ui.blocks import show_block_title
from ui.deposit.blank_returns import list_asked
from ui.french import THIN, set_typography, write_short_period
from ui.shell import Screen

TURN = "faits_tour"
WHOLE = "ensemble de la convention"
_AMOUNT = re.compile(r"\d+(?:[.,]\d{1,2})?")


@dataclass(frozen=True)
class Entry:
    """What the fields say: a draft without its number, and the number as it was typed."""

    draft: FactDraft
    amount: str


def show_form(screen: Screen, convention: Convention) -> tuple[Entry, str] | None:
    """The fields of the kind chosen; what they say and who says it, once the button is pressed."""
    kinds = load_fact_kinds()
    turn = st.session_state.setdefault(TURN, 0)
    with st.container(key="carte-fait"):
        show_block_title("Saisir un fait")
        code = st.selectbox(
            "Nature du fait", list(kinds), format_func=lambda one: kinds[one].label, filter_mode=None, key="fait-nature"
        )
        kind = kinds[code or next(iter(kinds))]
        st.html(f'<p class="j-small-say">{kind.expected}</p>')
        entry = _ask_entry(kind, convention, screen.today, f"{convention.key}-{kind.code}-{turn}")
        author = ask_author("Saisi par", key="fait-auteur")
        is_given = st.button("Enregistrer ce fait", type="primary", key="fait-enregistrer")
    return (entry, author) if is_given else None


def _ask_entry(kind: FactKind, convention: Convention, today: date, key: str) -> Entry:
    about = None
    if kind.about != CONVENTION:
        subjects = kind.subjects(convention)
        about = st.selectbox(
            kind.about.capitalize(), list(subjects), index=None, placeholder="Choisir", key=f"fait-sujet-{key}",
            format_func=lambda one: subjects[one], filter_mode=None,
        )  # fmt: skip
    first, second = st.columns(2)
    day = period = place = None
    with first:
        if DAY in kind.needs:
            day = _ask_day(convention, today, key)
        if PERIOD in kind.needs:
            codes = [one.code for one in list_asked(convention, today)]
            period = st.selectbox(
                "Période", codes, format_func=_name_period, filter_mode=None, key=f"fait-periode-{key}"
            )
    with second:
        if PERIOD in kind.needs and kind.value == TEXT:
            place = _ask_place(convention, key)
    amount = st.text_input(f"Montant, en {kind.unit}", key=f"fait-montant-{key}") if kind.value == NUMBER else ""
    text = _ask_source(convention, key) if kind.value == SOURCE else _ask_text(kind, key)
    return Entry(FactDraft(convention.key, kind.code, about, period, place, text, None, day), amount or "")


def _name_period(code: str) -> str:
    return write_short_period(parse_period(code))


def _ask_day(convention: Convention, today: date, key: str) -> date | None:
    last = min(today, convention.end)
    day = st.date_input(
        "Jour (jj/mm/aaaa)",
        value=max(last, convention.start),
        min_value=convention.start,
        max_value=max(last, convention.start),
        format="DD/MM/YYYY",
        key=f"fait-jour-{key}",
    )
    return day if isinstance(day, date) else None


def _ask_place(convention: Convention, key: str) -> str | None:
    names = {place.code: place.name for place in convention.places}
    return st.selectbox(
        "Territoire, si c’est utile", list(names), index=None, placeholder=WHOLE, key=f"fait-lieu-{key}",
        format_func=lambda one: names[one], filter_mode=None,
    )  # fmt: skip


def _ask_source(convention: Convention, key: str) -> str | None:
    labels = {one.code: one.label for one in convention.sources}
    return st.selectbox(
        "Source retenue", list(labels), index=None, placeholder="Choisir", key=f"fait-source-{key}",
        format_func=lambda one: labels[one], filter_mode=None,
    )  # fmt: skip


def _ask_text(kind: FactKind, key: str) -> str | None:
    label = "En une ou deux phrases, sans nommer personne" if kind.value == TEXT else "Précision, si c’est utile"
    text = st.text_area(label, height=96, max_chars=LONGEST_TEXT, key=f"fait-texte-{key}")
    return (text or "").strip() or None


def save_entry(database: Database, entry: Entry, author: str) -> Fact:
    """Record what the form says; StoreError when something is missing, or when a text names someone."""
    if not author:
        raise StoreError("Il manque qui saisit : un service ou des initiales, dans « Saisi par ».")
    for text in (entry.draft.text, author):
        refusal = check_free_text(text) if text else None
        if refusal is not None:
            raise StoreError(refusal)
    number = read_amount(entry.amount) if entry.amount.strip() else None
    return record_fact(database, FactDraft(**{**vars(entry.draft), "number": number}), author=author)


def read_amount(text: str) -> float:
    """« 11 699,00 € » is 11699.0; StoreError when it is no amount."""
    bare = re.sub(rf"[\s\u00a0{THIN}€]", "", text)
    if not _AMOUNT.fullmatch(bare):
        raise StoreError(set_typography(f"« {text.strip()} » n’est pas un montant : écrivez par exemple 11 699,00."))
    return float(bare.replace(",", "."))


def clear_form() -> None:
    """Open the fields anew, empty."""
    st.session_state[TURN] = st.session_state.get(TURN, 0) + 1
