"""Periods in; the fewest calendar periods over the same months out, and those that lie inside one."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from conventions.periods import GRAINS, Period

_LENGTHS = (12, 6, 3, 1)


def cover(periods: Iterable[Period]) -> tuple[Period, ...]:
    """The fewest calendar periods over the months of these, in order of time: nothing is counted twice."""
    wanted = {month for period in periods for month in period.parts("mois")}
    pieces: list[Period] = []
    for month in sorted(wanted):
        if pieces and pieces[-1].contains(month):
            continue
        wholes = (Period(month.year, month.month, length) for length in _LENGTHS if (month.month - 1) % length == 0)
        pieces.append(next(whole for whole in wholes if wanted.issuperset(whole.parts("mois"))))
    return tuple(pieces)


def since_january(period: Period) -> tuple[Period, ...]:
    """The fewest calendar periods from 1 January to the end of a period."""
    return cover(Period(period.year, month, 1) for month in range(1, period.month + period.length))


@lru_cache(maxsize=4096)
def codes_within(period: Period) -> frozenset[str]:
    """The codes of a period and of every shorter calendar period inside it."""
    grains = GRAINS[GRAINS.index(period.grain) :]
    return frozenset(part.code for grain in grains for part in period.parts(grain))
