"""The grids of a workbook: sheets of raw values at their addresses, with merged ranges."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeAlias

from etl.cells import Raw
from etl.grid import Column, Grid, encode, encode_rows

Rows: TypeAlias = Sequence[Sequence[Raw]]
Range = tuple[int, int, int, int]
"""First row, first column, last row, last column, all zero-based and included."""


@dataclass(frozen=True)
class Sheet:
    """One sheet: `rows[r][c]` is the value of the cell at zero-based row r and column c.

    `uncached` are its formulas saved without their value, `errors` those whose value is an error.
    """

    name: str
    rows: Rows
    merges: tuple[Range, ...] = ()
    has_merges: bool = False
    is_hidden: bool = False
    uncached: tuple[str, ...] = ()
    errors: tuple[str, ...] = ()

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """The same cells by column, each distinct value once: the way to walk through a big sheet."""
        return encode_rows(self.rows)

    def without(self, columns: Collection[int]) -> Sheet:
        """The sheet with these columns blank; the others keep their place."""
        if not columns:
            return self
        if isinstance(self.rows, Grid):
            blank = encode([None] * len(self.rows))
            kept = tuple(blank if c in columns else column for c, column in enumerate(self.rows.columns))
            return replace(self, rows=Grid(kept))
        return replace(self, rows=[[None if c in columns else v for c, v in enumerate(row)] for row in self.rows])


@dataclass(frozen=True)
class Workbook:
    """A file read: its sheets in order."""

    file: str
    sheets: tuple[Sheet, ...]


class UnreadableError(ValueError):
    """A file that cannot be read: `code` names the cause, the message is a French sentence with what to do."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
