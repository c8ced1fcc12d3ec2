"""What is known in; what the reader chose (convention, span, reading, audience) out, kept in the
address of the page."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from conventions.values import Convention, Indicator, Level
from ui.audience import COMITE, PRODUCTEUR, VIEW
from ui.shell import Screen
from ui.spans import Span

WHOLE = "Toute la convention"
CONVENTION = "convention"
FLUX, COHORTE = "Flux de la période", "Cohorte"
CHOSEN, EVERYTHING = "Cette convention", "Toutes les conventions"


def choose_convention(screen: Screen, keys: set[str], *, key: str = CONVENTION) -> Convention:
    """One of the conventions; the fullest at first. A page for few of them has its own key.

    An address names it by its key (`?convention=metz`, on every page) as well as by its label.
    """
    ordered = [one for one in screen.conventions if one in keys]
    _name_convention(screen, ordered, key)
    with st.container(key="entete"):
        chosen = st.selectbox(
            "Convention",
            ordered,
            index=ordered.index(screen.fullest(keys)),
            format_func=lambda one: screen.conventions[one].label,
            key=key,
            bind="query-params",
            filter_mode=None,
            label_visibility="collapsed",
        )
    return screen.conventions[chosen or ordered[0]]


def _name_convention(screen: Screen, ordered: Sequence[str], key: str) -> None:
    """The address of the page, where `?convention=` names one by its key, in the words that the choice keeps there."""
    labels = {one: screen.conventions[one].label for one in ordered}
    if st.query_params.get(key) in labels.values():
        return
    asked = st.query_params.get(key, st.query_params.get(CONVENTION, ""))
    label = labels.get(asked) or (asked if asked in labels.values() else None)
    if label is not None:
        st.query_params.pop(CONVENTION, None)
        st.query_params[key] = label
        st.rerun()


def choose_span(spans: Sequence[Span], *, key: str = "periode") -> Span:
    """One of the spans, the latest year so far at first."""
    labels = {span.short: span for span in spans}
    chosen = st.selectbox("Période", list(labels), key=key, bind="query-params", filter_mode=None, width=210)
    return labels.get(chosen or "", spans[0])


def choose_year(years: Sequence[int], first: int) -> int:
    """One of the years of a convention."""
    labels = {str(year): year for year in years}
    chosen = st.selectbox(
        "Année",
        list(labels),
        index=list(years).index(first),
        key="annee-calendrier",
        bind="query-params",
        filter_mode=None,
        width=140,
    )
    return labels.get(chosen or "", first)


def choose_extent(years: Sequence[int]) -> int | None:
    """One year of a convention, or all of them (None), at first."""
    labels: dict[str, int | None] = {WHOLE: None, **{str(year): year for year in years}}
    chosen = st.selectbox("Période", list(labels), key="etendue", bind="query-params", filter_mode=None, width=230)
    return labels.get(chosen or WHOLE)


def choose_reading() -> str:
    """The events of the period, or the people oriented in it followed to this day."""
    options = [FLUX, COHORTE]
    chosen = st.segmented_control(
        "Lecture", options, default=FLUX, required=True, key="lecture", bind="query-params"
    )
    return "cohorte" if chosen == COHORTE else "flux"


def choose_audience() -> str:
    """Who looks: a committee does not see small counts."""
    options = [PRODUCTEUR, COMITE]
    chosen = st.segmented_control(
        "Vue", options, default=PRODUCTEUR, required=True, key=VIEW, bind="query-params"
    )
    return "comite" if chosen == COMITE else "producteur"


def choose_comparison(last_year: Span | None) -> bool:
    """Whether last year is shown; nothing is asked when it was not received."""
    if last_year is None:
        return False
    options = [f"✓ {last_year.year}"]
    chosen = st.segmented_control(
        "Comparer", options, selection_mode="multi", default=options, key="comparer"
    )
    return bool(chosen)


def choose_level(levels: Sequence[Level]) -> Level:
    """One of the levels of the convention; nothing is asked when there is only one."""
    if len(levels) == 1:
        return levels[0]
    labels = {level.label: level for level in levels}
    chosen = st.selectbox(
        "Niveau", list(labels), key="niveau", bind="query-params", filter_mode=None, width=230
    )
    return labels.get(chosen or "", levels[0])


def choose_indicator(screen: Screen, codes: Sequence[str]) -> Indicator:
    """One of the indicators that the places know."""
    labels = {screen.catalogue.indicator(code).label: code for code in codes}
    chosen = st.selectbox(
        "Indicateur", list(labels), key="indicateur", bind="query-params", filter_mode=None, width=330
    )
    return screen.catalogue.indicator(labels.get(chosen or "", codes[0]))


def choose_extent_of_catalogue() -> bool:
    """Whether the whole catalogue is read, or what the convention in focus follows."""
    options = [CHOSEN, EVERYTHING]
    chosen = st.segmented_control(
        "Étendue", options, default=CHOSEN, required=True, key="catalogue", bind="query-params"
    )
    return chosen == EVERYTHING


def write_search(label: str, *, example: str) -> str:
    """The words that a reader types, without the spaces around them."""
    words = st.text_input(label, key="mots", placeholder=f"Par exemple : {example}", bind="query-params", width=420)
    return words.strip()
