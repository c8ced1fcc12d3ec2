"""The address of a page in; the dialog that says where the figure it names comes from out, on any page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from html import escape

import streamlit as st

from conventions.catalogue import Catalogue
from indicators.proof import Proof
from indicators.request import RequestError
from store.database import Database
from ui.audience import read_audience
from ui.blocks import message
from ui.export import XLSX, Sheet, write_csv, write_xlsx
from ui.french import set_typography
from ui.proof.blocks import write_agreed, write_band, write_head, write_sources
from ui.proof.cells import render_cells
from ui.proof.export import build_sheet
from ui.proof.link import ASK, PARAMETER, read_key
from ui.proof.notes import write_cautions, write_changes
from ui.proof.words import write_amount, write_citation
from ui.readings import get_proof
from ui.style import wear

WIDTH = 1200


def show_asked_proof(database: Database, catalogue: Catalogue, today: date) -> None:
    """Nothing unless the address asks for a figure."""
    key = st.query_params.get(PARAMETER)
    if key is None:
        return
    said = "L’adresse ne nomme aucun chiffre que cette installation connaisse."
    try:
        question = read_key(key, audience=read_audience())
        proof = get_proof(database, question) if question is not None else None
    except (RequestError, ValueError) as error:
        proof, said = None, set_typography(str(error))
    show = partial(_show_unknown, said) if proof is None else partial(_show, proof, catalogue, today)
    wear("preuve")
    st.dialog(ASK, width=WIDTH, on_dismiss=_forget)(show)()


def _forget() -> None:
    """A dialog that is closed leaves the address of its page."""
    st.query_params.pop(PARAMETER, None)


def _show_unknown(said: str) -> None:
    text = f"{escape(said)} Fermez cette fenêtre pour revenir à la page."
    st.html(message("Ce chiffre n’a pas de preuve", text, kind="empty"))


def _show(proof: Proof, catalogue: Catalogue, today: date) -> None:
    st.html(write_head(proof, catalogue) + write_band(proof, catalogue))
    left, right = st.columns(2, gap="large")
    left.html(write_agreed(proof, catalogue))
    right.html(write_sources(proof, catalogue))
    if proof.sides:
        st.html(f'<h3 class="j-small">{_name_cells(proof)}</h3>{render_cells(proof, catalogue)}')
    changed, cautions, acts = st.columns([1.15, 1.15, 0.8], gap="large")
    changed.html(write_changes(proof, catalogue))
    cautions.html(write_cautions(proof, catalogue))
    with acts:
        _show_acts(proof, catalogue, today)


def _name_cells(proof: Proof) -> str:
    """« 268 et 412, cellule par cellule »."""
    amounts = [write_amount(side.amount) for side in proof.sides if side.amount is not None]
    return f"{escape(' et '.join(amounts[:2]) or 'Ce qui a été reçu')}, cellule par cellule"


def _write_file(write: Callable[[Sheet], bytes], proof: Proof, catalogue: Catalogue, citation: str) -> bytes:
    return write(build_sheet(proof, catalogue, citation))


def _show_acts(proof: Proof, catalogue: Catalogue, today: date) -> None:
    """The sentence to quote, copied by a script of this server, and the cells as a file."""
    citation = write_citation(proof, catalogue, today)
    st.html(
        f'<p class="j-citation" tabindex="0">{escape(citation)}</p>'
        '<button type="button" class="j-copy" data-done="Citation copiée">Copier la citation</button>'
    )
    if not proof.sides:
        return
    name = f"preuve_{proof.figure.indicator}"
    for suffix, write, mime in (("xlsx", write_xlsx, XLSX), ("csv", write_csv, "text/csv")):
        st.download_button(
            f"Exporter la preuve ({suffix})",
            data=partial(_write_file, write, proof, catalogue, citation),
            file_name=f"{name}.{suffix}",
            mime=mime,
            on_click="ignore",
            key=f"preuve-{suffix}",
            width="stretch",
        )
