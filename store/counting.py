"""The paths of one convention and source in; their counts by month, territory and segment out, by DuckDB.

The paths are read once into a narrow table, dates as numbers of months. Then one statement a measure: a union of
plain aggregates, one per way of splitting (faster than grouping sets), with a grid of zeros for the months,
territories and segments that the source covers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import duckdb

from conventions.catalogue import EVENTS
from store.plan import FLUX, INTEGRATION, ORIENTATION, SORTIE, PathCount, Plan
from store.rows import Part

_ABOUT_EXITS = frozenset({"motif", "categorie"})
_MONTHS = ", ".join(f"12 * year({date}) + month({date}) - 1 as {date}" for date in EVENTS)
# Once a source names prescribers, a path with a date of orientation and no prescriber is France Travail's, so
# that numerators which keep its people alone are about the same people as their denominator.
_PREPARE = f"""
create or replace temp table paths as
with counted as (
    select p.territory, p.publics, p.sexe, p.age, p.niveau_formation, p.motif, p.prescripteur, {_MONTHS}
    from current_parcours p
    where p.convention = ? and p.source = ?
), named as (
    select bool_or(prescripteur is not null) as has_prescripteurs from counted
)
select c.* exclude (prescripteur), m.categorie, coalesce(m.is_positive, false) as is_positive,
    case when c.prescripteur is null and c.{ORIENTATION} is not null and has_prescripteurs then 'france_travail'
        else c.prescripteur end as prescripteur,
    c.{ORIENTATION} is not null and coalesce(c.prescripteur, 'france_travail') = 'france_travail' as is_sent,
    c.{SORTIE} is not null and c.motif is not null as is_explained
from counted c cross join named left join motifs m on m.motif = c.motif
"""


class DuckEngine:
    """Counts inside the database."""

    def build(self, cursor: duckdb.DuckDBPyConnection, part: Part, plan: Plan) -> None:
        """Insert the counts of the paths of one part into the cube."""
        if not plan.counts:
            return
        cursor.execute("create or replace temp table motifs (motif text, categorie text, is_positive bool)")
        rows = [[motif, *category] for motif, category in (plan.motifs or {}).items()]
        if rows:
            cursor.executemany("insert into motifs values (?, ?, ?)", rows)
        cursor.execute(_PREPARE, [part.convention, part.source])
        cursor.execute(_segments_sql({grouping for count in plan.counts for grouping in count.groupings}))
        for count in plan.counts:
            cursor.execute(count_sql(count), [part.convention, part.source, count.reading, count.measure])


def count_sql(count: PathCount) -> str:
    """The statement that counts one measure; parameters: convention, source, reading, measure."""
    splits = "\n    union all\n".join(_split_sql(count, grouping) for grouping in count.groupings)
    groupings = ", ".join(f"'{_name(grouping)}'" for grouping in count.groupings)
    cumulated = "sum(sum(n)) over (partition by territory, segment order by month)"
    total = cumulated if count.is_stock else "sum(n)"
    return f"""insert into cube
with splits as materialized (
{splits}
), months as (
    {_months_sql(count)}
), segments as (
    select segment from path_segments where grouping in ({groupings})
    union select segment from splits where is_about_exits
), counts as (
    select territory, month, segment, n from splits
    union all
    select territory, month, segment, 0
    from (select distinct territory from paths), months, segments
    where {_known_sql(count)}
)
select ?, ?, 'parcours', ?, ?, territory, printf('%04d-%02d', month // 12, month % 12 + 1), segment, {total}, 'ok'
from counts
group by territory, month, segment
order by territory, segment, month"""


def _condition(count: PathCount) -> str:
    """Which paths count, whenever it was."""
    parts = [f"coalesce({', '.join(count.dates)}) is not null"]
    parts += ["is_sent"] if count.is_sent else []
    parts += ["is_positive"] if count.is_positive else []
    return " and ".join(parts)


def _events_sql(count: PathCount) -> str:
    """The paths that count, each with its month; an open path comes in one month and leaves in another."""
    if count.is_stock:
        return f"""(select *, {INTEGRATION} as month, 1 as n from paths where {INTEGRATION} is not null
        union all
        select *, greatest({INTEGRATION}, {SORTIE}), -1 from paths
        where {INTEGRATION} is not null and {SORTIE} is not null)"""
    date = count.dates[0] if count.reading == FLUX else ORIENTATION
    return f"(select *, {date} as month, 1 as n from paths where {_condition(count)})"


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
    return f"select unnest(generate_series(low, high)) as month from ({bounds})"


def _known_sql(count: PathCount) -> str:
    """Whether a zero is a count: the source gives such dates (for positive exits, motives) at least once."""
    known = "is_explained" if count.is_positive else f"coalesce({', '.join(count.dates)}) is not null"
    return f"exists (from paths where {known})"


def _name(grouping: Sequence[str]) -> str:
    return ";".join(sorted(grouping))


def _text_sql(grouping: Sequence[str]) -> str:
    return " || ';' || ".join(f"'{axis}=' || {axis}" for axis in sorted(grouping)) or "''"


def _rows_sql(relation: str, grouping: Sequence[str]) -> str:
    """The rows that have a value on every axis of a grouping; one row for each public of a person."""
    source = f"(select *, unnest(publics) as public from {relation})" if "public" in grouping else relation
    known = " and ".join(f"{axis} is not null" for axis in grouping)
    return f"{source} where {known}" if known else source


def _split_sql(count: PathCount, grouping: Sequence[str]) -> str:
    """The counts of one way of splitting; a text is made for each group, not for each path."""
    axes = "".join(f", {axis}" for axis in grouping)
    grouped = f"""select territory, month{axes}, sum(n) as n
        from {_rows_sql(_events_sql(count), grouping)} group by all"""
    is_about_exits = "true" if _ABOUT_EXITS & set(grouping) else "false"
    return f"""    select territory, month, {_text_sql(grouping)} as segment, n, {is_about_exits} as is_about_exits
    from ({grouped})"""


def _segments_sql(groupings: Iterable[Sequence[str]]) -> str:
    """The segments that a zero is written for, those that the source has; of exits, each measure has its own."""
    kept = sorted(tuple(grouping) for grouping in groupings if not _ABOUT_EXITS & set(grouping))
    selects = "\nunion all\n".join(
        f"select '{_name(grouping)}' as grouping, {_text_sql(grouping)} as segment "
        f"from (select distinct {', '.join(grouping) or '1'} from {_rows_sql('paths', grouping)})"
        for grouping in kept
    )
    return f"create or replace temp table path_segments as {selects}"
