"""The paths of one convention and source in; their counts by month, territory and segment out, by numpy.

The database is read once. A measure is then one array of counts for each way of splitting, with all the months,
territories and segments that the source covers, zeros included: cheaper than one statement a measure, whose planning
alone took half of the time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from conventions.catalogue import EVENTS
from store.delays import add_delays
from store.path_columns import UNDATED, Axis, PathColumns, read_path_columns
from store.plan import FLUX, INTEGRATION, ORIENTATION, SORTIE, PathCount, Plan
from store.rows import Part

Counts = NDArray[np.int64]
"""Cells (territories, and months in each) × segments."""
Months = NDArray[np.int16]
_ABOUT_EXITS = frozenset({"motif", "categorie"})
_NEVER = np.iinfo(np.int16).max
_KEEP = """insert into cube
select ?, ?, 'parcours', reading, measure, territory, period, segment, count, 'ok' from counted_paths"""


@dataclass(frozen=True, eq=False)
class _Events:
    """Which paths have an event, and the cell of each, out of `size`."""

    rows: NDArray[np.intp]
    cells: NDArray[np.intp]
    size: int


class ArrayEngine:
    """Counts in this process, on columns that the database gives once."""

    def build(self, cursor: duckdb.DuckDBPyConnection, part: Part, plan: Plan) -> None:
        """Insert the counts of the paths of one part into the cube, and their delays beside it."""
        if not plan.counts:
            return
        paths = read_path_columns(cursor, part, plan.motifs or {})
        counted = [_tabulate(paths, count) for count in plan.counts if _is_known(paths, count)]
        if counted:
            cursor.register("counted_paths", pa.concat_tables(counted))
            cursor.execute(_KEEP, [part.convention, part.source])
            cursor.unregister("counted_paths")
        add_delays(cursor, part, paths, plan.spans)


def _is_known(paths: PathColumns, count: PathCount) -> bool:
    """Whether a zero is a count: the source gives such dates (for positive exits, motives) at least once."""
    if not count.is_stock and count.reading != FLUX and not paths.is_sent.any():
        return False
    return bool((paths.is_explained if count.is_positive else _is_dated(paths, count)).any())


def _is_dated(paths: PathColumns, count: PathCount) -> NDArray[np.bool_]:
    is_dated: NDArray[np.bool_] = np.logical_or.reduce([paths.months[date] != UNDATED for date in count.dates])
    return is_dated


def _tabulate(paths: PathColumns, count: PathCount) -> pa.Table:
    """The rows of one measure: every territory, segment and month that the source covers."""
    months = _cover(paths, count)
    events = [_place(paths, dated, months) for dated in _date_events(paths, count)]
    segments, counts = [""], [_count(events, _whole(paths))[0]]
    for name in count.axes:
        values, is_seen = _count(events, paths.axes[name])
        # Of exits, each measure has its own segments; of people, all those that the source has.
        kept = is_seen | (name not in _ABOUT_EXITS)
        segments += [f"{name}={value}" for value, is_kept in zip(paths.axes[name].values, kept, strict=True) if is_kept]
        counts.append(values[:, kept])
    return _write_rows(count, paths.axes["territory"].values, months, segments, np.concatenate(counts, axis=1))


def _write_rows(
    count: PathCount, territories: Sequence[str], months: range, segments: Sequence[str], counts: Counts
) -> pa.Table:
    shape = len(territories), len(months), len(segments)
    values = counts.reshape(shape).transpose(0, 2, 1)
    values = values.cumsum(axis=2) if count.is_stock else values
    periods = [f"{month // 12:04d}-{month % 12 + 1:02d}" for month in months]
    ranks = np.indices(values.shape, np.int32).reshape(3, -1)
    territory, segment, period = (
        pa.array(names, pa.string()).take(pa.array(rank))
        for names, rank in zip((territories, segments, periods), ranks, strict=True)
    )
    return pa.table({
        "reading": pa.repeat(count.reading, values.size), "measure": pa.repeat(count.measure, values.size),
        "territory": territory, "period": period, "segment": segment, "count": pa.array(values.ravel()),
    })  # fmt: skip


def _cover(paths: PathColumns, count: PathCount) -> range:
    """The months that the source covers: those of the cohorts, or from the first event to the last."""
    firsts = lasts = [paths.months[date] for date in EVENTS]
    if count.reading != FLUX:
        firsts = lasts = [paths.months[ORIENTATION][paths.is_sent]]
    elif count.is_stock:
        firsts = [paths.months[INTEGRATION]]
    low = min(int(months.min(initial=_NEVER, where=months != UNDATED)) for months in firsts)
    return range(low, max(int(months.max()) for months in lasts) + 1)


def _date_events(paths: PathColumns, count: PathCount) -> Sequence[Months]:
    """The month in which each path counts; of a stock, the one in which it leaves as well."""
    integration, sortie = paths.months[INTEGRATION], paths.months[SORTIE]
    if count.is_stock:
        is_over = (integration != UNDATED) & (sortie != UNDATED)
        return integration, np.where(is_over, np.maximum(integration, sortie), UNDATED)
    kept = _is_dated(paths, count)
    kept = kept & paths.is_sent if count.is_sent else kept
    kept = kept & paths.is_positive if count.is_positive else kept
    return (np.where(kept, paths.months[count.dates[0] if count.reading == FLUX else ORIENTATION], UNDATED),)


def _place(paths: PathColumns, dated: Months, months: range) -> _Events:
    """Where the paths that have a month count."""
    rows = np.flatnonzero(dated)
    cells = paths.territories[rows] * len(months) + (dated[rows] - months.start)
    return _Events(rows, cells, len(paths.axes["territory"].values) * len(months))


def _whole(paths: PathColumns) -> Axis:
    return Axis(np.zeros(len(paths), np.int32), ("",), np.ones((1, 1), np.int64))


def _count(events: Sequence[_Events], axis: Axis) -> tuple[Counts, NDArray[np.bool_]]:
    """The events, less those that undo them, by the values of an axis; and whether any event has each value."""
    counts = [
        np.bincount(one.cells * len(axis.holds) + axis.codes[one.rows], minlength=one.size * len(axis.holds))
        .reshape(one.size, len(axis.holds)) @ axis.holds
        for one in events
    ]  # fmt: skip
    return counts[0] - sum(counts[1:]), np.logical_or.reduce([one.any(axis=0) for one in counts])
