"""Every indicator of an edition in; the table that gives each with its counts, the year before and its source, out."""

from __future__ import annotations

from html import escape

from bilans.goals import NO_OBJECTIVE
from bilans.paper.figures import write_change, write_cited, write_line
from bilans.values import Edition, Line
from bilans.wording import write_state
from ui.french import FIXED, THIN, write_quantity
from ui.tables import Cell, Column, Row, render_table


def render_indicators(edition: Edition) -> str:
    """The table of them all."""
    columns = [
        Column("Indicateur", css="j-name"),
        Column("Réalisé", is_number=True),
        Column(f"Même période de {edition.header.before_span[-4:]}", is_number=True),
        Column("Évolution", is_number=True),
    ]
    sources = dict.fromkeys(line.source for line in edition.whole)
    columns += [Column("Source"), Column("Réserves")] if len(sources) > 1 else [Column("Réserves")]
    rows = [_row(edition, line, has_source=len(sources) > 1) for line in edition.whole]
    caption = f"Les indicateurs de la convention, {edition.header.span}"
    table = render_table(caption=caption, columns=columns, rows=rows, css="j-figures", is_caption_hidden=True)
    if len(sources) > 1:
        return table
    return f'<p class="j-source">Source{FIXED}: {escape(next(iter(sources)))}.</p>{table}'


def fold_indicators(edition: Edition) -> str:
    """The same, folded where other tables already say the most of it."""
    count = write_quantity(len(edition.whole), "indicateur", "indicateurs")
    summary = f"Tous les indicateurs de la convention{FIXED}: {count}"
    return f"<details><summary>{summary}</summary>{render_indicators(edition)}</details>"


def say_no_objective(edition: Edition) -> str:
    """Where nothing was promised, the figures speak for themselves."""
    if edition.objectives:
        return ""
    text = f"{NO_OBJECTIVE}{FIXED}: les chiffres se lisent tels quels, à côté de l’année précédente."
    return f'<p class="j-source">{text}</p>'


def _row(edition: Edition, line: Line, *, has_source: bool) -> Row:
    definition = edition.definition(line.indicator)
    reserve = f"{THIN}; ".join(word for word in (write_state(line.now, definition), line.now.basis) if word)
    return Row(
        [
            f"{escape(definition.label)}{write_cited(definition.articles)}",
            Cell(write_line(line.now, definition), css="" if line.now.is_known else "j-soft"),
            Cell(write_line(line.before, definition), css="j-compared"),
            write_change(line.change(definition.kind), definition.kind),
            *([escape(line.source)] if has_source else []),
            Cell(escape(reserve), css="j-soft"),
        ]
    )
