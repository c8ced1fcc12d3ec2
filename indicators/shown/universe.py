"""A database and a convention in; the patterns of its families, worked out once for each state of the cube, out."""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from threading import RLock

from conventions.catalogue import Catalogue
from conventions.values import Convention
from indicators.amounts import Leaf
from indicators.counts import read_counts
from indicators.request import COHORT
from indicators.shown.columns import Columns
from indicators.shown.family import BALANCES, Family, axes_of
from indicators.shown.pattern import Pattern, Table
from store.database import Database
from store.hidden import read_hidden

# Units of what is not one person's own: a workshop, a meeting or a full-time equivalent names nobody.
_COLLECTIVE = frozenset({
    "ETP", "jours", "offres", "actions", "informations", "ateliers", "manifestations", "employeurs",
    "rencontres", "sessions",
})  # fmt: skip
_STATES = 8
_STATE = "select count(*), sum(hash(c)::hugeint) from cube c where convention in (?, '')"


_Key = tuple[str, str, int]
"""Source, first measure of the family, year."""


@dataclass(frozen=True, eq=False)
class Universe:
    """All that a committee may be shown of a convention in one reading; families are settled when first asked for."""

    convention: Convention
    catalogue: Catalogue
    reading: str
    kept: frozenset[str] = frozenset()
    _patterns: dict[_Key, Pattern | None] = field(default_factory=dict)

    def shows(self, database: Database, leaves: Iterable[tuple[Leaf, int]]) -> bool:
        """Whether a sum of rows of the cube follows from what is published, in each family and year."""
        parts: dict[_Key, dict[Leaf, int]] = defaultdict(lambda: defaultdict(int))
        for leaf, times in leaves:
            weighed = self._weigh(leaf)
            if weighed is not None:
                parts[weighed.source, self._family_of(weighed.measure)[0], int(weighed.period[:4])][weighed] += times
        patterns = ((self.pattern(database, key), rows) for key, rows in parts.items())
        return all(pattern is not None and pattern.shows(rows) for pattern, rows in patterns)

    def find_withdrawn(self, database: Database, leaf: Leaf, *, is_local: bool, rank: int) -> Table | None:
        """The coarsest table not published that the count of this row would be in, by its own group."""
        weighed = self._weigh(leaf)
        if weighed is None:
            return None
        key = weighed.source, self._family_of(weighed.measure)[0], int(weighed.period[:4])
        pattern, axes = self.pattern(database, key), axes_of(weighed.segment)
        if pattern is None:
            return None
        return pattern.find_withdrawn(weighed.measure, axes, is_local=is_local, rank=rank)

    def _weigh(self, leaf: Leaf) -> Leaf | None:
        """The count that must be shown for a row to be: its own, that of the people a sum is over, or none."""
        measures = self.catalogue.measures
        for one in self.catalogue.indicators.values():
            if one.denominator and one.numerator.measure == leaf.measure and measures[leaf.measure].kind == "somme":
                return leaf._replace(measure=one.denominator.measure)
        return leaf if is_personal(leaf.measure, self.catalogue) else None

    def pattern(self, database: Database, key: _Key) -> Pattern | None:
        """What is shown of a family; None when nothing was received of it."""
        if key not in self._patterns:
            self._patterns[key] = self._make(database, *key)
        return self._patterns[key]

    def list_hidden(self) -> Iterator[str]:
        """The names of the counts that are not shown, of all that was asked for."""
        for pattern in filter(None, list(self._patterns.values())):
            yield from pattern.list_hidden()

    @cached_property
    def _shares(self) -> list[tuple[str, str]]:
        """The pairs of measures of which the first counts some of the people of the second."""
        measures = {code: one for code, one in self.catalogue.measures.items() if is_personal(code, self.catalogue)}
        if self.reading == COHORT:
            steps = [code for code, one in measures.items() if one.event]
            return [(part, whole) for part in steps for whole in steps if part != whole]
        rates = [one for one in self.catalogue.indicators.values() if one.denominator and one.unit == "taux"]
        pairs = {(one.numerator.measure, one.denominator.measure) for one in rates if one.denominator}
        return sorted(
            (part, whole)
            for part, whole in pairs
            if part != whole and {part, whole} <= measures.keys() and measures[part].event == measures[whole].event
        )

    @cached_property
    def _families(self) -> dict[str, tuple[str, ...]]:
        """Each measure with all those that can tell it: the first names the family."""
        groups = {code: {code} for code in self.catalogue.measures}
        for link in (*self._shares, *(BALANCES if self.reading != COHORT else ())):
            joined = set().union(*(groups[code] for code in link))
            groups.update(dict.fromkeys(joined, joined))
        return {code: tuple(sorted(group)) for code, group in groups.items()}

    def _family_of(self, measure: str) -> tuple[str, ...]:
        return self._families[measure]

    def _make(self, database: Database, source: str, first: str, year: int) -> Pattern | None:
        measures = self._families[first]
        # The head count of the December before opens the balance of January.
        years = (str(year), str(year - 1))
        read = read_counts(database, self.convention, measures, self.reading, periods=years)
        counts = [one for one in read if one.source == source]
        if not any(code[:4] == str(year) for one in counts for code in one.periods()):
            return None
        said = tuple(code for code in measures if any(one.territories(code) for one in counts))
        shares = tuple(pair for pair in self._shares if set(pair) <= set(said))
        columns = Columns(code for code in said if self.catalogue.measures[code].kind in ("flux", "somme"))
        family = Family(self.convention, self.catalogue, counts, said, year, shares, columns, self.kept)
        has_balance = self.reading != COHORT and len(measures) > 1
        return Pattern(family, self.pattern(database, (source, first, year - 1)) if has_balance else None)


def is_personal(measure: str, catalogue: Catalogue) -> bool:
    """Whether a measure counts people, or what is one person's own."""
    found = catalogue.measures.get(measure)
    return found is not None and found.unit not in _COLLECTIVE


@dataclass(frozen=True)
class _Shelf:
    """The universes of the last states of the cube that were asked for."""

    kept: OrderedDict[tuple[object, ...], Universe] = field(default_factory=OrderedDict)
    lock: RLock = field(default_factory=RLock)


_SHELF = _Shelf()


def find_universe(database: Database, convention: Convention, catalogue: Catalogue, reading: str) -> Universe:
    """What may be shown of a convention as the cube stands: the same rows always give the same answer."""
    with database.cursor() as cursor:
        state = cursor.execute(_STATE, [convention.key]).fetchall()[0]
    kept = read_hidden(database, convention.key, reading)
    key = (convention.key, reading, convention.secrecy_threshold, convention.positive_denominator, state, kept)
    with _SHELF.lock:
        found = _SHELF.kept.pop(key, None) or Universe(convention, catalogue, reading, kept)
        _SHELF.kept[key] = found
        while len(_SHELF.kept) > _STATES:
            _SHELF.kept.popitem(last=False)
    return found
