"""A band and its headers in; which of its columns hold row labels, and what their headers say of them, out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from etl.cells import EMPTY, HOLE, NUMBER, TEXT, Cell
from etl.headers import ColumnHeaders
from etl.layout import Band, Layout
from etl.recognise import LABEL_ROLES, Lexicon

# The share of a column that must be so for the column to be so.
MOSTLY = 0.8


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
        if column not in texts and not has_numbers and _is_code_column(cells, lexicon) and _names(column, band, layout):
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
    return len(codes) > 1 and sum(code is not None for code in codes) >= MOSTLY * len(codes)


def _names(column: int, band: Band, layout: Layout) -> bool:
    """Whether there is something to name to the right of a column."""
    return any(cell.kind in (NUMBER, HOLE) for row in band.rows for cell in layout.cells[row][column + 1 :])


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
    return sum(bool(reading.axes) and reading.is_explained for reading in readings) >= MOSTLY * len(readings)
