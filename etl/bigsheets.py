"""A workbook with big sheets in; the same with their distinct cells alone, and their whole grids again, out.

The reader of spreadsheets says what each distinct cell holds, so a big sheet reads as any other would.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from etl.address import cell_name
from etl.cells import Raw
from etl.distinct import CellTable
from etl.grid import Column, Grid, encode
from etl.parts import ERROR_CELL, UNCACHED_CELL, Blanks

_BLANK = ""


def reduce_workbook(content: bytes, tables: Mapping[str, CellTable]) -> bytes:
    """The archive where each of these parts is a sheet of its distinct cells, one a row."""
    if not tables:
        return content
    reduced = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as archive, zipfile.ZipFile(reduced, "w") as out:
        for part in archive.infolist():
            table = tables.get(part.filename)
            out.writestr(part.filename, archive.read(part) if table is None else table.reduced)
    return reduced.getvalue()


def spread(table: CellTable, rows: Sequence[Sequence[Raw]]) -> Grid:
    """The whole grid of a sheet, from the values of its distinct cells, one a row."""
    values = [row[0] if row else _BLANK for row in rows]
    # The reader stops at the last cell that holds something.
    values += [_BLANK] * (len(table.distinct) - len(values))
    height = int(table.rows.max(initial=-1)) + 1
    return Grid(tuple(_spread_column(places, ranks, values, height) for places, ranks in table.by_column()))


def _spread_column(
    places: NDArray[np.int32], ranks: NDArray[np.int32], values: Sequence[Raw], height: int
) -> Column:
    is_held = np.zeros(len(values), np.bool_)
    is_held[ranks] = True
    held = np.flatnonzero(is_held)
    # Cells that differ by their style alone hold one value; the first value stands where there is no cell.
    column = encode([_BLANK, *(values[rank] for rank in held.tolist())])
    codes = np.full(height, column.codes[0])
    own = np.zeros(len(values), np.int32)
    own[held] = column.codes[1:]
    codes[places] = own[ranks]
    return Column(column.values, codes)


def find_blank_cells(table: CellTable) -> Blanks:
    """The cells of a big sheet that read as blanks and are none, from the top."""
    return Blanks(_find_cells(table, UNCACHED_CELL), _find_cells(table, ERROR_CELL))


def _find_cells(table: CellTable, kind: re.Pattern[bytes]) -> tuple[str, ...]:
    is_one = np.array([kind.fullmatch(cell[1:]) is not None for cell in table.distinct], np.bool_)
    found = np.flatnonzero(is_one[table.ranks])
    spots = sorted(zip(table.rows[found].tolist(), table.columns[found].tolist(), strict=True))
    return tuple(cell_name(row, column) for row, column in spots)
