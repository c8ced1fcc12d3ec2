"""A file and its findings in; the copy to download, its cells marked, or the list of findings alone, out.

A copy is made when it is asked for, in a child process, and nothing of it stays: neither on the disk nor here.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import PurePath
from threading import Lock

import streamlit as st

from etl.annotate import annotate, annotated_name
from etl.desk import Ticket
from etl.guard import run_guarded
from etl.report import Finding
from etl.workbook import UnreadableError
from ui.blocks import show_source
from ui.deposit import errands
from ui.deposit.reading import Deposit
from ui.export import XLSX

SPREADSHEETS = (".xlsx", ".xlsm")
# One copy at a time: each may take as much memory as a reading.
_TURN = Lock()


def show_copy(deposit: Deposit) -> None:
    """The button, and what the copy is when it is not the workbook itself."""
    reading = errands.find(errands.READING)
    if reading is None:
        return
    label, sentence = describe_copy(deposit)
    st.download_button(
        label,
        data=partial(make_copy, errands.get_desk().look, reading, deposit.report.findings),
        file_name=annotated_name(deposit.name, deposit.content or b""),
        mime=XLSX,
        on_click="ignore",
        key="classeur-annote",
    )
    if sentence:
        show_source(sentence)


def describe_copy(deposit: Deposit) -> tuple[str, str]:
    """What can be given back of a file, and why when it is less than the file."""
    if deposit.content is None:
        return (
            "Télécharger la liste des constats",
            "Ce fichier parle de personnes\u00a0: Jalons n’en garde pas le contenu une fois lu, et ne peut pas vous "
            "en rendre une copie annotée. La liste donne chaque adresse.",
        )
    if PurePath(deposit.name).suffix.lower() not in SPREADSHEETS:
        return (
            "Télécharger les constats sur une copie",
            "Le fichier n’est pas un classeur .xlsx\u00a0: ses valeurs sont recopiées dans un classeur neuf, "
            "sans leur mise en forme.",
        )
    return "Télécharger le classeur annoté", ""


def make_copy(look: errands.Look[Deposit], reading: Ticket[Deposit], findings: Sequence[Finding]) -> bytes:
    """The copy, made for as long as the content is in memory; else the list of findings alone."""
    deposit = look(reading)
    content = deposit.content if deposit is not None else None
    with _TURN:
        try:
            return run_guarded(annotate, content or b"", list(findings))
        except UnreadableError:
            return run_guarded(annotate, b"", list(findings))
