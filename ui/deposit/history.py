"""The imports of the journal in; their table, and the undo of one of them, out."""

from __future__ import annotations

from datetime import datetime
from html import escape
from zoneinfo import ZoneInfo

import streamlit as st

from store.journal import ACTIVE, UNDONE, ImportEntry
from ui.author import get_author
from ui.blocks import show_section, show_table
from ui.deposit import acts
from ui.french import FIXED, write_count, write_date, write_quantity
from ui.shell import Screen
from ui.tables import Column, Row, note, render_table
from ui.wording import name_source, tag

PARIS = ZoneInfo("Europe/Paris")
FIRST = 12
STATES = {ACTIVE: "good", UNDONE: "bad"}


def show_history(screen: Screen) -> None:
    """The last deposits, from the latest; any that still counts can be undone."""
    entries = list(reversed(screen.history))
    if not entries:
        return
    show_section(
        f"Historique{FIXED}: {write_quantity(len(entries), 'dépôt', 'dépôts')}",
        "Rien n’est effacé\u00a0: un dépôt annulé reste au journal, et ce qu’il remplaçait compte à nouveau.",
    )
    with st.container(key="carte-historique"):
        show_table(_table(screen, entries[:FIRST]))
        if len(entries) > FIRST:
            show_table(
                _table(screen, entries[FIRST:]), label=f"Voir les {len(entries) - FIRST} dépôts plus anciens"
            )
        _show_undo(screen, [entry for entry in entries if entry.state != UNDONE])


def write_moment(moment: datetime) -> str:
    """« 21/10/2025 à 14:05 », Paris time."""
    local = moment.astimezone(PARIS)
    return f"{write_date(local.date())} à {local:%H:%M}"


def _table(screen: Screen, entries: list[ImportEntry]) -> str:
    columns = [
        Column("Dépôt"),
        Column("Fichier"),
        Column("Convention et source"),
        Column("Chiffres", True),
        Column("Parcours", True),
        Column("État"),
    ]
    return render_table(
        caption="Dépôts, du plus récent au plus ancien",
        columns=columns,
        rows=[_row(screen, entry) for entry in entries],
        is_caption_hidden=True,
    )


def _row(screen: Screen, entry: ImportEntry) -> Row:
    convention = screen.conventions.get(entry.convention or "")
    where = escape(convention.label) if convention else "Aucune convention (contexte)"
    source = escape(name_source(entry.source, convention)) if convention else escape(entry.source or "")
    author = f" par {entry.author}" if entry.author else ""
    return Row(
        [
            note(entry.id, escape(write_moment(entry.loaded_at) + author)),
            escape(entry.file),
            note(where, source),
            write_count(entry.observations) if entry.observations else "—",
            write_count(entry.records) if entry.records else "—",
            tag(entry.state, STATES.get(entry.state, "")),
        ]
    )


def _show_undo(screen: Screen, entries: list[ImportEntry]) -> None:
    if not entries:
        return
    names = {f"{entry.id}, {entry.file}": entry for entry in entries}
    with st.container(horizontal=True, vertical_alignment="bottom", key="annuler"):
        chosen = st.selectbox(
            "Dépôt à annuler",
            list(names),
            index=None,
            placeholder="Choisir un dépôt",
            filter_mode=None,
            width=420,
        )
        if (
            st.button("Annuler ce dépôt", disabled=chosen is None, key="annuler-choisi")
            and chosen is not None
        ):
            undo_entry(screen, names[chosen])


def undo_entry(screen: Screen, entry: ImportEntry) -> None:
    """Undo, in the line of the desk, and say so at its end."""
    acts.undo(screen.database, entry, author=get_author())
