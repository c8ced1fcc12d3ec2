"""A convention's last year in; the small cards of its home page (returns, notices, deposits) and all
conventions out."""

from __future__ import annotations

from html import escape

import streamlit as st

from conventions.values import Convention
from store.journal import ACTIVE, ImportEntry
from ui.attention import Notice, tell_sources, tell_states, tell_term, write_notices_html
from ui.blocks import show_block_title, show_section, show_table
from ui.french import FIXED, join_words, write_count, write_date, write_short_period, write_small
from ui.home.glance import Glance
from ui.readings import received_periods
from ui.returns import AWAITED, write_returns_html, write_returns_title
from ui.shell import Screen
from ui.tables import Column, Row, note, render_table
from ui.wording import name_source, tag

STATES = {"en cours": ("●", "good"), "à venir": ("○", ""), "échue": ("■", "")}


def show_returns(glance: Glance) -> None:
    """Which returns came this year, by source."""
    with st.container(key="carte-retours", height="stretch"):
        show_block_title(f"{write_returns_title(glance.returns)} en {glance.span.year}")
        st.html(write_returns_html(glance.returns, glance.convention))


def show_notices(screen: Screen, glance: Glance) -> None:
    """What to know before believing the figures."""
    with st.container(key="carte-avis", height="stretch"):
        show_block_title("Ce qu’il faut savoir")
        st.html(write_notices_html(collect_notices(screen, glance)))


def collect_notices(screen: Screen, glance: Glance) -> list[Notice]:
    """The term of the convention, the states of its figures, the gaps between its sources, the returns
    awaited."""
    convention, catalogue = glance.convention, screen.catalogue
    awaited = [
        Notice(
            f"Retour attendu de {name_source(one.source, convention)}",
            f"{write_short_period(one.period)}.",
            "bad",
        )
        for one in glance.returns
        if one.state == AWAITED
    ]
    return [
        *tell_term(convention, screen.today),
        *awaited,
        *tell_states(glance.figures, convention, catalogue),
        *tell_sources(glance.by_source, convention, catalogue),
    ]


def show_deposits(screen: Screen, glance: Glance) -> None:
    """The last files that were loaded for this convention."""
    entries = [
        one for one in screen.history if one.convention == glance.convention.key and one.state == ACTIVE
    ]
    with st.container(key="carte-depots", height="stretch"):
        show_block_title("Derniers dépôts")
        items = "".join(_write_deposit(one, glance.convention) for one in reversed(entries[-3:]))
        st.html(f'<ul class="j-list">{items}</ul>')


def _write_deposit(entry: ImportEntry, convention: Convention) -> str:
    amounts = [
        f"{write_count(count)}{FIXED}{word}"
        for count, word in ((entry.observations, "chiffres"), (entry.records, "parcours"))
        if count
    ]
    under = (
        f"{write_date(entry.loaded_at.date())}, {name_source(entry.source, convention)}, "
        f"{join_words(amounts)}"
    )
    return f'<li class="j-file">{note(escape(entry.file), escape(under))}</li>'


def show_conventions(screen: Screen) -> None:
    """Every convention, its state today and what was last received."""
    states = [one.state(screen.today) for one in screen.conventions.values()]
    active = states.count("en cours")
    verb = "est en cours" if active == 1 else "sont en cours"
    who = write_small(active, feminine=True) if active else "aucune"
    show_section(f"{write_small(len(states)).capitalize()} conventions, dont {who} {verb}")
    columns = [
        Column("Convention"),
        Column("Partenaires"),
        Column("Durée"),
        Column("État"),
        Column("Rythme"),
        Column("Dernières données"),
        Column("Dépôts", True),
    ]
    rows = [_convention_row(screen, one) for one in screen.conventions.values()]
    with st.container(key="carte-conventions"):
        caption = "Les conventions, leur état et leurs dernières données"
        show_table(render_table(caption=caption, columns=columns, rows=rows, is_caption_hidden=True))


def _convention_row(screen: Screen, convention: Convention) -> Row:
    entries = [one for one in screen.history if one.convention == convention.key and one.state == ACTIVE]
    periods = sorted(received_periods(screen.database, convention), key=lambda one: (one.end, one.length))
    state = convention.state(screen.today)
    sign, kind = STATES[state]
    return Row(
        [
            escape(convention.label),
            "<br>".join(escape(partner) for partner in convention.partners),
            f"{write_date(convention.start)} – {write_date(convention.end)}",
            tag(f"{sign} {state}", kind),
            {"annee": "annuel", "semestre": "semestriel", "trimestre": "trimestriel", "mois": "mensuel"}[
                convention.cadence
            ],
            write_short_period(periods[-1]) if periods else '<span class="j-soft">aucune</span>',
            write_count(len(entries)),
        ]
    )
