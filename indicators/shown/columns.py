"""Rows of the cube in; the same as sums of numbered columns, where a whole and its parts are never the same, out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from hashlib import blake2b

from conventions.periods import parse_period, period_of
from conventions.values import Segment
from indicators.amounts import Leaf

_Column = tuple[Leaf, frozenset[int]]
"""A count, and the columns that make it when no row of the cube says it."""
_QUARTER = "trimestre"


class Columns:
    """The columns of one family of counts.

    A count that no row of the cube says, but that its parts make (three months, a quarter; exits by motive, exits)
    has a column of its own, defined by theirs: what is known of the whole and of the parts stay apart.
    """

    def __init__(self, summed: Iterable[str]) -> None:
        """`summed` are the measures of which three months make a quarter."""
        self._summed = frozenset(summed)
        self._numbers: dict[_Column, int] = {}
        self._columns: list[_Column] = []

    def of_rows(self, leaves: Mapping[Leaf, int]) -> dict[int, int]:
        """The rows, the months of a whole quarter as that quarter."""
        found: dict[int, int] = {}
        months: dict[Leaf, dict[int, int]] = defaultdict(dict)
        for leaf, times in leaves.items():
            column = self._number(leaf)
            found[column] = times
            if len(leaf.period) == len("2024-01") and leaf.period[5] not in "ST" and leaf.measure in self._summed:
                code = period_of(parse_period(leaf.period).start, _QUARTER).code
                months[leaf._replace(period=code)][column] = times
        for quarter, parts in months.items():
            if len(parts) == 3 and len(set(parts.values())) == 1:
                for column in parts:
                    del found[column]
                found[self._number(quarter, parts)] = min(parts.values())
        return found

    def of_count(self, measure: str, segment: Segment, leaves: Iterable[Leaf]) -> dict[int, int]:
        """The rows of one count of one group; those of its parts as what they make."""
        found: dict[int, int] = {}
        parts: dict[Leaf, dict[int, int]] = defaultdict(dict)
        for column, times in self.of_rows(Counter(leaves)).items():
            leaf = self._columns[column][0]
            if leaf.measure == measure and leaf.segment == segment:
                found[column] = times
            else:
                parts[leaf._replace(measure=measure, segment=segment)][column] = times
        for whole, columns in parts.items():
            found[self._number(whole, columns)] = min(columns.values())
        return found

    def list_before(self, year: int, columns: Iterable[int]) -> list[tuple[Leaf, int]]:
        """Those of these columns that are rows of earlier years, which others than this family show or hide."""
        found = [(*self._columns[column], column) for column in columns]
        return [(leaf, column) for leaf, parts, column in found if int(leaf.period[:4]) < year and not parts]

    def name(self, vector: Mapping[int, int]) -> str:
        """The name of a sum by what it is made of: the same whatever the values, and from one state to the next."""
        terms = sorted((self._spell(column), times) for column, times in vector.items())
        return blake2b(repr(terms).encode(), digest_size=12).hexdigest()

    def _spell(self, column: int) -> tuple[Leaf, tuple[object, ...]]:
        leaf, parts = self._columns[column]
        return leaf, tuple(sorted(map(self._spell, parts), key=repr))

    def definitions(self) -> list[dict[int, int]]:
        """Each count that parts make, less its parts: a sum that is zero."""
        return [{column: 1, **dict.fromkeys(parts, -1)} for (_, parts), column in self._numbers.items() if parts]

    def _number(self, leaf: Leaf, parts: Iterable[int] = ()) -> int:
        key = leaf, frozenset(parts)
        if key not in self._numbers:
            self._numbers[key] = len(self._columns)
            self._columns.append(key)
        return self._numbers[key]


def add_vectors(*terms: tuple[Mapping[int, int], int]) -> dict[int, int]:
    """The sum of vectors, each taken so many times."""
    found: dict[int, int] = defaultdict(int)
    for vector, times in terms:
        for column, value in vector.items():
            found[column] += value * times
    return {column: value for column, value in found.items() if value}
