"""Cells in; a sheet of the workbook out: title, table, widths, what is frozen, what repeats on paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from xlsxwriter.worksheet import Worksheet

from bilans.sheets import looks
from bilans.sheets.cells import Cell
from bilans.sheets.looks import Look, Styles
from bilans.values import Edition, Header
from ui.french import write_date

A4 = 9
MARGIN = 14 / 25.4
"""Of 14 mm, in inches."""
FIRST_ROW = 3
"""Where the header of a table stands, under the title and the line that says what is shown."""
_LINE = 1.3
"""Height of a line of text for each point of its font."""
_LEAST = 15.0
_ROOM = 1.25
"""Characters of 10 points that a column holds for each of its own; fewer in bold."""
RISKY = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Column:
    """The head of a column and its width in characters."""

    title: str
    width: float
    is_number: bool = False


class Page:
    """One sheet being written."""

    def __init__(self, sheet: Worksheet, styles: Styles, edition: Edition) -> None:
        self.sheet, self.styles, self.edition = sheet, styles, edition
        self.widths: list[float] = []
        _set_paper(sheet, edition)

    def put(self, row: int, column: int, cell: Cell) -> None:
        """Write one cell; a text is always a text, even after it is edited by hand."""
        content = cell.content
        look = (
            {**cell.look, "quote_prefix": True}
            if isinstance(content, str) and content.startswith(RISKY)
            else cell.look
        )
        style = self.styles.get(look)
        if content is None:
            self.sheet.write_blank(row, column, None, style)
        elif isinstance(content, str):
            self.sheet.write_string(row, column, content, style)
        elif isinstance(content, date):
            self.sheet.write_datetime(row, column, content, style)
        else:
            self.sheet.write_number(row, column, content, style)

    def put_wide(self, row: int, text: str, look: Look, *, width: float, last: int, first: int = 0) -> None:
        """Write a text over several columns, `width` characters in all, in a row tall enough for it."""
        self.sheet.set_row(row, _measure(Cell(text, look), width))
        if last > first:
            self.sheet.merge_range(row, first, row, last, "", self.styles.get(look))
        self.put(row, first, Cell(text, look))

    def set_widths(self, columns: Sequence[Column]) -> None:
        """Give each column its width."""
        self.widths = [column.width for column in columns]
        for rank, width in enumerate(self.widths):
            self.sheet.set_column(rank, rank, width)

    def head(self, row: int, title: str) -> int:
        """Write the title of a section; the row after it."""
        self.sheet.set_row(row, 26)
        self.put(row, 0, Cell(title, looks.SECTION))
        return row + 1

    def open(self, title: str, columns: Sequence[Column], subtitle: str = "") -> None:
        """Title and line of context, column widths."""
        self.set_widths(columns)
        width = sum(self.widths)
        self.put_wide(0, title, looks.TITLE, width=width, last=len(columns) - 1)
        self.put_wide(
            1, subtitle or write_context(self.edition.header), looks.LEAD, width=width, last=len(columns) - 1
        )

    def table(self, top: int, columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> int:
        """Write a header and its rows; the row after the last one."""
        head = [
            Cell(column.title, looks.NUMBER_HEAD if column.is_number else looks.HEAD) for column in columns
        ]
        for offset, row in enumerate([head, *rows]):
            self.sheet.set_row(
                top + offset, max(_measure(cell, self.widths[rank]) for rank, cell in enumerate(row))
            )
            for rank, cell in enumerate(row):
                self.put(top + offset, rank, cell)
        return top + 1 + len(rows)

    def hold_head(self, columns: Sequence[Column], rows: int, *, frozen: int = 1) -> None:
        """Keep the header in sight and on every page, and let it filter."""
        self.sheet.freeze_panes(FIRST_ROW + 1, frozen)
        self.sheet.repeat_rows(FIRST_ROW)
        if rows:
            self.sheet.autofilter(FIRST_ROW, 0, FIRST_ROW + rows, len(columns) - 1)


def _measure(cell: Cell, width: float) -> float:
    """The height, in points, of a row that shows a cell whole: few programs make rows grow with texts."""
    size = float(cell.look.get("font_size", 10))
    if not isinstance(cell.content, str) or not cell.look.get("text_wrap"):
        return max(_LEAST, size * _LINE)
    room = max(1.0, width * _ROOM * 10 / size * (0.92 if cell.look.get("bold") else 1.0))
    return max(_LEAST, _count_lines(cell.content, room) * size * _LINE + 3)


def _count_lines(text: str, room: float) -> int:
    """The lines of a text that breaks between words."""
    lines, used = 1, 0.0
    for word in text.split(" "):
        if used and used + 1 + len(word) > room:
            lines, used = lines + 1, float(len(word))
        else:
            used += len(word) + (1 if used else 0)
    return lines + sum(int(len(word) // room) for word in text.split(" ") if len(word) > room)


def write_context(header: Header) -> str:
    """What every sheet shows: the convention, the span, the day of reading, the state."""
    return f"{header.convention}, {header.span}. Lu le {write_date(header.as_of)}. {header.status}."


def _set_paper(sheet: Worksheet, edition: Edition) -> None:
    header = edition.header
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(left=MARGIN, right=MARGIN, top=MARGIN, bottom=MARGIN + 0.15)
    sheet.fit_to_pages(1, 0)
    sheet.center_horizontally()
    name = header.convention.replace("&", "&&")
    edition_name = f"{header.status}, édition {edition.fingerprint} du {write_date(header.made_on)}"
    sheet.set_footer(f"&L&8Jalons, bilan quantitatif, {name}&C&8{edition_name}&R&8&P / &N", {"margin": 0.25})
