"""Zero-based row and column in; the name a spreadsheet gives the cell out. Cells in; the ranges they make, out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

Spot = tuple[int, int]
_RANGE = re.compile(r"([A-Z]+)([1-9]\d*)(?::([A-Z]+)([1-9]\d*))?")


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


def cover(spots: Iterable[Spot]) -> tuple[str, ...]:
    """The fewest ranges that hold these cells and no other, from the top: B3:D8, F3."""
    rows: dict[int, list[int]] = {}
    for row, column in sorted(set(spots)):
        rows.setdefault(row, []).append(column)
    blocks: dict[tuple[int, int], list[int]] = {}
    done: list[tuple[int, int, int, int]] = []
    for row, columns in rows.items():
        runs = _runs(columns)
        for (left, right), (top, bottom) in [*blocks.items()]:
            if bottom < row - 1 or (left, right) not in runs:
                done.append((top, left, bottom, right))
                del blocks[left, right]
        for run in runs:
            blocks.setdefault(run, [row, row])[1] = row
    done += [(top, left, bottom, right) for (left, right), (top, bottom) in blocks.items()]
    return tuple(_range_name(*block) for block in sorted(done))


def _runs(columns: Iterable[int]) -> list[tuple[int, int]]:
    """Neighbouring columns together."""
    runs: list[tuple[int, int]] = []
    for column in columns:
        if runs and runs[-1][1] == column - 1:
            runs[-1] = runs[-1][0], column
        else:
            runs.append((column, column))
    return runs


def _range_name(top: int, left: int, bottom: int, right: int) -> str:
    first, last = cell_name(top, left), cell_name(bottom, right)
    return first if first == last else f"{first}:{last}"


def parse_range(text: str) -> tuple[int, int, int, int] | None:
    """« B3:D8 » → first row, first column, last row, last column, zero-based; None for what is no range."""
    found = _RANGE.fullmatch(text)
    if found is None:
        return None
    left, top, right, bottom = found.groups()
    return int(top) - 1, _column(left), int(bottom or top) - 1, _column(right or left)


def _column(name: str) -> int:
    rank = 0
    for letter in name:
        rank = 26 * rank + ord(letter) - 64
    return rank - 1


def list_spots(area: str) -> Iterator[str]:
    """Each cell of a range, row by row."""
    bounds = parse_range(area)
    if bounds is not None:
        top, left, bottom, right = bounds
        yield from (cell_name(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1))
