"""A rate and its counts in; the interval that chance alone leaves around it (Wilson, 95 %) out."""

from __future__ import annotations

from math import sqrt
from typing import TypeAlias

from conventions.values import Indicator
from indicators.values import Figure

Z = 1.959964
"""Nineteen times in twenty."""
Interval: TypeAlias = tuple[float, float]


def wilson(numerator: float, denominator: float) -> Interval:
    """The interval of a share of `denominator` people; it stays within 0 and 1, and is wide when they are few."""
    share, weight = numerator / denominator, Z * Z / denominator
    middle = (share + weight / 2) / (1 + weight)
    half = Z / (1 + weight) * sqrt(share * (1 - share) / denominator + weight / (4 * denominator))
    return max(0.0, middle - half), min(1.0, middle + half)


def read_interval(figure: Figure, indicator: Indicator) -> Interval | None:
    """The interval of a figure; None for what is not a share of people: a mean, a count, a rate over 100 %."""
    if indicator.unit != "taux" or figure.value is None or not 0 <= figure.value <= 1:
        return None
    if figure.numerator is None or not figure.denominator:
        return None
    return wilson(figure.numerator, figure.denominator)


def is_apart(low: Figure, high: Figure, indicator: Indicator) -> bool | None:
    """Whether the intervals of two rates, the lower first, do not meet: chance alone does not make such a gap. None
    for what has no interval."""
    below, above = read_interval(low, indicator), read_interval(high, indicator)
    return None if below is None or above is None else below[1] < above[0]
