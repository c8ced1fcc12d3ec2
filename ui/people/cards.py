"""The people of a span in; the cards of their page out: publics as separate bars, partitions apart."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from ui.behind import Behind
from ui.blocks import show_behind, show_block_title, show_files, show_source, show_table
from ui.charts.shares import Share, render_shares
from ui.citation import write_article
from ui.french import FIXED, write_percent, write_points
from ui.head import show_covered_title
from ui.objectives import tag_status, write_mark, write_sentence
from ui.people.reading import CROSSED, Part, People, sort_readings
from ui.people.words import find_named, list_rules, write_lead, write_title
from ui.proof.link import open_link
from ui.shell import Screen
from ui.spans import Span
from ui.tables import Column, Row, Table, render
from ui.wording import figure_cell, figure_html, list_missing, name_source, write_counts

BESIDE = ("sexe", "age")


def show_head(screen: Screen, people: People) -> None:
    """The finding, and of whom the shares are."""
    show_covered_title(
        screen,
        people.convention,
        write_title(people),
        span=people.span,
        context=[people.convention.label, people.span.label, *people.field.labels, people.count.label],
        lead=write_lead(people, screen.catalogue),
    )


def show_publics(screen: Screen, people: People) -> None:
    """A bar each, against all people; last year in grey, the pole where something was agreed."""
    with st.container(key="carte-publics"):
        past = f"\u202f; en gris, {people.span.year - 1}" if any(one.before for one in people.publics) else ""
        show_block_title("Chaque public, rapporté à tout l’effectif", f"Le fond de la barre est l’ensemble{past}")
        bars = build_bars(people)
        behind = Behind(
            "publics", write_title(people), _parts_table("Publics", people.publics, people), "Tableau des publics",
            period=people.span.label, source=_write_source(people),
        )  # fmt: skip
        st.html(render_shares(bars, caption="Part de chaque public, les parts se recoupent", of="Public"))
        _show_agreed(screen, people)
        show_behind(behind)


def build_bars(people: People) -> list[Share]:
    """The public of the title first, then from the largest share to the smallest; hidden ones last."""
    named = find_named(people)
    return [_make_bar(one, is_named=one is named) for one in sort_readings(people)]


def _make_bar(part: Part, *, is_named: bool = False) -> Share:
    agreed = part.reading.objective.value if part.reading is not None else None
    return Share(
        label=part.label,
        share=part.figure.value,
        text=part.text,
        counts=write_counts(part.figure),
        last_year=part.before.value if part.before is not None else None,
        objective=agreed,
        objective_text=f"objectif {write_mark(agreed, part.indicator)}" if agreed is not None else "",
        is_named=is_named,
        link=open_link(part.figure),
    )


def _show_agreed(screen: Screen, people: People) -> None:
    """The status of what was agreed, when it is read over these very periods."""
    for part in people.publics:
        reading = part.reading
        if reading is not None and reading.periods and Span(reading.periods).codes == people.span.codes:
            article = write_article(reading.objective.article)
            st.html(
                f'<p class="j-say">{tag_status(reading)} {escape(part.label)}{FIXED}: '
                f"{write_sentence(reading, screen.catalogue)} {article}.</p>"
            )


def _write_source(people: People) -> str:
    sources = {one.figure.source for one in people.publics if one.figure.value is not None}
    names = sorted(name_source(one, people.convention) for one in sources)
    low = people.convention.secrecy_threshold - 1
    hidden = any(one.figure.state == "secret" for one in people.publics)
    said = f" <b>secret</b>{FIXED}: effectif de 1 à {low}, ou masqué pour qu’on ne le déduise pas." if hidden else ""
    partial = next((one.figure for one in people.publics if one.figure.missing), None)
    if partial is not None:
        said += f" <b>partiel</b>{FIXED}: il manque {escape(list_missing(partial, people.convention))}."
    return f"Source{FIXED}: {escape(people.field.join(', '.join(names)))}.{said}"


def _parts_table(caption: str, parts: Sequence[Part], people: People) -> Table:
    rows = []
    for one in parts:
        past, gap = None, "—"
        if one.before is not None and one.before.value is not None and one.figure.value is not None:
            past, gap = one.before, write_points(one.figure.value, one.before.value)
        cells = [figure_cell(figure, one.indicator) for figure in (one.figure, past)]
        rows.append(Row([escape(one.label), *cells, gap]))
    columns = [
        Column("Groupe"),
        Column(escape(people.span.short), True),
        Column(str(people.span.year - 1), True),
        Column("Écart", True),
    ]
    return Table(people.field.join(caption), columns, rows, is_caption_hidden=True)


def show_rules(screen: Screen, people: People) -> None:
    """In words, what overlaps and what makes a whole."""
    with st.container(key="carte-lecture"):
        show_block_title("Comment lire ces parts")
        st.html("".join(f'<p class="j-say">{one}</p>' for one in list_rules(people, screen.catalogue)))


def show_partitions(screen: Screen, people: People, *, is_beside: bool) -> None:
    """The short ones beside the publics, or the longer ones, below them."""
    for axis in people.partitions:
        if (axis in BESIDE) == is_beside:
            _show_partition(screen, people, axis)


def _show_partition(screen: Screen, people: People, axis: str) -> None:
    """The groups of a whole, in their own order; the largest is the title."""
    parts = people.partitions[axis]
    known = [one for one in parts if one.figure.value is not None]
    label = screen.catalogue.axes[axis].label
    with st.container(key=f"carte-groupes-{axis}"):
        title = label
        if known:
            first = max(known, key=lambda one: one.figure.value or 0.0)
            title = f"{first.label}{FIXED}: {write_percent(first.figure.value or 0.0)}"
        show_block_title(title, f"{escape(label)}, les {len(parts)} groupes font un tout")
        bars = [_make_bar(one) for one in parts]
        name = f"Tableau{FIXED}: {label.lower()}"
        behind = Behind(f"groupes-{axis}", title, _parts_table(label, parts, people), name, period=people.span.label)
        st.html(render_shares(bars, caption=f"{label}, parts d’un tout", of=label))
        told = [(escape(one.label), figure_html(one.figure, one.indicator)) for one in people.beside[axis]]
        beside = [f"{name}{FIXED}: {html}" for name, html in told]
        if beside:
            show_source(f"Regroupement{FIXED}: {', '.join(beside)}.")
        show_behind(behind)


def show_crossed(screen: Screen, people: People) -> None:
    """Age by sex, each cell a part of all people."""
    if not people.crossed:
        return
    rows_axis, columns_axis = (screen.catalogue.axes[axis] for axis in CROSSED)
    columns = list(dict.fromkeys(column for _, column in people.crossed))
    rows = []
    for code in dict.fromkeys(row for row, _ in people.crossed):
        cells = [people.crossed.get((code, column)) for column in columns]
        rows.append(Row([escape(rows_axis.values[code]), *(figure_cell(one, people.count) for one in cells)]))
    heads = [Column(rows_axis.label), *(Column(escape(columns_axis.values[one]), True) for one in columns)]
    table = Table(people.field.join("Âge et sexe"), heads, rows, is_caption_hidden=True)
    with st.container(key="carte-croise"):
        show_block_title(table.caption, "Chaque personne est dans une case et une seule")
        show_table(render(table))
        show_files(Behind("publics-croises", table.caption, table, table.caption, period=people.span.label))
