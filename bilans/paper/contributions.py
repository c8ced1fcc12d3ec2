"""What each party brought in; a table for each element of the evaluation, a party a column, out."""

from __future__ import annotations

from html import escape

from bilans.paper.figures import NONE, write_cited, write_line
from bilans.values import ContributionLine, Edition
from conventions.statuses import write_signed_word
from ui.french import write_count
from ui.tables import Cell, Column, Row, note, render_table

TO_DATE = " à ce jour"
"""What the acts of a table are all counted to: its heading says it once."""


def render_contributions(edition: Edition) -> str:
    """The elements on which the evaluation rests, side by side where there is room."""
    elements = dict.fromkeys(one.element for one in edition.contributions)
    return f'<div class="j-brought">{"".join(_render(edition, element) for element in elements)}</div>'


def _render(edition: Edition, element: str) -> str:
    own = [one for one in edition.contributions if one.element == element]
    parties = list(dict.fromkeys(one.party for one in own))
    has_acts = any(one.value is None for one in own)
    heading = note(escape(element), "actes à ce jour" if has_acts else "")
    columns = [Column(heading, css="j-name"), *(Column(escape(party), is_number=True) for party in parties)]
    rows = [_row(edition, label, own, parties) for label in dict.fromkeys(one.label for one in own)]
    return render_table(caption=element, columns=columns, rows=rows, is_caption_hidden=True)


def _row(edition: Edition, label: str, lines: list[ContributionLine], parties: list[str]) -> Row:
    by_party = {one.party: one for one in lines if one.label == label}
    head = f"{escape(label)}{write_cited(next(iter(by_party.values())).article)}"
    return Row([head, *(_cell(edition, by_party.get(party)) for party in parties)])


def _cell(edition: Edition, one: ContributionLine | None) -> Cell:
    if one is None:
        return Cell(NONE, css="j-soft")
    said = escape(write_signed_word(one.said).replace(TO_DATE, ""))
    if one.value is not None:
        return Cell(note(write_line(one.value, edition.definition(one.indicator)), said))
    acts, _, paid = said.partition("\u202f; ")
    done = f"<b>{write_count(one.done)}</b>" if one.done is not None else NONE
    return Cell(note(f"{done} {acts}".strip(), paid))
