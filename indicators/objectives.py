"""The objectives of a convention in; what was done against each, what was expected by then, and the status, out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from conventions.agreements import load_conventions
from conventions.periods import Period, parse_period
from conventions.values import Convention, Objective
from indicators.figures import Request, compute_figures
from indicators.values import Figure
from store.database import Database

HELD, LATE, BELOW, ABOVE, UNKNOWN = "Tenu", "En retard", "Sous l’objectif", "Au-dessus de la bande", "n. d."


@dataclass(frozen=True)
class ObjectiveReading:
    """One objective read over the part of its year that is known.

    `periods` are those received since 1 January, without a hole; `expected` is the share of the objective due at
    their end (value × days elapsed / days of the year), for counts that accumulate; `gap` is what was done minus what
    was expected (or agreed); `previous` is the same part of the year before.
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


def read_objectives(
    database: Database, convention: str, *, year: int | None = None, as_of: date | None = None
) -> list[ObjectiveReading]:
    """Every objective of a convention in force in a year (the last one with data when none is given)."""
    agreed = load_conventions()[convention]
    day = as_of or date.today()
    chosen = year or find_last_year(database, agreed, day)
    return [_read(database, agreed, one, chosen, day) for one in agreed.objectives if _is_in_force(one, chosen)]


def _is_in_force(objective: Objective, year: int) -> bool:
    starts = objective.valid_from is None or objective.valid_from.year <= year
    return starts and (objective.valid_until is None or objective.valid_until.year >= year)


def find_last_year(database: Database, convention: Convention, as_of: date) -> int:
    """The last year, not after the day of reading, of which the convention has counts; else the nearest of its years."""
    rows = database.cursor().execute(
        "select distinct left(period, 4) from cube where convention = ? and reading = 'flux' order by 1", [convention.key]
    )
    years = [int(row[0]) for row in rows.fetchall() if int(row[0]) <= as_of.year]
    return max(years, default=min(max(as_of.year, convention.start.year), convention.end.year))


def _read(database: Database, convention: Convention, objective: Objective, year: int, as_of: date) -> ObjectiveReading:
    parts = Period(year, 1, 12).parts(convention.cadence)
    periods, figure = _longest_known(database, convention, objective, parts, as_of)
    previous = _ask(database, convention, objective, [part.shift(-1) for part in periods], as_of) if periods else None
    expected = _expected(objective, periods, year)
    gap = _gap(objective, figure, expected)
    return ObjectiveReading(objective, year, periods, figure, expected, gap, _status(objective, figure, expected), previous)


def _longest_known(
    database: Database, convention: Convention, objective: Objective, parts: Sequence[Period], as_of: date
) -> tuple[tuple[Period, ...], Figure | None]:
    """The longest run of periods since 1 January over which the indicator is known."""
    known = [part for part in parts if part.end >= convention.start and part.start <= as_of]
    for count in range(len(known), 0, -1):
        figure = _ask(database, convention, objective, known[:count], as_of)
        # A mean over dates is known as soon as one date is: the run must not reach into dates to come.
        if figure is not None and figure.value is not None and all(place for place, _ in figure.missing):
            return tuple(known[:count]), figure
    return (), None


def _ask(
    database: Database, convention: Convention, objective: Objective, periods: Sequence[Period], as_of: date
) -> Figure | None:
    request = Request(
        convention=convention.key,
        periods=tuple(period.code for period in periods),
        indicators=(objective.indicator,),
        as_of=as_of,
    )
    return next(iter(compute_figures(database, request)), None)


def _expected(objective: Objective, periods: Sequence[Period], year: int) -> float | None:
    """The straight line towards the objective, in days: only a count that accumulates has one."""
    if not objective.prorata or not periods:
        return None
    whole = parse_period(str(year))
    return objective.value * ((periods[-1].end - whole.start).days + 1) / ((whole.end - whole.start).days + 1)


def _gap(objective: Objective, figure: Figure | None, expected: float | None) -> float | None:
    if figure is None or figure.value is None:
        return None
    if objective.upper is not None and figure.value > objective.upper:
        return figure.value - objective.upper
    if objective.direction == "within":
        return min(0.0, figure.value - objective.value)
    return figure.value - (expected if expected is not None else objective.value)


def _status(objective: Objective, figure: Figure | None, expected: float | None) -> str:
    if figure is None or figure.value is None:
        return UNKNOWN
    if objective.direction == "<=":
        return HELD if figure.value <= objective.value else ABOVE
    if objective.upper is not None and figure.value > objective.upper:
        return ABOVE
    if figure.value >= objective.value or (expected is not None and figure.value >= expected):
        return HELD
    return LATE if expected is not None else BELOW

