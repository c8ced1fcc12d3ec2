"""An edition in; the sheet « Contributions » out: means, results and part of each party in the objectives."""

from __future__ import annotations

from collections.abc import Sequence

from bilans.sheets import cells, looks
from bilans.sheets.cells import Cell
from bilans.sheets.grid import FIRST_ROW, Column, Page
from bilans.values import ContributionLine
from bilans.wording import write_state
from conventions.statuses import write_signed_word
from ui.french import FIXED, join_words

COLUMNS = (
    Column("Partie", 30), Column("Élément", 26), Column("Ce qui est apporté", 62), Column("Nombre", 11, True),
    Column("Constat", 44), Column("Article", 16),
)  # fmt: skip


def write_contributions(page: Page) -> None:
    """One row a line, party by party: the three elements on which the final evaluation rests."""
    lines = page.edition.contributions
    elements = [element.lower() for element in dict.fromkeys(one.element for one in lines)]
    page.open(f"Ce que chaque partie a apporté{FIXED}: {join_words(elements)}", COLUMNS)
    rows = [_row(page, one, lines[rank - 1] if rank else None) for rank, one in enumerate(lines)]
    page.table(FIRST_ROW, COLUMNS, rows)
    page.hold_head(COLUMNS, len(rows), frozen=2)


def _row(page: Page, one: ContributionLine, before: ContributionLine | None) -> Sequence[Cell]:
    is_again = before is not None and before.party == one.party
    is_same = is_again and before is not None and before.element == one.element
    said = write_signed_word(one.said)
    if one.value is None:
        number = Cell(one.done, {**looks.NUMBER, "num_format": cells.PLAIN})
    else:
        number = cells.value(one.value, one.kind)
        reserve = write_state(one.value, page.edition.definition(one.indicator))
        said = ", ".join(word for word in (said, reserve) if word)
    return [
        cells.text(one.party, looks.SOFT if is_again else {**looks.TEXT, "bold": True}),
        cells.text(one.element, looks.SOFT if is_same else looks.TEXT),
        cells.text(one.label),
        number,
        cells.text(said),
        cells.text(one.article, looks.SOFT),
    ]
