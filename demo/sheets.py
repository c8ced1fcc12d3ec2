"""Tables of labels and values in; a workbook whose bytes depend on nothing else out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby
from pathlib import Path
from typing import TypeVar

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

Cell = int | float | str | date | None
Labels = tuple[str | int, ...]
Row = TypeVar("Row")
Column = TypeVar("Column")

# A workbook keeps the moment it was made: a fixed one, so that two runs give the same bytes.
CREATED = datetime(2026, 10, 15, 9, 0)
STYLES: dict[str, dict[str, object]] = {
    "title": {"bold": True, "font_size": 14},
    "note": {"italic": True, "font_color": "#525C66"},
    "header": {"bold": True, "bg_color": "#DCE9EA", "border": 1, "align": "center", "text_wrap": True},
    "label": {"border": 1},
    "number": {"border": 1, "num_format": "#,##0.##"},
    "total": {"border": 1, "bold": True, "num_format": "#,##0"},
    "rate": {"border": 1, "num_format": "0.0%"},
    "date": {"border": 1, "num_format": "dd/mm/yyyy"},
}


@dataclass(frozen=True)
class Rate:
    """A column of rates written beside the counts: the indexes of the two columns it divides."""

    label: str
    numerator: int
    denominator: int


@dataclass(frozen=True)
class Crosstab:
    """Values named by the labels of their row and column, outermost first; `corner` heads the row labels."""

    rows: tuple[Labels, ...]
    columns: tuple[Labels, ...]
    cells: tuple[tuple[Cell, ...], ...]
    corner: Labels = ()
    total: Labels = ()
    rates: tuple[Rate, ...] = ()


def tabulate(
    rows: Mapping[Labels, Row], columns: Mapping[Labels, Column], value: Callable[[Row, Column], Cell]
) -> Crosstab:
    """The table of what `value` answers for each row and each column, in the order of both."""
    cells = tuple(tuple(value(row, column) for column in columns.values()) for row in rows.values())
    return Crosstab(tuple(rows), tuple(columns), cells)


def retype(table: Crosstab, cells: Mapping[tuple[int, int], Cell]) -> Crosstab:
    """The same table with some cells (row, column, from 0) as a hurried hand typed them."""
    rows = enumerate(table.cells)
    typed = tuple(tuple(cells.get((r, c), value) for c, value in enumerate(row)) for r, row in rows)
    return replace(table, cells=typed)


@dataclass(frozen=True)
class Book:
    """A workbook being written, and its formats by name."""

    workbook: Workbook
    styles: dict[str, Format]

    def add_sheet(self, name: str, *, widths: tuple[int, ...] = (28,)) -> Worksheet:
        """A new sheet; the last width is that of all the columns that follow."""
        sheet = self.workbook.add_worksheet(name)
        for column, width in enumerate(widths[:-1]):
            sheet.set_column(column, column, width)
        sheet.set_column(len(widths) - 1, 60, widths[-1])
        return sheet


@contextmanager
def open_book(path: Path) -> Iterator[Book]:
    """Write a workbook; it is on disk when the block ends."""
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(str(path), options) as workbook:
        workbook.set_properties({"created": CREATED})
        yield Book(workbook, {name: workbook.add_format(style) for name, style in STYLES.items()})


def write_lines(book: Book, sheet: Worksheet, lines: Iterable[str], *, top: int, style: str = "note") -> int:
    """Write texts under one another in the first column; the next free row."""
    row = top
    for row, line in enumerate(lines, top):
        sheet.write_string(row, 0, line, book.styles[style])
    return row + 1


def write_crosstab(book: Book, sheet: Worksheet, table: Crosstab, *, top: int, left: int = 0) -> int:
    """Write a table, group headers merged; the next free row."""
    depth, width = len(table.columns[0]), len(table.corner) or len(table.rows[0])
    for rank, label in enumerate(table.corner):
        _write_merged(book, sheet, (top, left + rank, top + depth - 1, left + rank), label)
    _write_headers(book, sheet, table, top=top, left=left + width)
    for row, (labels, values) in enumerate(zip(table.rows, table.cells, strict=True), top + depth):
        for column, label in enumerate(labels, left):
            _write_cell(book, sheet, row, column, label, style="label")
        for column, value in enumerate(values, left + width):
            _write_cell(book, sheet, row, column, value)
    end = top + depth + len(table.rows)
    if table.total:
        _write_total(book, sheet, table, top=top + depth, left=left)
        end += 1
    _write_rates(book, sheet, table, first=(top + depth, end), left=left + width)
    return end


def _write_headers(book: Book, sheet: Worksheet, table: Crosstab, *, top: int, left: int) -> None:
    for level in range(len(table.columns[0])):
        column = left
        for labels, group in groupby(labels[: level + 1] for labels in table.columns):
            last = column + len(list(group)) - 1
            _write_merged(book, sheet, (top + level, column, top + level, last), labels[-1])
            column = last + 1


def _write_merged(book: Book, sheet: Worksheet, box: tuple[int, int, int, int], label: str | int) -> None:
    if box[:2] != box[2:]:
        sheet.merge_range(*box, label, book.styles["header"])
    else:
        _write_cell(book, sheet, box[0], box[1], label, style="header")


def _write_cell(
    book: Book, sheet: Worksheet, row: int, column: int, value: Cell, *, style: str | None = None
) -> None:
    if isinstance(value, str):
        sheet.write_string(row, column, value, book.styles[style or "label"])
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, book.styles[style or "date"])
    elif value is not None:
        sheet.write_number(row, column, value, book.styles[style or "number"])


def _number(value: Cell) -> float:
    return value if isinstance(value, int | float) else 0


def _write_total(book: Book, sheet: Worksheet, table: Crosstab, *, top: int, left: int) -> None:
    """A total row by formula, with the value that a spreadsheet would have kept (texts count for nothing)."""
    row = top + len(table.rows)
    for column, label in enumerate(table.total, left):
        _write_cell(book, sheet, row, column, label, style="total")
    for rank, values in enumerate(zip(*table.cells, strict=True)):
        column = left + len(table.total) + rank
        span = f"{xl_rowcol_to_cell(top, column)}:{xl_rowcol_to_cell(row - 1, column)}"
        sheet.write_formula(row, column, f"=SUM({span})", book.styles["total"], sum(map(_number, values)))


def _write_rates(book: Book, sheet: Worksheet, table: Crosstab, *, first: tuple[int, int], left: int) -> None:
    sums = tuple(sum(map(_number, values)) for values in zip(*table.cells, strict=True))
    for rank, rate in enumerate(table.rates, left + len(table.columns)):
        _write_cell(book, sheet, first[0] - 1, rank, rate.label, style="header")
        for row, values in zip(range(*first), (*table.cells, sums), strict=False):
            top, bottom = (xl_rowcol_to_cell(row, left + at) for at in (rate.numerator, rate.denominator))
            shown = _divide(values[rate.numerator], values[rate.denominator])
            sheet.write_formula(row, rank, f'=IFERROR({top}/{bottom},"n. d.")', book.styles["rate"], shown)


def _divide(top: Cell, bottom: Cell) -> float | str:
    """What a spreadsheet shows of `IFERROR(top/bottom, "n. d.")`."""
    if isinstance(top, int | float) and isinstance(bottom, int | float) and bottom:
        return top / bottom
    return "n. d."


def write_page(
    book: Book,
    name: str,
    table: Crosstab,
    *,
    titles: Iterable[str] = (),
    notes: Iterable[str] = (),
    widths: tuple[int, ...] = (28,),
) -> None:
    """A sheet of one table: titles, a blank row, the table, a blank row, notes."""
    sheet = book.add_sheet(name, widths=widths)
    lines = list(titles)
    write_lines(book, sheet, lines, top=0, style="title")
    end = write_crosstab(book, sheet, table, top=len(lines) + 1 if lines else 0)
    write_lines(book, sheet, notes, top=end + 1)
