"""The histograms of delays in; for each pair of stages, how long it takes, who waits, and the limits agreed, out.

Median, quartiles and mean are those of people who began long enough ago to have gone through: a year before the
horizon, or the whole duration that the convention allows. The survival estimate reads everyone, those who wait too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from math import inf

import numpy as np

from conventions.catalogue import EVENTS
from conventions.periods import period_of
from conventions.values import Convention, Limit
from indicators.amounts import SECRET
from indicators.cohorts import add_months, first_source
from indicators.request import COMMITTEE, PRODUCER, RequestError, find_convention
from indicators.small_counts import is_small, merge_small
from indicators.stages_shown import is_told
from indicators.survival import Survival, estimate_survival
from store.database import Database
from store.delays import ASIDE, REACHED, WAITING, DelayRow, read_delays

MATURITY = 12
_WIDTHS = (1, 7, 15, 30, 60, 90)
_MOST_BINS = 14


@dataclass(frozen=True)
class DelayRequest:
    """Which delays: of the whole convention or of one territory, of one source or of the first that has paths."""

    convention: str
    territory: str | None = None
    source: str | None = None
    audience: str = PRODUCER


@dataclass(frozen=True)
class Bin:
    """How many took from `low` days to just under `high` (None: no end); in months, more than `low`, `high` at most."""

    low: int
    high: int | None
    paths: int


@dataclass(frozen=True)
class Spread:
    """Days by which a quarter, half and three quarters of `paths` people had reached the stage, and their mean."""

    paths: int
    lower: int
    median: int
    upper: int
    mean: float


@dataclass(frozen=True)
class LimitReading:
    """Paths against a maximum: of the `begun` that are old enough to tell, those that ended within it, within its
    extension, and those that went beyond or still do; and, of those open today, those already past each. The bins
    are in calendar months and share their bounds: all the paths that ended, and those open today."""

    limit: Limit
    begun: int | None
    within: int | None
    extended: int | None
    beyond: int | None
    open: int | None
    open_past: int | None
    open_past_extension: int | None
    state: str = "ok"
    ended_bins: tuple[Bin, ...] = ()
    open_bins: tuple[Bin, ...] = ()


@dataclass(frozen=True)
class Delay:
    """From one stage to another: those who reached it, wait (for longer than `maturity` months: `waiting_long`), or
    are set aside (a date missing or contradicted). `words` are the convention's own for stages."""

    source: str
    stage_from: str
    stage_to: str
    horizon: date
    reached: int | None
    waiting: int | None
    waiting_long: int | None
    set_aside: int | None
    maturity: int
    spread: Spread | None
    survival: Survival
    bins: tuple[Bin, ...]
    limit: LimitReading | None = None
    state: str = "ok"
    words: Mapping[str, str] = field(default_factory=dict)

    @property
    def stages(self) -> tuple[str, str]:
        """Both stages."""
        return self.stage_from, self.stage_to


def compute_delays(database: Database, request: DelayRequest) -> list[Delay]:
    """The delays of a request, in the order of the stages; nothing when no path tells any."""
    convention = find_convention(request.convention)
    if request.audience == COMMITTEE and request.territory is not None:
        raise RequestError(
            "Les délais d’un territoire ne se montrent qu’aux producteurs : le comité voit la convention entière."
        )
    every = read_delays(database, convention.key, source=request.source, territory=request.territory)
    source = first_source(convention, {row.source for row in every})
    own = [row for row in every if row.source == source]
    groups = _group(own)
    limits = {pair: find_limit(convention, pair) for pair in groups}
    lasts = {
        maturity: _find_last(own[0].horizon, maturity, is_whole=request.territory is None)
        for maturity in {_mature(limit) for limit in limits.values()}
    }
    old = {
        maturity: _group(
            read_delays(database, convention.key, source=source, territory=request.territory, until=last)
        )
        for maturity, last in lasts.items()
    }
    ordered = sorted(groups, key=lambda pair: (EVENTS.index(pair[0]), EVENTS.index(pair[1])))
    built = (_build(groups[pair], old[_mature(limits[pair])][pair], limits[pair]) for pair in ordered)
    delays = [replace(delay, words=convention.steps) for delay in built]
    # A stage that the source never dates is not awaited.
    told = [delay for delay in delays if delay.reached]
    if request.audience != COMMITTEE or not told:
        return told
    stages = {stage: is_told(database, convention, own[0].source, stage) for one in told for stage in one.stages}
    limit = convention.secrecy_threshold
    return [protect_delay(one, limit, is_told=all(stages[stage] for stage in one.stages)) for one in told]


def _group(rows: Iterable[DelayRow]) -> dict[tuple[str, str], list[DelayRow]]:
    """By pair of stages."""
    groups: dict[tuple[str, str], list[DelayRow]] = defaultdict(list)
    for row in rows:
        groups[row.stage_from, row.stage_to].append(row)
    return groups


def _mature(limit: Limit | None) -> int:
    """The months after which someone who began has had the time to go through."""
    return int(limit.value + (limit.extension or 0)) if limit else MATURITY


def find_limit(convention: Convention, pair: tuple[str, str]) -> Limit | None:
    """The maximum that the convention sets between two stages."""
    return next((limit for limit in convention.limits if limit.between == pair), None)


def _find_last(horizon: date, maturity: int, *, is_whole: bool) -> str:
    """The last month (or year) of which everyone has had so many months before the horizon."""
    period = period_of(horizon, "mois" if is_whole else "annee")
    while add_months(period.end, maturity) > horizon:
        period = period.previous()
    return period.code


def _count(rows: Sequence[DelayRow], state: str) -> dict[int, int]:
    """How many by days."""
    counts: dict[int, int] = defaultdict(int)
    for row in rows:
        if row.state == state and row.days is not None:
            counts[row.days] += row.paths
    return dict(sorted(counts.items()))


def _build(every: Sequence[DelayRow], old: Sequence[DelayRow], limit: Limit | None) -> Delay:
    reached, waiting, first = _count(every, REACHED), _count(every, WAITING), every[0]
    return Delay(
        source=first.source,
        stage_from=first.stage_from,
        stage_to=first.stage_to,
        horizon=first.horizon,
        reached=sum(reached.values()),
        waiting=sum(waiting.values()),
        waiting_long=_count_months(every, WAITING, past=_mature(limit)),
        set_aside=sum(row.paths for row in every if row.state == ASIDE),
        maturity=_mature(limit),
        spread=measure_spread(_count(old, REACHED)),
        survival=estimate_survival(reached, waiting),
        bins=make_bins(reached),
        limit=_read_limit(limit, every, old) if limit else None,
    )


def measure_spread(days: Mapping[int, int]) -> Spread | None:
    """Quartiles are days that someone took: the first by which a quarter, half, three quarters were through."""
    if not days:
        return None
    values, weights = np.array(list(days)), np.array(list(days.values()))
    lower, median, upper = np.quantile(values, [0.25, 0.5, 0.75], weights=weights, method="inverted_cdf").tolist()
    return Spread(int(weights.sum()), lower, median, upper, float(np.average(values, weights=weights)))


def make_bins(days: Mapping[int, int]) -> tuple[Bin, ...]:
    """Bins of one width, of as many days as keep nineteen in twenty within fourteen; the last has no end."""
    if not days:
        return ()
    weights = np.array(list(days.values()))
    most = int(np.quantile(np.array(list(days)), 0.95, weights=weights, method="inverted_cdf"))
    width = next((one for one in _WIDTHS if most < one * (_MOST_BINS - 1)), _WIDTHS[-1])
    counts = [0] * (min(max(days) // width, _MOST_BINS - 1) + 1)
    for day, paths in days.items():
        counts[min(day // width, len(counts) - 1)] += paths
    is_open = max(days) >= len(counts) * width
    ends = [rank * width for rank in range(1, len(counts))]
    return tuple(
        Bin(rank * width, None if is_open and rank == len(ends) else (rank + 1) * width, paths)
        for rank, paths in enumerate(counts)
    )


def _count_months(rows: Iterable[DelayRow], state: str, *, past: float = -1, within: float = inf) -> int:
    """How many took more than so many calendar months, and so many at most."""
    return sum(
        row.paths for row in rows if row.state == state and row.months is not None and past < row.months <= within
    )


def _read_limit(limit: Limit, every: Sequence[DelayRow], old: Sequence[DelayRow]) -> LimitReading:
    whole = limit.value + (limit.extension or 0)
    count, bounds = _count_months, _bound(limit)
    within, extended = count(old, REACHED, within=limit.value), count(old, REACHED, past=limit.value, within=whole)
    begun = count(old, REACHED) + count(old, WAITING)
    return LimitReading(
        limit=limit,
        begun=begun,
        within=within,
        extended=extended,
        beyond=begun - within - extended,
        open=count(every, WAITING),
        open_past=count(every, WAITING, past=limit.value),
        open_past_extension=count(every, WAITING, past=whole),
        ended_bins=_fill(bounds, every, REACHED),
        open_bins=_fill(bounds, every, WAITING),
    )


def _bound(limit: Limit) -> list[tuple[int, int | None]]:
    """Bins of whole months, twelve at most up to the end of the extension, that break at each limit; then the rest."""
    value, whole = int(limit.value), _mature(limit)
    width = next((one for one in (1, 2, 3, 6) if not value % one and not whole % one and whole <= 12 * one), value)
    return [*((low, low + width) for low in range(0, whole, width)), (whole, None)]


def _fill(bounds: Iterable[tuple[int, int | None]], rows: Sequence[DelayRow], state: str) -> tuple[Bin, ...]:
    """The paths of each bin; who ended on the first day is in the first one."""
    return tuple(
        Bin(low, high, _count_months(rows, state, past=low or -1, within=inf if high is None else high))
        for low, high in bounds
    )


def protect_delay(delay: Delay, limit: int, *, is_told: bool = True) -> Delay:
    """The same for a committee: counts all hidden when one is small, bins merged, no spread of a small group; no count
    at all of stages that are secret in a year (not `is_told`), which the other years would give."""
    if not is_told:
        reading = delay.limit and _withhold(delay.limit)
        thin = Survival(None, None, None) if is_small(delay.reached or 0, limit) else replace(delay.survival, steps=())
        return replace(
            delay, reached=None, waiting=None, waiting_long=None, set_aside=None, spread=None, survival=thin,
            bins=(), limit=reading, state=SECRET,
        )  # fmt: skip
    parts = [delay.reached or 0, delay.waiting or 0, delay.set_aside or 0]
    qualified = delay.spread.paths if delay.spread else 0
    waits = (delay.waiting_long or 0, parts[1] - (delay.waiting_long or 0))
    is_thin = any(is_small(one, limit) for one in (*parts, qualified, parts[0] - qualified, *waits))
    shown = replace(
        delay,
        survival=replace(delay.survival, steps=()) if not is_small(parts[0], limit) else Survival(None, None, None),
        spread=None if is_small(qualified, limit) else delay.spread,
        # Durations are told by the bins of their limit: two ways of cutting would tell what lies between.
        bins=() if is_thin or delay.limit else _merge_bins(delay.bins, limit),
        limit=_protect_limit(delay.limit, limit) if delay.limit else None,
    )
    if not is_thin:
        return shown
    return replace(shown, reached=None, waiting=None, waiting_long=None, set_aside=None, state=SECRET)


def _merge_bins(bins: Sequence[Bin], limit: int) -> tuple[Bin, ...]:
    merged = merge_small([one.paths for one in bins], limit)
    return tuple(Bin(bins[first].low, bins[end - 1].high, paths) for first, end, paths in merged)


def _protect_limit(reading: LimitReading, limit: int) -> LimitReading:
    """Counts hidden all together when one of them, or what two of them leave, is small."""
    named = ("begun", "within", "extended", "beyond", "open", "open_past", "open_past_extension")
    counts = {name: getattr(reading, name) or 0 for name in named}
    inside = counts["open"] - counts["open_past"], counts["open_past"] - counts["open_past_extension"]
    if not any(is_small(one, limit) for one in (*counts.values(), *inside)):
        # The bins hold the paths too young to be judged as well: these must not be few either.
        if any(is_small(gap, limit) for gap in _compare_bins(reading)):
            return replace(reading, ended_bins=(), open_bins=())
        ended, still = _merge_bins(reading.ended_bins, limit), reading.open_bins
        is_thin = any(is_small(one.paths, limit) for one in still)
        return replace(reading, ended_bins=ended, open_bins=() if is_thin or ended != reading.ended_bins else still)
    return _withhold(reading)


def _withhold(reading: LimitReading) -> LimitReading:
    """The limit without any count."""
    return LimitReading(reading.limit, None, None, None, None, None, None, None, state=SECRET)


def _compare_bins(reading: LimitReading) -> tuple[int, int]:
    """How many more paths the bins hold than are judged, within the limit and within its extension."""
    value, whole = reading.limit.value, _mature(reading.limit)
    first = sum(one.paths for one in reading.ended_bins if one.high is not None and one.high <= value)
    second = sum(one.paths for one in reading.ended_bins if one.high is not None and value < one.high <= whole)
    return first - (reading.within or 0), second - (reading.extended or 0)
