"""The named cells of a band in; its totals judged by their siblings: margins kept, totals checked, out.

Among segments (ages, motives) a total is a margin and is a count of its own; among territories, periods or
measures it is only a check of its parts and is never loaded.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from conventions.values import Measure
from etl.crosstab import BandReading
from etl.labels import Label, Line, line_of
from etl.naming import Named

_BASE = frozenset({"mesure", "territoire", "annee", "part"})
Place = tuple[int, tuple[str, ...]]
"""The row or column where siblings follow each other, and the texts of the labels that they share."""


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


class _Grid:
    """The cells of a band, each with its labels by line, and those that share all labels but one."""

    def __init__(self, headers: frozenset[int], cells: Sequence[Named]) -> None:
        self.cells = cells
        self.labels = [{line_of(label, headers): label for label in named.labels} for named in cells]
        self._groups: dict[Line, dict[Place, list[int]]] = {}
        self._crosses: dict[Line, list[int]] = defaultdict(list)
        for index, named in enumerate(cells):
            self._crosses["header", named.spot[0]].append(index)
            self._crosses["left", named.spot[1]].append(index)

    def siblings(self, index: int, line: Line) -> list[int]:
        """The cells with the same labels but for that line, in their order; the cell itself is one of them."""
        if line not in self._groups:
            groups: dict[Place, list[int]] = defaultdict(list)
            for other, labels in enumerate(self.labels):
                if line in labels:
                    groups[self._place(other, line)].append(other)
            self._groups[line] = groups
        return self._groups[line][self._place(index, line)]

    def _place(self, index: int, line: Line) -> Place:
        row, column = self.cells[index].spot
        others = tuple([label.text for key, label in self.labels[index].items() if key != line])
        return row if line[0] == "header" else column, others

    def cross(self, index: int) -> list[int]:
        """The cells of the same row and those of the same column."""
        row, column = self.cells[index].spot
        return [*self._crosses["header", row], *self._crosses["left", column]]


def judge_totals(reading: BandReading, measures: Mapping[str, Measure]) -> tuple[list[Named], list[TotalCheck]]:
    """Tell the counts from the totals of one band."""
    if not any(named.kind == "total" for named in reading.cells):
        return list(reading.cells), []
    grid = _Grid(frozenset(reading.band.headers), reading.cells)
    kept: list[Named] = []
    checks: list[TotalCheck] = []
    for index, named in enumerate(reading.cells):
        verdict = _judge(index, grid, measures) if named.kind == "total" else named
        kept.extend([verdict] if isinstance(verdict, Named) else [])
        checks.extend([verdict] if isinstance(verdict, TotalCheck) else [])
    return kept, checks


def _judge(index: int, grid: _Grid, measures: Mapping[str, Measure]) -> Named | TotalCheck:
    """A margin where all its totals stand among segments; a check of its parts as soon as one does not."""
    named = grid.cells[index]
    lines = [line for line, label in grid.labels[index].items() if label.reading.kind == "total"]
    if not lines:
        parts = _quarters_of_year(index, grid)
        return TotalCheck(named, _sums([parts], measures)) if parts else replace(named, kind=None)
    verdicts = [_judge_line(index, line, grid, measures) for line in lines]
    return next((verdict for verdict in verdicts if verdict is not None), replace(named, kind=None))


def _judge_line(index: int, line: Line, grid: _Grid, measures: Mapping[str, Measure]) -> TotalCheck | None:
    """What a total checks in one line of labels; None when it is a margin there."""
    named, total = grid.cells[index], grid.labels[index][line]
    near = grid.siblings(index, line)
    siblings = [other for other in near if _is_part(grid.cells[other], grid.labels[other][line], total)]
    axes = {axis for other in siblings for axis in grid.labels[other][line].reading.axes}
    if axes and not axes & _BASE:
        return None
    groups = [[grid.cells[other] for other in siblings]]
    totals = [other for other in near if grid.labels[other][line].reading.kind == "total"]
    if len(totals) > 1:
        last = max((other for other in totals if other < index), default=-1)
        groups.append([grid.cells[other] for other in siblings if last < other < index])
    return TotalCheck(named, () if "mesure" in axes else _sums(groups, measures))


def _is_part(other: Named, own: Label, total: Label) -> bool:
    """Whether a sibling, total of something else or not, is of what the label names (« Total 2024 »: of 2024)."""
    said = total.reading
    return (
        other.kind in (None, "total")
        and own.reading.kind is None
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
        for other in (grid.cells[rank] for rank in grid.cross(index))
        if (other.measure, other.territory, other.segment) == (named.measure, named.territory, named.segment)
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
