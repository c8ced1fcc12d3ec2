"""Counts of people in; which of them may be shown so that no small group is told by one, or by two together, out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import inf


def is_small(count: float, limit: int) -> bool:
    """Whether a count is hidden from a committee: from 1 to the threshold − 1."""
    return 0 < count < limit


@dataclass(frozen=True)
class Reach:
    """Those of a cohort who reached a stage (0 is the cohort itself) within so many months, or ever."""

    stage: int
    months: float = inf

    def holds(self, other: Reach) -> bool:
        """Whether the others are among these: at a later stage, within less time."""
        return other.stage >= self.stage and other.months <= self.months


def choose_shown(
    counts: Mapping[Reach, int], *, known: Mapping[Reach, int], order: Sequence[Reach], limit: int
) -> frozenset[Reach]:
    """The counts that can be shown, taken in `order`, beside those `known` from elsewhere.

    One is kept when it is not small, and when it makes no small group with one that holds it or that it holds.
    """
    shown = dict(known)
    for one in order:
        gaps = [abs(counts[one] - count) for other, count in shown.items() if one.holds(other) or other.holds(one)]
        if not is_small(counts[one], limit) and not any(is_small(gap, limit) for gap in gaps):
            shown[one] = counts[one]
    return frozenset(shown) & frozenset(counts)


def merge_small(counts: Iterable[int], limit: int) -> list[tuple[int, int, int]]:
    """Neighbouring bins put together until none is small: first bin, one past the last, count."""
    merged: list[tuple[int, int, int]] = []
    for rank, count in enumerate(counts):
        if merged and (is_small(merged[-1][2], limit) or is_small(count, limit)):
            first, _, before = merged.pop()
            merged.append((first, rank + 1, before + count))
        else:
            merged.append((rank, rank + 1, count))
    while len(merged) > 1 and is_small(merged[-1][2], limit):
        _, end, count = merged.pop()
        first, _, before = merged.pop()
        merged.append((first, end, before + count))
    return merged
