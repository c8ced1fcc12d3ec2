"""Figures by place and indicator in; a table whose cells are tinted by value, each with its value
written, out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from conventions.values import Indicator
from indicators.values import Figure
from ui.tables import Cell
from ui.wording import NOT_KNOWN, figure_html

TINTS = 5
PROVISIONAL = (
    '<i class="j-swatch j-provisional" aria-hidden="true"></i><b>liseré hachuré</b>\u00a0: provisoire. '
)
"""What a note says of the edge of provisional cells."""
LEAST = 0.3
FEW = 20


def rank_tint(value: float, lowest: float, highest: float) -> int:
    """The tint of a value on its scale, from 1 (lowest) to 5 (highest)."""
    return max(1, min(TINTS, 1 + int(TINTS * (value - lowest) / (highest - lowest))))


def spread(values: Sequence[float], *, is_rate: bool) -> tuple[float, float]:
    """The ends of a column's scale: never narrower than 30 points (or 30 % of a mean), lest small gaps
    look large."""
    low, high = min(values), max(values)
    middle = (low + high) / 2
    half = (LEAST if is_rate else LEAST * middle) / 2 or LEAST
    return min(low, middle - half), max(high, middle + half)


def is_tinted(figure: Figure, indicator: Indicator) -> bool:
    """Bare counts of places of different size are not compared by tint, nor rates over few people."""
    if indicator.denominator is None:
        return False
    return indicator.unit != "taux" or (figure.denominator or 0) >= FEW


def find_tint(figure: Figure, indicator: Indicator, values: Sequence[float]) -> int:
    """The tint of a figure among the values of its scale; 0 when it has none."""
    if figure.value is None or not is_tinted(figure, indicator):
        return 0
    return rank_tint(figure.value, *spread(values, is_rate=indicator.unit == "taux"))


def heat_cells(places: Sequence[str], figures: Mapping[str, Figure], indicator: Indicator) -> list[Cell]:
    """One cell per place; the column has its own scale, and holes have none."""
    known = [figures[p].value for p in places if p in figures]
    values = [value for value in known if value is not None]
    return [_heat_cell(figures.get(place), indicator, values) for place in places]


def _heat_cell(figure: Figure | None, indicator: Indicator, values: Sequence[float]) -> Cell:
    if figure is None:
        return Cell(NOT_KNOWN, "j-missing-cell")
    if figure.value is None:
        return Cell(
            figure_html(figure, indicator),
            "j-secret-cell" if figure.state == "secret" else "j-missing-cell",
            figure,
        )
    tint = find_tint(figure, indicator, values)
    css = f"j-heat-{tint}" if tint else ""
    # The tag would be written in every cell of a row: an edge says it, and the note below the table.
    is_provisional = figure.state == "provisoire"
    return Cell(
        figure_html(figure, indicator, is_tagged=not is_provisional),
        f"{css} j-provisional".strip() if is_provisional else css,
        figure,
    )
