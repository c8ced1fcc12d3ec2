"""A user's workbook and its findings in; a copy with the cells marked and a first sheet of links out.

All of it happens in memory: the copy holds what the file holds, which may be personal.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import PurePath

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from etl.address import list_spots
from etl.findings_sheet import FILLS, WORDS, add_findings_sheet, write_text
from etl.guard import read_workbook
from etl.memory_writer import save_workbook
from etl.privacy_names import hide_in_sheet_names
from etl.report import INFORMATION, Finding
from etl.workbook import Sheet, UnreadableError

AUTHOR = "Jalons"
WHOLE = (
    "Chaque adresse mène à la cellule, marquée dans sa feuille. Les formules se recalculent à l’ouverture."
)
VALUES = (
    "Chaque adresse mène à la cellule. Seules les valeurs du fichier sont recopiées, sans leur mise en forme."
)
ALONE = "Le fichier n’a pas pu être recopié ici : les adresses sont celles de votre fichier."
# openpyxl takes some twenty-five times the XML in memory, and a second for each two megabytes of it.
MAX_XML = 16 * 1024**2
MAX_CELLS = 250_000
# Beyond so many cells, what one finding concerns is told by its sentence alone.
MAX_MARKS = 20_000
_MACROS = "xl/vbaProject.bin"
_ZIP = b"PK\x03\x04"
_SPOT = re.compile(r"[A-Z]{1,3}[1-9]\d{0,6}")
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_NAME_LENGTH = 31


def annotate(content: bytes, findings: Sequence[Finding]) -> bytes:
    """The marked copy; of other formats, a workbook of the values; of the rest, the list alone.

    What was deduced of the whole file is left out: it asks for nothing, and the sources and conventions that
    it names would be taken for the file's own when the corrected copy is read.
    """
    told = [finding for finding in findings if finding.sheet or finding.severity != INFORMATION]
    for copy in (_copy_whole, _copy_values):
        try:
            with warnings.catch_warnings():
                # openpyxl warns of the extensions that it drops; the user has the original.
                warnings.simplefilter("ignore")
                marked = copy(content, told)
        except Exception:
            # A file that was refused may break any part of the copy; its findings come back all the same.
            continue
        if marked is not None:
            return marked
    book = Workbook()
    book.remove(book.worksheets[0])
    add_findings_sheet(book, told, {}, ALONE)
    return save_workbook(book)


def annotated_name(name: str, content: bytes) -> str:
    """The name of the copy of a file, known before it is made; the extension is that of what the copy will be."""
    extension = "xlsm" if _MACROS in _list_parts(content) else "xlsx"
    return f"{PurePath(name).stem}_constats.{extension}"


def _list_parts(content: bytes) -> frozenset[str]:
    """The parts of a workbook that can be copied as it is; none when it is no xlsx, damaged, or too large."""
    if not content.startswith(_ZIP):
        return frozenset()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = {part.filename: part.file_size for part in archive.infolist()}
    except zipfile.BadZipFile:
        return frozenset()
    return frozenset(parts) if "xl/workbook.xml" in parts and sum(parts.values()) <= MAX_XML else frozenset()


def _copy_whole(content: bytes, findings: Sequence[Finding]) -> bytes | None:
    """The workbook as it is, formats, merges and validations kept; None when it is no xlsx, or too large."""
    parts = _list_parts(content)
    if not parts:
        return None
    book = load_workbook(io.BytesIO(content), keep_vba=_MACROS in parts)
    given = [sheet.title for sheet in book.worksheets]
    return _finish(book, findings, dict(zip(hide_in_sheet_names(given), given, strict=True)), WHOLE)


def _copy_values(content: bytes, findings: Sequence[Finding]) -> bytes | None:
    """The values of any file that the journey reads; None when it reads none, or too many."""
    try:
        sheets = read_workbook("classeur", content).sheets
    except UnreadableError:
        return None
    if sum(len(row) for sheet in sheets for row in sheet.rows) > MAX_CELLS:
        return None
    book = Workbook()
    book.remove(book.worksheets[0])
    titles: dict[str, str] = {}
    for name, sheet in zip(hide_in_sheet_names(sheet.name for sheet in sheets), sheets, strict=True):
        titles[name] = _title(sheet.name, book)
        _write_values(book.create_sheet(titles[name]), sheet)
    return _finish(book, findings, titles, VALUES)


def _finish(book: Workbook, findings: Sequence[Finding], titles: Mapping[str, str], note: str) -> bytes:
    _mark_cells(book, findings, titles)
    add_findings_sheet(book, findings, titles, note)
    return save_workbook(book)


def _title(name: str, book: Workbook) -> str:
    """A name that xlsx allows for a sheet, and that no sheet of the workbook has."""
    bare = _FORBIDDEN.sub(" ", name).strip("' ")[:_NAME_LENGTH] or "Feuille"
    taken = {title.lower() for title in book.sheetnames}
    title, rank = bare, 2
    while title.lower() in taken:
        title, rank = f"{bare[: _NAME_LENGTH - 4]} ({rank})", rank + 1
    return title


def _write_values(copy: Worksheet, sheet: Sheet) -> None:
    for row, values in enumerate(sheet.rows, start=1):
        for column, value in enumerate(values, start=1):
            if value is None or value == "":
                continue
            cell = copy.cell(row, column)
            assert isinstance(cell, Cell)
            if isinstance(value, str):
                write_text(cell, value)
            else:
                cell.value = value
    for top, left, bottom, right in sheet.merges:
        copy.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)
    copy.sheet_state = "hidden" if sheet.is_hidden else "visible"


def _mark_cells(book: Workbook, findings: Sequence[Finding], titles: Mapping[str, str]) -> None:
    """Colour every cell concerned by its gravest finding; where to go first, say the findings in a comment."""
    colours: dict[tuple[str, str], str] = {}
    told: dict[tuple[str, str], list[str]] = defaultdict(list)
    for finding in sorted(findings, key=lambda one: list(WORDS).index(one.severity), reverse=True):
        spots = [(titles.get(sheet, ""), spot) for sheet, area in finding.marks for spot in list_spots(area)]
        colours |= dict.fromkeys(spots[:MAX_MARKS], FILLS[finding.severity])
    for finding in findings:
        if finding.sheet and finding.cell and _SPOT.fullmatch(finding.cell):
            told[titles.get(finding.sheet, ""), finding.cell].append(finding.message)
    for (title, spot), colour in colours.items():
        sheet = book[title] if title in book.sheetnames else None
        cell = _anchor(sheet, spot) if isinstance(sheet, Worksheet) else None
        if cell is not None:
            cell.fill = PatternFill("solid", fgColor=colour)
            if messages := told.get((title, spot)):
                _comment(cell, messages)


def _anchor(sheet: Worksheet, spot: str) -> Cell | None:
    """The cell of a spot; in a merged range, the one that holds its value."""
    for merged in sheet.merged_cells.ranges:
        if spot in merged:
            spot = merged.start_cell.coordinate
    cell = sheet[spot]
    return cell if isinstance(cell, Cell) else None


def _comment(cell: Cell, messages: Sequence[str]) -> None:
    """Add to what someone wrote there before."""
    own = [cell.comment.text] if cell.comment is not None else []
    text = "\n\n".join([*own, *(f"{AUTHOR} : {message}" for message in dict.fromkeys(messages))])
    author = cell.comment.author if cell.comment is not None else AUTHOR
    cell.comment = Comment(text, author or AUTHOR, height=60 + 16 * (len(text) // 40), width=340)
