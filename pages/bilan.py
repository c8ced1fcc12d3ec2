"""Bilans: the bilan quantitatif of a year, seen before it is downloaded."""

from __future__ import annotations

from datetime import date
from functools import partial
from html import escape

import streamlit as st

from bilans.__main__ import name_file
from bilans.edition import build_edition
from bilans.goals import round_gap
from bilans.scope import EditionError
from bilans.values import Edition
from bilans.wording import write_full, write_gap
from bilans.xlsx import render_xlsx
from conventions.statuses import write_signed_word
from conventions.values import Convention
from indicators.request import COMMITTEE
from indicators.secrecy import keep_hidden
from store.database import Database
from ui import filters
from ui.blocks import show_block_title, show_empty, show_section, show_table, to_html
from ui.export import XLSX
from ui.head import show_covered_title
from ui.readings import keep, received_periods
from ui.shell import Screen, need, open_page
from ui.spans import Span, list_years
from ui.tables import Column, Row, note, render_table


@keep(max_entries=32, told="Préparation du bilan…")
def make_edition(database: Database, convention: str, year: int, audience: str, day: date) -> Edition:
    """The edition of a year; what an audience may see is never kept for another."""
    return build_edition(database, convention, str(year), author="Tableau de bord", as_of=day, audience=audience)


@st.cache_data(show_spinner="Écriture du classeur…", max_entries=16)
def write_workbook(_edition: Edition, fingerprint: str) -> bytes:
    """The workbook of an edition."""
    return render_xlsx(_edition)


def hand_out(screen: Screen, convention: Convention, edition: Edition) -> None:
    """What the edition of a committee hides stays hidden, whatever is revised."""
    keep_hidden(screen.database, convention, edition.fingerprint)


def show_download(screen: Screen, convention: Convention, edition: Edition) -> None:
    """The workbook; a committee's is held to be handed out once it is downloaded."""
    content = write_workbook(edition, f"{edition.fingerprint} {edition.header.made_on} {edition.header.audience}")
    is_handed_out = edition.header.audience == COMMITTEE
    st.download_button(
        "Télécharger le bilan (xlsx)",
        content,
        f"{name_file(edition)}.xlsx",
        XLSX,
        type="primary",
        key="telecharger",
        on_click=partial(hand_out, screen, convention, edition) if is_handed_out else "rerun",
    )
    if is_handed_out:
        said = "Un bilan de comité téléchargé est tenu pour remis : ce qu’il cache reste caché après une révision."
        st.html(f'<p class="j-source">{to_html(said)}</p>')


def show_objectives(edition: Edition) -> None:
    """Each objective with what was done, agreed, expected, and its status."""
    if not edition.objectives:
        show_empty(
            "Aucun objectif chiffré", "La convention n’en fixe pas pour cette année : le bilan donne les comptes."
        )
        return
    columns = [
        Column("Objectif"),
        Column("Réalisé", True),
        Column("Attendu", True),
        Column("Écart", True),
        Column("État"),
    ]
    rows = []
    for one in edition.objectives:
        kind = edition.definition(one.indicator).kind
        expected = "" if one.expected is None else f"{one.expected:.0f}"
        gap = "" if one.gap is None else write_gap(round_gap(one.gap, kind), kind)
        head = note(f"<b>{to_html(one.label)}</b>", escape(one.article))
        status = f"<b>{escape(write_signed_word(one.status))}</b>"
        rows.append(Row([head, write_full(one.now, kind), expected, gap, status]))
    with st.container(key="carte-objectifs"):
        show_table(render_table(caption="Les objectifs de la convention", columns=columns, rows=rows))


def show_list(title: str, lines: list[str], *, key: str) -> None:
    """A card of sentences."""
    with st.container(key=key):
        show_block_title(title)
        st.html("<ul>" + "".join(f"<li>{to_html(line)}</li>" for line in lines) + "</ul>")


def show_edition(screen: Screen, convention: Convention, edition: Edition, span: Span) -> None:
    """The page of one edition."""
    header = edition.header
    state = f"{header.status}, édition {edition.fingerprint}"
    context, lead = [convention.label, header.span], to_html(header.rule)
    show_covered_title(screen, convention, edition.title, span=span, context=context, away=state, lead=lead)
    show_download(screen, convention, edition)
    show_objectives(edition)
    show_section("Ce que dit le bilan")
    left, right = st.columns(2, gap="medium")
    with left:
        show_list("Constats", list(edition.findings), key="carte-constats")
    with right:
        show_list("À savoir", list(edition.notes), key="carte-notes")


screen = open_page("Bilans")
convention = filters.choose_convention(screen, need(screen, lambda one: True, what="pour une convention"))
years = list_years(received_periods(screen.database, convention), convention.cadence)
with st.container(horizontal=True, vertical_alignment="bottom", key="filtres"):
    span = filters.choose_span(years)
    audience = filters.choose_audience()
try:
    edition = make_edition(screen.database, convention.key, span.year, audience, screen.today)
except EditionError as error:
    title = "Pas de bilan pour cette année"
    show_covered_title(screen, convention, title, span=span, context=[convention.label])
    show_empty("Rien à établir encore", escape(str(error)))
else:
    show_edition(screen, convention, edition, span)
