"""A page about to be drawn in; what every page needs (database, conventions, today, the look) out, or
a refusal said."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from logging import getLogger
from pathlib import Path

import streamlit as st

from conventions.agreements import load_conventions
from conventions.catalogue import Catalogue, load_catalogue
from conventions.values import Convention
from etl.mishap import log_mishap
from store.database import Database, StoreError
from store.journal import ACTIVE, ImportEntry
from ui.address import arrive
from ui.appearance import is_dark
from ui.blocks import show_empty, show_error, show_title
from ui.footer import stop_page
from ui.french import set_typography
from ui.paper import read_paper, show_paper
from ui.proof.dialog import show_asked_proof
from ui.readings import get_database, get_history
from ui.style import dress

ICON = Path(__file__).parent / "static" / "icone.svg"


@dataclass(frozen=True)
class Screen:
    """What a page draws from."""

    title: str
    database: Database
    conventions: Mapping[str, Convention]
    catalogue: Catalogue
    history: tuple[ImportEntry, ...]
    today: date

    def fullest(self, keys: set[str]) -> str:
        """Of these conventions, the one of which most was received."""
        counts = dict.fromkeys(sorted(keys), 0)
        for entry in self.history:
            if entry.convention in counts and entry.state == ACTIVE:
                counts[entry.convention] += entry.observations + entry.records
        return max(counts, key=lambda key: counts[key])


def open_page(title: str) -> Screen:
    """The first line of every page: nothing is drawn below it unless everything is there."""
    st.set_page_config(page_title=f"{title} · Jalons", page_icon=str(ICON), layout="wide")
    dress(is_paper=bool(read_paper()), is_dark=is_dark())
    arrive(title)
    show_paper(title, date.today())
    try:
        database = get_database()
        history = get_history(database)
    except StoreError as error:
        show_title(title)
        show_error("La base ne s’ouvre pas", set_typography(str(error)))
        stop_page()
    screen = Screen(title, database, load_conventions(), load_catalogue(), history, date.today())
    show_asked_proof(database, screen.catalogue, screen.today)
    return screen


def tell_mishap(error: Exception) -> bool:
    """What a page says of an error that nobody foresaw, in place of the framework's English; the log has its place
    and no word of it. True: nothing more is to be shown."""
    reference = log_mishap(error)
    show_error(
        "Cette page s’est arrêtée sur une erreur",
        "Ce qui était enregistré l’est toujours. Rechargez la page\u202f; si l’erreur revient, donnez la référence "
        f"<b>{reference}</b> à l’administrateur.",
    )
    return True


def hush_framework() -> None:
    """The framework logs the words of an error, which may quote a cell: `tell_mishap` logs its place instead."""
    getLogger("streamlit.error_util").addFilter(lambda record: record.exc_info is None)


def need(screen: Screen, applies: Callable[[Convention], bool], *, what: str) -> set[str]:
    """The conventions of which something that applies was received; when none was, the page says so
    and stops."""
    loaded = {entry.convention for entry in screen.history if entry.state == ACTIVE}
    keys = {key for key, convention in screen.conventions.items() if applies(convention) and key in loaded}
    if not keys:
        show_title(screen.title)
        show_empty(
            "Rien à montrer encore",
            f"Aucun retour reçu {what}. Déposez un classeur dans la page "
            '<a href="/depot" target="_self">Dépôt</a>\u00a0: Jalons dit ce qu’il y lit '
            "avant d’enregistrer quoi que ce soit.",
        )
        stop_page()
    return keys
