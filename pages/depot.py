"""Dépôt: a workbook is read, told, weighed, then accepted or refused; any deposit can be undone."""

from __future__ import annotations

import streamlit as st

from ui.deposit.findings import show_findings
from ui.deposit.history import SAID, show_history
from ui.deposit.journey import (
    ask_file,
    ask_options,
    read_options,
    show_decision,
    show_head,
    show_said,
    show_waiting,
)
from ui.deposit.reading import read_deposit
from ui.deposit.understood import show_understood
from ui.shell import open_page

screen = open_page("Dépôt")
head = st.container()
file = ask_file()
if file is None:
    with head:
        show_waiting()
        show_said(screen)
else:
    st.session_state.pop(SAID, None)
    deposit = read_deposit(screen.database, file.name, file.getvalue(), read_options(screen))
    with head:
        show_head(deposit)
    left, right = st.columns([1.35, 1], gap="medium")
    with left:
        ask_options(screen, deposit)
        show_understood(deposit, screen.conventions.get(deposit.report.convention or ""))
    with right:
        show_findings(deposit.report.findings)
        show_decision(screen, deposit)
show_history(screen)
