"""The bytes of a zipped workbook in; the cells of its big sheets out, or a French refusal if it is a bomb.

Readers of spreadsheets allocate the whole rectangle between the first and the last cell, and inflate parts whole: a
file of a few kilobytes can ask for gigabytes. This scan inflates in small pieces, counts, and keeps the cells of big
sheets, each different one once.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from etl.distinct import CellScan, CellTable, NotPlainError
from etl.workbook import UnreadableError

MAX_INFLATED = 800 * 1024**2
MAX_PART_RATIO, RATIO_FLOOR = 400, 64 * 1024**2
MAX_PARTS = 5_000
MAX_ROW = 32 * 1024**2
MAX_CELLS = 12_000_000
MAX_RECTANGLE = 40_000_000
# From this size on, a sheet is cut into cells rather than read whole.
BIG = 4 * 1024**2
_PIECE = 1 << 18
_FORBIDDEN = (b"<!DOCTYPE", b"<!ENTITY")
_REFERENCE = re.compile(rb'r="([A-Z]{1,3})(\d{1,7})"')


@dataclass
class _Extent:
    """The rectangle and the number of filled cells of one sheet, as far as it was read."""

    cells: int = 0
    last_row: int = 0
    last_column: int = 0


def scan_archive(content: bytes) -> dict[str, CellTable]:
    """Raise UnreadableError when a part inflates without end, declares entities, or spans an impossible rectangle.

    The cells of the big sheets are cut on the way: what comes back is theirs, by the name of the part.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _scan_parts(archive)
    except (
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        EOFError,
        OSError,
        ValueError,
        NotImplementedError,
        RuntimeError,
    ) as error:
        if isinstance(error, UnreadableError):
            raise
        raise UnreadableError(
            "illisible",
            "Le classeur est abîmé ou tronqué : son archive ne s’ouvre pas. Ouvrez-le dans le tableur, enregistrez-le "
            "au format .xlsx et redéposez-le.",
        ) from error


def _scan_parts(archive: zipfile.ZipFile) -> dict[str, CellTable]:
    parts = archive.infolist()
    if len(parts) > MAX_PARTS:
        raise UnreadableError(
            "archive_suspecte", f"L’archive contient {len(parts)} parties : ce n’est pas un classeur ordinaire."
        )
    scan, tables = _Scan(archive), {}
    for part in parts:
        if part.filename.endswith((".xml", ".rels", ".vml")):
            table = scan.read(part)
            if table is not None:
                tables[part.filename] = table
    return tables


@dataclass
class _Scan:
    """One archive being inflated, and the bytes that it gave so far."""

    archive: zipfile.ZipFile
    inflated: int = 0

    def read(self, part: zipfile.ZipInfo) -> CellTable | None:
        """Inflate one part and check it; the cells of a big sheet."""
        before = self.inflated
        if "worksheets/" not in part.filename:
            for _ in self._inflate(part):
                pass
            return None
        if part.file_size >= BIG:
            try:
                return self._cut(part)
            except NotPlainError:
                self.inflated = before
        extent, tail = _Extent(), b""
        for piece in self._inflate(part):
            tail = _measure(extent, tail + piece)
            _check_row(tail)
        _check_extent(extent)
        return None

    def _cut(self, part: zipfile.ZipInfo) -> CellTable:
        cells = CellScan()
        for piece in self._inflate(part):
            cells.feed(piece)
            _check_extent(_Extent(cells.count))
        table = cells.finish()
        if len(table.rows):
            _check_extent(_Extent(len(table.rows), int(table.rows.max()) + 1, int(table.columns.max()) + 1))
        return table

    def _inflate(self, part: zipfile.ZipInfo) -> Iterator[bytes]:
        """The bytes of a part, piece by piece, each checked before it is given."""
        size = 0
        with self.archive.open(part) as stream:
            while piece := stream.read(_PIECE):
                size += len(piece)
                self.inflated += len(piece)
                _check_size(part, size, self.inflated)
                _check_entities(piece)
                yield piece


def _check_size(part: zipfile.ZipInfo, size: int, inflated: int) -> None:
    is_bomb = size > RATIO_FLOOR and size > MAX_PART_RATIO * max(part.compress_size, 1)
    if is_bomb or inflated > MAX_INFLATED:
        raise UnreadableError(
            "bombe",
            "Une fois décompressé, le classeur serait démesuré : il est refusé sans être lu. "
            "Recopiez les cellules utiles dans un classeur neuf.",
        )


def _check_entities(chunk: bytes) -> None:
    if any(word in chunk for word in _FORBIDDEN):
        raise UnreadableError(
            "entites_xml",
            "Le classeur contient des déclarations XML qu’aucun tableur n’écrit (DOCTYPE) : il est refusé. "
            "Enregistrez-le de nouveau depuis le tableur.",
        )


def _measure(extent: _Extent, text: bytes) -> bytes:
    """Update the extent with the whole rows of a piece of sheet; give back the row that is cut."""
    rows = text.split(b"</row>")
    for row in rows[:-1]:
        extent.cells += row.count(b"<v>") + row.count(b"<is>")
        _measure_row(extent, row)
    return rows[-1]


def _measure_row(extent: _Extent, row: bytes) -> None:
    """The last cell of a row that holds something; blank styled cells far away are harmless."""
    end = len(row)
    while (start := row.rfind(b"<c ", 0, end)) >= 0:
        cell = row[start:end]
        if b"<v>" in cell or b"<is>" in cell or b"<f" in cell:
            found = _REFERENCE.search(cell, 0, 200)
            if found is not None:
                extent.last_row = max(extent.last_row, int(found.group(2)))
                extent.last_column = max(extent.last_column, _column_number(found.group(1)))
            return
        end = start


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _check_row(row: bytes) -> None:
    if len(row) > MAX_ROW:
        raise UnreadableError(
            "feuille_demesuree",
            f"Une seule ligne d’une feuille dépasse {MAX_ROW // 1024**2} Mo : aucun tableur n’écrit ainsi. "
            "Recopiez les cellules utiles dans un classeur neuf.",
        )


def _check_extent(extent: _Extent) -> None:
    rectangle = extent.last_row * extent.last_column
    if extent.cells > MAX_CELLS or (rectangle > MAX_RECTANGLE and rectangle > 40 * max(extent.cells, 1)):
        raise UnreadableError(
            "feuille_demesuree",
            f"Une feuille s’étend sur {extent.last_row} lignes et {extent.last_column} colonnes "
            f"pour {extent.cells} cellules remplies : une cellule oubliée très loin ? "
            "Supprimez les lignes et colonnes vides, puis redéposez.",
        )
