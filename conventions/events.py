"""`data/calendar.toml` in; the dated events that break or explain series, and those between two days, out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from conventions.catalogue import Catalogue, load_catalogue
from conventions.reading import DATA, Table, read_table
from conventions.values import Segment


@dataclass(frozen=True)
class Event:
    """What happened on a day. `is_break`: what was counted before and after does not compare. An empty scope
    (`measures`, `segments`, `territories`) concerns them all."""

    code: str
    day: date
    label: str
    sentence: str
    is_break: bool
    measures: frozenset[str]
    segments: Mapping[str, frozenset[str]]
    territories: frozenset[str]

    def concerns(self, measures: Collection[str], segments: Iterable[Segment], territories: Collection[str]) -> bool:
        """Whether a count of these measures, segments and territories is in its scope."""
        pairs = [pair for segment in segments for pair in segment]
        return (
            (not self.measures or not self.measures.isdisjoint(measures))
            and (not self.segments or any(value in self.segments.get(axis, ()) for axis, value in pairs))
            and (not self.territories or not self.territories.isdisjoint(territories))
        )


def _read_event(table: Table, catalogue: Catalogue) -> Event:
    segments = table.table("segments", {})
    event = Event(
        code=table.text("code"),
        day=table.day("day"),
        label=table.text("label"),
        sentence=table.text("sentence"),
        is_break=table.flag("break"),
        measures=frozenset(table.texts("measures", [])),
        segments={axis: frozenset(segments.texts(axis)) for axis in segments.keys()},
        territories=frozenset(table.texts("territories", [])),
    )
    for measure in sorted(event.measures):
        table.require("measures", measure, catalogue.measures)
    for axis, values in event.segments.items():
        table.require("segments", axis, catalogue.axes)
        for value in sorted(values):
            table.require(f"segments.{axis}", value, catalogue.axes[axis].values)
    table.close()
    return event


def read_calendar(path: Path, catalogue: Catalogue) -> tuple[Event, ...]:
    """Read and check a calendar, oldest first; DataError on the first mistake."""
    table = read_table(path)
    events = [_read_event(one, catalogue) for one in table.tables("events")]
    table.close()
    codes = [one.code for one in events]
    for code in codes:
        if codes.count(code) > 1:
            raise table.error("events", f"« {code} » est donné plusieurs fois, une seule attendue.")
    return tuple(sorted(events, key=lambda one: (one.day, one.code)))


@lru_cache(maxsize=1)
def load_calendar() -> tuple[Event, ...]:
    """The product's own calendar, read once."""
    return read_calendar(DATA / "calendar.toml", load_catalogue())


def events_between(
    start: date,
    end: date,
    *,
    measures: Collection[str],
    segments: Iterable[Segment] = (),
    territories: Collection[str] = (),
) -> tuple[Event, ...]:
    """The events after a day, up to another, that concern these counts: oldest first."""
    own = tuple(segments)
    inside = (one for one in load_calendar() if start < one.day <= end)
    return tuple(one for one in inside if one.concerns(measures, own, territories))
