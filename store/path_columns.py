"""The paths of one convention and source in; their columns as numbers out, each distinct text read once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from conventions.catalogue import EVENTS
from store.plan import ORIENTATION, SORTIE
from store.rows import Part

UNDATED = 0
"""The month of an event that has no date; the others are numbered from the year 0."""
FRANCE_TRAVAIL = "france_travail"
_TEXTS = ("territory", "prescripteur", "public", "sexe", "age", "niveau_formation", "motif")
_BATCH = 1_000_000
NEVER = np.iinfo(np.int32).min
"""The day of an event that has no date; the others are numbered from 1 January 1970."""
_DAYS = ", ".join(f"coalesce({date} - date '1970-01-01', {NEVER})::integer as {date}" for date in EVENTS)
_READ = f"""
select {", ".join(f"coalesce({name}, '') as {name}" for name in _TEXTS)}, {_DAYS}
from (select *, array_to_string(publics, ';') as public from current_parcours) current_parcours
where convention = ? and source = ?
"""


@dataclass(frozen=True, eq=False)
class Axis:
    """A characteristic: a code for each path, the values there are, and how often each code (rows) holds each value."""

    codes: NDArray[np.int32]
    values: tuple[str, ...]
    holds: NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class PathColumns:
    """Paths, column by column: the day and the month of each event, the characteristics, and what these tell.

    `is_sent`: oriented by France Travail, or by nobody known. `is_explained`: gone, and the motive is known.
    """

    days: Mapping[str, NDArray[np.int32]]
    months: Mapping[str, NDArray[np.int16]]
    axes: Mapping[str, Axis]
    is_sent: NDArray[np.bool_]
    is_positive: NDArray[np.bool_]
    is_explained: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.is_sent)

    @property
    def territories(self) -> NDArray[np.intp]:
        """The rank of the territory of each path among the values of that axis."""
        axis = self.axes["territory"]
        ranks: NDArray[np.intp] = axis.holds.argmax(axis=1)[axis.codes]
        return ranks


def read_path_columns(
    cursor: duckdb.DuckDBPyConnection, part: Part, motifs: Mapping[str, tuple[str, bool]]
) -> PathColumns:
    """Read the paths of one part once; `motifs` gives each motive its category and whether it is positive."""
    cursor.execute(_READ, [part.convention, part.source])
    table = _encode_texts(cursor.to_arrow_reader(_BATCH))
    days = {date: table[date].to_numpy() for date in EVENTS}
    months = {date: _find_months(days[date]) for date in EVENTS}
    is_dated = months[ORIENTATION] != UNDATED
    prescripteur = _suppose_france_travail(_read_axis(table, "prescripteur", _alone), is_dated)
    motif = _read_axis(table, "motif", _alone)
    categorie = _read_axis(table, "motif", lambda text: [motifs[text][0]] if text in motifs else [])
    axes = {name: _read_axis(table, name, _alone) for name in ("sexe", "age", "niveau_formation")}
    axes["territory"] = _read_axis(table, "territory", lambda text: [text])
    axes["public"] = _read_axis(table, "public", lambda text: text.split(";") if text else [])
    axes |= {"prescripteur": prescripteur, "motif": motif, "categorie": categorie}
    by_others = _is_held(prescripteur, lambda value: value != FRANCE_TRAVAIL)
    return PathColumns(
        days,
        months,
        axes,
        is_sent=is_dated & ~by_others,
        is_positive=_is_held(motif, lambda value: value in motifs and motifs[value][1]),
        is_explained=(months[SORTIE] != UNDATED) & _is_held(motif, lambda _: True),
    )


def _encode_texts(batches: pa.RecordBatchReader) -> pa.Table:
    """The same rows, each distinct text once: a batch at a time, for texts are what weighs."""
    schema = batches.schema
    for name in _TEXTS:
        schema = schema.set(schema.get_field_index(name), pa.field(name, pa.dictionary(pa.int32(), pa.string())))
    encoded = [
        pa.record_batch(
            [
                column.dictionary_encode() if name in _TEXTS else column
                for name, column in zip(schema.names, batch.columns, strict=True)
            ],
            schema=schema,
        )
        for batch in batches
    ]
    return pa.Table.from_batches(encoded, schema=schema).unify_dictionaries()


def split_days(days: NDArray[np.int32]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The month of each day, numbered from the year 0, and the days since its first; each different day read once."""
    low, high = int(days.min(initial=0)), int(days.max(initial=0))
    # Paths are many, the days between the first and the last are few.
    calendar = np.arange(low, high + 1).astype("M8[D]")
    months = calendar.astype("M8[M]")
    since = (calendar - months.astype("M8[D]")).astype(np.int64)
    return (months.astype(np.int64) + 12 * 1970)[days - low], since[days - low]


def _find_months(days: NDArray[np.int32]) -> NDArray[np.int16]:
    is_dated = days != NEVER
    months = np.full(len(days), UNDATED, np.int16)
    months[is_dated] = split_days(days[is_dated])[0]
    return months


def _alone(text: str) -> Sequence[str]:
    return [text] if text else []


def _read_axis(table: pa.Table, name: str, values_of: Callable[[str], Sequence[str]]) -> Axis:
    """The axis of a column of texts, each of which stands for the values that `values_of` gives."""
    chunks = table[name].chunks
    held = [values_of(text) for text in chunks[0].dictionary.to_pylist()] if chunks else []
    values = tuple(sorted({value for one in held for value in one}))
    counts = [one.count(value) for one in held for value in values]
    codes = [np.empty(0, np.int32), *(chunk.indices.to_numpy() for chunk in chunks)]
    return Axis(np.concatenate(codes), values, np.array(counts, np.int64).reshape(len(held), len(values)))


def _suppose_france_travail(axis: Axis, is_dated: NDArray[np.bool_]) -> Axis:
    """The prescribers, where a path with a date of orientation and no prescriber is France Travail's.

    So it is once a source names prescribers: numerators that keep its people alone are then about the same people
    as their denominator.
    """
    supposed = is_dated & ~_is_held(axis, lambda _: True)
    if not axis.values or not supposed.any():
        return axis
    values = tuple(sorted({*axis.values, FRANCE_TRAVAIL}))
    holds = np.zeros((len(axis.holds) + 1, len(values)), np.int64)
    holds[:-1, [values.index(value) for value in axis.values]] = axis.holds
    holds[-1, values.index(FRANCE_TRAVAIL)] = 1
    return Axis(np.where(supposed, np.int32(len(axis.holds)), axis.codes), values, holds)


def _is_held(axis: Axis, is_wanted: Callable[[str], bool]) -> NDArray[np.bool_]:
    """Whether each path holds a wanted value."""
    wanted = [rank for rank, value in enumerate(axis.values) if is_wanted(value)]
    told: NDArray[np.bool_] = (axis.holds[:, wanted].sum(axis=1) > 0)[axis.codes]
    return told
