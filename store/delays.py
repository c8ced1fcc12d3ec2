"""The paths of one convention and source in; how many took so many days from one stage to another, out.

A histogram keeps each number of days, so that a median is exact, but names nobody: the whole source by month of
the first date (`territory` is null), each territory by year. A path that has not reached the second stage waits
since the first: its days run to the horizon, the last date that the source knows. One that went past the stage,
or whose dates contradict each other, is set aside and counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from store.database import Database
from store.path_columns import NEVER, PathColumns, split_days
from store.plan import CURVE, DELAY, Span
from store.rows import Part

REACHED, WAITING, ASIDE = "atteint", "en_attente", "ecarte"
STATES = (REACHED, WAITING, ASIDE)
Days = NDArray[np.int32]
# numpy and Arrow leave the interpreter free.
_COUNTERS = 2
_KEEP = """insert into delays
select ?, ?, reading, stage_from, stage_to, territory, cohort, state, days, months, paths, ? from counted_delays"""


def add_delays(cursor: duckdb.DuckDBPyConnection, part: Part, paths: PathColumns, spans: Iterable[Span]) -> None:
    """Insert the histograms of one part."""
    horizon = max((int(days.max(initial=NEVER)) for days in paths.days.values()), default=NEVER)
    with ThreadPoolExecutor(_COUNTERS) as counters:
        counted = [*counters.map(lambda span: _tabulate(paths, span, horizon), spans if horizon != NEVER else ())]
    if counted:
        cursor.register("counted_delays", pa.concat_tables(counted))
        cursor.execute(_KEEP, [part.convention, part.source, np.datetime64(horizon, "D").item()])
        cursor.unregister("counted_delays")


def _tabulate(paths: PathColumns, span: Span, horizon: int) -> pa.Table:
    """The histogram of one span: of the whole by month of the first date, of each territory by year."""
    starts = paths.days[span.start] != NEVER
    rows = np.flatnonzero(starts & paths.is_sent if span.reading == CURVE else starts)
    began = paths.days[span.start][rows]
    states, until = _judge(paths, span, rows, began, horizon)
    is_aside = until == NEVER
    finest = pa.table({
        "territory": paths.territories[rows],
        "month": paths.months[span.start][rows],
        "state": states,
        "days": pa.array(until - began, mask=is_aside),
        "months": pa.array(_count_months(began, np.where(is_aside, began, until)), mask=is_aside),
    })  # fmt: skip
    whole = _count(finest.drop_columns("territory"))
    places = _count(finest.set_column(1, "month", pc.divide(finest["month"], 12)))
    nowhere = pa.nulls(len(whole), pa.string())
    names = pa.array(paths.axes["territory"].values, pa.string()).take(places["territory"])
    return pa.concat_tables([
        _name(whole, span, cohorts=_write(whole["month"], _month_code), territories=nowhere),
        _name(places, span, cohorts=_write(places["month"], "{:04d}".format), territories=names),
    ])  # fmt: skip


def _judge(
    paths: PathColumns, span: Span, rows: NDArray[np.intp], began: Days, horizon: int
) -> tuple[NDArray[np.int8], Days]:
    """The state of each path, and the day it is followed to: none when its dates tell nothing."""
    ends = [paths.days[date][rows] for date in span.ends]
    latest = np.iinfo(np.int32).max
    ended = np.minimum.reduce([np.where(days == NEVER, latest, days) for days in ends])
    is_ended = ended != latest
    if span.reading == CURVE:
        # A stage dated before the orientation was reached when it came; a delay cannot be read from such dates.
        ended = np.maximum(ended, began)
    later = (paths.days[date][rows] != NEVER for date in span.later)
    is_passed = np.logical_or.reduce([np.zeros(len(rows), bool), *later])
    is_reached, is_waiting = is_ended & (ended >= began), ~is_ended & ~is_passed
    states = np.select([is_reached, is_waiting], [0, 1], 2).astype(np.int8)
    until: Days = np.select([is_reached, is_waiting], [ended, np.int32(horizon)], np.int32(NEVER)).astype(np.int32)
    return states, until


def _count_months(began: Days, until: Days) -> Days:
    """Complete months, the month begun counted: within k months of a day is `months <= k`, whatever its length."""
    (first, first_day), (last, last_day) = split_days(began), split_days(until)
    months: Days = (last - first + (last_day > first_day)).astype(np.int32)
    return months


def _count(rows: pa.Table) -> pa.Table:
    """The different rows, and how often each stands."""
    return rows.group_by(rows.column_names).aggregate([([], "count_all")])


def _write(numbers: pa.ChunkedArray, code: Callable[[int], str]) -> pa.Array:
    """Months or years as codes, each distinct one written once."""
    coded = numbers.combine_chunks().dictionary_encode()
    return pa.array(map(code, coded.dictionary.to_pylist()), pa.string()).take(coded.indices)


def _month_code(month: int) -> str:
    """« 2024-03 », from a number of months since the year 0."""
    return f"{month // 12:04d}-{month % 12 + 1:02d}"


def _name(counted: pa.Table, span: Span, *, cohorts: pa.Array, territories: pa.Array) -> pa.Table:
    size = len(counted)
    return pa.table({
        "reading": pa.repeat(span.reading, size), "stage_from": pa.repeat(span.start, size),
        "stage_to": pa.repeat(span.stage_to, size), "territory": territories, "cohort": cohorts,
        "state": pa.array(STATES).take(counted["state"].combine_chunks()), "days": counted["days"],
        "months": counted["months"], "paths": counted["count_all"],
    })  # fmt: skip


@dataclass(frozen=True)
class CurveRow:
    """How many of a cohort reached a stage in so many months, or still wait after so many."""

    source: str
    stage: str
    cohort: str
    state: str
    months: int
    paths: int
    horizon: date


@dataclass(frozen=True)
class DelayRow:
    """How many took so many days from one stage to another, or still wait after so many; null when set aside."""

    source: str
    stage_from: str
    stage_to: str
    state: str
    days: int | None
    months: int | None
    paths: int
    horizon: date


def read_curves(db: Database, convention: str, *, source: str | None, territory: str | None) -> list[CurveRow]:
    """The curves of the whole by month of orientation, of a territory by year."""
    with db.cursor() as cursor:
        rows = cursor.execute(
            f"""select source, stage_to, cohort, state, months, sum(paths)::integer, horizon from delays
            where convention = $convention and reading = '{CURVE}' and ($source is null or source = $source)
              and territory is not distinct from $territory
            group by all order by all""",
            {"convention": convention, "source": source, "territory": territory},
        ).fetchall()
    return [CurveRow(*row) for row in rows]


def read_delays(
    db: Database, convention: str, *, source: str | None, territory: str | None, since: str = "", until: str = "9999"
) -> list[DelayRow]:
    """The delays between stages of those who began from one month (or year) to another, both included."""
    with db.cursor() as cursor:
        rows = cursor.execute(
            f"""select source, stage_from, stage_to, state, days, months, sum(paths)::integer, horizon
            from delays
            where convention = $convention and reading = '{DELAY}' and ($source is null or source = $source)
              and territory is not distinct from $territory and cohort between $since and $until
            group by all order by all""",
            {"convention": convention, "source": source, "territory": territory, "since": since, "until": until},
        ).fetchall()
    return [DelayRow(*row) for row in rows]
