"""The people of a span in; the shares of their publics place by place out, as tinted tables."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from conventions.values import Level, Place
from ui.behind import Behind
from ui.blocks import message, show_files, show_section, show_source, show_table
from ui.french import FIXED, MISSING
from ui.heatmap import FEW, heat_cells
from ui.people.reading import Part, People
from ui.people.words import write_places_title
from ui.places import list_places
from ui.tables import Cell, Column, Row, Table, render
from ui.wording import figure_html


def show_places(people: People) -> None:
    """A table for each level whose places are told apart by public."""
    for level in people.convention.levels:
        heard = {code for own in people.by_place.values() for code in own}
        places = [place for place in list_places(people.convention, level) if place.code in heard]
        if len(places) > 1:
            show_section(write_places_title(people, level), "Part de chaque public parmi les personnes du territoire")
            _show_level(people, level, places)


def is_blanked(people: People, codes: Sequence[str]) -> bool:
    """Whether secrecy hides most cells of some places."""
    cells = [one for own in people.by_place.values() for code, one in own.items() if code in codes]
    return sum(one.state == "secret" for one in cells) > len(cells) / 2


def _show_level(people: People, level: Level, places: Sequence[Place]) -> None:
    """Publics × places, each public on its own scale of tints; the whole at the right."""
    codes = [place.code for place in places]
    if is_blanked(people, codes):
        text = f"Le secret masquerait la plupart des cellules{FIXED}: les publics sont lus pour l’ensemble seulement."
        st.html(message("Tableau remonté d’un niveau", text, kind="note"))
        return
    rows = [
        Row([escape(one.label), *heat_cells(codes, people.by_place.get(one.code, {}), one.indicator),
             _make_whole_cell(people, one)])
        for one in people.publics
    ]  # fmt: skip
    columns = [Column("Public"), *(Column(escape(place.name)) for place in places), Column("Ensemble")]
    table = Table(f"Publics par territoire, {people.span.label}", columns, rows, "j-heat", is_caption_hidden=True)
    with st.container(key=f"carte-chaleur-{level.kind}"):
        show_table(render(table))
        show_source(
            "Teinte\u00a0: du plus faible (discrète) au plus élevé (marquée), public par public\u202f; sans teinte "
            f"sous {FEW} personnes. <b>{MISSING}</b>\u00a0: non disponible\u202f; ce n’est pas zéro."
        )
        title = write_places_title(people, level)
        show_files(Behind(f"publics-{level.kind}", title, table, level.label, period=people.span.label))


def _make_whole_cell(people: People, part: Part) -> Cell:
    """The share of every place together, whichever the page is about."""
    figure = people.everywhere.get(part.code, part.figure)
    return Cell(figure_html(figure, part.indicator, is_tagged=False), figure=figure)
