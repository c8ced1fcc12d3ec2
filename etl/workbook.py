"""The grids of a workbook: sheets of raw values at their addresses, with merged ranges."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from etl.cells import Raw

Range = tuple[int, int, int, int]
"""First row, first column, last row, last column, all zero-based and included."""


@dataclass(frozen=True)
class Sheet:
    """One sheet: `rows[r][c]` is the value of the cell at zero-based row r and column c."""

    name: str
    rows: Sequence[Sequence[Raw]]
    merges: tuple[Range, ...] = ()
    has_merges: bool = False
    is_hidden: bool = False
    uncached: tuple[str, ...] = ()


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
