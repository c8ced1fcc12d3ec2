"""The bytes of a workbook in; its grids out. Always called through `guard`: no file may take the server down."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from datetime import date

from python_calamine import CalamineError, SheetTypeEnum, SheetVisibleEnum, load_workbook

from etl.bigsheets import find_uncached_cells, reduce_workbook, spread
from etl.cells import Raw
from etl.distinct import CellTable
from etl.parts import find_uncached, name_parts
from etl.prescan import scan_archive
from etl.protection import is_protected
from etl.steps import CELLS, Told, silent
from etl.workbook import Rows, Sheet, UnreadableError, Workbook

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCODINGS = ("utf-8-sig", "cp1252")
_DELIMITERS = ";,\t|"


def parse_workbook(file: str, content: bytes, told: Told = silent) -> Workbook:
    """Read xlsx, xls, ods or csv after what the bytes are, whatever the extension says; UnreadableError otherwise."""
    if not content:
        raise UnreadableError(
            "fichier_vide", "Le fichier est vide (0 octet). Enregistrez-le de nouveau et redéposez-le."
        )
    if file.startswith("~$"):
        raise UnreadableError(
            "fichier_verrou", "C’est le fichier de verrou d’un classeur ouvert. Déposez le classeur lui-même."
        )
    tables: Mapping[str, CellTable] = {}
    if content.startswith(_ZIP):
        tables = scan_archive(content)
    told(CELLS)
    if content.startswith((_ZIP, _OLE)):
        return Workbook(file, _read_spreadsheet(content, tables))
    if content.lstrip()[:1] == b"<":
        raise UnreadableError(
            "page_web",
            "Le fichier est une page web ou du XML, pas un classeur. Enregistrez-le au format .xlsx.",
        )
    return Workbook(file, (_read_csv(content),))


def _read_spreadsheet(content: bytes, tables: Mapping[str, CellTable]) -> tuple[Sheet, ...]:
    parts = name_parts(content)
    big = {part: table for part, table in tables.items() if part in parts.values()}
    uncached = find_uncached(content, set(parts.values()) - big.keys())
    uncached |= {part: find_uncached_cells(table) for part, table in big.items()}
    try:
        book = load_workbook(io.BytesIO(reduce_workbook(content, big)))
        sheets = []
        for meta in book.sheets_metadata:
            if meta.typ != SheetTypeEnum.WorkSheet:
                continue
            part, sheet = parts.get(meta.name, ""), book.get_sheet_by_name(meta.name)
            merges = tuple((a[0], a[1], b[0], b[1]) for a, b in sheet.merged_cell_ranges or ())
            rows: Rows = [[_plain(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
            hidden = meta.visible != SheetVisibleEnum.Visible
            rows = spread(big[part], rows) if part in big else rows
            sheets.append(Sheet(meta.name, rows, merges, bool(merges), hidden, uncached.get(part, ())))
    except CalamineError as error:
        raise _explain(content) from error
    if not sheets:
        raise UnreadableError("aucune_feuille", "Le classeur ne contient aucune feuille de cellules.")
    return tuple(sheets)


def _plain(value: object) -> Raw:
    """A value as grids hold them; a time of day or a duration is only ever a text here."""
    return value if isinstance(value, str | float | int | date) else str(value)


def _explain(content: bytes) -> UnreadableError:
    """Why a file that looks like a workbook cannot be opened."""
    if is_protected(content):
        return UnreadableError(
            "protege",
            "Le classeur est protégé par un mot de passe. Ouvrez-le dans le tableur, retirez le mot de passe, "
            "enregistrez-le, puis déposez-le de nouveau.",
        )
    return UnreadableError(
        "illisible",
        "Le fichier ne se lit pas comme un classeur (il est peut-être tronqué ou d’un autre format). "
        "Ouvrez-le dans le tableur et enregistrez-le au format .xlsx.",
    )


def _read_csv(content: bytes) -> Sheet:
    text = _decode(content)
    sample = text[:20_000]
    if "\x00" in sample:
        raise UnreadableError("format_inconnu", "Ce fichier n’est ni un classeur (xlsx, xls, ods) ni un texte CSV.")
    delimiter = max(_DELIMITERS, key=lambda mark: sum(line.count(mark) for line in sample.splitlines()[:50]))
    try:
        rows: list[list[Raw]] = [list(row) for row in csv.reader(io.StringIO(text), delimiter=delimiter)]
    except csv.Error as error:
        message = "Ce texte n’est pas un tableau CSV lisible. Enregistrez-le au format .xlsx."
        raise UnreadableError("format_inconnu", message) from error
    width = max((len(row) for row in rows), default=0)
    if width < 2 and len(rows) < 2:
        raise UnreadableError("format_inconnu", "Ce fichier n’est ni un classeur (xlsx, xls, ods) ni un tableau CSV.")
    return Sheet("CSV", rows)


def _decode(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    for encoding in _ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1")
