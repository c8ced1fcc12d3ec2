"""The cells behind a figure in; lines of one file, sheet and period, and what later files corrected, out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from conventions.periods import parse_period
from conventions.values import Convention, Term
from indicators.trace import TracedCell

_Key = tuple[str, str, str, str]
"""Measure, segment, territory and period: what a cell counts."""


@dataclass(frozen=True)
class Line:
    """The cells of one period that stand on one sheet of one file; `value` is their sum, None when it is not told.
    A line of paths holds every period and has no address. `is_revision`: it replaced other values."""

    cells: tuple[TracedCell, ...]
    value: float | None
    is_revision: bool = False

    @property
    def first(self) -> TracedCell:
        """A cell that tells file, sheet, period and import."""
        return self.cells[0]


@dataclass(frozen=True)
class Side:
    """One count of the figure: what is counted, how many, and the lines that add up to it."""

    role: str
    term: Term
    amount: float | None
    lines: tuple[Line, ...]

    @property
    def current(self) -> tuple[Line, ...]:
        """The lines that count."""
        return tuple(one for one in self.lines if one.first.is_current)


@dataclass(frozen=True)
class Correction:
    """A cell that a later file changed."""

    role: str
    before: TracedCell
    after: TracedCell


def group_cells(cells: Sequence[TracedCell], convention: Convention) -> tuple[Line, ...]:
    """The cells by period, then by measure, then from the oldest file; places in the convention's order."""
    current = {_key(one): one for one in cells if one.is_current}
    order = {place.code: rank for rank, place in enumerate(convention.places)}
    groups: dict[tuple[str, ...], list[TracedCell]] = defaultdict(list)
    for one in cells:
        if one.is_current or _is_replaced(one, current):
            # Paths are told file by file: every period comes from the same rows.
            when = "" if one.is_path else f"{parse_period(one.period).start} {one.period}"
            groups[when, one.measure, one.segment, one.import_id, one.sheet or ""].append(one)
    corrected = {_key(one) for one in cells if _is_replaced(one, current)}
    lines = []
    for key in sorted(groups):
        for is_current in (False, True):
            own = [one for one in groups[key] if one.is_current == is_current]
            own.sort(key=lambda one: order.get(one.territory, len(order)))
            if own:
                lines.append(_make_line(own, is_revision=is_current and any(_key(one) in corrected for one in own)))
    return tuple(lines)


def _make_line(cells: Sequence[TracedCell], *, is_revision: bool) -> Line:
    values = [one.value for one in cells if one.value is not None]
    return Line(tuple(cells), sum(values) if values else None, is_revision)


def _key(cell: TracedCell) -> _Key:
    return cell.measure, cell.segment, cell.territory, cell.period


def _is_replaced(cell: TracedCell, current: Mapping[_Key, TracedCell]) -> bool:
    """Whether another file gives another value in its place: a value said twice is not a correction."""
    now = current.get(_key(cell))
    return (
        not cell.is_current
        and now is not None
        and now.import_id != cell.import_id
        and (now.value, now.state) != (cell.value, cell.state)
    )


def list_corrections(side: Side) -> Iterator[Correction]:
    """Each cell that was replaced, with the one that counts today."""
    current = {_key(cell): cell for line in side.current for cell in line.cells}
    for line in side.lines:
        if not line.first.is_current:
            yield from (Correction(side.role, cell, current[_key(cell)]) for cell in line.cells)


def measure_moves(corrections: Sequence[Correction]) -> dict[str, float] | None:
    """By how much each side moved since the last value that was replaced; None when one was not a number."""
    last: dict[tuple[str, _Key], Correction] = {}
    for one in corrections:
        kept = last.get((one.role, _key(one.before)))
        if kept is None or kept.before.import_id < one.before.import_id:
            last[one.role, _key(one.before)] = one
    moves: dict[str, float] = defaultdict(float)
    for (role, _), one in last.items():
        if one.before.value is None or one.after.value is None:
            return None
        moves[role] += one.after.value - one.before.value
    return moves
