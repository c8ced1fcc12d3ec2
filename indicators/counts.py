"""The cube's rows of some measures in; each count by measure, segment, territory and period, found at once, out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from conventions.catalogue import Catalogue
from conventions.periods import Period, parse_period
from conventions.values import Convention, Segment, parse_segment
from indicators.amounts import Amount, Leaf
from store.database import Database

_QUERY = """
select coalesce(convention, '') as convention, source, origin, measure, territory, period, segment, value, state
from cube
where (convention = ? or convention is null or convention = '') and reading = ?
  and measure in (select unnest(?::varchar[]))
order by convention, source, origin, measure, segment, territory, period
"""
Series = dict[str, tuple[float | None, str]]


@dataclass(frozen=True, eq=False)
class Counts:
    """The counts of one source and one origin (retour or parcours) for one convention.

    Paths are a full enumeration: within `covered` (the periods they span) what they do not hold is a zero. A return
    is not: what it does not hold is unknown.
    """

    source: str
    origin: str
    series: Mapping[tuple[str, Segment], Mapping[str, Series]]
    covered: tuple[Period, Period] | None = None

    def has(self, measure: str, segment: Segment) -> bool:
        """Whether anything is known of a measure by this segment."""
        return (measure, segment) in self.series

    def get(self, measure: str, segment: Segment, territory: str, period: Period) -> Amount | None:
        """The count exactly as it stands in the cube; None when the cube says nothing."""
        entry = self.series.get((measure, segment), {}).get(territory, {}).get(period.code)
        leaf = (Leaf(measure, segment, territory, period.code, self.source, self.origin),)
        if entry is not None:
            value, state = entry
            return Amount(value, "ok" if value is not None else state, (), leaf)
        return Amount(0.0) if self._is_enumerated(measure, segment, period) else None

    def _is_enumerated(self, measure: str, segment: Segment, period: Period) -> bool:
        """Whether the paths would have shown such a count, had there been one."""
        if self.covered is None or period.length > 1 or not self.covered[0].start <= period.start <= self.covered[1].start:
            return False
        return {axis for axis, _ in segment} in self._axes(measure)

    def _axes(self, measure: str) -> list[set[str]]:
        return [{axis for axis, _ in segment} for segment in self.segments(measure)]

    def territories(self, measure: str) -> frozenset[str]:
        """Every territory for which a measure has a count."""
        return frozenset(t for (code, _), by in self.series.items() if code == measure for t in by)

    def segments(self, measure: str) -> frozenset[Segment]:
        """Every segment by which a measure is counted."""
        return frozenset(segment for code, segment in self.series if code == measure)


def read_counts(
    database: Database, convention: Convention, measures: Iterable[str], reading: str
) -> list[Counts]:
    """Read the cube once for a request: one `Counts` per source and origin, in no order."""
    rows = database.cursor().execute(_QUERY, [convention.key, reading, sorted(set(measures))]).fetchall()
    grouped: dict[tuple[str, str], dict[tuple[str, Segment], dict[str, Series]]] = {}
    spans: dict[tuple[str, str], list[str]] = defaultdict(list)
    # A national workbook (no convention) only fills what the convention's own files do not say: its rows come first.
    for owner, source, origin, measure, territory, period, segment, value, state in rows:
        if not owner and territory not in convention.codes:
            continue
        series = grouped.setdefault((source, origin), {}).setdefault((measure, parse_segment(segment)), {})
        series.setdefault(territory, {})[period] = (value, state)
        if origin == "parcours":
            spans[source, origin].append(period)
    return [
        Counts(source, origin, series, _span(spans.get((source, origin))))
        for (source, origin), series in grouped.items()
    ]


def _span(codes: list[str] | None) -> tuple[Period, Period] | None:
    if not codes:
        return None
    return parse_period(min(codes)), parse_period(max(codes))


def derived_measures(measures: Iterable[str], catalogue: Catalogue) -> set[str]:
    """The measures asked for and those from which they can be derived."""
    asked = set(measures)
    return asked | ({"sorties"} if "sorties_positives" in asked else set()) & set(catalogue.measures)


