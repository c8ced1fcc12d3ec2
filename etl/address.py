"""Zero-based row and column in; the name a spreadsheet gives the cell out."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=32768)
def column_name(column: int) -> str:
    """0 → A, 25 → Z, 26 → AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def cell_name(row: int, column: int) -> str:
    """(0, 0) → A1."""
    return f"{column_name(column)}{row + 1}"
