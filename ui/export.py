"""Lines of words, headings and rows in; the same as a file that a spreadsheet opens (csv, xlsx) out."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

import xlsxwriter

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# A spreadsheet takes a text that begins so for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
WIDTH = 16
Value = str | float


@dataclass(frozen=True)
class Sheet:
    """What a file holds: its name, what is said above the table, the headings and the rows."""

    name: str
    lines: Sequence[str]
    headings: Sequence[str]
    rows: Sequence[Sequence[Value]]


def write_csv(sheet: Sheet) -> bytes:
    """As a French spreadsheet opens it: semicolons, decimal comma, UTF-8 with its mark."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerows([_disarm(line)] for line in sheet.lines)
    writer.writerow([_disarm(one) for one in sheet.headings])
    writer.writerows([_disarm(one) for one in row] for row in sheet.rows)
    return text.getvalue().encode("utf-8-sig")


def _disarm(value: Value) -> str:
    if not isinstance(value, str):
        return str(int(value) if float(value).is_integer() else value).replace(".", ",")
    return f"'{value}" if value.startswith(_FORMULA) else value


def write_xlsx(sheet: Sheet) -> bytes:
    """One sheet: what is said, then a filtered table; no text becomes a formula or a link."""
    content = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(content, options) as book:
        page, bold = book.add_worksheet(sheet.name), book.add_format({"bold": True, "bottom": 1})
        for rank, line in enumerate(sheet.lines):
            page.write_string(rank, 0, line)
        top = len(sheet.lines) + 1
        page.write_row(top, 0, sheet.headings, bold)
        for rank, row in enumerate(sheet.rows, start=top + 1):
            page.write_row(rank, 0, row)
        page.autofilter(top, 0, top + len(sheet.rows), len(sheet.headings) - 1)
        page.freeze_panes(top + 1, 0)
        page.set_column(0, len(sheet.headings) - 1, WIDTH)
    return content.getvalue()
