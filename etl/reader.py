"""The bytes of a workbook in; its grids out. Always called through `guard`: no file may take the server down."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    SheetMetadata,
    SheetTypeEnum,
    SheetVisibleEnum,
    load_workbook,
)

from etl.bigsheets import find_blank_cells, reduce_workbook, spread
from etl.cells import Raw
from etl.delimited import read_delimited
from etl.distinct import CellTable
from etl.formats import OLE, ZIP, find_foreign
from etl.parts import Blanks, find_blanks, name_parts
from etl.prescan import scan_archive
from etl.protection import is_protected
from etl.refusals import refuse
from etl.steps import CELLS, Told, silent
from etl.workbook import Rows, Sheet, Workbook

_LOCKS = ("~$", ".~lock.")
_LOCK_SIZE = 165


def parse_workbook(file: str, content: bytes, told: Told = silent) -> Workbook:
    """Read xlsx, xls, ods or csv after what the bytes are, whatever the extension says; UnreadableError otherwise."""
    if not content:
        raise refuse("fichier_vide")
    if file.startswith(_LOCKS) or (len(content) == _LOCK_SIZE and b" " * 20 in content):
        raise refuse("fichier_verrou")
    tables = scan_archive(content) if content.startswith(ZIP) else {}
    foreign = find_foreign(content)
    if foreign is not None:
        raise refuse("autre_format", kind=foreign.kind, advice=foreign.advice)
    told(CELLS)
    if content.startswith((ZIP, OLE)):
        return Workbook(file, _read_spreadsheet(content, tables))
    return Workbook(file, (read_delimited(content),))


def _read_spreadsheet(content: bytes, tables: Mapping[str, CellTable]) -> tuple[Sheet, ...]:
    parts = name_parts(content)
    big = {part: table for part, table in tables.items() if part in parts.values()}
    blanks = find_blanks(content, set(parts.values()) - big.keys())
    blanks |= {part: find_blank_cells(table) for part, table in big.items()}
    try:
        book = load_workbook(io.BytesIO(reduce_workbook(content, big)))
        return tuple(
            _read_sheet(book.get_sheet_by_name(meta.name), meta, blanks.get(part, Blanks()), big.get(part))
            for meta in _list_sheets(book)
            for part in [parts.get(meta.name, "")]
        )
    except CalamineError as error:
        raise refuse("protege" if is_protected(content) else "illisible") from error
    except BaseException as error:
        # The library is written in Rust: what it did not foresee comes outside the family of Python's errors.
        if type(error).__name__ != "PanicException":
            raise
        raise refuse("illisible") from error


def _list_sheets(book: CalamineWorkbook) -> list[SheetMetadata]:
    """The sheets of cells, each of its own name."""
    listed = [meta for meta in book.sheets_metadata if meta.typ == SheetTypeEnum.WorkSheet]
    if not listed:
        raise refuse("aucune_grille" if book.sheets_metadata else "aucune_feuille")
    names = [meta.name for meta in listed]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise refuse("feuilles_homonymes", name=twice)
    return listed


def _read_sheet(sheet: CalamineSheet, meta: SheetMetadata, blanks: Blanks, table: CellTable | None) -> Sheet:
    merges = tuple((a[0], a[1], b[0], b[1]) for a, b in sheet.merged_cell_ranges or ())
    rows: Rows = [[_plain(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    rows = rows if table is None else spread(table, rows)
    is_hidden = meta.visible != SheetVisibleEnum.Visible
    return Sheet(meta.name, rows, merges, bool(merges), is_hidden, blanks.uncached, blanks.errors)


def _plain(value: object) -> Raw:
    """A value as grids hold them; a time of day or a duration is only ever a text here."""
    return value if isinstance(value, str | float | int | date) else str(value)
