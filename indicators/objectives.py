"""The objectives of a convention in; what was done, what was expected by then, and the status of each out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from conventions.periods import Period, parse_period
from conventions.values import Convention, Objective
from indicators.figures import compute_figures
from indicators.request import PRODUCER, Request, find_convention
from indicators.values import Figure
from store.database import Database

HELD, LATE, BELOW, UNKNOWN = "Tenu", "En retard", "Sous l’objectif", "n. d."
ABOVE = "Au-dessus de la bande"


@dataclass(frozen=True)
class ObjectiveReading:
    """One objective read over the part of its year that is known.

    `periods` are those since 1 January, to the last one received; `expected`, for counts that accumulate, is
    the share of the objective due at their end (value × days elapsed / days of the year); `gap` is what was
    done minus what was expected (or agreed); `previous` is the same part of the year before.
    """

    objective: Objective
    year: int
    periods: tuple[Period, ...]
    figure: Figure | None
    expected: float | None
    gap: float | None
    status: str
    previous: Figure | None

    @property
    def is_whole_year(self) -> bool:
        """Whether the year is complete."""
        return bool(self.periods) and self.periods[-1].end == date(self.year, 12, 31)


@dataclass(frozen=True)
class _Reader:
    """Where the figures of the objectives come from."""

    database: Database
    convention: Convention
    as_of: date
    audience: str

    def ask(self, objective: Objective, periods: Sequence[Period], *, by: tuple[str, ...] = ()) -> list[Figure]:
        """The figures of an objective's indicator and segment over some periods."""
        request = Request(
            convention=self.convention.key,
            periods=tuple(period.code for period in periods),
            by=(*by, *dict(objective.segment)),
            indicators=(objective.indicator,),
            audience=self.audience,
            as_of=self.as_of,
        )
        figures = compute_figures(self.database, request) if periods else []
        return [one for one in figures if set(objective.segment) <= set(one.segment)]


def read_objectives(
    database: Database,
    convention: str,
    *,
    year: int | None = None,
    as_of: date | None = None,
    audience: str = PRODUCER,
) -> list[ObjectiveReading]:
    """Every objective of a convention in force in a year (the last one with data when none is given)."""
    agreed, day = find_convention(convention), as_of or date.today()
    chosen = year or find_last_year(database, agreed, day)
    reader = _Reader(database, agreed, day, audience)
    return [_read(reader, one, chosen) for one in agreed.objectives if _is_in_force(one, chosen)]


def _is_in_force(objective: Objective, year: int) -> bool:
    starts = objective.valid_from is None or objective.valid_from.year <= year
    return starts and (objective.valid_until is None or objective.valid_until.year >= year)


def find_last_year(database: Database, convention: Convention, as_of: date) -> int:
    """The last year with counts, not after the day of reading; without any, the convention's nearest year."""
    with database.cursor() as cursor:
        rows = cursor.execute(
            "select distinct left(period, 4) from cube where convention = ? order by 1", [convention.key]
        ).fetchall()
    years = [int(row[0]) for row in rows if int(row[0]) <= as_of.year]
    return max(years, default=min(max(as_of.year, convention.start.year), convention.end.year))


def _read(reader: _Reader, objective: Objective, year: int) -> ObjectiveReading:
    periods, figure = _find_longest(reader, objective, year)
    before = reader.ask(objective, [period.shift(-1) for period in periods])
    expected = _expect(objective, periods, year)
    return ObjectiveReading(
        objective=objective,
        year=year,
        periods=periods,
        figure=figure,
        expected=expected,
        gap=_gap(objective, figure, expected),
        status=_judge(objective, figure, expected),
        previous=next(iter(before), None),
    )


def _find_longest(reader: _Reader, objective: Objective, year: int) -> tuple[tuple[Period, ...], Figure | None]:
    """The longest run of periods, up to one received, over which the indicator is known."""
    parts = [
        part
        for part in Period(year, 1, 12).parts(reader.convention.cadence)
        if part.end >= reader.convention.start and part.start <= reader.as_of
    ]
    alone = {one.period: one for one in reader.ask(objective, parts, by=("periode",))}
    for count in range(len(parts), 0, -1):
        last = alone.get(parts[count - 1].code)
        if last is None or last.value is None:
            continue
        figure = next(iter(reader.ask(objective, parts[:count])), None)
        if figure is not None and figure.value is not None:
            return tuple(parts[:count]), figure
    return (), None


def _expect(objective: Objective, periods: Sequence[Period], year: int) -> float | None:
    """The straight line towards the objective, in days: only a count that accumulates has one."""
    if not objective.prorata or not periods:
        return None
    whole = parse_period(str(year))
    elapsed = (periods[-1].end - whole.start).days + 1
    return objective.value * elapsed / ((whole.end - whole.start).days + 1)


def _gap(objective: Objective, figure: Figure | None, expected: float | None) -> float | None:
    if figure is None or figure.value is None:
        return None
    if objective.upper is not None and figure.value > objective.upper:
        return figure.value - objective.upper
    if objective.direction == "within":
        return min(0.0, figure.value - objective.value)
    return figure.value - (expected if expected is not None else objective.value)


def _judge(objective: Objective, figure: Figure | None, expected: float | None) -> str:
    if figure is None or figure.value is None:
        return UNKNOWN
    if objective.direction == "<=":
        return HELD if figure.value <= objective.value else ABOVE
    if objective.upper is not None and figure.value > objective.upper:
        return ABOVE
    if figure.value >= objective.value or (expected is not None and figure.value >= expected):
        return HELD
    return LATE if expected is not None else BELOW
