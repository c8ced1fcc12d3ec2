"""The objectives of a convention in; what was done, what was expected by then, and the status of each out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from conventions.amendments import InForce, list_in_force, sum_due, weigh
from conventions.catalogue import load_catalogue
from conventions.periods import Period
from conventions.statuses import load_rule
from conventions.values import Convention, Objective
from indicators.evolution import is_even
from indicators.figures import compute_figures
from indicators.projection import Projection, project
from indicators.request import PRODUCER, Request, find_convention
from indicators.status import Standing, judge
from indicators.values import Figure
from store.database import Database


@dataclass(frozen=True)
class ObjectiveReading:
    """One objective read over the part of its year that is known.

    `objective` has the value in force: where an amendment falls within the time read, each value counts by its
    days, and `amended` says them all. `periods` are those since 1 January, to the last one received; `expected`,
    for counts that accumulate, is the share of the objective due at their end (value × days elapsed / days of
    the year); `gap` is what was done minus what was expected (or agreed); `previous` is the same part of the
    year before, when both are about the same territories; `projection`, of a count that accumulates, what the end
    of the year would give.
    """

    objective: Objective
    year: int
    periods: tuple[Period, ...]
    figure: Figure | None
    expected: float | None
    gap: float | None
    status: str
    previous: Figure | None
    amended: tuple[InForce, ...] = ()
    projection: Projection | None = None

    @property
    def aim(self) -> float | None:
        """What the value is measured against: what was due by now, else what was agreed (of a band, its nearest
        value)."""
        if self.figure is None or self.figure.value is None:
            return None
        return _aim(self.objective, self.figure.value, self.expected)

    @property
    def is_whole_year(self) -> bool:
        """Whether the year is complete."""
        return bool(self.periods) and self.periods[-1].end == date(self.year, 12, 31)

    def due(self, day: date) -> float:
        """What is due of an objective that accumulates at the end of a day of its year."""
        return sum_due(self.amended or list_in_force(self.objective, *_ends(self.year)), day)


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


def _read(reader: _Reader, agreed: Objective, year: int) -> ObjectiveReading:
    periods, figure = _find_longest(reader, agreed, year)
    before = next(iter(reader.ask(agreed, [period.shift(-1) for period in periods])), None)
    parts = list_in_force(agreed, *_ends(year))
    objective = _apply(agreed, parts, periods)
    expected = sum_due(parts, periods[-1].end) if objective.prorata and periods else None
    reading = ObjectiveReading(
        objective=objective,
        year=year,
        periods=periods,
        figure=figure,
        expected=expected,
        gap=_gap(objective, figure, expected),
        status="",
        previous=before if is_even(figure, before) else None,
        amended=parts if len(parts) > 1 else (),
    )
    return replace(reading, status=_judge(reader, reading), projection=_project(reader, reading))


def _ends(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year, 12, 31)


def _apply(agreed: Objective, parts: Sequence[InForce], periods: Sequence[Period]) -> Objective:
    """The objective with the value of the time read: of the year for what accumulates, of its last day for a stock,
    else of the periods read, each value by its days."""
    last = parts[-1]
    if len(parts) > 1 and periods and not agreed.prorata:
        start = periods[-1].end if _is_stock(agreed) else periods[0].start
        parts = list_in_force(agreed, start, periods[-1].end)
        last = parts[-1]
    value, upper = weigh(parts)
    return replace(agreed, value=value, upper=upper, label=last.label, article=last.article, steps=())


def _is_stock(objective: Objective) -> bool:
    catalogue = load_catalogue()
    indicator = catalogue.indicator(objective.indicator)
    return indicator.time == "periode" and catalogue.measures[indicator.numerator.measure].kind == "stock"


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


def _gap(objective: Objective, figure: Figure | None, expected: float | None) -> float | None:
    if figure is None or figure.value is None:
        return None
    return figure.value - _aim(objective, figure.value, expected)


def _aim(objective: Objective, value: float, expected: float | None) -> float:
    if objective.upper is not None and value > objective.upper:
        return objective.upper
    if objective.direction == "within":
        return max(value, objective.value)
    return expected if expected is not None else objective.value


def _judge(reader: _Reader, reading: ObjectiveReading) -> str:
    catalogue = load_catalogue()
    indicator = catalogue.indicator(reading.objective.indicator)
    standing = Standing(
        value=reading.figure.value if reading.figure is not None else None,
        expected=reading.expected,
        is_over=_is_over(reader.convention, reading),
        is_whole=reading.is_whole_year,
        is_acquired=indicator.denominator is None
        and catalogue.measures[indicator.numerator.measure].kind != "stock",
    )
    return judge(reading.objective, standing)


def _is_over(convention: Convention, reading: ObjectiveReading) -> bool:
    """Whether no later part of the year lies within the convention."""
    parts = Period(reading.year, 1, 12).parts(convention.cadence)
    return bool(reading.periods) and not any(
        part.start > reading.periods[-1].end and part.end <= convention.end for part in parts
    )


def _project(reader: _Reader, reading: ObjectiveReading) -> Projection | None:
    """What accumulates, once enough months are known, in a year that is not over."""
    rule, figure, periods = load_rule(), reading.figure, reading.periods
    months = sum(period.length for period in periods)
    if figure is None or figure.value is None or reading.expected is None or months < rule.projection_months:
        return None
    if _is_over(reader.convention, reading):
        return None
    start, end = max(reader.convention.start, _ends(reading.year)[0]), _ends(reading.year)[1]
    years = range(reading.year - rule.projection_years, reading.year)
    counts = _count(reader, reading.objective, periods)
    past = {year: _count(reader, reading.objective, _parts(reader, year)) for year in years}
    found = project(
        [figure.numerator] if counts is None and figure.numerator is not None else counts or [],
        {year: parts for year, parts in past.items() if counts is not None and parts is not None},
        days_share=((periods[-1].end - start).days + 1) / ((end - start).days + 1),
    )
    return found.divide(figure.denominator) if found is not None and figure.denominator else found


def _parts(reader: _Reader, year: int) -> tuple[Period, ...]:
    """The parts of a year that lies wholly within the convention; none of another."""
    convention = reader.convention
    is_inside = convention.start <= date(year, 1, 1) and date(year, 12, 31) <= convention.end
    return Period(year, 1, 12).parts(convention.cadence) if is_inside else ()


def _count(reader: _Reader, objective: Objective, periods: Sequence[Period]) -> list[float] | None:
    """What was counted in each of these periods that follow each other from 1 January; None when one is not known."""
    found = {one.period: one.numerator for one in reader.ask(objective, periods, by=("periode",))}
    totals = [found.get(period.code) for period in periods]
    known = [total for total in totals if total is not None]
    if not known or len(known) < len(totals):
        return None
    if load_catalogue().indicator(objective.indicator).time != "cumul":
        return known
    return [total - before for total, before in zip(known, [0.0, *known], strict=False)]
