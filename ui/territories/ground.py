"""A comparison in; the card that shows where its places are, each with its value, out: a map, or tiles without one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

import streamlit as st

from conventions.contours import Outline, read_outlines
from conventions.reading import DataError
from conventions.values import Indicator
from ui.behind import Behind
from ui.blocks import show_block_title, show_chart, show_source
from ui.charts.outlines import Patch, draw_outlines
from ui.french import FIXED, join_words, set_typography
from ui.heatmap import FEW, PROVISIONAL, find_tint
from ui.tables import Column, Row, Table
from ui.territories.compare import Comparison, write_gap_title
from ui.territories.tiles import place_tiles, render_tiles
from ui.wording import HOLES, MISSING, figure_cell, write_counts, write_figure


def show_ground(comparison: Comparison, indicator: Indicator) -> None:
    """The places on a map when this installation has their outlines, else as tiles."""
    outlines, mistake = _find_outlines(comparison)
    with st.container(key="carte-tuiles", height="stretch"):
        show_block_title(
            write_ground_title(comparison, is_map=bool(outlines)),
            escape(comparison.field.join(f"{indicator.label}, {comparison.span.label}")),
        )
        if outlines:
            patches = make_patches(comparison, indicator, outlines)
            show_chart(draw_outlines(patches), make_behind(comparison, indicator), alt=describe_patches(patches))
        else:
            st.html(render_tiles(comparison.level, comparison.places, comparison.known(indicator.code), indicator))
        note = write_tint_note(comparison, indicator, is_map=bool(outlines))
        show_source(f"{note}{write_absent(comparison, outlines)}{mistake}")


def make_behind(comparison: Comparison, indicator: Indicator) -> Behind:
    """What the map shows, place by place."""
    known = comparison.known(indicator.code)
    rows = [Row([escape(place.name), figure_cell(known.get(place.code), indicator)]) for place in comparison.places]
    columns = [Column("Territoire"), Column(escape(indicator.label), True)]
    table = Table(comparison.field.join(indicator.label), columns, rows)
    title = write_gap_title(comparison, indicator)
    return Behind("contours", title, table, "Tableau de la carte", period=comparison.span.label)


def describe_patches(patches: Sequence[Patch]) -> str:
    """What the map shows, in words."""
    told = ", ".join(f"{one.name} {one.text} {one.counts}".strip() for one in patches)
    return f"Carte des territoires{FIXED}: {told}"


def write_ground_title(comparison: Comparison, *, is_map: bool) -> str:
    """What stands below: a map, tiles about in their place, or tiles one after the other."""
    if is_map:
        return "Sur la carte"
    return f"Une tuile par territoire{', à peu près à sa place' if place_tiles(comparison.level) else ''}"


def _find_outlines(comparison: Comparison) -> tuple[Mapping[str, Outline], str]:
    """The outlines of the places, and what is to be said of a file that cannot be read (HTML)."""
    try:
        return read_outlines(tuple(place.code for place in comparison.places)), ""
    except (DataError, OSError) as error:
        said = str(error) if isinstance(error, DataError) else "le fichier de contours ne s’ouvre pas."
        return {}, f" Carte non tracée{FIXED}: {escape(set_typography(said))}"


def make_patches(comparison: Comparison, indicator: Indicator, outlines: Mapping[str, Outline]) -> list[Patch]:
    """One patch a place whose outline is known, in the tints of the heat tables."""
    known = comparison.known(indicator.code)
    values = [one.value for one in known.values() if one.value is not None]
    patches = []
    for place in comparison.places:
        if place.code not in outlines:
            continue
        figure = known.get(place.code)
        text = write_figure(figure, indicator) if figure else MISSING
        tint = find_tint(figure, indicator, values) if figure else 0
        is_secret = figure is not None and figure.state == "secret"
        counts = write_counts(figure) if figure else ""
        count = figure.value if figure and indicator.denominator is None else None
        patches.append(Patch(place.name, outlines[place.code], tint, text, counts, is_dotted=is_secret, count=count))
    return patches


def write_absent(comparison: Comparison, outlines: Mapping[str, Outline]) -> str:
    """The places that the map leaves out, said; nothing without a map."""
    names = [place.name for place in comparison.places if place.code not in outlines]
    return f" Sans contour dans le fichier{FIXED}: {escape(join_words(names))}." if outlines and names else ""


def write_tint_note(comparison: Comparison, indicator: Indicator, *, is_map: bool = False) -> str:
    """How the tints are read (HTML), and the marks that stand among them."""
    states = {one.state for one in comparison.known(indicator.code).values()}
    parts = [PROVISIONAL.strip()] if "provisoire" in states else []
    if "secret" in states:
        parts.append(f"<b>{HOLES['secret']}</b>{FIXED}: masqué par le secret des petits effectifs.")
    if indicator.denominator is None and is_map:
        parts.append("La surface d’un cercle dit l’effectif\u202f; le détail au survol et au tableau.")
    elif indicator.denominator is None:
        parts.append("Sans teinte\u00a0: des effectifs de territoires de tailles différentes ne se comparent pas.")
    else:
        parts.append(
            f"Teinte\u00a0: du plus faible (discrète) au plus élevé (marquée)\u202f; aucune sous {FEW} personnes."
        )
    return " ".join(parts)
