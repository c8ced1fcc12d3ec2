"""The imports of the journal in; their table, and the undo of one of them, out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from html import escape
from zoneinfo import ZoneInfo

import streamlit as st

from store.journal import ACTIVE, UNDO, UNDONE, ImportEntry, JournalLine, read_journal
from ui.author import ask_author, get_author
from ui.blocks import show_section, show_table
from ui.deposit import acts
from ui.french import join_words, write_date, write_quantity
from ui.shell import Screen
from ui.tables import Column, Row, note, render_table
from ui.wording import name_source, tag

PARIS = ZoneInfo("Europe/Paris")
FIRST, HASH = 12, 8
STATES = {ACTIVE: "good", UNDONE: "bad"}


def show_history(screen: Screen) -> None:
    """The last deposits, from the latest; any that still counts can be undone."""
    entries = list(reversed(screen.history))
    if not entries:
        return
    undone = {line.import_id: line for line in read_journal(screen.database) if line.action == UNDO}
    show_section(
        _write_history_title(entries),
        "Rien n’est effacé\u00a0: un dépôt annulé reste au journal, et ce qu’il remplaçait compte à nouveau.",
    )
    with st.container(key="carte-historique"):
        show_table(_table(entries[:FIRST], screen, undone))
        if len(entries) > FIRST:
            show_table(
                _table(entries[FIRST:], screen, undone),
                label=f"Voir les {len(entries) - FIRST} dépôts plus anciens",
            )
        _show_undo(screen, [entry for entry in entries if entry.state != UNDONE])


def _write_history_title(entries: Sequence[ImportEntry]) -> str:
    """« 33 dépôts, dont 1 annulé »."""
    undone = sum(entry.state == UNDONE for entry in entries)
    count = write_quantity(len(entries), "dépôt est au journal", "dépôts sont au journal")
    return f"{count}, dont {write_quantity(undone, 'annulé', 'annulés')}" if undone else count


def write_moment(moment: datetime) -> str:
    """« 21/10/2025 à 14:05 », Paris time."""
    local = moment.astimezone(PARIS)
    return f"{write_date(local.date())} à {local:%H:%M}"


def _table(entries: Sequence[ImportEntry], screen: Screen, undone: Mapping[str, JournalLine]) -> str:
    columns = [
        Column("Dépôt"),
        Column("Fichier"),
        Column("Convention et source"),
        Column("Contenu"),
        Column("État"),
    ]
    return render_table(
        caption="Dépôts, du plus récent au plus ancien",
        columns=columns,
        rows=[_row(entry, screen, undone.get(entry.id)) for entry in entries],
        is_caption_hidden=True,
    )


def _row(entry: ImportEntry, screen: Screen, undo: JournalLine | None) -> Row:
    convention = screen.conventions.get(entry.convention or "")
    where = escape(convention.label) if convention else "Aucune convention (contexte)"
    source = escape(name_source(entry.source, convention)) if convention else escape(entry.source or "")
    state = tag(entry.state, STATES.get(entry.state, ""))
    return Row(
        [
            note(entry.id, _write_act(entry.loaded_at, entry.author)),
            note(
                f'<span class="j-file">{escape(entry.file)}</span>',
                f'Empreinte <span class="j-address">{escape(entry.file_hash[:HASH])}</span>',
            ),
            note(where, source),
            _write_content(entry),
            note(state, _write_act(undo.done_at, undo.author)) if undo is not None else state,
        ]
    )


def _write_content(entry: ImportEntry) -> str:
    """« 203 chiffres », « 2 322 parcours », both, or nothing."""
    parts = [
        write_quantity(entry.observations, "chiffre", "chiffres") if entry.observations else "",
        write_quantity(entry.records, "parcours", "parcours") if entry.records else "",
    ]
    return join_words([part for part in parts if part]) or "—"


def _write_act(moment: datetime, author: str) -> str:
    """« 21/10/2025 à 14:05 par AB »; who did not say is told too."""
    return escape(f"{write_moment(moment)}, {f'par {author}' if author else 'auteur non précisé'}")


def _show_undo(screen: Screen, entries: Sequence[ImportEntry]) -> None:
    """A deposit is named first: the button that undoes it is not there before."""
    if not entries:
        return
    names = {f"{entry.id}, {entry.file}": entry for entry in entries}
    with st.container(horizontal=True, vertical_alignment="bottom", key="annuler"):
        # A key of its own for each latest deposit: nothing is chosen again after an undo.
        key = f"annuler-{entries[0].id}-{len(entries)}"
        chosen = st.selectbox(
            "Dépôt à annuler", list(names), index=None, placeholder="Choisir un dépôt", filter_mode=None, width=420,
            key=key,
        )  # fmt: skip
        if chosen is None:
            return
        entry = names[chosen]
        author = ask_author("Annulé par", key="annule_par")
        if st.button(f"Annuler {entry.id}", key="annuler-choisi"):
            acts.undo(screen.database, entry, author=author)


def undo_entry(screen: Screen, entry: ImportEntry) -> None:
    """Undo, in the line of the desk, and say so at its end."""
    acts.undo(screen.database, entry, author=get_author())
