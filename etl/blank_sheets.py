"""A form to fill in; its sheet (head, fields, total, page) written into a workbook, out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from textwrap import wrap

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from conventions.values import Measure
from etl.asked import Form, Line

INSTRUCTION = "Laissez vide ce qui n’est pas connu ; zéro est un compte ; s pour secret."
_INK, _SOFT, _PETROL, _TINT = "#1D2730", "#525C66", "#0B5060", "#DCE9EA"
_SAND, _FIELD, _WHITE = "#F3EDE3", "#857E73", "#FFFFFF"
_EDGE: dict[str, object] = {"border": 1, "border_color": _FIELD, "font_color": _INK, "valign": "vcenter"}
_FIGURE: dict[str, object] = {**_EDGE, "bg_color": _WHITE, "align": "right", "indent": 1, "locked": False}
_TOTAL: dict[str, object] = {
    **_EDGE, "bold": True, "bg_color": _SAND, "align": "right", "indent": 1, "top": 2,
}  # fmt: skip
STYLES: dict[str, dict[str, object]] = {
    "source": {"font_color": _PETROL, "bold": True},
    "title": {"font_name": "Georgia", "font_size": 16, "bold": True, "font_color": _INK},
    "subject": {"font_size": 12, "font_color": _INK},
    "note": {"font_color": _SOFT},
    "corner": {**_EDGE, "bold": True, "bg_color": _TINT, "text_wrap": True, "indent": 1},
    "header": {**_EDGE, "bold": True, "bg_color": _TINT, "text_wrap": True, "align": "center"},
    "period": {**_EDGE, "bg_color": _SAND, "font_color": _SOFT, "indent": 1},
    "label": {**_EDGE, "bg_color": _SAND, "text_wrap": True, "indent": 1},
    "text": {**_EDGE, "text_wrap": True, "indent": 1},
    "whole": {**_FIGURE, "num_format": "#,##0"},
    "decimal": {**_FIGURE, "num_format": "#,##0.0#"},
    "total_period": {**_EDGE, "bg_color": _SAND, "font_color": _SOFT, "indent": 1, "top": 2},
    "total_label": {**_EDGE, "bold": True, "bg_color": _SAND, "indent": 1, "top": 2},
    "total": {**_TOTAL, "num_format": "#,##0"},
    "decimal_total": {**_TOTAL, "num_format": "#,##0.0#"},
}
_HEADER, _FIRST = 5, 6
"""The row of headers and the first to fill, from 0, under source, title, subject, instruction and a blank."""
_LEFT = 2
"""The first column to fill: a row says its period and what it is, wherever it is pasted."""
_PERIOD_WIDTH, _LABEL_WIDTH, _DEFINITION_WIDTH = 20, 44, 92
_WIDTH, _NARROW, _ALONE = 18, 16, 28
_LINE, _PADDING = 15.5, 6
_FILLED = 0.88
_MARGIN = 0.55
_FEW = 5
# A total of which a part is missing is not known: a text that looks empty, neither a number nor an absence.
_UNKNOWN = " "


@dataclass(frozen=True)
class Book:
    """The workbook being written: its formats by name, and what stands at the head of each sheet."""

    workbook: Workbook
    styles: dict[str, Format]
    source: str
    title: str
    period: str


def write_form(book: Book, form: Form, name: str) -> None:
    """One sheet: its head, then the table, whose figures alone can be typed in."""
    sheet, columns = book.workbook.add_worksheet(form.name), form.columns
    width = _NARROW if len(columns) > _FEW else _WIDTH if len(columns) > 1 else _ALONE
    right = _LEFT + len(columns) - 1
    sheet.set_column(0, 0, _PERIOD_WIDTH)
    sheet.set_column(1, 1, _LABEL_WIDTH)
    sheet.set_column(_LEFT, right, width)
    _write_head(book, sheet, form.subject)
    headers = [_header(book, label, "corner") for label in ("Période", form.corner)]
    headers += [_header(book, line.label, "header") for line in columns]
    last = _FIRST + len(form.rows) - 1 + form.has_total
    options = {
        "name": name,
        "style": None,
        "autofilter": False,
        "columns": headers,
        "total_row": form.has_total,
    }
    sheet.add_table(_HEADER, 0, last, right, options)
    sheet.set_row(_HEADER, _height([line.label for line in columns], width))
    _write_fields(book, sheet, form)
    _limit_fields(sheet, form)
    if form.has_total:
        _write_total(book, sheet, form)
    _finish(book, sheet, form.subject, left=_LEFT, is_wide=len(columns) > _FEW)
    sheet.set_selection(_FIRST, _LEFT, _FIRST, _LEFT)


def _header(book: Book, text: str, style: str) -> dict[str, object]:
    return {"header": text, "header_format": book.styles[style]}


def _write_head(book: Book, sheet: Worksheet, subject: str, note: str = INSTRUCTION) -> None:
    lines = {"source": book.source, "title": book.title, "subject": subject, "note": note}
    for row, (style, text) in enumerate(lines.items()):
        sheet.write_string(row, 0, text, book.styles[style])
    sheet.set_row(1, 24)


def _height(labels: Sequence[str], width: int) -> float:
    """The height that shows the longest of wrapped labels, with room for wider letters."""
    return _LINE * max(len(wrap(label, int(_FILLED * width))) for label in labels) + _PADDING


def _write_fields(book: Book, sheet: Worksheet, form: Form) -> None:
    for row, line in enumerate(form.rows, start=_FIRST):
        sheet.write_string(row, 0, book.period, book.styles["period"])
        sheet.write_string(row, 1, line.label, book.styles["label"])
        sheet.set_row(row, _height([line.label], _LABEL_WIDTH))
        for column, header in enumerate(form.columns, start=_LEFT):
            style = "decimal" if line.is_decimal or header.is_decimal else "whole"
            sheet.write_blank(row, column, None, book.styles[style])


def _limit_fields(sheet: Worksheet, form: Form) -> None:
    """Refuse at typing what could not be loaded: anything but a count, or the sign of a secret."""
    for column, header in enumerate(form.columns, start=_LEFT):
        for top, bottom, is_decimal in _runs(form.rows, header):
            cell = xl_rowcol_to_cell(top, column)
            count = f"{cell}>=0" if is_decimal else f"{cell}>=0,INT({cell})={cell}"
            kind = "nombre" if is_decimal else "nombre entier"
            rule = {
                "validate": "custom",
                "value": f'=OR({cell}="s",AND(ISNUMBER({cell}),{count}))',
                "error_title": "Valeur attendue",
                "error_message": f"Un {kind}, zéro ou plus. {INSTRUCTION}",
            }
            sheet.data_validation(top, column, bottom, column, rule)


def _runs(rows: Sequence[Line], header: Line) -> Iterator[tuple[int, int, bool]]:
    """Neighbouring rows of a column that take the same numbers: first row, last row, decimals or not."""
    marked = [(row, line.is_decimal or header.is_decimal) for row, line in enumerate(rows, start=_FIRST)]
    for is_decimal, run in groupby(marked, key=lambda one: one[1]):
        spots = [row for row, _ in run]
        yield spots[0], spots[-1], is_decimal


def _write_total(book: Book, sheet: Worksheet, form: Form) -> None:
    """A total by formula, shown once every part is there: an unknown or secret part leaves it unknown."""
    row = _FIRST + len(form.rows)
    sheet.write_string(row, 0, book.period, book.styles["total_period"])
    sheet.write_string(row, 1, "Total", book.styles["total_label"])
    for column, header in enumerate(form.columns, start=_LEFT):
        parts = f"{xl_rowcol_to_cell(_FIRST, column)}:{xl_rowcol_to_cell(row - 1, column)}"
        formula = f'=IF(COUNT({parts})=ROWS({parts}),SUM({parts}),"{_UNKNOWN}")'
        style = "decimal_total" if header.is_decimal else "total"
        sheet.write_formula(row, column, formula, book.styles[style], _UNKNOWN)
    sheet.set_row(row, _LINE + _PADDING)


def _finish(book: Book, sheet: Worksheet, subject: str, *, left: int, is_wide: bool) -> None:
    """Protection without password, headers that stay in view, and the page as it prints."""
    sheet.protect("", {"format_columns": True, "format_rows": True})
    sheet.hide_gridlines(2)
    sheet.freeze_panes(_FIRST, left)
    sheet.set_paper(9)
    sheet.set_landscape() if is_wide else sheet.set_portrait()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEADER)
    sheet.set_margins(_MARGIN, _MARGIN, _MARGIN, _MARGIN + 0.2)
    footer = f"{book.title}, {book.source}, {subject}".replace("&", "&&")
    sheet.set_footer(f"&L&8{footer}&R&8Page &P sur &N")


def write_definitions(book: Book, measures: Sequence[Measure]) -> None:
    """The last sheet says what each measure counts, in the catalogue's words."""
    sheet, subject = book.workbook.add_worksheet("Définitions"), "Ce que compte chaque mesure"
    for column, width in enumerate((_LABEL_WIDTH, _DEFINITION_WIDTH, _WIDTH)):
        sheet.set_column(column, column, width)
    _write_head(book, sheet, subject, "Les mêmes définitions valent pour tous les retours.")
    headers = [_header(book, text, "corner") for text in ("Mesure", "Ce qui est compté", "Unité")]
    options = {"name": "Definitions", "style": None, "autofilter": False, "columns": headers}
    sheet.add_table(_HEADER, 0, _FIRST + len(measures) - 1, len(headers) - 1, options)
    for row, measure in enumerate(measures, start=_FIRST):
        texts = (measure.label, measure.definition, measure.unit)
        for column, (text, style) in enumerate(zip(texts, ("label", "text", "text"), strict=True)):
            sheet.write_string(row, column, text, book.styles[style])
        sheet.set_row(row, _height([measure.definition], _DEFINITION_WIDTH))
    _finish(book, sheet, subject, left=1, is_wide=True)
