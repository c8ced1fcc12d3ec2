"""The named cells of a band in; its totals judged by their siblings: margins kept, totals checked, out.

Among segments (ages, motives) a total is a margin and is a count of its own; among territories, periods or
measures it is only a check of its parts and is never loaded.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from conventions.values import Measure
from etl.columns import Label, Line, line_of
from etl.crosstab import BandReading
from etl.naming import Named

_BASE = frozenset({"mesure", "territoire", "annee", "part"})
Place = tuple[Line, int, tuple[tuple[Line, str], ...]]
"""A line of labels, the row or column where its cells follow each other, and the texts of their other labels."""


@dataclass(frozen=True)
class TotalCheck:
    """A total set aside: what it shows, and the sums its parts could make (none when a part is missing)."""

    named: Named
    sums: tuple[float, ...]

    @property
    def is_wrong(self) -> bool:
        """Whether the total contradicts its parts."""
        shown = self.named.cell.number
        return shown is not None and bool(self.sums) and all(abs(shown - total) > 0.5 for total in self.sums)


@dataclass
class _Grid:
    """The cells of a band, each with its labels by line, and those that share all labels but one."""

    headers: frozenset[int]
    cells: Sequence[Named]
    labels: list[dict[Line, Label]] = field(default_factory=list)
    groups: dict[Line, dict[Place, list[int]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.labels = [
            {line_of(label, self.headers): label for label in named.labels} for named in self.cells
        ]

    def place(self, index: int, line: Line) -> Place:
        """What a cell shares with its siblings along a line of labels."""
        row, column = self.cells[index].spot
        others = tuple([(key, label.text) for key, label in self.labels[index].items() if key != line])
        return line, row if line[0] == "header" else column, others

    def siblings(self, index: int, line: Line) -> list[int]:
        """The cells with the same labels but for that line, in their order; the cell itself is one of them."""
        if line not in self.groups:
            groups: dict[Place, list[int]] = defaultdict(list)
            for other, labels in enumerate(self.labels):
                if line in labels:
                    groups[self.place(other, line)].append(other)
            self.groups[line] = groups
        return self.groups[line][self.place(index, line)]


def judge_totals(
    reading: BandReading, measures: Mapping[str, Measure]
) -> tuple[list[Named], list[TotalCheck]]:
    """Tell the counts from the totals of one band."""
    grid = _Grid(frozenset(reading.band.headers), reading.cells)
    kept: list[Named] = []
    checks: list[TotalCheck] = []
    for index, named in enumerate(reading.cells):
        verdict = _judge(index, grid, measures) if named.kind == "total" else named
        kept.extend([verdict] if isinstance(verdict, Named) else [])
        checks.extend([verdict] if isinstance(verdict, TotalCheck) else [])
    return kept, checks


def _judge(index: int, grid: _Grid, measures: Mapping[str, Measure]) -> Named | TotalCheck:
    named = grid.cells[index]
    lines = grid.labels[index]
    line = next((line for line, label in lines.items() if label.reading.kind == "total"), None)
    if line is None:
        parts = _quarters_of_year(index, grid)
        return TotalCheck(named, _sums([parts], measures)) if parts else replace(named, kind=None)
    near = grid.siblings(index, line)
    siblings = [other for other in near if _is_part(grid.cells[other], lines[line])]
    axes = {axis for other in siblings for axis in grid.labels[other][line].reading.axes}
    if axes and not axes & _BASE:
        return replace(named, kind=None)
    groups = [[grid.cells[other] for other in siblings]]
    totals = [other for other in near if grid.cells[other].kind == "total"]
    if len(totals) > 1:
        last = max((other for other in totals if other < index), default=-1)
        groups.append([grid.cells[other] for other in siblings if last < other < index])
    return TotalCheck(named, () if "mesure" in axes else _sums(groups, measures))


def _is_part(other: Named, total: Label) -> bool:
    """Whether a sibling is a plain count of what the label of the total names (« Total 2024 »: of 2024)."""
    said = total.reading
    return (
        other.kind is None
        and said.place in (None, other.territory)
        and said.moment.year in (None, other.moment.year)
        and all(measure == other.measure for measure in said.measures)
        and all((axis, value) in other.segment for axis, value in said.segments.items())
    )


def _quarters_of_year(index: int, grid: _Grid) -> list[Named]:
    """The parts of a year in the same row or column as a cell that names the year alone."""
    named = grid.cells[index]
    return [
        other
        for other in grid.cells
        if (other.spot[0] == named.spot[0] or other.spot[1] == named.spot[1])
        and (other.measure, other.territory, other.segment) == (named.measure, named.territory, named.segment)
        and other.moment.has_part
        and other.moment.year == named.moment.year
        and other.kind is None
    ]


def _sums(groups: Iterable[Sequence[Named]], measures: Mapping[str, Measure]) -> tuple[float, ...]:
    """What the parts make: their sum, or the last one for a stock over time; nothing when a part is unknown."""
    sums = []
    for parts in groups:
        numbers = [part.cell.number for part in parts if part.cell.number is not None]
        measure = measures.get(parts[0].measure or "") if parts else None
        if not parts or len(numbers) < len(parts) or (measure is not None and measure.kind == "distinct"):
            continue
        is_over_time = len({part.period for part in parts}) > 1
        is_last = is_over_time and measure is not None and measure.kind == "stock"
        sums.append(_last_in_time(parts) if is_last else sum(numbers))
    return tuple(sums)


def _last_in_time(parts: Sequence[Named]) -> float:
    last = max(parts, key=lambda part: (part.moment.year or 0, part.moment.month or 0, part.moment.quarter or 0))
    return last.cell.number or 0.0
