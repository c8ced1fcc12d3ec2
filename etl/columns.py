"""A band and its headers in; which columns hold row labels, and what the labels of each row name, out."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from etl.cells import EMPTY, HOLE, NUMBER, TEXT, Cell
from etl.headers import ColumnHeaders, Spot
from etl.layout import Band, Layout
from etl.moments import Moment
from etl.places import kinds_said
from etl.recognise import LABEL_ROLES, Lexicon, Reading

UNKNOWN_PLACE, AMBIGUOUS_PLACE = "territoire inconnu", "territoire ambigu"
_MOSTLY = 0.8


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


@dataclass(frozen=True)
class LabelColumns:
    """Runs of neighbouring label columns, left to right; the role that each header gives, and its axis for a
    segment; the columns of notes or row numbers, and those of remarks, which nothing announces."""

    runs: tuple[tuple[int, ...], ...]
    roles: Mapping[int, str]
    headers: Mapping[int, str]
    axes: Mapping[int, str]
    notes: frozenset[int]
    remarks: frozenset[int]

    @property
    def all(self) -> frozenset[int]:
        """Every column of row labels."""
        return frozenset(column for run in self.runs for column in run)

    def run_of(self, column: int) -> int:
        """The rank of the run that names the numbers of a column: the nearest to its left (or the first)."""
        before = [rank for rank, run in enumerate(self.runs) if run[0] < column]
        return before[-1] if before else 0


def label_columns(band: Band, headers: ColumnHeaders, layout: Layout, lexicon: Lexicon) -> LabelColumns:
    """Find the columns of row labels: those whose header says so, and those that hold text."""
    texts = {column: above[-1].text for column, above in headers.above.items() if above}
    said = {column: lexicon.read(text).role for column, text in texts.items()}
    notes = frozenset(column for column, role in said.items() if role == "note")
    notes |= {column for column in headers.above if _is_numbering(column, texts.get(column), band, layout, lexicon)}
    roles = {column: role for column, role in said.items() if role in LABEL_ROLES}
    found: list[int] = []
    has_numbers = False
    for column in (column for column in headers.above if column not in notes):
        cells = [layout.at(row, column) for row in band.rows]
        if column not in texts and not has_numbers and _is_code_column(cells, lexicon):
            roles[column] = "identifiant"
        has_counts = any(cell.kind == NUMBER for cell in cells)
        counts = has_counts and any(lexicon.read(header.text).measures for header in headers.above[column])
        if column in roles or (not counts and _is_text_column(cells)):
            found.append(column)
        has_numbers = has_numbers or (has_counts and column not in found)
    axes = {
        column: axis
        for column, role in roles.items()
        if role == "segment" and (axis := lexicon.axis_of(texts[column], _names_in(column, band, layout, lexicon)))
    }
    runs, remarks = _runs(found, roles, band, layout, lexicon)
    return LabelColumns(runs, roles, texts, axes, notes, remarks)


def _names_in(column: int, band: Band, layout: Layout, lexicon: Lexicon) -> set[str]:
    """The different texts of a column, totals apart."""
    texts = {cell.text for row in band.rows if (cell := layout.at(row, column)).kind == TEXT}
    return {text for text in texts if lexicon.read(text).kind is None}


def _is_numbering(column: int, header: str | None, band: Band, layout: Layout, lexicon: Lexicon) -> bool:
    """Whether a column, on the left, only numbers the rows: 1, 2, 3, ..."""
    cells = [cell for row in band.rows if (cell := layout.at(row, column)).kind != EMPTY]
    is_counting = len(cells) > 1 and [cell.number for cell in cells] == list(range(1, len(cells) + 1))
    is_first = is_counting and not any(layout.at(row, c).text for row in band.rows for c in range(column))
    reading = lexicon.read(header) if header else None
    return is_first and (reading is None or not (reading.axes or reading.role))


def _is_text_column(cells: list[Cell]) -> bool:
    texts = sum(cell.kind == TEXT for cell in cells)
    others = sum(cell.kind in (NUMBER, HOLE) for cell in cells)
    return texts > 0 and texts >= others


def _is_code_column(cells: list[Cell], lexicon: Lexicon) -> bool:
    """Whether numbers are codes of the convention."""
    codes = [lexicon.places.read_own(cell.text).code for cell in cells if cell.kind == NUMBER]
    return len(codes) > 1 and sum(code is not None for code in codes) >= _MOSTLY * len(codes)


def _runs(
    found: list[int], roles: Mapping[int, str], band: Band, layout: Layout, lexicon: Lexicon
) -> tuple[tuple[tuple[int, ...], ...], frozenset[int]]:
    """Group neighbours; a later run of texts without role must name things, else it is a column of remarks."""
    runs: list[list[int]] = []
    remarks: set[int] = set()
    for column in found:
        is_near = bool(runs) and all(_is_empty(c, band, layout) for c in range(runs[-1][-1] + 1, column))
        if is_near:
            runs[-1].append(column)
        elif not runs or column in roles or _names_things(column, band, layout, lexicon):
            runs.append([column])
        else:
            remarks.add(column)
    return tuple(tuple(run) for run in runs), frozenset(remarks)


def _is_empty(column: int, band: Band, layout: Layout) -> bool:
    return all(layout.at(row, column).kind == EMPTY for row in band.rows)


def _names_things(column: int, band: Band, layout: Layout, lexicon: Lexicon) -> bool:
    readings = [lexicon.read(cell.text) for row in band.rows if (cell := layout.at(row, column)).kind == TEXT]
    return sum(bool(reading.axes) and reading.is_explained for reading in readings) >= _MOSTLY * len(readings)


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
    if reading.kind == "total" and reading.is_explained:
        return reading
    kinds = kinds_said(columns.headers.get(column, ""))
    found = lexicon.places.read(cell.text, kinds, year)
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
    if named < max(2, _MOSTLY * len(texts)):
        return None
    found = lexicon.places.read(cell.text, (), year)
    return Reading(cell.text, place=found.code, how=found.how) if found.code else None
