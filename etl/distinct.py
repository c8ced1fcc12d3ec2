"""The XML of a big sheet in, piece by piece; where each cell stands, and which of the distinct cells it is, out.

A table of 200,000 paths has four million cells and a few thousand different ones beside its identifiers. Here their
XML is cut into cells without being understood, and each different cell is kept once: what is then read, by the reader
of spreadsheets, is a sheet of these alone. Only the plain XML that spreadsheets write is cut so; any doubt is a
`NotPlainError`, and the sheet is read whole.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field
from functools import cached_property, reduce

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

_START, _END, _ROW_END = b"<sheetData>", b"</sheetData>", b"</row>"
# What may wait for its end: no row that a spreadsheet writes is longer.
_LONGEST = 16 * 1024**2
# Pieces that may wait to be cut while others are inflated.
_AHEAD = 4
_LETTERS, _DIGITS = 3, 7
_MOST_ROWS, _MOST_COLUMNS = 1_048_576, 16_384


class NotPlainError(ValueError):
    """A sheet that is not written as spreadsheets write them."""


@dataclass(frozen=True, eq=False)
class CellTable:
    """The cells of a sheet: zero-based rows and columns, and the rank of each among the `distinct` ones.

    A distinct cell is all that follows its reference in the XML; `head` and `tail` are what stands around them.
    """

    rows: NDArray[np.int32]
    columns: NDArray[np.int32]
    ranks: NDArray[np.int32]
    distinct: list[bytes]
    head: bytes
    tail: bytes

    @cached_property
    def reduced(self) -> bytes:
        """A sheet of the distinct cells alone, one a row, in their order."""
        cells = (b'<row r="%d"><c r="A%d%b</row>' % (row, row, cell) for row, cell in enumerate(self.distinct, 1))
        return b"".join((self.head, *cells, self.tail))

    def by_column(self) -> Iterator[tuple[NDArray[np.int32], NDArray[np.int32]]]:
        """The rows and the ranks of the cells of each column, from the first to the last."""
        # On sixteen bits, numpy sorts by radix.
        order = np.argsort(self.columns.astype(np.int16), kind="stable")
        bounds = np.cumsum(np.bincount(self.columns))[:-1]
        return zip(np.split(self.rows[order], bounds), np.split(self.ranks[order], bounds), strict=True)


@dataclass(frozen=True, eq=False)
class _Cells:
    """The cells of some whole rows."""

    rows: NDArray[np.int32]
    columns: NDArray[np.int32]
    texts: pa.DictionaryArray


@dataclass
class CellScan:
    """Cuts a sheet into cells as it is inflated: the `cutters` cut while the next piece is inflated."""

    cutters: Executor
    count: int = 0
    _head: bytes = b""
    _rest: bytes = b""
    _waiting: deque[Future[_Cells]] = field(default_factory=deque)
    _cut: list[_Cells] = field(default_factory=list)

    def feed(self, piece: bytes) -> None:
        """One more piece of the sheet; a row that is cut waits for the next one."""
        text = self._rest + piece
        if not self._head:
            start = text.find(_START) + len(_START)
            if start >= len(_START):
                self._head, text = text[:start], text[start:]
        end = text.rfind(_ROW_END) + len(_ROW_END) if self._head else 0
        if end >= len(_ROW_END):
            self._waiting.append(self.cutters.submit(_cut_rows, text[:end]))
            text = text[end:]
        self._rest = text
        _require(len(text) < _LONGEST)
        self._gather(_AHEAD)

    def _gather(self, most: int) -> None:
        """Take what is cut, in its order, until no more than so many pieces wait."""
        while len(self._waiting) > most:
            cells = self._waiting.popleft().result()
            self.count += len(cells.rows)
            self._cut.append(cells)

    def finish(self) -> CellTable:
        """All the cells; NotPlainError when what was fed is no whole sheet, or has no cell."""
        self._gather(0)
        _require(self._rest.startswith(_END) and self.count > 0)
        cells = pa.chunked_array([one.texts for one in self._cut]).unify_dictionaries()
        distinct = cells.chunk(0).dictionary
        ranks = np.concatenate([chunk.indices.to_numpy() for chunk in cells.chunks])
        is_filled = _find_filled(distinct)[ranks]
        rows, columns = (
            np.concatenate([getattr(one, places) for one in self._cut])[is_filled] for places in ("rows", "columns")
        )
        return CellTable(rows, columns, ranks[is_filled], distinct.to_pylist(), self._head, self._rest)


def _find_filled(cells: pa.BinaryArray) -> NDArray[np.bool_]:
    """Whether each cell holds something besides a style."""
    held = (pc.match_substring(cells, mark) for mark in ("<v", "<is", "<f"))
    is_filled: NDArray[np.bool_] = reduce(pc.or_, held).to_numpy(zero_copy_only=False)
    return is_filled


def _cut_rows(text: bytes) -> _Cells:
    """Whole rows, cut at the beginning of each cell and row."""
    _require(_END not in text)
    codes = np.frombuffer(text, np.uint8)
    tags = np.flatnonzero(codes[:-3] == ord("<")).astype(np.int32)
    first, second = codes[tags + 1], codes[tags + 2]
    # Neither comments nor CDATA nor instructions: what looks like a cell is one.
    _require((first != ord("!")) & (first != ord("?")))
    is_cell = (first == ord("c")) & (second == ord(" "))
    is_row = (first == ord("r")) & (second == ord("o"))
    is_end = (first == ord("/")) & (second == ord("r")) & (codes[tags + 3] == ord("o"))
    marks = is_cell | is_row | is_end
    bounds, is_cell = tags[marks], is_cell[marks]
    starts, ends = bounds[is_cell], bounds[1:][is_cell[:-1]]
    rows, columns, after = _read_references(codes, starts)
    return _Cells(rows, columns, _encode_slices(text, after, ends))


def _read_references(
    codes: NDArray[np.uint8], starts: NDArray[np.int32]
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]:
    """The zero-based row and column that each cell names first (`<c r="B12"`), and where the name ends."""
    for place, letter in enumerate(b'r="', start=3):
        _require(codes[starts + place] == letter)
    at = starts + 6
    columns, at = _read_figures(codes, at, base=26, zero=ord("A") - 1, most=_LETTERS)
    rows, at = _read_figures(codes, at, base=10, zero=ord("0"), most=_DIGITS)
    _require((codes[at] == ord('"')) & (columns > 0) & (rows > 0))
    _require((rows <= _MOST_ROWS) & (columns <= _MOST_COLUMNS))
    return rows - 1, columns - 1, at


def _read_figures(
    codes: NDArray[np.uint8], at: NDArray[np.int32], *, base: int, zero: int, most: int
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """The number written from each place, in letters or in digits, and the place after it."""
    numbers = np.zeros(len(at), np.int32)
    lowest = 1 if base == 26 else 0
    for _ in range(most):
        figures = codes[at].astype(np.int32) - zero
        is_one = (figures >= lowest) & (figures < base + lowest)
        if not is_one.any():
            break
        numbers = np.where(is_one, numbers * base + figures, numbers)
        at = at + is_one
    return numbers, at


def _require(held: bool | NDArray[np.bool_]) -> None:
    if not np.all(held):
        raise NotPlainError


def _encode_slices(text: bytes, starts: NDArray[np.int32], ends: NDArray[np.int32]) -> pa.DictionaryArray:
    """The slices of a text, each distinct one once."""
    bounds = np.column_stack((starts, ends)).ravel()
    offsets = np.append(bounds, bounds[-1:])
    # A slice is followed by what stands between it and the next: every other piece is one.
    pieces = pa.BinaryArray.from_buffers(
        pa.binary(), len(bounds), [None, pa.py_buffer(offsets), pa.py_buffer(text)]
    )
    return pieces.take(pa.array(np.arange(0, len(bounds), 2))).dictionary_encode()
