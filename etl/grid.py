"""The cells of a sheet, column by column, each distinct value held once: what big tables are read by.

A table of 200,000 rows holds few distinct values in most of its columns; a number a cell says which.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest
from typing import overload

import numpy as np
from numpy.typing import NDArray

from etl.cells import Raw


def is_blank(value: Raw) -> bool:
    """Nothing, or spaces alone."""
    return value is None or (isinstance(value, str) and not value.strip())


@dataclass(frozen=True, eq=False)
class Column:
    """The distinct values of a column, and for each of its rows the index of its value among them."""

    values: tuple[Raw, ...]
    codes: NDArray[np.int32]

    def mask(self, wanted: Iterable[bool]) -> NDArray[np.bool_]:
        """Whether each row holds a wanted value; `wanted` says it of each distinct value."""
        told: NDArray[np.bool_] = np.fromiter(wanted, np.bool_, len(self.values))
        return told[self.codes]

    @cached_property
    def filled(self) -> NDArray[np.bool_]:
        """Whether each row holds something."""
        return self.mask(not is_blank(value) for value in self.values)

    def counts(self) -> list[int]:
        """How many rows hold each distinct value."""
        return [int(count) for count in np.bincount(self.codes, minlength=len(self.values))]

    def rows(self, kept: slice | NDArray[np.bool_]) -> Column:
        """Some rows of the column, with the values that they hold."""
        codes = self.codes[kept]
        is_held = np.bincount(codes, minlength=len(self.values)) > 0
        ranks = np.cumsum(is_held, dtype=np.int32) - 1
        return Column(tuple(value for value, held in zip(self.values, is_held, strict=True) if held), ranks[codes])

    def blank_from(self, start: int) -> Column:
        """The column with nothing from a row on, nor in its distinct values."""
        codes = self.codes.copy()
        codes[start:] = len(self.values)
        return Column((*self.values, None), codes).rows(slice(None))


def encode(values: Iterable[Raw]) -> Column:
    """The column that holds these values, in their order; 1, 1.0 and True are three values."""
    known: dict[Raw | tuple[type, Raw], int] = {}
    keys = (value if type(value) is str else (type(value), value) for value in values)
    codes = np.fromiter((known.setdefault(key, len(known)) for key in keys), np.int32)
    return Column(tuple(key[1] if isinstance(key, tuple) else key for key in known), codes)


def encode_rows(rows: Sequence[Sequence[Raw]]) -> tuple[Column, ...]:
    """The columns of a grid held by rows; a short row goes on with blanks."""
    if isinstance(rows, Grid):
        return rows.columns
    return tuple(encode(values) for values in zip_longest(*rows))


@dataclass(frozen=True, eq=False)
class Grid(Sequence[list[Raw]]):
    """Columns of one height, seen as rows by those who read them so; a row is made when it is asked for."""

    columns: tuple[Column, ...]

    def __len__(self) -> int:
        return len(self.columns[0].codes) if self.columns else 0

    @overload
    def __getitem__(self, index: int) -> list[Raw]: ...
    @overload
    def __getitem__(self, index: slice) -> list[list[Raw]]: ...
    def __getitem__(self, index: int | slice) -> list[Raw] | list[list[Raw]]:
        if isinstance(index, slice):
            return list(self._rows(index))
        return [column.values[column.codes[index]] for column in self.columns]

    def __iter__(self) -> Iterator[list[Raw]]:
        return self._rows(slice(None))

    def _rows(self, wanted: slice) -> Iterator[list[Raw]]:
        columns = ([column.values[code] for code in column.codes[wanted].tolist()] for column in self.columns)
        return (list(row) for row in zip(*columns, strict=True))
