"""Sums of counts that a reader knows in; whether another sum follows from them, or would give a watched one away, out.

A sum is a vector: column (a count) → how many times it is taken. What is known is kept fully reduced, each row
with a column of its own, and so is what remains to be learnt of each watched sum; numbers are residues of a large
prime, exact and small.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache

Vector = Mapping[int, int]
_PRIME = 2**61 - 1


class Knowledge:
    """What is known, what is watched, and the columns of which nothing more may be learnt (`closed`)."""

    def __init__(self, closed: Collection[int] = frozenset()) -> None:
        self._closed = frozenset(closed)
        self._rows: dict[int, dict[int, int]] = {}
        self._watched: list[dict[int, int]] = []
        # Known rows are named by their own column, watched ones by −1, −2, …
        self._users: dict[int, set[int]] = defaultdict(set)
        self._directions: dict[int, set[int]] = defaultdict(set)

    def watch(self, vector: Vector) -> None:
        """Keep a sum from being learnt; one that is known already is past protecting."""
        rest = self._reduce(vector)
        if not rest or self._directions.get(_direction(rest)):
            return
        name = -1 - len(self._watched)
        self._watched.append(rest)
        for column in rest:
            self._users[column].add(name)
        self._directions[_direction(rest)].add(name)

    def learn(self, vector: Vector) -> None:
        """Take a sum as known."""
        rest = self._reduce(vector)
        if not rest:
            return
        # A column of its own among those still open, so that what is left of a sum shows whether only closed ones are.
        open_columns = [column for column in rest if column not in self._closed]
        own = min(open_columns or rest, key=lambda column: (len(self._users[column]), column))
        inverse = pow(rest[own], -1, _PRIME)
        row = {column: value * inverse % _PRIME for column, value in rest.items()}
        for name in list(self._users[own]):
            self._replace(name, own, row)
        self._rows[own] = row
        for column in row:
            self._users[column].add(own)

    def would_tell(self, vector: Vector) -> bool:
        """Whether knowing this sum too would give a watched one away, or anything more of the closed columns."""
        rest = self._reduce(vector)
        if not rest:
            return False
        return bool(self._directions.get(_direction(rest))) or self._closed.issuperset(rest)

    def knows(self, vector: Vector) -> bool:
        """Whether the sum follows from what is known."""
        return not self._reduce(vector)

    def rows(self) -> Iterable[Vector]:
        """Everything known, as sums."""
        return self._rows.values()

    def copy(self) -> Knowledge:
        """The same knowledge, to try something with."""
        twin = Knowledge(self._closed)
        twin._rows = {own: dict(row) for own, row in self._rows.items()}
        twin._watched = [dict(row) for row in self._watched]
        twin._users = defaultdict(set, {column: set(names) for column, names in self._users.items()})
        twin._directions = defaultdict(set, {key: set(names) for key, names in self._directions.items()})
        return twin

    def _reduce(self, vector: Vector) -> dict[int, int]:
        """What is left of a sum once what is known is taken away."""
        rest = {column: value for column, value in vector.items() if column not in self._rows}
        for column, value in vector.items():
            row = self._rows.get(column)
            if row is not None:
                _subtract(rest, row, value, but=column)
        return {column: value % _PRIME for column, value in rest.items() if value % _PRIME}

    def _replace(self, name: int, own: int, row: Vector) -> None:
        """Take `own` out of a known or a watched sum, now that it is known by other columns."""
        old = self._rows[name] if name >= 0 else self._watched[-1 - name]
        if name < 0:
            self._directions[_direction(old)].discard(name)
        before = set(old)
        _subtract(old, row, old[own], but=None)
        for column in [one for one, value in old.items() if not value]:
            del old[column]
        for column in before - old.keys():
            self._users[column].discard(name)
        for column in old.keys() - before:
            self._users[column].add(name)
        if name < 0 and old:
            self._directions[_direction(old)].add(name)


def _subtract(rest: dict[int, int], row: Vector, times: int, *, but: int | None) -> None:
    for column, value in row.items():
        if column != but:
            rest[column] = (rest.get(column, 0) - times * value) % _PRIME


def _direction(vector: Vector) -> int:
    """The same for two sums of which each tells the other, and for no others but by a chance in 10¹⁸."""
    first = sum(value * _scatter(column) for column, value in vector.items()) % _PRIME
    second = sum(value * _scatter(~column) for column, value in vector.items()) % _PRIME
    return first * pow(second, -1, _PRIME) % _PRIME if second else _PRIME


@lru_cache(maxsize=65536)
def _scatter(number: int) -> int:
    """A residue that looks drawn at random, always the same for a number (the finaliser of SplitMix64)."""
    mixed = (number * 0x9E3779B97F4A7C15 + 0x632BE59BD9B4E019) % 2**64
    mixed = (mixed ^ mixed >> 30) * 0xBF58476D1CE4E5B9 % 2**64
    mixed = (mixed ^ mixed >> 27) * 0x94D049BB133111EB % 2**64
    return (mixed ^ mixed >> 31) % _PRIME
