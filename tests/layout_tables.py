"""Rows and columns that each fix part of a name in; a sheet's cells, merges and the true name of each cell out."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby, product

from conventions.values import Segment, make_segment
from tests.layout_labels import RATES, REMARKS, STOCKS, Speller

Key = tuple[str, str, str, Segment]
"""Measure, territory, period, segment."""
Truth = Mapping[Key, float | str]
"""A count, or the hole that stands in its place."""
DATA, TOTAL, RATE, REMARK, BLANK, ASIDE = "data", "total", "rate", "remark", "blank", "aside"
AXES = ("measure", "territory", "period")


def total_of(truth: Truth, keys: Iterable[Key]) -> float:
    """What a total shows of its parts: their sum; of a head count, that of the last period of each territory."""
    sums: dict[tuple[str, str], dict[str, float]] = {}
    for measure, territory, period, segment in keys:
        value = truth.get((measure, territory, period, segment))
        group = sums.setdefault((measure, territory), {})
        group[period] = group.get(period, 0) + (0 if isinstance(value, str) or value is None else value)
    return sum(
        values[max(values)] if measure in STOCKS else sum(values.values())
        for (measure, _), values in sums.items()
    )


@dataclass(frozen=True)
class Line:
    """A row or a column: its labels, outer first; the part of the name it fixes; the lines that a total adds up."""

    labels: tuple[object, ...]
    names: Mapping[str, str]
    kind: str = DATA
    parts: tuple[Line, ...] = ()

    @property
    def leaves(self) -> list[Line]:
        """The lines of data that it stands for."""
        return [leaf for part in self.parts for leaf in part.leaves] if self.parts else [self]


@dataclass(frozen=True)
class Formula:
    """A formula and the value that the spreadsheet kept of it, if it did."""

    text: str
    value: float | str | None


@dataclass(frozen=True)
class Shown:
    """A value and the number format that it is shown in."""

    value: object
    pattern: str


@dataclass
class Page:
    """A sheet being written."""

    name: str
    cells: dict[tuple[int, int], object] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    spots: dict[tuple[int, int], Key] = field(default_factory=dict)
    is_hidden: bool = False
    hidden_columns: list[int] = field(default_factory=list)

    @property
    def bottom(self) -> int:
        """The first row below all that is written."""
        return max((row for row, _ in self.cells), default=-1) + 1


@dataclass(frozen=True)
class Table:
    """Rows × columns, the texts that head the columns of row labels, and how groups of labels are written."""

    corner: tuple[str, ...]
    rows: Sequence[Line]
    columns: Sequence[Line]
    row_groups: str
    column_groups: str


class Writer:
    """Writes tables on pages, cell by cell, in the ways of one author."""

    def __init__(self, truth: Truth, speller: Speller, mess: frozenset[str]) -> None:
        self.truth, self.speller, self.mess = truth, speller, mess
        self.rng: random.Random = speller.rng

    def write(
        self, page: Page, table: Table, top: int, left: int, *, has_header: bool = True, has_break: bool = True
    ) -> None:
        """Write a table; its header may stand again in its midst, as printed pages have it."""
        row = self._write_header(page, table, top, left) if has_header else top
        break_at = self._break_at(table) if has_header and has_break else None
        at: dict[int, int] = {}
        for index, line in enumerate(table.rows):
            if index == break_at:
                row = self._write_header(page, table, row, left)
            at[id(line)] = row
            self._write_row(page, table, line, row, left + len(table.corner))
            row += 1
        self._write_row_labels(page, table, at, left, "repeated" if break_at else table.row_groups)

    def _break_at(self, table: Table) -> int | None:
        ranks = [n for n in range(1, len(table.rows)) if BLANK not in (table.rows[n].kind, table.rows[n - 1].kind)]
        return self.rng.choice(ranks) if "page break" in self.mess and ranks else None

    def _write_header(self, page: Page, table: Table, top: int, left: int) -> int:
        depth = max(len(line.labels) for line in table.columns)
        first = left + len(table.corner)
        top += self._write_technical(page, table, top, left) if depth == 1 else 0
        for level in range(depth):
            start = first
            for label, group in groupby(table.columns, key=lambda line, n=level: line.labels[: n + 1]):  # type: ignore[misc]
                width = len(list(group))
                self._write_group(
                    page, table.column_groups, label[-1], (top + level, start), (0, width - 1), level + 1 == depth
                )
                start += width
        for offset, text in enumerate(table.corner):
            if text:
                page.cells[top + depth - 1, left + offset] = text
        return top + depth

    def _write_technical(self, page: Page, table: Table, row: int, left: int) -> int:
        """A row of identifiers over the labels, as exports have it; how many rows were written."""
        if "technical row" not in self.mess or not all(table.corner):
            return 0
        lines = enumerate(table.columns, left + len(table.corner))
        named = {column for column, line in lines if line.labels[-1] is not None}
        for column in sorted({*range(left, left + len(table.corner)), *named}):
            page.cells[row, column] = f"VAR_{column:02d}"
        return 1

    def _write_group(
        self, page: Page, way: str, label: object, spot: tuple[int, int], span: tuple[int, int], is_last: bool
    ) -> None:
        """A label over its lines: in a merged range, on the first of them only, or on each."""
        if label is None:
            return
        (row, column), (down, right) = spot, span
        if is_last or way == "repeated":
            for r, c in product(range(row, row + down + 1), range(column, column + right + 1)):
                page.cells[r, c] = label
            return
        page.cells[row, column] = label
        if way == "merged" and (down or right):
            page.merges.append((row, column, row + down, column + right))

    def _write_row_labels(self, page: Page, table: Table, at: Mapping[int, int], left: int, way: str) -> None:
        depth = len(table.corner)
        for level in range(depth):
            is_last = level + 1 == depth
            for label, group in groupby(table.rows, key=lambda line, n=level: line.labels[: n + 1]):  # type: ignore[misc]
                rows = [at[id(line)] for line in group]
                if is_last or way == "repeated":
                    for row in rows:
                        self._write_group(page, way, label[-1], (row, left + level), (0, 0), True)
                else:
                    self._write_group(page, way, label[-1], (rows[0], left + level), (rows[-1] - rows[0], 0), False)

    def _write_row(self, page: Page, table: Table, line: Line, row: int, first: int) -> None:
        for offset, column in enumerate(table.columns):
            spot = (row, first + offset)
            value = self.show(line, column)
            if value is not None:
                page.cells[spot] = value
            if line.kind == column.kind == DATA:
                page.spots[spot] = self._keys(line, column)[0]

    def show(self, line: Line, column: Line) -> object:
        """What stands where a line and a column meet."""
        kinds = {line.kind, column.kind}
        if BLANK in kinds:
            return None
        if REMARK in kinds:
            return self.rng.choice(REMARKS) if kinds == {REMARK, DATA} and self.rng.random() < 0.4 else None
        if ASIDE in kinds:
            return None if RATE in kinds else self.rng.choice((self.rng.randrange(1, 5000), "75 %", None))
        if RATE in kinds:
            return self.show_rate(line, column)
        keys = self._keys(line, column)
        if TOTAL in kinds:
            # The formula itself matters less than its being one.
            return Formula("=SUM(A1:A2)", None if "uncached" in self.mess else total_of(self.truth, keys))
        value = self.truth[keys[0]]
        return value if isinstance(value, str) else self.speller.number(value)

    def _keys(self, line: Line, column: Line, measure: str | None = None) -> list[Key]:
        keys = []
        for one, other in product(line.leaves, column.leaves):
            names = {**one.names, **other.names}
            segment = make_segment({axis: value for axis, value in names.items() if axis not in AXES})
            keys.append((measure or names["measure"], names["territory"], names["period"], segment))
        return keys

    def _sum(self, keys: Sequence[Key]) -> float | None:
        values = [self.truth[key] for key in keys]
        numbers = [value for value in values if not isinstance(value, str)]
        return sum(numbers) if len(numbers) == len(values) else None

    def show_rate(self, line: Line, column: Line) -> object:
        """The rate that a line and a column name, of the counts that they have, as people show it."""
        code = next(one.names["measure"] for one in (line, column) if one.kind == RATE)
        over, under = (self._sum(self._keys(line, column, measure)) for measure in RATES[code])
        if over is None or not under:
            return self.rng.choice(("n.d.", "-", None))
        share = over / under
        return Shown(round(share, 3), "0.0 %") if "percent format" in self.mess else self.speller.share(share)
