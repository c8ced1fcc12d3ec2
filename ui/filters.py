"""What is known in; what the reader chose (convention, span, place, public, source, reading, audience) out, kept in the
address of the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from typing import TypeVar

import streamlit as st

from conventions.values import Convention, Indicator, Level, Place, Source
from ui.address import CONVENTION, GROUP, PERIOD, PLACE, READING, SOURCE, VIEW, fit, keep, rename
from ui.audience import COMITE, PRODUCTEUR
from ui.field import AXES, Field, Group, list_field_groups, list_field_places, list_field_sources
from ui.shell import Screen
from ui.spans import Span

WHOLE = "Toute la convention"
FLUX, COHORTE = "Flux de la période", "Cohorte"
CHOSEN, EVERYTHING = "Cette convention", "Toutes les conventions"
EVERYWHERE, EVERYBODY, ALL_FIELD = "Tous les territoires", "Tous les publics", "Tous territoires et publics"

Chosen = TypeVar("Chosen")


def choose_convention(screen: Screen, keys: set[str]) -> Convention:
    """One of the conventions; the fullest at first, and where the one chosen before has nothing on this page.

    An address names it by its key (`?convention=metz`, on every page) as well as by its label.
    """
    ordered = [one for one in screen.conventions if one in keys]
    _name_convention(screen, ordered)
    with st.container(key="entete"):
        chosen = st.selectbox(
            "Convention",
            ordered,
            index=ordered.index(screen.fullest(keys)),
            format_func=lambda one: screen.conventions[one].label,
            key=CONVENTION,
            on_change=keep,
            args=(CONVENTION,),
            bind="query-params",
            filter_mode=None,
            label_visibility="collapsed",
        )
    return screen.conventions[chosen or ordered[0]]


def _name_convention(screen: Screen, ordered: Sequence[str]) -> None:
    """The address of the page, where `?convention=` names one by its key, in the words that the choice keeps there."""
    rename(CONVENTION, {key: one.label for key, one in screen.conventions.items()})
    fit(CONVENTION, [screen.conventions[one].label for one in ordered], _find_nothing)


def choose_span(spans: Sequence[Span]) -> Span:
    """One of the spans, the latest year so far at first; of a period that the page does not read, its year."""
    labels = {span.short: span for span in spans}
    chosen = _select("Période", list(labels), key=PERIOD, width=180)
    return labels.get(chosen, spans[0])


def _select(label: str, options: Sequence[str], *, key: str, width: int, first: int = 0, neutral: str = "") -> str:
    """A list that keeps what was chosen, on other pages too; nothing is kept of its neutral option."""
    fit(key, options, partial(_find_year, options) if key == PERIOD else _find_nothing)
    chosen = st.selectbox(
        label, options, index=first, key=key, on_change=keep, args=(key, neutral), bind="query-params",
        filter_mode=None, width=width,
    )  # fmt: skip
    return chosen or options[first]


def choose_field(
    screen: Screen, convention: Convention, measures: tuple[str, ...], *, has_group: bool = False, source: str = ""
) -> Field:
    """What the page is narrowed to, of what is known of the measures: a place, a source when its list has a name, one
    of the groups that the source gives. Each list is drawn only where there is a choice; several stand behind a button
    that says what they are at."""
    database = screen.database
    places = list_field_places(database, convention, measures)
    sources = list_field_sources(database, convention, measures) if source else []
    with _gather(screen, places, sources) if places and (has_group or sources) else nullcontext():
        place = choose_place(places)
        other = choose_source(source, sources) if sources else None
        groups = _list_groups(screen, convention, measures, other) if has_group else []
        return Field(place, choose_group(groups) if has_group else None, other)


def _gather(screen: Screen, places: Sequence[Place], sources: Sequence[Source]) -> AbstractContextManager[object]:
    """The button behind which several lists stand: what is chosen in them, as far as they have it."""
    groups = {label for axis in AXES for label in screen.catalogue.axes[axis].values.values()}
    named = {*(place.name for place in places), *(one.label for one in sources[1:]), *groups}
    chosen = (st.session_state.get(key, st.query_params.get(key)) for key in (PLACE, SOURCE, GROUP))
    return st.popover(", ".join(one for one in chosen if one in named) or ALL_FIELD, key="champ")


def _list_groups(
    screen: Screen, convention: Convention, measures: tuple[str, ...], source: Source | None = None
) -> Sequence[Group]:
    return list_field_groups(screen.database, convention, screen.catalogue, measures=measures, source=source)


def choose_place(places: Sequence[Place]) -> Place | None:
    """One of the places, or all of them (None), at first; an address may name one by its code."""
    rename(PLACE, {place.code: place.name for place in places})
    named = {place.name: place for place in places}
    return _narrow("Territoire", EVERYWHERE, named, key=PLACE, width=175)


def choose_group(groups: Sequence[Group]) -> Group | None:
    """One of the groups of people, or everybody (None), at first; an address may name one by its code."""
    rename(GROUP, {group.value: group.label for group in groups})
    named = {group.label: group for group in groups}
    return _narrow("Public", EVERYBODY, named, key=GROUP, width=175)


def choose_source(label: str, sources: Sequence[Source]) -> Source | None:
    """One of the sources of a count; None for the first, which is used when none is chosen."""
    rename(SOURCE, {source.code: source.label for source in sources})
    named = {source.label: source for source in sources[1:]}
    return _narrow(label, sources[0].label, named, key=SOURCE, width=130) if sources else None


def _narrow(
    label: str, neutral: str, named: Mapping[str, Chosen], *, key: str, width: int
) -> Chosen | None:
    """One of what is named, or None; nothing is asked when there is no choice."""
    if not named:
        return None
    return named.get(_select(label, [neutral, *named], key=key, width=width, neutral=neutral))


def _find_year(options: Sequence[str], asked: str) -> str | None:
    """The year of « T3 2026 », as far as it is known: « janv. – sept. 2026 »."""
    year = asked[-4:]
    return next((one for one in options if one == year), next((one for one in options if one.endswith(year)), None))


def _find_nothing(asked: str) -> None:
    """Nothing stands for what a filter has not."""


def choose_year(years: Sequence[int], first: int) -> int:
    """One of the years of a convention."""
    labels = {str(year): year for year in years}
    return labels[_select("Année", list(labels), key=PERIOD, width=140, first=list(years).index(first))]


def choose_extent(years: Sequence[int]) -> int | None:
    """One year of a convention, or all of them (None), at first."""
    labels: dict[str, int | None] = {WHOLE: None, **{str(year): year for year in years}}
    return labels[_select("Période", list(labels), key=PERIOD, width=230)]


def choose_reading() -> str:
    """The events of the period, or the people oriented in it followed to this day."""
    options = [FLUX, COHORTE]
    chosen = _switch("Lecture", options, key=READING)
    return "cohorte" if chosen == COHORTE else "flux"


def choose_audience() -> str:
    """Who looks: a committee does not see small counts."""
    options = [PRODUCTEUR, COMITE]
    chosen = _switch("Vue", options, key=VIEW)
    return "comite" if chosen == COMITE else "producteur"


def _switch(label: str, options: Sequence[str], *, key: str) -> str:
    """A few choices side by side, the first one at first."""
    fit(key, options, _find_nothing)
    chosen = st.segmented_control(
        label, options, default=options[0], required=True, key=key, on_change=keep, args=(key,), bind="query-params"
    )
    return chosen or options[0]


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
    return labels[_select("Niveau", list(labels), key="niveau", width=230)]


def choose_indicator(screen: Screen, codes: Sequence[str]) -> Indicator:
    """One of the indicators that the places know."""
    labels = {screen.catalogue.indicator(code).label: code for code in codes}
    return screen.catalogue.indicator(labels[_select("Indicateur", list(labels), key="indicateur", width=330)])


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
