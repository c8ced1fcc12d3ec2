"""The address of a page and what was chosen on the others in; the same choices on every page out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

CONVENTION, PERIOD, READING, VIEW = "convention", "periode", "lecture", "vue"
PLACE, GROUP, SOURCE = "territoire", "public", "source"
SHARED = (CONVENTION, PERIOD, READING, VIEW, PLACE, GROUP, SOURCE, "niveau", "cohortes")
"""The choices that a reader takes along; any of them in an address is followed on any page. `static/jalons.js` has the
same list, for the links from page to page."""
NAMES = {
    CONVENTION: "convention", PERIOD: "période", READING: "lecture", PLACE: "territoire", GROUP: "public",
    SOURCE: "source",
}  # fmt: skip
_CHOSEN, _PAGE, _DRAWN, _ASIDE = "choix", "page", "filtres-de-la-page", "choix-sans-effet"


def arrive(page: str) -> None:
    """On a page just come to: what its address asks for is kept, and what was chosen before is put into it."""
    st.session_state[_DRAWN], st.session_state[_ASIDE] = [], []
    if st.session_state.get(_PAGE) == page:
        return
    st.session_state[_PAGE] = page
    chosen = st.session_state.setdefault(_CHOSEN, {})
    chosen.update({key: value for key, value in st.query_params.to_dict().items() if key in SHARED})
    lacking = {key: value for key, value in chosen.items() if key not in st.query_params}
    if lacking:
        st.query_params.update(lacking)
        st.rerun()


def keep(key: str, neutral: str = "") -> None:
    """A choice that the reader just made; it is called back by its filter. The neutral one takes the choice back."""
    value, chosen = st.session_state.get(key), st.session_state.setdefault(_CHOSEN, {})
    if value == neutral:
        chosen.pop(key, None)
    elif value is not None and key in SHARED:
        chosen[key] = value


def rename(key: str, names: Mapping[str, str]) -> None:
    """A choice made by its code, in an address or by a filter, is kept in the words that readers see."""
    chosen = st.session_state.get(_CHOSEN, {})
    if chosen.get(key) in names:
        chosen[key] = names[chosen[key]]
    asked = st.query_params.get(key)
    if asked is not None and asked in names:
        st.query_params[key] = names[asked]
        st.rerun()


def fit(key: str, options: Sequence[str], find: Callable[[str], str | None]) -> None:
    """Before a filter is drawn: an address that asks for what it has not is given the nearest, or nothing, and the page
    says so."""
    st.session_state.setdefault(_DRAWN, []).append(key)
    chosen = st.session_state.get(_CHOSEN, {}).get(key)
    if chosen is not None and chosen not in options and find(chosen) is None:
        st.session_state.setdefault(_ASIDE, []).append((key, chosen))
    asked = st.query_params.get(key)
    if asked is None or asked in options:
        return
    near = find(asked)
    if near is None:
        st.query_params.pop(key)
    else:
        st.query_params[key] = near
        st.rerun()


def list_aside() -> list[str]:
    """« lecture « Cohorte » »: what was chosen elsewhere and changes nothing on this page."""
    drawn, chosen = st.session_state.get(_DRAWN, []), st.session_state.get(_CHOSEN, {})
    absent = [(key, chosen[key]) for key in NAMES if key in chosen and key not in drawn]
    told = [*st.session_state.get(_ASIDE, []), *absent]
    return [f"{NAMES[key]} «\u00a0{value}\u00a0»" for key, value in told if key in NAMES]
