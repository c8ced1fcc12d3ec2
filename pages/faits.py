"""Faits: what no workbook brings is entered in a form, listed with author and date, and can be taken back."""

from __future__ import annotations

from html import escape

import streamlit as st

from store.database import StoreError
from store.facts import read_facts, revoke_fact
from ui.blocks import show_block_title, show_error, show_title
from ui.facts.form import clear_form, save_entry, show_form
from ui.facts.listing import show_facts, write_subject, write_title
from ui.filters import choose_convention
from ui.french import FIXED, set_typography
from ui.shell import open_page

SAID = "faits_dit"

screen = open_page("Faits")
convention = choose_convention(screen, set(screen.conventions))
facts = read_facts(screen.database, convention.key)
show_title(
    write_title(facts),
    context=[convention.label],
    lead="Ce qu’aucun fichier ne dit\u00a0: un comité réuni, un versement, un besoin non couvert, la raison d’un "
    "écart. Un fait retiré reste au journal.",
)
notice = st.container()
left, right = st.columns([1, 1.35], gap="medium")
with left:
    given = show_form(screen, convention)
with right:
    revoked = show_facts(facts, convention)

said = st.session_state.pop(SAID, None)
try:
    if given is not None:
        fact = save_entry(screen.database, *given)
        clear_form()
        st.session_state[SAID] = "Fait enregistré", f"{fact.id}{FIXED}: {write_subject(fact, convention)}"
        st.rerun()
    if revoked is not None:
        revoke_fact(screen.database, revoked[0].id, author=revoked[1])
        st.session_state[SAID] = "Fait retiré", f"{revoked[0].id}{FIXED}: {write_subject(revoked[0], convention)}"
        st.rerun()
except StoreError as error:
    with notice:
        show_error("Ce fait n’est pas enregistré", escape(set_typography(str(error))))
if said is not None:
    with notice, st.container(key="carte-decision"):
        show_block_title(said[0], escape(said[1]))
