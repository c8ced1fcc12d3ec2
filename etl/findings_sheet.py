"""Findings in; the sheet « Constats » that leads to their cells, written first in a workbook, out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import quote_sheetname
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from etl.own_sheet import LABELS, TITLE
from etl.report import BLOCKING, INFORMATION, WARNING, Finding, name_areas

NAME = "Constats"
WORDS = {BLOCKING: "▼ À corriger", WARNING: "! À vérifier", INFORMATION: "i Information"}
FILLS = {BLOCKING: "F8E8E0", WARNING: "F6ECD3", INFORMATION: "DCE9EA"}
_INK, _SOFT, _PETROL, _HAIRLINE = "1D2730", "525C66", "0B5060", "857E73"
_FONT = "Calibri"
_HEADER = 5
_WIDTHS = {"A": 18, "B": 30, "C": 100}
_LINE, _PADDING = 15.5, 6
_LONGEST = 30_000


def write_text(cell: Cell, text: str) -> None:
    """Write a text as a text: one that opens with « = » stays what it is, and no formula."""
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)[:_LONGEST]
    cell.data_type = "s"


def sort_findings(findings: Sequence[Finding]) -> list[Finding]:
    """The gravest first; within a severity, those of one cause and one message together."""
    causes: dict[tuple[str, str], int] = {}
    messages: dict[tuple[str, str, str], int] = {}
    for finding in findings:
        causes.setdefault((finding.severity, finding.code), len(causes))
        messages.setdefault((finding.severity, finding.code, finding.message), len(messages))
    severities = list(WORDS)
    return sorted(
        findings,
        key=lambda one: (
            severities.index(one.severity),
            causes[one.severity, one.code],
            messages[one.severity, one.code, one.message],
        ),
    )


def add_findings_sheet(
    book: Workbook, findings: Sequence[Finding], titles: Mapping[str, str], note: str
) -> Worksheet:
    """Put the sheet before all others; `titles` gives the sheet of the workbook for one of the file."""
    name = next(name for name in _names() if name.lower() not in {title.lower() for title in book.sheetnames})
    sheet: Worksheet = book.create_sheet(name, 0)
    _write_head(sheet, findings, note)
    row = _HEADER + 1
    for _, cause in groupby(sort_findings(findings), key=lambda one: (one.severity, one.code)):
        for rank, finding in enumerate(cause):
            _write_finding(sheet, row, finding, titles, is_first=rank == 0)
            row += 1
    _finish(book, sheet)
    return sheet


def _names() -> Iterator[str]:
    """« Constats », then others while the workbook has that name already."""
    yield NAME
    rank = 2
    while True:
        yield f"{NAME} ({rank})"
        rank += 1


def _write_head(sheet: Worksheet, findings: Sequence[Finding], note: str) -> None:
    counts = {severity: sum(one.severity == severity for one in findings) for severity in WORDS}
    told = ", ".join(_count(severity, count) for severity, count in counts.items() if count)
    lines = (
        (TITLE, Font(name="Georgia", size=16, bold=True, color=_INK)),
        (f"{told}." if told else "Aucun constat.", Font(name=_FONT, size=12, color=_INK)),
        (note, Font(name=_FONT, color=_SOFT)),
    )
    for row, (text, font) in enumerate(lines, start=1):
        cell = _cell(sheet, row, 1)
        write_text(cell, text)
        cell.font = font
    for column, label in enumerate(LABELS, start=1):
        cell = _cell(sheet, _HEADER, column)
        write_text(cell, label)
        cell.font = Font(name=_FONT, bold=True, color=_INK)
        cell.fill = PatternFill("solid", fgColor="F3EDE3")
    for letter, width in _WIDTHS.items():
        sheet.column_dimensions[letter].width = width


def _count(severity: str, count: int) -> str:
    """« 2 à corriger », « 3 informations »."""
    word = WORDS[severity][2:].lower()
    return f"{count} {word}{'s' if severity == INFORMATION and count > 1 else ''}"


def _cell(sheet: Worksheet, row: int, column: int) -> Cell:
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)
    return cell


def _write_finding(
    sheet: Worksheet, row: int, finding: Finding, titles: Mapping[str, str], *, is_first: bool
) -> None:
    """One line; a rule above the first of each cause."""
    address = "!".join(part for part in (finding.sheet, finding.cell) if part) or "tout le fichier"
    elsewhere = [area for sheet, area in finding.areas if (sheet, area) != (finding.sheet, finding.cell)]
    address += f" (cellules : {name_areas(elsewhere)})" if elsewhere else ""
    texts = (WORDS[finding.severity], address, finding.message)
    edge = Border(top=Side(style="thin", color=_HAIRLINE)) if is_first else Border()
    for column, text in enumerate(texts, start=1):
        cell = _cell(sheet, row, column)
        write_text(cell, text)
        cell.border, cell.font = edge, Font(name=_FONT, color=_INK)
        cell.alignment = Alignment(vertical="center", wrap_text=True)
    _cell(sheet, row, 1).fill = PatternFill("solid", fgColor=FILLS[finding.severity])
    title = titles.get(finding.sheet or "")
    if title is not None:
        _link(sheet, _cell(sheet, row, 2), title, finding.cell or "A1")
    lines = max(len(text) // (0.9 * width) for text, width in zip(texts, _WIDTHS.values(), strict=True))
    sheet.row_dimensions[row].height = _LINE * (1 + int(lines)) + _PADDING


def _link(sheet: Worksheet, cell: Cell, title: str, spot: str) -> None:
    """Lead to a cell of a sheet that can be seen: no spreadsheet follows a link into a hidden one."""
    if sheet.parent is None or sheet.parent[title].sheet_state != "visible":
        write_text(cell, f"{cell.value} (feuille masquée)")
        return
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"{quote_sheetname(title)}!{spot}")
    cell.font = Font(name=_FONT, color=_PETROL, underline="single")


def _finish(book: Workbook, sheet: Worksheet) -> None:
    """Open on this sheet alone: two sheets selected together would be typed in together."""
    for other in book.worksheets:
        other.sheet_view.tabSelected = other is sheet
    book.active = 0
    sheet.freeze_panes = f"A{_HEADER + 1}"
    sheet.sheet_view.showGridLines = False
    sheet.print_title_rows = f"{_HEADER}:{_HEADER}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
