"""A convention and what is known of a text in; the meaning that its reader picks, in French lists, out."""

from __future__ import annotations

from collections.abc import Collection

import streamlit as st

from conventions.catalogue import Catalogue
from conventions.returns import list_measures
from conventions.values import Convention
from store.answers import Meaning

WHOLE = "aucune : c’est l’ensemble"


def sort_measures(catalogue: Catalogue, convention: Convention | None, source: str | None) -> list[str]:
    """The codes of all measures: those that this source supplies first, then the convention's, then the others."""
    own = [one.code for one in convention.sources] if convention else []
    suppliers = [source, *own] if source in own else own
    asked = [one.code for code in suppliers for one in list_measures(convention, code)] if convention else []
    return list(dict.fromkeys((*asked, *catalogue.measures)))


def list_parts(axes: Collection[str], catalogue: Catalogue) -> dict[str, tuple[str, str]]:
    """The values of some axes: their name in French, their axis and code."""
    return {
        label if label.startswith(axis.label) else f"{axis.label}\u00a0: {label}": (code, value)
        for code, axis in catalogue.axes.items()
        if code in axes
        for value, label in axis.values.items()
    }


def pick_meaning(
    key: str,
    catalogue: Catalogue,
    convention: Convention | None,
    *,
    source: str | None = None,
    measure: str | None = None,
    current: Meaning | None = None,
) -> Meaning | None:
    """Two lists: what is counted, and which part of it; None until something is picked.

    Where other labels say what is counted (`measure`, or a `current` meaning without one), only the part is asked.
    """
    if measure is not None or (current is not None and current.measure is None and current.segment):
        axes = catalogue.measures[measure].axes if measure else catalogue.axes
        pair = _pick_part(key, list_parts(axes, catalogue), is_needed=True, current=current)
        return Meaning(None, (pair,)) if pair else None
    picked = _pick_measure(key, catalogue, convention, source, current)
    if picked is None:
        return None
    parts = list_parts(catalogue.measures[picked].axes, catalogue)
    pair = _pick_part(key, parts, is_needed=False, current=current) if parts else None
    return Meaning(picked, (pair,) if pair else ())


def _pick_measure(
    key: str, catalogue: Catalogue, convention: Convention | None, source: str | None, current: Meaning | None
) -> str | None:
    codes = sort_measures(catalogue, convention, source)
    known = current.measure if current else None
    return st.selectbox(
        "Ce que comptent ces chiffres",
        codes,
        index=codes.index(known) if known in codes else None,
        format_func=lambda code: catalogue.measures[code].label,
        placeholder="choisir une mesure",
        key=f"{key}-mesure",
        width=640,
    )


def _pick_part(
    key: str, parts: dict[str, tuple[str, str]], *, is_needed: bool, current: Meaning | None
) -> tuple[str, str] | None:
    names = list(parts) if is_needed else [WHOLE, *parts]
    known = next((name for name, pair in parts.items() if current and pair in current.segment), None)
    first = None if is_needed else 0
    name = st.selectbox(
        "La partie qu’ils comptent" if is_needed else "Une partie seulement",
        names,
        index=names.index(known) if known else first,
        placeholder="choisir une partie",
        key=f"{key}-partie",
        width=640,
    )
    return parts.get(name) if name else None
