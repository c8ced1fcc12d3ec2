"""The histograms of those oriented in; for each cohort, the share that reached each stage month after month, out.

A cohort is the people whom France Travail oriented in one period. A stage is reached at its date or at the first
date after it, so that stages nest as in the reading « cohorte ». A point is told only when the last of the cohort
has had that time before the horizon, the last date that the source knows: later ones are still maturing.
"""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from conventions.catalogue import EVENTS
from conventions.periods import GRAINS, Period, parse_period, period_of
from conventions.values import Convention
from indicators.amounts import SECRET
from indicators.request import AUDIENCES, COMMITTEE, PRODUCER, RequestError, find_convention
from indicators.small_counts import Reach, choose_shown, is_small
from indicators.stages_shown import list_hidden_stages
from store.database import Database
from store.delays import REACHED, CurveRow, read_curves

MONTHS = 24
MATURING = "maturation"
# Of a curve too thin to be shown whole, round months are kept first.
_FIRST_SHOWN = (24, 12, 18, 6, 9, 3, 15, 21)


@dataclass(frozen=True)
class CurveRequest:
    """Which cohorts: the whole convention by any grain, or one territory by year; a committee has no choice."""

    convention: str
    grain: str = "trimestre"
    territory: str | None = None
    source: str | None = None
    audience: str = PRODUCER


@dataclass(frozen=True)
class CurvePoint:
    """How many reached the stage within so many months; `state` is ok, secret or maturation (then no count)."""

    months: int
    reached: int | None
    state: str = "ok"


@dataclass(frozen=True)
class Curve:
    """One stage of one cohort; `stage` is the date that makes it reached."""

    stage: str
    points: tuple[CurvePoint, ...]

    def last(self) -> CurvePoint | None:
        """The latest point that can be told."""
        return next((point for point in reversed(self.points) if point.reached is not None), None)


@dataclass(frozen=True)
class Cohort:
    """People oriented in a period: how many, for how many months all of them have been followed, their curves."""

    period: Period
    size: int | None
    followed: int | None
    curves: tuple[Curve, ...]
    state: str = "ok"

    def share(self, point: CurvePoint) -> float | None:
        """The part of the cohort at a point."""
        return point.reached / self.size if point.reached is not None and self.size else None


@dataclass(frozen=True)
class Maturation:
    """The cohorts of one source, oldest first. `grain` is the one shown; `is_rolled_up` when secrecy chose it."""

    source: str
    horizon: date
    grain: str
    cohorts: tuple[Cohort, ...]
    is_rolled_up: bool = False


def compute_maturation(database: Database, request: CurveRequest) -> Maturation | None:
    """The curves of a request, of the first source of the convention that has paths; None when none has."""
    _check(request)
    convention = find_convention(request.convention)
    rows = read_curves(database, convention.key, source=request.source, territory=request.territory)
    source = first_source(convention, {row.source for row in rows})
    own = [row for row in rows if row.source == source]
    if not own:
        return None
    if request.audience != COMMITTEE:
        return _build(own, request.grain)
    return _protect(database, own, convention)


def first_source(convention: Convention, sources: Collection[str]) -> str | None:
    """Of the sources that have paths, the first in the convention's order: two are never added up."""
    order = [source.code for source in convention.sources]
    return min(sources, key=lambda code: (order.index(code) if code in order else len(order), code), default=None)


def _check(request: CurveRequest) -> None:
    """RequestError when such cohorts are not kept, or would tell a small group."""
    for word, known in ((request.grain, GRAINS), (request.audience, AUDIENCES)):
        if word not in known:
            raise RequestError(f"« {word} » n’existe pas. Attendu : {', '.join(known)}.")
    if request.territory is None:
        return
    if request.audience == COMMITTEE:
        raise RequestError(
            "Les courbes d’un territoire ne se montrent qu’aux producteurs : le comité voit la convention entière."
        )
    if request.grain != "annee":
        raise RequestError("Les courbes d’un territoire se lisent par année d’orientation : demandez « annee ».")


def _build(rows: Sequence[CurveRow], grain: str) -> Maturation:
    groups: dict[Period, list[CurveRow]] = defaultdict(list)
    for row in rows:
        groups[period_of(parse_period(row.cohort).start, grain)].append(row)
    dated = {row.stage for row in rows if row.state == REACHED}
    stages = [event for event in EVENTS if event in dated]
    cohorts = tuple(_build_cohort(period, groups[period], stages) for period in sorted(groups))
    return Maturation(rows[0].source, rows[0].horizon, grain, cohorts)


def _build_cohort(period: Period, rows: Sequence[CurveRow], stages: Sequence[str]) -> Cohort:
    followed = count_followed(period, rows[0].horizon)
    first = rows[0].stage
    curves = tuple(_build_curve(stage, [row for row in rows if row.stage == stage], followed) for stage in stages)
    return Cohort(period, sum(row.paths for row in rows if row.stage == first), followed, curves)


def _build_curve(stage: str, rows: Sequence[CurveRow], followed: int | None) -> Curve:
    reached = [(row.months, row.paths) for row in rows if row.state == REACHED]
    points = [
        CurvePoint(month, sum(paths for months, paths in reached if months <= month))
        if followed is not None and month <= followed
        else CurvePoint(month, None, MATURING)
        for month in range(MONTHS + 1)
    ]
    return Curve(stage, tuple(points))


def count_followed(period: Period, horizon: date) -> int | None:
    """The months that the last day of a period has had before the horizon, 24 at most; None before that day."""
    if horizon < period.end:
        return None
    return max(month for month in range(MONTHS + 1) if add_months(period.end, month) <= horizon)


def add_months(day: date, months: int) -> date:
    """The same day some months later, or the last of that month."""
    rank = day.year * 12 + day.month - 1 + months
    year, month = rank // 12, rank % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _protect(database: Database, rows: Sequence[CurveRow], convention: Convention) -> Maturation:
    """By quarter when every cohort can be told, else by year: one grain only, so that none is subtracted."""
    limit, quarters = convention.secrecy_threshold, _build(rows, "trimestre")
    years = _build(rows, "annee")
    periods = [cohort.period for cohort in (*quarters.cohorts, *years.cohorts)]
    hidden = list_hidden_stages(database, convention, rows[0].source, periods)
    is_thin = any(
        is_small(one.size or 0, limit) or (one.period.code, EVENTS[0]) in hidden for one in quarters.cohorts
    )
    found = years if is_thin else quarters
    ever = _count_ever(rows, found.grain)
    cohorts = tuple(
        protect_cohort(
            cohort, ever=ever[cohort.period], limit=limit,
            hidden={event for code, event in hidden if code == cohort.period.code},
        )
        for cohort in found.cohorts
    )  # fmt: skip
    return replace(found, cohorts=cohorts, is_rolled_up=is_thin)


def _count_ever(rows: Iterable[CurveRow], grain: str) -> dict[Period, dict[str, int]]:
    """Those who reached each stage to this day: the reading « cohorte » of the figures says it too."""
    counts: dict[Period, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in rows:
        counts[period_of(parse_period(row.cohort).start, grain)][row.stage] += row.paths * (row.state == REACHED)
    return counts


def protect_cohort(cohort: Cohort, *, ever: dict[str, int], limit: int, hidden: Collection[str] = ()) -> Cohort:
    """The same for a committee: no count from 1 to the threshold − 1, nor two counts that differ by as little, nor
    anything of the stages that the figures keep `hidden`, or that come after."""
    first = min((EVENTS.index(stage) for stage in hidden), default=len(EVENTS))
    every = {
        Reach(rank, point.months): point.reached
        for rank, curve in enumerate(cohort.curves, start=1)
        for point in curve.points
        if point.reached is not None
    }
    counts = {one: count for one, count in every.items() if EVENTS.index(cohort.curves[one.stage - 1].stage) < first}
    if cohort.size is None or is_small(cohort.size, limit) or first == 0:
        shown, size, state = frozenset[Reach](), None, SECRET
    else:
        known = {Reach(0): cohort.size}
        known |= {Reach(rank): ever[curve.stage] for rank, curve in enumerate(cohort.curves, start=1)}
        months = [*_FIRST_SHOWN, *(month for month in range(MONTHS + 1) if month not in _FIRST_SHOWN)]
        order = sorted(counts, key=lambda one: (months.index(int(one.months)), one.stage))
        shown, size, state = choose_shown(counts, known=known, order=order, limit=limit), cohort.size, cohort.state
        # Nobody among nobody is no secret.
        empty = [one for one in shown if not counts[one]]
        shown |= {one for one, count in every.items() if not count and any(other.holds(one) for other in empty)}
    curves = tuple(
        Curve(curve.stage, tuple(_hide(point, is_shown=Reach(rank, point.months) in shown) for point in curve.points))
        for rank, curve in enumerate(cohort.curves, start=1)
    )
    return replace(cohort, size=size, curves=curves, state=state)


def _hide(point: CurvePoint, *, is_shown: bool) -> CurvePoint:
    return point if is_shown or point.reached is None else CurvePoint(point.months, None, SECRET)
