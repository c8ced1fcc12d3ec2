"""A report accepted, or an import to undo, in; the act put in the line, and what it did, out."""

from __future__ import annotations

from functools import partial
from typing import NoReturn

import streamlit as st

from etl.desk import DONE, DeskFullError, Ticket
from etl.load import load_report, undo_import
from etl.steps import LOADING_STEPS, TOTALS, Told
from store.database import Database
from store.journal import ImportEntry
from ui.blocks import show_title
from ui.deposit import errands
from ui.deposit.reading import Deposit
from ui.deposit.said import Said, say, write_result
from ui.french import FIXED, set_typography

TITLES = {errands.LOADING: "Votre dépôt s’enregistre", errands.UNDOING: "Le dépôt s’annule"}


def accept(database: Database, deposit: Deposit, *, author: str, retire_absent: bool) -> None:
    """Write a report, whole or not at all; the same file twice changes nothing."""
    report = deposit.report

    def load(told: Told) -> Said:
        result = load_report(database, report, author=author, retire_absent=retire_absent, told=told)
        return write_result(result, report.file)

    _ask(errands.LOADING, load, steps=LOADING_STEPS)


def undo(database: Database, entry: ImportEntry, *, author: str) -> None:
    """Undo an import: what it replaced counts again."""
    _ask(errands.UNDOING, partial(_undo, database, entry, author), steps=(TOTALS,))


def _undo(database: Database, entry: ImportEntry, author: str, told: Told) -> Said:
    told(TOTALS)
    undo_import(database, entry.id, author=author)
    return Said("Dépôt annulé", f"{entry.file}{FIXED}: ce qu’il remplaçait compte à nouveau.")


def _ask(slot: str, act: errands.Work[Said], *, steps: tuple[str, ...]) -> None:
    try:
        errands.ask(slot, act, steps=steps)
    except DeskFullError as error:
        say(Said("Le serveur est occupé", set_typography(str(error)), is_refusal=True))
    st.rerun()


def find_act() -> tuple[str, Ticket[Said]] | None:
    """The act of this session that is under way, or of which the end was not told yet, and its slot."""
    for slot in TITLES:
        ticket = errands.find(slot)
        if ticket is not None:
            return slot, ticket
    return None


def show_act(slot: str, ticket: Ticket[Said]) -> None:
    """How far an act is; at its end, say what it did and draw the page anew."""
    if ticket.is_ended:
        _conclude(slot, ticket)
    show_title(TITLES[slot])
    errands.show_progress(slot, "Tout s’écrit d’un bloc, ou rien")


def _conclude(slot: str, ticket: Ticket[Said]) -> NoReturn:
    """A file that was loaded is let go; one that was refused stays to be looked at."""
    said = _read_end(ticket)
    say(said)
    errands.forget(slot)
    if slot == errands.LOADING and not said.is_refusal:
        errands.forget(errands.READING)
        errands.forget(errands.EFFECT)
    st.rerun()


def _read_end(ticket: Ticket[Said]) -> Said:
    said = errands.get_desk().look(ticket)
    if said is not None:
        return said
    if ticket.state == DONE:
        return Said("C’est fait", "Le détail n’est plus en mémoire\u00a0: voyez l’historique.")
    return Said("Rien n’a été enregistré", set_typography(ticket.problem), is_refusal=True)
