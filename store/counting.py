"""The paths of one convention and source in; their counts by month, territory and segment out, by DuckDB.

One statement a measure: a union of plain aggregates, one per way of splitting (faster than grouping sets),
with a grid of zeros for the months, territories and segments that the source covers.
"""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from conventions.catalogue import EVENTS
from store.plan import FLUX, INTEGRATION, ORIENTATION, SORTIE, PathCount, Plan
from store.rows import Part

# Once a source names prescribers, a path with a date of orientation and no prescriber is France Travail's, so
# that numerators which keep its people alone are about the same people as their denominator.
_PREPARE = f"""
create or replace temp table paths as
select p.* exclude (prescripteur), m.categorie, coalesce(m.is_positive, false) as is_positive,
    case when p.prescripteur is null and p.{ORIENTATION} is not null
        and bool_or(p.prescripteur is not null) over () then 'france_travail'
        else p.prescripteur end as prescripteur,
    p.{ORIENTATION} is not null and coalesce(p.prescripteur, 'france_travail') = 'france_travail' as is_sent,
    p.{SORTIE} is not null and p.motif is not null as is_explained
from current_parcours p left join motifs m on m.motif = p.motif
where p.convention = ? and p.source = ?
"""


class DuckEngine:
    """Counts inside the database."""

    def build(self, cursor: duckdb.DuckDBPyConnection, part: Part, plan: Plan) -> None:
        """Insert the counts of the paths of one part into the cube."""
        cursor.execute("create or replace temp table motifs (motif text, categorie text, is_positive bool)")
        rows = [[motif, *category] for motif, category in (plan.motifs or {}).items()]
        if rows:
            cursor.executemany("insert into motifs values (?, ?, ?)", rows)
        cursor.execute(_PREPARE, [part.convention, part.source])
        for count in plan.counts:
            cursor.execute(count_sql(count), [part.convention, part.source, count.reading, count.measure])


def count_sql(count: PathCount) -> str:
    """The statement that counts one measure; parameters: convention, source, reading, measure."""
    splits = "\n    union all\n".join(_split_sql(grouping) for grouping in count.groupings)
    cumulated = "sum(sum(n)) over (partition by territory, segment order by month)"
    total = cumulated if count.is_stock else "sum(n)"
    return f"""insert into cube
with events as materialized (
    {_events_sql(count)}
), months as (
    {_months_sql(count)}
), segments as (
    {_segments_sql(count.groupings)}
), counts as (
{splits}
    union all
    select territory, month, segment, 0
    from (select distinct territory from paths), months, segments
    where {_known_sql(count)}
)
select ?, ?, 'parcours', ?, ?, territory, strftime(month, '%Y-%m'), segment, {total}, 'ok'
from counts
group by territory, month, segment
order by territory, segment, month"""


def _month(date: str) -> str:
    return f"date_trunc('month', {date})"


def _condition(count: PathCount) -> str:
    """Which paths count, whenever it was."""
    parts = [f"coalesce({', '.join(count.dates)}) is not null"]
    parts += ["is_sent"] if count.is_sent else []
    parts += ["is_positive"] if count.is_positive else []
    return " and ".join(parts)


def _events_sql(count: PathCount) -> str:
    """The paths that count, each with its month; an open path comes in one month and leaves in another."""
    if count.is_stock:
        leaves = f"greatest({_month(INTEGRATION)}, {_month(SORTIE)})"
        return f"""select *, {_month(INTEGRATION)} as month, 1 as n from paths where {INTEGRATION} is not null
    union all
    select *, {leaves}, -1 from paths where {INTEGRATION} is not null and {SORTIE} is not null"""
    date = count.dates[0] if count.reading == FLUX else ORIENTATION
    return f"select *, {_month(date)} as month, 1 as n from paths where {_condition(count)}"


def _months_sql(count: PathCount) -> str:
    """The months that the source covers: those of the cohorts, or from the first event to the last."""
    first = f"least({', '.join(EVENTS)})"
    last = f"greatest({', '.join(EVENTS)})"
    if count.reading != FLUX:
        bounds = f"select min({ORIENTATION}) as low, max({ORIENTATION}) as high from paths where is_sent"
    elif count.is_stock:
        bounds = f"select min({INTEGRATION}) as low, max({last}) as high from paths"
    else:
        bounds = f"select min({first}) as low, max({last}) as high from paths"
    series = f"generate_series({_month('low')}, high, interval 1 month)"
    return f"select unnest({series})::date as month from ({bounds})"


def _known_sql(count: PathCount) -> str:
    """Whether a zero is a count: the source gives such dates (for positive exits, motives) at least once."""
    known = "is_explained" if count.is_positive else f"coalesce({', '.join(count.dates)}) is not null"
    return f"exists (from paths where {known})"


def _text_sql(grouping: Sequence[str]) -> str:
    return " || ';' || ".join(f"'{axis}=' || {axis}" for axis in sorted(grouping)) or "''"


def _rows_sql(relation: str, grouping: Sequence[str]) -> str:
    """The rows that have a value on every axis of a grouping; one row for each public of a person."""
    source = f"(select *, unnest(publics) as public from {relation})" if "public" in grouping else relation
    known = " and ".join(f"{axis} is not null" for axis in grouping)
    return f"{source} where {known}" if known else source


def _split_sql(grouping: Sequence[str]) -> str:
    columns = f"territory, month, {_text_sql(grouping)} as segment, sum(n) as n"
    return f"    select {columns} from {_rows_sql('events', grouping)} group by all"


def _segments_sql(groupings: Sequence[Sequence[str]]) -> str:
    """The segments that a zero is written for: those that the source has, or the exits that count."""
    about_exits = {"motif", "categorie"}
    return "\n    union\n    ".join(
        f"select {_text_sql(grouping)} as segment "
        f"from {_rows_sql('events' if about_exits & set(grouping) else 'paths', grouping)}"
        for grouping in groupings
    )
