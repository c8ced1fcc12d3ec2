"""A generator of chance and what is usual in; one count, or one value of a list, as chance gives it, out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random


def pick(random: Random, weights: Mapping[str, int]) -> str:
    """One key, as often as its weight says."""
    return random.choices(list(weights), list(weights.values()))[0]


def pick_by_rank(values: Sequence[str], rank: float) -> str:
    """A value for a number in [0, 1[, the first ones more often."""
    return values[int(rank * rank * len(values))]


def draw_count(random: Random, usual: float) -> int:
    """A count around its usual value, as far from it as counts of that size are."""
    return max(0, round(random.gauss(usual, usual**0.5)))


def draw_part(random: Random, size: int, odds: float) -> int:
    """How many of `size` are concerned, each with the same odds."""
    return sum(random.random() < odds for _ in range(size))


def share_out(random: Random, size: int, values: Sequence[str]) -> dict[str, int]:
    """`size` split over the values, the first ones more often."""
    weights = [1 / (rank + 1.5) for rank in range(len(values))]
    drawn = random.choices(values, weights, k=size) if size else []
    return {value: drawn.count(value) for value in values}
