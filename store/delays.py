"""The paths of one convention and source in; how many took so many days from one stage to another, out.

A histogram keeps each number of days, so that a median is exact, but names nobody: the whole source by month of
the first date (`territory` is null), each territory by year. A path that has not reached the second stage waits
since the first: its days run to the horizon, the last date that the source knows. One that went past the stage,
or whose dates contradict each other, is set aside and counted.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import duckdb

from conventions.catalogue import EVENTS
from store.database import Database
from store.path_columns import FRANCE_TRAVAIL
from store.plan import CURVE, DELAY, ORIENTATION, Span
from store.rows import Part

REACHED, WAITING, ASIDE = "atteint", "en_attente", "ecarte"
_PREPARE = f"""
create or replace temp table dated_paths as
select coalesce(territory, '') as territory, {", ".join(EVENTS)},
    {ORIENTATION} is not null and coalesce(prescripteur, '{FRANCE_TRAVAIL}') = '{FRANCE_TRAVAIL}' as is_sent
from current_parcours where convention = ? and source = ?"""
_HORIZON = f"(select greatest({', '.join(f'max({event})' for event in EVENTS)}) from dated_paths)"
# Complete months, the month begun counted: within k months of a day is `months <= k`, whatever the month's length.
_MONTHS = """12 * (year(until) - year(began)) + month(until) - month(began)
        + case when day(until) > day(began) then 1 else 0 end"""
_ROLL_UP = """insert into delays
select ?, ?, ?, ?, ?, null, printf('%04d-%02d', month // 12, month % 12 + 1), state, days, months, sum(n), horizon
from span_counts group by all
union all
select ?, ?, ?, ?, ?, territory, printf('%04d', month // 12), state, days, months, sum(n), horizon
from span_counts group by all
order by all"""


def add_delays(cursor: duckdb.DuckDBPyConnection, part: Part, spans: Iterable[Span]) -> None:
    """Insert the histograms of one part."""
    cursor.execute(_PREPARE, [part.convention, part.source])
    for span in spans:
        cursor.execute(_count_sql(span))
        named = [part.convention, part.source, span.reading, span.start, span.stage_to]
        cursor.execute(_ROLL_UP, [*named, *named])


def _count_sql(span: Span) -> str:
    """The finest counts of one span: by territory, month of the first date, state and days."""
    is_curve = span.reading == CURVE
    known = ", ".join(span.ends)
    # A stage dated before the orientation was reached when it came; a delay cannot be read from such dates.
    ended = f"case when coalesce({known}) is not null then greatest(began, least({known})) end" if is_curve else known
    passed = f"coalesce({', '.join(span.later)})" if span.later else "null"
    return f"""create or replace temp table span_counts as
with followed as (
    select territory, 12 * year({span.start}) + month({span.start}) - 1 as month, {span.start} as began,
        {ended} as ended, {passed} is not null as is_passed, {_HORIZON} as horizon
    from dated_paths where {span.start} is not null{' and is_sent' if is_curve else ''}
), judged as (
    select *, case when ended >= began then '{REACHED}'
        when ended is null and not is_passed then '{WAITING}' else '{ASIDE}' end as state
    from followed
), counted as (
    select *, case state when '{REACHED}' then ended when '{WAITING}' then horizon end as until from judged
)
select territory, month, state, until - began as days,
    {_MONTHS} as months, horizon, count(*) as n
from counted group by all"""


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
