"""Dépôt: a workbook is read, told, weighed, then accepted or refused; any deposit can be undone."""

from __future__ import annotations

from functools import partial

import streamlit as st

from ui.blocks import show_title
from ui.deposit import errands
from ui.deposit.acts import find_act, show_act
from ui.deposit.arrival import receive_file, show_beside, show_lost, show_said, show_waiting
from ui.deposit.blank_returns import show_blank_returns
from ui.deposit.decision import show_decision
from ui.deposit.findings import show_findings
from ui.deposit.history import show_history
from ui.deposit.journey import ask_options, is_asked, read_again, show_head
from ui.deposit.questions import offer_sheets, show_questions
from ui.deposit.reading import Deposit
from ui.deposit.understood import show_understood
from ui.shell import Screen, open_page


def show_deposit(screen: Screen, deposit: Deposit) -> None:
    """A file that was read: what was understood, what was found, what accepting would change."""
    show_head(deposit)
    left, right = st.columns([1.35, 1], gap="medium")
    with left:
        # Whose return it is comes first when it is in doubt: an answer is kept for a source.
        if is_asked(deposit):
            ask_options(screen, deposit)
        reread = partial(read_again, screen, deposit, deposit.report.options)
        show_questions(screen, deposit.report, reread)
        if not is_asked(deposit):
            ask_options(screen, deposit)
        show_understood(deposit, screen.conventions.get(deposit.report.convention or ""))
        offer_sheets(screen, deposit.report, reread)
    with right:
        show_findings(deposit)
        show_decision(screen, deposit)


def show_reading(screen: Screen) -> None:
    """Where this session's file stands: none yet, under way, or read."""
    reading = errands.find(errands.READING)
    if reading is None:
        show_waiting()
        left, right = st.columns([1, 1.15], gap="medium")
        with left:
            receive_file(screen)
            show_beside()
        with right:
            show_blank_returns(screen)
    elif not reading.is_ended:
        show_title("Votre classeur est en cours de lecture", lead="Rien n’est enregistré à cette étape.")
        errands.show_progress(errands.READING, "Lecture du classeur")
    elif (deposit := errands.get_desk().look(reading)) is not None:
        show_deposit(screen, deposit)
    else:
        show_lost(reading)


screen = open_page("Dépôt")
act = find_act()
if act is not None:
    show_act(*act)
else:
    show_said(screen)
    show_reading(screen)
show_history(screen)
