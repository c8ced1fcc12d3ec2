"""The bytes of a zipped workbook in; the cells of its big sheets out, or a French refusal if it is a bomb.

Readers of spreadsheets allocate the whole rectangle between the first and the last cell, and inflate parts whole: a
file of a few kilobytes can ask for gigabytes. This scan inflates in small pieces, counts, and keeps the cells of big
sheets, each different one once.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from xml.parsers.expat import ExpatError, ParserCreate

from etl.distinct import CellScan, CellTable, NotPlainError
from etl.protection import is_protected
from etl.refusals import refuse
from etl.workbook import UnreadableError

MAX_INFLATED = 800 * 1024**2
MAX_PART_RATIO, RATIO_FLOOR = 400, 64 * 1024**2
MAX_PARTS = 5_000
MAX_ROW = 32 * 1024**2
MAX_CELLS = 12_000_000
MAX_RECTANGLE, SPARSE = 3_000_000, 40
# From this size on, a sheet is cut into cells rather than read whole.
BIG = 4 * 1024**2
_PIECE = 1 << 20
# Inflating and cutting leave the interpreter free most of the time.
_CUTTERS = 2
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")
# The parts that give cells their values and their places.
_READ = ("xl/workbook.xml", "xl/sharedStrings.xml", "content.xml")
_FORBIDDEN = (b"<!DOCTYPE", b"<!ENTITY")
_FILLED = re.compile(rb'<c [^>]*?\br=["\']([A-Z]{1,3})(\d{1,7})["\'][^>]*>\s*<[vif]')


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
    except ExpatError as error:
        raise refuse("protege" if is_protected(content) else "illisible") from error
    except (
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        EOFError,
        OSError,
        ValueError,
        NotImplementedError,
        RuntimeError,
        zlib.error,
    ) as error:
        if isinstance(error, UnreadableError):
            raise
        raise refuse("protege" if is_protected(content) else "archive_abimee") from error


def _scan_parts(archive: zipfile.ZipFile) -> dict[str, CellTable]:
    parts = archive.infolist()
    if len(parts) > MAX_PARTS:
        raise refuse("archive_suspecte", parts=len(parts))
    twice = next((name for name, count in Counter(part.filename for part in parts).items() if count > 1), None)
    if twice is not None:
        raise refuse("archive_ambigue", part=twice)
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
            pieces = _check_entities(self._inflate(part))
            for _ in _check_form(pieces) if part.filename in _READ else pieces:
                pass
            return None
        if part.file_size >= BIG:
            try:
                return self._cut(part)
            except NotPlainError:
                self.inflated = before
        extent, tail = _Extent(), b""
        for piece in _check_form(_check_entities(self._inflate(part))):
            tail = _measure(extent, tail + piece)
            _check_row(tail)
            _check_count(extent.cells)
        _check_extent(extent)
        return None

    def _cut(self, part: zipfile.ZipInfo) -> CellTable:
        with ThreadPoolExecutor(_CUTTERS) as cutters:
            cells = CellScan(cutters)
            for piece in self._inflate(part):
                cells.feed(piece)
                _check_count(cells.count)
            table = cells.finish()
        _check_count(cells.count)
        # The cutters admit no declaration among the rows.
        for _ in _check_entities(iter((table.head, table.tail))):
            pass
        # Cells that are no XML by themselves: the sheet is read whole, which tells why.
        for _ in _check_form(iter((table.reduced,)), NotPlainError):
            pass
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
                yield piece


def _check_form(pieces: Iterator[bytes], refused: type[Exception] = ExpatError) -> Iterator[bytes]:
    """The same pieces, of well-formed XML: where a tag is broken, readers lend a cell the value of the next."""
    parser = ParserCreate()
    try:
        for piece in pieces:
            # In UTF-16 the words of a declaration would not be seen; no spreadsheet writes its cells so.
            if piece.startswith(_WIDE):
                raise refuse("illisible")
            parser.Parse(piece)
            yield piece
        parser.Parse(b"", True)
    except ExpatError as error:
        raise refused(*error.args) from error


def _check_size(part: zipfile.ZipInfo, size: int, inflated: int) -> None:
    is_bomb = size > RATIO_FLOOR and size > MAX_PART_RATIO * max(part.compress_size, 1)
    if is_bomb or inflated > MAX_INFLATED:
        raise refuse("bombe")


def _check_entities(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The same pieces, which declare no entity."""
    edge = b""
    for piece in pieces:
        if any(word in edge + piece for word in _FORBIDDEN):
            raise refuse("entites_xml")
        edge = piece[-len(_FORBIDDEN[0]) :]
        yield piece


def _measure(extent: _Extent, text: bytes) -> bytes:
    """Update the extent with the whole rows of a piece of sheet; give back the row that is cut."""
    rows = text.split(b"</row>")
    for row in rows[:-1]:
        extent.cells += row.count(b"<v>") + row.count(b"<is>")
        _measure_row(extent, row)
    return rows[-1]


def _measure_row(extent: _Extent, row: bytes) -> None:
    """The farthest of the cells that hold something, wherever it is written; blank styled cells are harmless."""
    for column, line in _FILLED.findall(row):
        extent.last_row = max(extent.last_row, int(line))
        extent.last_column = max(extent.last_column, _column_number(column))


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _check_row(row: bytes) -> None:
    if len(row) > MAX_ROW:
        raise refuse("ligne_demesuree", most=MAX_ROW // 1024**2)


def _check_count(cells: int) -> None:
    if cells > MAX_CELLS:
        raise refuse("trop_de_cellules", most=MAX_CELLS)


def _check_extent(extent: _Extent) -> None:
    rectangle = extent.last_row * extent.last_column
    if rectangle > MAX_RECTANGLE and rectangle > SPARSE * max(extent.cells, 1):
        raise refuse("feuille_demesuree", rows=extent.last_row, columns=extent.last_column, cells=extent.cells)
