"""A row of a band and its label columns in; what the labels of the row name out."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from etl.cells import EMPTY, HOLE, TEXT, Cell
from etl.columns import MOSTLY, LabelColumns
from etl.headers import Spot
from etl.layout import Band, Layout
from etl.moments import Moment
from etl.places import kinds_said
from etl.recognise import ASIDE, Lexicon, Reading

UNKNOWN_PLACE, AMBIGUOUS_PLACE = "territoire inconnu", "territoire ambigu"


@dataclass(frozen=True)
class Label:
    """A text that names cells, where it stands, and what it was read as."""

    text: str
    spot: Spot
    reading: Reading


Line = tuple[str, int]
"""A line of labels: ("header", row) or ("left", column)."""


def line_of(label: Label, headers: Collection[int]) -> Line:
    """The line in which a label stands, among those of its band; `headers` are its header rows."""
    row, column = label.spot
    return ("header", row) if row in headers else ("left", column)


def row_labels(
    row: int, band: Band, columns: LabelColumns, layout: Layout, lexicon: Lexicon, year: int | None
) -> dict[int, list[Label]]:
    """The labels of one row for each run of label columns, filled down where a merge or a sparse column says so."""
    labels: dict[int, list[Label]] = {}
    for rank, run in enumerate(columns.runs):
        labels[rank] = []
        for column in run:
            spot = _filled_spot(row, column, column == run[-1], band, layout)
            cell = layout.at(*spot) if spot else None
            if spot is not None and cell is not None and cell.kind != EMPTY:
                labels[rank].append(Label(cell.text, spot, _read(cell, column, columns, band, layout, lexicon, year)))
        _drop_twin_territory(labels[rank])
    return labels


def _drop_twin_territory(labels: list[Label]) -> None:
    """A code and a name of one territory side by side: a name that nothing explains yields to the valid code."""
    if any(label.reading.place for label in labels):
        labels[:] = [label for label in labels if label.reading.how != UNKNOWN_PLACE]


def _filled_spot(row: int, column: int, is_last: bool, band: Band, layout: Layout) -> Spot | None:
    """The cell that labels this row in a column: its own, or the one above in a merge or a mostly blank column."""
    if layout.at(row, column).kind != EMPTY:
        return row, column
    for (top, left), merge in layout.merges.items():
        if left <= column <= merge[3] and top <= row <= merge[2]:
            return top, left
    filled = [other for other in band.rows if layout.at(other, column).kind != EMPTY]
    if is_last or layout.has_merges or len(filled) * 2 > len(band.rows):
        return None
    above = [other for other in filled if other < row]
    return (above[-1], column) if above else None


def _read(
    cell: Cell,
    column: int,
    columns: LabelColumns,
    band: Band,
    layout: Layout,
    lexicon: Lexicon,
    year: int | None,
) -> Reading:
    role = columns.roles.get(column)
    if role in ("territoire", "identifiant"):
        return _read_place(cell, column, columns, lexicon, year)
    if cell.kind == HOLE:
        return Reading(cell.text)
    if role == "periode" and cell.text.isdecimal():
        return lexicon.read_rank(columns.headers[column], cell.text)
    if column in columns.axes:
        return lexicon.read_value(columns.axes[column], cell.text)
    if role == "annee" and cell.number is not None:
        return Reading(cell.text, moment=Moment(year=int(cell.number)), how="année")
    reading = lexicon.read(cell.text)
    if role is None and not reading.is_explained and not reading.axes:
        return _read_place_among(cell, column, band, layout, lexicon, year) or reading
    return reading


def _read_place(cell: Cell, column: int, columns: LabelColumns, lexicon: Lexicon, year: int | None) -> Reading:
    """A label under a header that announces territories: exact, or unexplained; never guessed."""
    reading = lexicon.read(cell.text)
    kinds = kinds_said(columns.headers.get(column, ""))
    found = lexicon.places.read(cell.text, kinds, year)
    # In a form the row under « Commune | Martigues » may well name a measure, or a rate; but « Var » is no variation.
    is_aside = reading.kind in ASIDE and not found.code
    is_other = (reading.measures or is_aside) and not reading.place
    if (reading.kind == "total" or is_other) and reading.is_explained:
        return reading
    if found.code:
        return Reading(cell.text, place=found.code, how=found.how)
    if reading.place and reading.is_explained and lexicon.places.is_of(reading.place, kinds):
        return reading
    return Reading(cell.text, rest=(cell.text,), how=AMBIGUOUS_PLACE if found.candidates else UNKNOWN_PLACE)


def _read_place_among(
    cell: Cell, column: int, band: Band, layout: Layout, lexicon: Lexicon, year: int | None
) -> Reading | None:
    """Without a header, names of the COG count only in a column where nearly all labels are such names."""
    texts = [other.text for row in band.rows if (other := layout.at(row, column)).kind == TEXT]
    named = sum(lexicon.places.read(text, (), year).code is not None for text in texts)
    if named < max(2, MOSTLY * len(texts)):
        return None
    found = lexicon.places.read(cell.text, (), year)
    return Reading(cell.text, place=found.code, how=found.how) if found.code else None
