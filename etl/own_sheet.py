"""A workbook in; the same without what Jalons itself wrote in it (the first sheet of an annotated copy), told, out."""

from __future__ import annotations

from dataclasses import replace

from etl.report import INFORMATION, Finding
from etl.workbook import Sheet, Workbook

TITLE = "Constats de Jalons"
LABELS = ("Gravité", "Adresse", "Constat")
_FIRST_ROWS = 8


def set_own_sheets_aside(workbook: Workbook) -> tuple[Workbook, list[Finding]]:
    """Empty the sheets of findings: what they say of the figures is no figure, and names sources in passing."""
    own = [sheet.name for sheet in workbook.sheets if _is_own(sheet)]
    sheets = tuple(replace(one, rows=(), merges=()) if one.name in own else one for one in workbook.sheets)
    message = "Liste de constats écrite par Jalons dans une copie annotée : elle n’est pas relue."
    told = [Finding(INFORMATION, "constats_de_jalons", message, name) for name in own]
    return replace(workbook, sheets=sheets), told


def _is_own(sheet: Sheet) -> bool:
    rows = [tuple(row) for row in sheet.rows[:_FIRST_ROWS]]
    return bool(rows) and rows[0][:1] == (TITLE,) and any(row[: len(LABELS)] == LABELS for row in rows)
