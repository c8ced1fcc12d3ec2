"""The exits of a span in; the card of their motives, category by category, out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

import streamlit as st

from conventions.values import ExitCategory
from indicators.request import COMMITTEE
from indicators.shares import share
from indicators.values import Figure
from ui.behind import Behind
from ui.blocks import message, show_behind, show_block_title, show_chart, show_source
from ui.charts.motives import Motive, draw_motives
from ui.exits.cards import share_cell
from ui.exits.reading import COUNT, POSITIVE, Exits, is_one
from ui.exits.words import list_ranked, name_motives
from ui.french import FIXED, MISSING, THIN, join_words, lower_first, write_count, write_percent
from ui.shell import Screen
from ui.tables import Column, Row, Table
from ui.wording import HOLES, figure_cell

MOST = 3
"""Motives that the title names."""
BLANKED = "Le secret masquerait la plupart des motifs\u00a0: ils sont lus au niveau au-dessus, par catégorie."


def show_motives(screen: Screen, exits: Exits) -> None:
    """Ranked within each category, all on one scale; the table leads each to its proof."""
    motives = list_motives(exits)
    with st.container(key="carte-motifs", height="stretch"):
        title = write_motives_title(exits)
        show_block_title(title, escape(exits.field.join("Motifs de sortie, catégorie par catégorie")))
        if not motives:
            group = exits.field.group
            crossed = f"\u202f: {lower_first(group.label)}" if group else ""
            show_source(f"Aucun retour de cette période ne donne les sorties par motif{escape(crossed)}.")
            return
        said = ", ".join(f"{one.label} {one.text}" for one in motives)
        behind = Behind(
            "sorties-motifs", title, _motives_table(screen, exits), "Tableau des motifs", period=exits.span.label
        )
        show_chart(draw_motives(motives), behind, part="barres", alt=f"Sorties par motif{FIXED}: {said}")
        show_source(BLANKED if is_blanked(exits) else _say_colours(exits))
        show_behind(behind)


def show_untold(exits: Exits) -> bool:
    """Said of a group whose exits no return gives by motive nor by category; whether it was."""
    group = exits.field.group
    if group is None or any(one.state != "n.d." for one in (*exits.motives.values(), *exits.categories.values())):
        return False
    text = (
        "Aucun retour ne croise le motif ou la catégorie de sortie et ce public "
        f"({escape(group.label)})\u00a0: ils se lisent pour tous les publics."
    )
    st.html(message("Pourquoi les parcours se terminent", text, kind="note"))
    return True


def _say_colours(exits: Exits) -> str:
    if not has_positive(exits):
        return "Chaque barre est un nombre de sorties\u202f; la part est celle de toutes les sorties."
    return "Pétrole\u00a0: sorties positives. Gris\u00a0: les autres. La part est celle de toutes les sorties."


def has_positive(exits: Exits) -> bool:
    """Whether the convention says that some exits are positive; else the bars of the title stand out."""
    return any(one.is_positive for one in exits.convention.exits)


def is_blanked(exits: Exits) -> bool:
    """Whether secrecy hides most motives: the categories are then read instead."""
    own = [one for one in exits.motives.values() if one.state != "n.d."]
    return sum(one.state == "secret" for one in own) > len(own) / 2


def write_motives_title(exits: Exits) -> str:
    """The first positive motive and the first of the others, each among its own; without positive exits, the three
    first with their part of all."""
    total, ranked = exits.whole.get(COUNT), list_ranked(exits)
    names = name_motives(exits)
    if len(ranked) < MOST or total is None or not total.value or any(one.missing != total.missing for one in ranked):
        return "Pourquoi les parcours se terminent"
    labels = {(code := dict(one.segment)["motif"]): names.get(code, code) for one in ranked}
    if has_positive(exits):
        return _write_both_firsts(exits, labels) or "Pourquoi les parcours se terminent"
    first, *others = list(labels.values())[:MOST]
    part = sum(one.value or 0 for one in ranked[:MOST]) / total.value
    named = " et ".join(lower_first(one) for one in others)
    return f"{first}, {named}{FIXED}: {write_percent(part)} des sorties"


def _write_both_firsts(exits: Exits, labels: Mapping[str, str]) -> str:
    """« CDI, premier motif positif : 33 sur 89 ; abandon et déménagement, premiers des autres : 18 chacun sur 82 »;
    nothing when one of the counts is not known, or too small for who looks."""
    total, positive = (exits.whole.get(code) for code in (COUNT, POSITIVE))
    if total is None or positive is None or not positive.value or not total.value or positive.missing != total.missing:
        return ""
    well = {code for one in exits.convention.exits if one.is_positive for code in one.motifs}
    good, others = ([code for code in labels if (code in well) is is_well] for is_well in (True, False))
    rest = total.value - positive.value
    # A difference that a committee is not told, however it could be worked out.
    is_small = exits.audience == COMMITTEE and 0 < rest < exits.convention.secrecy_threshold
    if not good or not others or is_small:
        return ""
    first = _say_first(exits, labels, good, ("premier motif positif", "premiers motifs positifs"), positive.value)
    second = _say_first(exits, labels, others, ("premier des autres", "premiers des autres"), rest)
    return f"{first}{THIN}; {lower_first(second)}"


def _say_first(
    exits: Exits, labels: Mapping[str, str], ranked: Sequence[str], words: tuple[str, str], whole: float
) -> str:
    """The most frequent motive, or those that are so alike, and how many of the whole."""
    most = exits.motives[ranked[0]].value or 0
    first, *even = [labels[code] for code in ranked if exits.motives[code].value == most]
    named = join_words([first, *map(lower_first, even)])
    each = "chacun " if even else ""
    return f"{named}, {words[bool(even)]}{FIXED}: {write_count(most)} {each}sur {write_count(whole)}"


def list_motives(exits: Exits) -> list[Motive]:
    """The rows of the chart: a category, then its motives from the most to the least frequent, hidden ones last."""
    rows: list[Motive] = []
    for category in exits.convention.exits:
        own = [exits.motives[code] for code in category.motifs if code in exits.motives]
        head = exits.categories.get(category.code)
        if head is None or (head.value is None and head.state == "n.d." and not own):
            continue
        is_alone = is_one(category) or is_blanked(exits)
        rows.append(_make_row(exits, category, head, category.label, is_head=True, is_drawn=is_alone))
        if not is_alone:
            own.sort(key=lambda one: -(one.value if one.value is not None else -1.0))
            for one in own:
                label = category.motifs[dict(one.segment)["motif"]]
                rows.append(_make_row(exits, category, one, label, is_head=False, is_drawn=True))
    return rows


def _make_row(
    exits: Exits, category: ExitCategory, figure: Figure, label: str, *, is_head: bool, is_drawn: bool
) -> Motive:
    part = share(figure, exits.whole.get(COUNT))
    return Motive(
        label=label,
        value=figure.value,
        text=write_count(figure.value) if figure.value is not None else HOLES.get(figure.state, MISSING),
        part=write_percent(part.value) if part.value is not None else "",
        is_head=is_head,
        is_drawn=is_drawn,
        is_counted=category.is_positive if has_positive(exits) else _is_named(exits, category, figure),
    )


def _is_named(exits: Exits, category: ExitCategory, figure: Figure) -> bool:
    """Whether the title names it; a category that is a single motive goes by its motive."""
    alone = next(iter(category.motifs)) if is_one(category) else None
    code = dict(figure.segment).get("motif", alone)
    return code in [dict(one.segment)["motif"] for one in list_ranked(exits)[:MOST]]


def _motives_table(screen: Screen, exits: Exits) -> Table:
    indicator = screen.catalogue.indicator(COUNT)
    rows: list[Row] = []
    for category in exits.convention.exits:
        codes = [code for code in category.motifs if code in exits.motives]
        if codes:
            rows.append(Row([escape(category.label)], css="j-group", is_group=True))
            for code in codes:
                count, part = figure_cell(exits.motives[code], indicator), share_cell(screen, exits, code)
                rows.append(Row([escape(category.motifs[code]), count, part]))
    columns = [Column("Motif"), Column("Sorties", True), Column("Part des sorties", True)]
    return Table(exits.field.join("Sorties par motif"), columns, rows, is_caption_hidden=True)
