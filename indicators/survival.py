"""Histograms of those who reached a stage and of those who wait in; the Kaplan–Meier estimate out, by scipy."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import CensoredData, ecdf

CONFIDENCE = 0.95
# The estimate reads people one by one: of more than this, it reads one in so many, evenly along the durations.
_MOST = 100_000


@dataclass(frozen=True)
class Survival:
    """The day by which half have reached the stage, those who wait taken into account, and its interval at 95 %;
    None when too few have reached it to say. `steps` are the days and the part that has not reached it yet."""

    median: int | None
    low: int | None
    high: int | None
    steps: tuple[tuple[int, float], ...] = ()


def estimate_survival(reached: Mapping[int, int], waiting: Mapping[int, int]) -> Survival:
    """From numbers of people by days; nothing when nobody reached the stage."""
    if not reached:
        return Survival(None, None, None)
    step = ceil((sum(reached.values()) + sum(waiting.values())) / _MOST)
    found = ecdf(CensoredData(uncensored=_expand(reached, step), right=_expand(waiting, step))).sf
    with warnings.catch_warnings():
        # The last point has no interval when nobody is left: it is not read.
        warnings.simplefilter("ignore", RuntimeWarning)
        interval: Any = found.confidence_interval(CONFIDENCE, method="log-log")
    return Survival(
        median=_first_half(found.quantiles, found.probabilities),
        low=_first_half(found.quantiles, interval.low.probabilities),
        high=_first_half(found.quantiles, interval.high.probabilities),
        steps=tuple(zip(map(int, found.quantiles), map(float, found.probabilities), strict=True)),
    )


def _expand(counts: Mapping[int, int], step: int) -> NDArray[np.float64]:
    """The days of one person in `step`, in order."""
    ends = np.cumsum(np.array([counts[day] for day in sorted(counts)], dtype=np.int64))
    ranks = np.arange(step // 2, ends[-1] if len(ends) else 0, step)
    return np.array(sorted(counts), dtype=np.float64)[np.searchsorted(ends, ranks, side="right")]


def _first_half(days: NDArray[np.float64], parts: NDArray[np.float64]) -> int | None:
    """The first day when at most half have not reached the stage."""
    below = np.flatnonzero(parts <= 0.5)
    return int(days[below[0]]) if len(below) else None
