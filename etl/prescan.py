"""The bytes of a zipped workbook in; nothing out if it is safe to parse, a French refusal if it is a bomb.

Readers of spreadsheets allocate the whole rectangle between the first and the last cell, and inflate parts whole: a
file of a few kilobytes can ask for gigabytes. This scan inflates in small pieces, counts, and keeps nothing.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from etl.workbook import UnreadableError

MAX_INFLATED = 800 * 1024**2
MAX_PART_RATIO, RATIO_FLOOR = 400, 64 * 1024**2
MAX_PARTS = 5_000
MAX_CELLS = 12_000_000
MAX_RECTANGLE = 40_000_000
_CHUNK = 1 << 20
_FORBIDDEN = (b"<!DOCTYPE", b"<!ENTITY")
_REFERENCE = re.compile(rb'r="([A-Z]{1,3})(\d{1,7})"')


@dataclass
class _Extent:
    """The rectangle and the number of filled cells of one sheet, as far as it was read."""

    cells: int = 0
    last_row: int = 0
    last_column: int = 0


def scan_archive(content: bytes) -> None:
    """Raise UnreadableError when a part inflates without end, declares entities, or spans an impossible rectangle."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _scan_parts(archive)
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


def _scan_parts(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    if len(parts) > MAX_PARTS:
        raise UnreadableError(
            "archive_suspecte", f"L’archive contient {len(parts)} parties : ce n’est pas un classeur ordinaire."
        )
    inflated = 0
    for part in parts:
        if part.filename.endswith((".xml", ".rels", ".vml")):
            extent, size, tail = _Extent(), 0, b""
            is_sheet = "worksheets/" in part.filename
            for chunk in _inflate(archive, part):
                size += len(chunk)
                inflated += len(chunk)
                _check_size(part, size, inflated)
                _check_entities(part, chunk)
                tail = _measure(extent, tail + chunk) if is_sheet else b""
            _check_extent(part, extent)


def _inflate(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk


def _check_size(part: zipfile.ZipInfo, size: int, inflated: int) -> None:
    is_bomb = size > RATIO_FLOOR and size > MAX_PART_RATIO * max(part.compress_size, 1)
    if is_bomb or inflated > MAX_INFLATED:
        raise UnreadableError(
            "bombe",
            "Une fois décompressé, le classeur serait démesuré : il est refusé sans être lu. "
            "Recopiez les cellules utiles dans un classeur neuf.",
        )


def _check_entities(part: zipfile.ZipInfo, chunk: bytes) -> None:
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


def _check_extent(part: zipfile.ZipInfo, extent: _Extent) -> None:
    rectangle = extent.last_row * extent.last_column
    if extent.cells > MAX_CELLS or (rectangle > MAX_RECTANGLE and rectangle > 40 * max(extent.cells, 1)):
        raise UnreadableError(
            "feuille_demesuree",
            f"Une feuille s’étend sur {extent.last_row} lignes et {extent.last_column} colonnes "
            f"pour {extent.cells} cellules remplies : une cellule oubliée très loin ? "
            "Supprimez les lignes et colonnes vides, puis redéposez.",
        )
