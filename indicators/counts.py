"""The cube's rows of some measures in; each count, found by measure, segment, territory and period, out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from conventions.values import Convention, Segment, parse_segment
from indicators.amounts import SECRET, UNKNOWN, Amount, Leaf
from store.database import Database

EXITS, POSITIVE_EXITS = "sorties", "sorties_positives"
RETURN, PATHS = "retour", "parcours"
# A national workbook belongs to no convention: it says what the convention's own files do not.
_ROWS = """
from cube
where (convention = $convention or convention = '' and territory in (select unnest($territories)))
  and reading = $reading and measure in (select unnest($measures))
"""
_QUERY = f"""
select convention, source, origin, measure, territory, period, segment, value, state
{_ROWS} and (len($years) = 0 or left(period, 4) in (select unnest($years)))
order by convention desc
"""
# Who spoke of a measure in other years is awaited in these too: silence is then a hole, not an absence.
_SPOKEN = f"select distinct source, origin, measure, territory {_ROWS} order by all"


_Key = tuple[str, Segment, str, str]
"""Measure, segment, territory and period."""


@dataclass(frozen=True, eq=False)
class Counts:
    """The counts of one source and one origin (retour or parcours) for one convention."""

    source: str
    origin: str
    _cells: dict[_Key, tuple[float | None, str, str]] = field(default_factory=dict)
    _segments: dict[str, set[Segment]] = field(default_factory=lambda: defaultdict(set))
    _periods: dict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))

    def put(self, owner: str, key: _Key, value: float | None, state: str) -> None:
        """Keep a row of the cube, unless the convention's own files already say something there."""
        known = self._cells.get(key)
        if known is not None and known[1] != UNKNOWN:
            return
        measure, segment, territory, period = key
        self._cells[key] = value, state, owner
        self._segments[measure].add(segment)
        self._periods[measure, territory].add(period)

    def expect(self, measure: str, territory: str) -> None:
        """Remember that a territory speaks of a measure, in whatever year."""
        self._periods[measure, territory].update(())

    def get(self, measure: str, segment: Segment, territory: str, period: str) -> Amount | None:
        """The count exactly as it stands in the cube; None when the cube says nothing."""
        found = self._cells.get((measure, segment, territory, period))
        if found is None:
            return None
        value, state, owner = found
        if value is not None:
            return Amount(value, leaves=(Leaf(owner, self.source, self.origin, measure, segment, territory, period),))
        return Amount(None, state, ((territory, period),) if state in (UNKNOWN, SECRET) else ())

    def has_any(self, measure: str, territory: str, periods: frozenset[str]) -> bool:
        """Whether anything is said of a measure, by any segment, over one of these periods."""
        return any(not periods.isdisjoint(self._periods.get((one, territory), ())) for one in family_of(measure))

    def has_secrets(self) -> bool:
        """Whether a count was received secret."""
        return any(state == SECRET for _, state, _ in self._cells.values())

    def territories(self, measure: str) -> frozenset[str]:
        """Every territory for which something is said of a measure."""
        return frozenset(territory for code, territory in self._periods if code in family_of(measure))

    def segments(self, measure: str) -> frozenset[Segment]:
        """Every segment by which a measure is counted."""
        return frozenset(self._segments.get(measure, ()))

    def periods(self) -> frozenset[str]:
        """Every period of which something is said."""
        return frozenset().union(*self._periods.values())


def family_of(measure: str) -> tuple[str, ...]:
    """A measure and that from which it can be derived: positive exits are exits."""
    return (measure, EXITS) if measure == POSITIVE_EXITS else (measure,)


def read_counts(
    database: Database, convention: Convention, measures: Iterable[str], reading: str, *, periods: Iterable[str] = ()
) -> list[Counts]:
    """Read the cube once for a request: one `Counts` per source and origin, returns before paths.

    Only the years of `periods` are read (every year when there is none): no value comes from beyond its own years.
    """
    asked = {
        "convention": convention.key,
        "territories": sorted(convention.codes),
        "reading": reading,
        "years": sorted({code[:4] for code in periods}),
        "measures": sorted({one for measure in measures for one in family_of(measure)}),
    }
    with database.cursor() as cursor:
        rows = cursor.execute(_QUERY, asked).fetchall()
        del asked["years"]
        spoken = cursor.execute(_SPOKEN, asked).fetchall()
    segments = {text: parse_segment(text) for text in {row[6] for row in rows}}
    origins = {(source, origin) for source, origin, _, _ in spoken}
    found = {(source, origin): Counts(source, origin) for source, origin in origins}
    for source, origin, measure, territory in spoken:
        found[source, origin].expect(measure, territory)
    for owner, source, origin, measure, territory, period, segment, value, state in rows:
        found[source, origin].put(owner, (measure, segments[segment], territory, period), value, state)
    return sorted(found.values(), key=lambda counts: (counts.source, counts.origin != RETURN))
