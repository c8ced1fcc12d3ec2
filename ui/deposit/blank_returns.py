"""A convention, one of its sources and a period chosen in; its blank return to download out."""

from __future__ import annotations

from datetime import date
from functools import partial

import streamlit as st

from conventions.periods import GRAINS, Period, parse_period
from conventions.values import Convention
from etl.blank import blank_name, write_blank
from ui.blocks import show_block_title, show_source
from ui.export import XLSX
from ui.french import write_short_period
from ui.shell import Screen


def show_blank_returns(screen: Screen) -> None:
    """One click for the return that is awaited, a choice before it for another."""
    with st.container(key="carte-vierge"):
        show_block_title(
            "Retour vierge à remplir",
            "Un classeur fait des indicateurs de la convention, qui se redépose sans question.",
        )
        keys = list(screen.conventions)
        first, second, third = st.columns([1.5, 1.2, 0.9])
        with first:
            key = st.selectbox(
                "Convention",
                keys,
                index=keys.index(screen.fullest(set(keys))),
                format_func=lambda one: screen.conventions[one].label,
                filter_mode=None,
                key="vierge-convention",
            )
        convention = screen.conventions[key or keys[0]]
        with second:
            source = _choose_source(convention)
        with third:
            period = _choose_period(convention, screen.today)
        st.download_button(
            "Télécharger le retour vierge",
            data=partial(write_blank, convention, source, period),
            file_name=blank_name(convention, source, period),
            mime=XLSX,
            on_click="ignore",
            key="vierge",
        )
        show_source("Laissez vide ce qui n’est pas connu\u202f; zéro est un compte\u202f; «\u00a0s\u00a0» pour secret.")


def _choose_source(convention: Convention) -> str:
    labels = {one.code: one.label for one in convention.sources}
    chosen = st.selectbox(
        "Source",
        list(labels),
        format_func=lambda one: labels[one],
        filter_mode=None,
        key=f"vierge-source-{convention.key}",
    )
    return chosen or next(iter(labels))


def _choose_period(convention: Convention, today: date) -> str:
    codes = [period.code for period in list_asked(convention, today)]
    chosen = st.selectbox(
        "Période",
        codes,
        format_func=lambda code: write_short_period(parse_period(code)),
        filter_mode=None,
        key=f"vierge-periode-{convention.key}",
    )
    return chosen or codes[0]


def list_asked(convention: Convention, today: date) -> list[Period]:
    """The periods of a convention's life at its rhythm, the last that has ended first, those under way and years
    last."""
    years = range(convention.start.year, convention.end.year + 1)
    grains = dict.fromkeys((convention.cadence, GRAINS[0]))
    lived = [
        part
        for grain in grains
        for year in years
        for part in Period(year, 1, 12).parts(grain)
        if part.end >= convention.start and part.start <= convention.end
    ]
    return sorted(lived, key=lambda one: (one.grain != convention.cadence, one.end >= today, -one.start.toordinal()))
