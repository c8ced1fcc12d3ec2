"""Bilans: the sheet that a committee holds, seen before it is printed or downloaded."""

from __future__ import annotations

from datetime import date
from functools import partial
from html import escape
from urllib.parse import quote

import streamlit as st

from bilans.__main__ import name_file
from bilans.edition import build_edition
from bilans.paper.sheet import render_folio, render_sheet
from bilans.scope import EditionError
from bilans.values import Edition
from bilans.xlsx import render_xlsx
from conventions.values import Convention
from indicators.request import COMMITTEE, PRODUCER
from indicators.secrecy import keep_hidden
from store.database import Database
from ui import filters
from ui.address import VIEW
from ui.audience import COMITE
from ui.blocks import show_empty, to_html
from ui.definitions.link import write_address
from ui.export import XLSX
from ui.head import show_covered_title, write_aside
from ui.paper import read_paper, show_print
from ui.proof.link import write_way
from ui.readings import keep, received_periods
from ui.shell import Screen, need, open_page
from ui.spans import list_years
from ui.style import wear


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


def show_handed_out() -> None:
    """What downloading the bilan of a committee means."""
    said = "Un bilan de comité téléchargé est tenu pour remis : ce qu’il cache reste caché après une révision."
    with st.container(key="gestes-remis"):
        st.html(f'<p class="j-source">{to_html(said)}</p>')


def show_sheet(convention: Convention, edition: Edition) -> None:
    """The sheet, and on paper its folio."""
    way = write_way({VIEW: COMITE}) if edition.header.audience == PRODUCER else ""
    detail = f'<a href="/qualite?convention={quote(convention.key)}" target="_self">Voir le détail</a>'
    words = f'<a href="{write_address(convention=convention.key)}" target="_self">Définitions</a>'
    st.html(render_sheet(edition, way=way, ways=f" {detail} {words}") + write_aside())
    if read_paper():
        st.html(render_folio(edition))


screen = open_page("Bilans")
wear("bilan")
convention = filters.choose_convention(screen, need(screen, lambda one: True, what="pour une convention"))
years = list_years(received_periods(screen.database, convention), convention.cadence)
controls = st.container(horizontal=True, vertical_alignment="bottom", key="filtres")
with controls:
    span = filters.choose_span(years)
    audience = filters.choose_audience()
try:
    edition = make_edition(screen.database, convention.key, span.year, audience, screen.today)
except EditionError as error:
    title = "Pas de bilan pour cette année"
    show_covered_title(screen, convention, title, span=span, context=[convention.label])
    show_empty("Rien à établir encore", escape(str(error)))
else:
    with controls:
        show_print()
        show_download(screen, convention, edition)
    if audience == COMMITTEE:
        show_handed_out()
    show_sheet(convention, edition)
