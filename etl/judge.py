"""The named cells of a band in; totals judged by their siblings: margins kept, totals checked against their parts, out.

Among segments (ages, motives) a total is a margin and is a count of its own; among territories, periods or measures it
is only a check of its parts and is never loaded.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from conventions.values import Measure
from etl.columns import Label
from etl.crosstab import BandReading
from etl.naming import Named

_BASE = frozenset({"mesure", "territoire", "annee", "part"})
Line = tuple[str, int]
"""Where a label stands for the cells it names: ("header", row) or ("left", column)."""


@dataclass(frozen=True)
class Whole:
    """A territory that contains others: a row that names it beside them is a total."""

    code: str
    parts: frozenset[str]


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


@dataclass(frozen=True)
class _Spread:
    """The cells of a band by row and by column, each with its labels by line."""

    headers: frozenset[int]
    rows: Mapping[int, list[Named]]
    columns: Mapping[int, list[Named]]

    def lines(self, named: Named) -> dict[Line, Label]:
        return {
            ("header", label.spot[0]) if label.spot[0] in self.headers else ("left", label.spot[1]): label
            for label in named.labels
        }


def judge_totals(
    reading: BandReading, measures: Mapping[str, Measure], whole: Whole | None
) -> tuple[list[Named], list[TotalCheck]]:
    """Tell the counts from the totals of one band; `whole` is the convention's territory, with those it contains."""
    rows: dict[int, list[Named]] = defaultdict(list)
    columns: dict[int, list[Named]] = defaultdict(list)
    for named in reading.cells:
        rows[named.spot[0]].append(named)
        columns[named.spot[1]].append(named)
    spread = _Spread(frozenset(reading.band.headers), rows, columns)
    kept: list[Named] = []
    checks: list[TotalCheck] = []
    for named in reading.cells:
        is_whole = whole is not None and named.territory == whole.code and named.kind is None
        if named.kind != "total" and not is_whole:
            kept.append(named)
            continue
        verdict = _judge(named, spread, measures, whole)
        kept.extend([verdict] if isinstance(verdict, Named) else [])
        checks.extend([verdict] if isinstance(verdict, TotalCheck) else [])
    return kept, checks


def _judge(
    named: Named, spread: _Spread, measures: Mapping[str, Measure], whole: Whole | None
) -> Named | TotalCheck:
    line = next((line for line, label in spread.lines(named).items() if label.reading.kind == "total"), None)
    if line is None:
        siblings = (
            _parts_of_year(named, spread) if named.kind == "total" else _parts_of_whole(named, spread, whole)
        )
        if not siblings:
            return replace(named, kind=None)
        return TotalCheck(replace(named, kind="total"), _sums([siblings], named, measures))
    siblings = _siblings(named, line, spread)
    axes = {
        axis for other in siblings if (label := spread.lines(other).get(line)) for axis in label.reading.axes
    }
    if axes and not axes & _BASE:
        return replace(named, kind=None)
    groups = [siblings, _since_last_total(named, line, siblings, spread)] if "mesure" not in axes else []
    return TotalCheck(named, _sums(groups, named, measures))


def _siblings(named: Named, line: Line, spread: _Spread) -> list[Named]:
    """The cells with the same labels, but for the line of labels where the total stands."""
    own = {key: label.text for key, label in spread.lines(named).items() if key != line}
    near = spread.rows[named.spot[0]] if line[0] == "header" else spread.columns[named.spot[1]]
    found = []
    for other in near:
        labels = spread.lines(other)
        is_plain = other.kind != "total" and line in labels
        if is_plain and all(key in labels and labels[key].text == text for key, text in own.items()):
            found.append(other)
    return found


def _since_last_total(named: Named, line: Line, siblings: list[Named], spread: _Spread) -> list[Named]:
    """The siblings between the total before this one and this one: the parts of a sub-total."""
    side = 1 if line[0] == "header" else 0
    near = spread.rows[named.spot[0]] if line[0] == "header" else spread.columns[named.spot[1]]
    before = [o.spot[side] for o in near if o.kind == "total" and o.spot[side] < named.spot[side]]
    start = max(before, default=-1)
    return [other for other in siblings if start < other.spot[side] < named.spot[side]]


def _is_alike(one: Named, other: Named) -> bool:
    return one.spot != other.spot and (one.measure, one.segment) == (other.measure, other.segment)


def _near(named: Named, spread: _Spread) -> Iterable[Named]:
    return (*spread.rows[named.spot[0]], *spread.columns[named.spot[1]])


def _parts_of_year(named: Named, spread: _Spread) -> list[Named]:
    return [
        other
        for other in _near(named, spread)
        if _is_alike(named, other)
        and other.territory == named.territory
        and other.moment.has_part
        and other.moment.year == named.moment.year
    ]


def _parts_of_whole(named: Named, spread: _Spread, whole: Whole | None) -> list[Named]:
    return [
        other
        for other in _near(named, spread)
        if _is_alike(named, other)
        and other.period == named.period
        and whole is not None
        and other.territory in whole.parts
        and other.cell.number is not None
    ]


def _sums(groups: list[list[Named]], named: Named, measures: Mapping[str, Measure]) -> tuple[float, ...]:
    """What the parts make: their sum, or the last one for a stock over time; nothing when a part is unknown."""
    measure = measures.get(named.measure or "")
    sums = []
    for parts in groups:
        values = [part.cell.number for part in parts]
        if not values or None in values or (measure is not None and measure.kind == "distinct"):
            continue
        numbers = [value for value in values if value is not None]
        is_over_time = len({part.period for part in parts}) > 1
        sums.append(
            numbers[-1] if is_over_time and measure is not None and measure.kind == "stock" else sum(numbers)
        )
    return tuple(sums)
