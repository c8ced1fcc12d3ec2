"""A workbook and the true names of its counts in; the same with one label, row or column damaged, out."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import replace

from etl.address import cell_name
from etl.cells import Raw
from etl.workbook import Range, Sheet, Workbook
from tests.layout_tables import Key

Grid = list[list[Raw]]
Marks = list[list[Key | None]]
DAMAGES = ("typo", "word", "blank", "row", "column")


def damage(
    workbook: Workbook, spots: Mapping[tuple[str, str], Key], kind: str, seed: int
) -> tuple[Workbook, dict[tuple[str, str], Key]]:
    """Damage one sheet that holds counts; give it with the new addresses of the counts that are left."""
    rng = random.Random(seed)
    chosen = rng.choice([sheet for sheet in workbook.sheets if any(name == sheet.name for name, _ in spots)])
    sheets: list[Sheet] = []
    left: dict[tuple[str, str], Key] = {}
    for sheet in workbook.sheets:
        marks = [
            [spots.get((sheet.name, cell_name(r, c))) for c in range(len(row))] for r, row in enumerate(sheet.rows)
        ]
        if sheet is chosen:
            sheet, marks = _DAMAGE[kind](sheet, marks, rng)
        sheets.append(sheet)
        left |= {
            (sheet.name, cell_name(r, c)): key
            for r, row in enumerate(marks)
            for c, key in enumerate(row)
            if key is not None
        }
    return replace(workbook, sheets=tuple(sheets)), left


def _misspell(sheet: Sheet, marks: Marks, rng: random.Random) -> tuple[Sheet, Marks]:
    """One letter dropped, doubled or replaced in a label."""
    return _rewrite(sheet, marks, rng, lambda text: _misspell_text(text, rng)), marks


def _misspell_text(text: str, rng: random.Random) -> Raw:
    letters = [rank for rank, char in enumerate(text) if char.isalpha()]
    if not letters:
        return text
    rank = rng.choice(letters)
    return text[:rank] + rng.choice(("", 2 * text[rank], "x")) + text[rank + 1 :]


def _add_word(sheet: Sheet, marks: Marks, rng: random.Random) -> tuple[Sheet, Marks]:
    """A word that nobody knows at either end of a label."""
    return _rewrite(sheet, marks, rng, lambda text: rng.choice((f"{text} zorglub", f"zorglub {text}"))), marks


def _blank(sheet: Sheet, marks: Marks, rng: random.Random) -> tuple[Sheet, Marks]:
    """A label erased."""
    return _rewrite(sheet, marks, rng, lambda text: None), marks


def _rewrite(sheet: Sheet, marks: Marks, rng: random.Random, change: Callable[[str], Raw]) -> Sheet:
    rows = [list(row) for row in sheet.rows]
    texts = [
        (r, c)
        for r, row in enumerate(rows)
        for c, value in enumerate(row)
        if isinstance(value, str) and value.strip() and marks[r][c] is None
    ]
    if texts:
        r, c = rng.choice(texts)
        rows[r][c] = change(str(rows[r][c]))
    return replace(sheet, rows=rows)


def _drop_row(sheet: Sheet, marks: Marks, rng: random.Random) -> tuple[Sheet, Marks]:
    """A row deleted, as a spreadsheet does: merged ranges shrink and keep their text."""
    row = rng.randrange(len(sheet.rows))
    grid = [list(line) for line in sheet.rows]
    for top, left, bottom, _ in sheet.merges:
        if top == row < bottom:
            grid[row + 1][left] = grid[row][left]
    merges = tuple(one for m in sheet.merges if (one := _shrink(m, row, 0)) is not None)
    del grid[row], marks[row]
    return replace(sheet, rows=grid, merges=merges), marks


def _drop_column(sheet: Sheet, marks: Marks, rng: random.Random) -> tuple[Sheet, Marks]:
    """A column deleted, in the same way."""
    column = rng.randrange(max(len(row) for row in sheet.rows))
    grid = [list(line) for line in sheet.rows]
    for top, left, _, right in sheet.merges:
        if left == column < right:
            grid[top][column + 1] = grid[top][column]
    merges = tuple(one for m in sheet.merges if (one := _shrink(m, column, 1)) is not None)
    for line in (*grid, *marks):
        del line[column : column + 1]  # type: ignore[attr-defined]
    return replace(sheet, rows=grid, merges=merges), marks


def _shrink(merge: Range, dropped: int, axis: int) -> Range | None:
    """A merged range once a row (axis 0) or a column (axis 1) is gone; None when nothing of it is left."""
    first, last = merge[axis], merge[axis + 2]
    if first == last == dropped:
        return None
    bounds = list(merge)
    bounds[axis] = first - (dropped < first)
    bounds[axis + 2] = last - (dropped <= last)
    return bounds[0], bounds[1], bounds[2], bounds[3]


_DAMAGE: Mapping[str, Callable[[Sheet, Marks, random.Random], tuple[Sheet, Marks]]] = {
    "typo": _misspell,
    "word": _add_word,
    "blank": _blank,
    "row": _drop_row,
    "column": _drop_column,
}
