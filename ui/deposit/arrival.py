"""A session without a file in; the uploader, what the last act did, and the file put in the line out."""

from __future__ import annotations

from html import escape

import streamlit as st
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile

from etl.children import keep_ready
from etl.desk import DeskFullError, Ticket
from ui.blocks import show_block_title, show_error, show_source, show_title
from ui.deposit.history import undo_entry
from ui.deposit.journey import start_again, take_options
from ui.deposit.reading import Deposit, ask_reading
from ui.deposit.said import Said, find_said, say, show_refusal
from ui.french import set_typography
from ui.shell import Screen

TURN = "depot_tour"
TYPES = ["xlsx", "xlsm", "xls", "ods", "csv"]


def show_waiting() -> None:
    """The head of the page before any file."""
    show_title(
        "Déposer un retour",
        lead="Jalons lit les tableaux de comptes tels qu’ils sont, dit ce qu’il comprend, et "
        "n’enregistre rien avant votre accord.",
    )


def show_beside() -> None:
    """Where to say what no file says."""
    show_source(
        "Ce qu’aucun fichier ne dit (un comité réuni, un versement, la raison d’un écart) se saisit dans la page "
        '<a href="/faits" target="_self">Faits</a>.'
    )


def show_said(screen: Screen) -> None:
    """What the last act did, with its undo, until another file is chosen."""
    said = find_said()
    if said is None:
        return
    if said.is_refusal:
        show_refusal(said)
        return
    with st.container(key="carte-decision" if said.import_id else "carte-note"):
        show_block_title(said.title, escape(said.text))
        entry = next((one for one in screen.history if one.id == said.import_id), None)
        if entry is not None and st.button("Annuler ce dépôt", key="annuler-dernier"):
            undo_entry(screen, entry)


def show_lost(reading: Ticket[Deposit]) -> None:
    """A reading that gave nothing, or whose answer is no more in memory."""
    show_title("Ce classeur n’a pas pu être lu" if reading.problem else "Cette lecture n’est plus en mémoire")
    told = reading.problem or (
        "Jalons ne garde une lecture qu’une demi-heure sans qu’on la regarde, et rien n’en est enregistré. "
        "Déposez de nouveau le fichier."
    )
    show_error("Rien n’est enregistré", escape(set_typography(told)))
    if st.button("Déposer un fichier", key="recommencer"):
        start_again()


def receive_file(screen: Screen) -> None:
    """The uploader; a file goes to the line at once, and the server's copy of the upload is let go."""
    turn = st.session_state.setdefault(TURN, 0)
    file = st.file_uploader(
        "Classeur à déposer", type=TYPES, key=f"fichier-{turn}", label_visibility="collapsed"
    )
    if file is None:
        # While a file is being chosen, the process that will read it loads its libraries.
        keep_ready()
        return
    say(None)
    try:
        ask_reading(screen.database, file.name, file.getvalue(), take_options())
    except DeskFullError as error:
        say(Said("Le serveur est occupé", set_typography(str(error)), is_refusal=True))
    _let_go(file)
    st.session_state[TURN] = turn + 1
    st.rerun()


def _let_go(file: UploadedFile) -> None:
    """Streamlit keeps an upload as long as its session: nothing here needs it once it is in the line."""
    context = get_script_run_ctx()
    if context is not None and isinstance(context.uploaded_file_mgr, MemoryUploadedFileManager):
        context.uploaded_file_mgr.remove_file(context.session_id, file.file_id)
