"""The stages of an edition's path in; their table, with the rates between them, out."""

from __future__ import annotations

from html import escape

from bilans.findings import say_basis
from bilans.paper.figures import NONE, count_people, write_cell, write_change, write_compared
from bilans.paper.marks import draw_rate
from bilans.path import divide
from bilans.values import Edition
from ui.french import FIXED
from ui.tables import Column, Row, render_table


def render_path(edition: Edition) -> str:
    """Each stage with how many reach it, over the start and over the stage before, beside the same a year before."""
    year = edition.header.before_span[-4:]
    columns = [
        Column("Étape", css="j-name"),
        Column("Effectif", is_number=True),
        Column("Part du départ", is_number=True),
        Column(f"De 0 à 100{FIXED}%", css="j-drawn"),
        Column("Sur l’étape précédente", is_number=True),
        Column(f"Effectif de {year}", is_number=True),
        Column(f"Part de {year}", is_number=True),
        Column("Évolution", is_number=True),
    ]
    caption = f"Le parcours, {edition.header.span}"
    rows = [_row(edition, rank) for rank in range(len(edition.stages))]
    table = render_table(caption=caption, columns=columns, rows=rows, css="j-stages", is_caption_hidden=True)
    said = (
        f"Lecture{FIXED}: en flux, les événements de la période, non les mêmes personnes suivies. "
        f"Barre = part du départ, trait gris = {edition.header.before_span}. {say_basis(edition.stages)}"
    )
    return f'{table}<p class="j-source">{escape(said.strip())}</p>'


def _row(edition: Edition, rank: int) -> Row:
    stage = edition.stages[rank]
    definition = edition.definition(stage.indicator)
    people = count_people(definition, stage.label)
    line = next(one for one in edition.whole if one.indicator == stage.indicator)
    change = write_change(line.change(definition.kind), definition.kind)
    count, before = write_cell(stage.now, people), write_compared(stage.before, people)
    if not rank:
        return Row([escape(stage.label), count, NONE, "", NONE, before, NONE, change])
    over = divide(stage.now, edition.stages[rank - 1].now)
    share, bar = write_cell(line.now, definition, is_tagged=True), draw_rate(line.now, line.before)
    step, past = write_cell(over, definition), write_compared(line.before, definition)
    return Row([escape(stage.label), count, share, bar, step, before, past, change])
