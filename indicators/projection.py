"""The counts of a year to date and of the years before in; the total at its end, with its interval, out.

The year goes on as it began, at the season of the years before when they are known, else day for day. What is to
come varies like a Poisson count, widened as much as past years varied around their own season: the quasi-Poisson
prediction interval, `phi · R · (1 + R / D)` for D counted and R to come.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

from conventions.statuses import load_rule


@dataclass(frozen=True)
class Projection:
    """A total at the end of the year and the bounds that hold it with probability `confidence`; `years` are
    those whose season was used, none when it is day for day."""

    value: float
    low: float
    high: float
    confidence: float
    years: tuple[int, ...]

    def divide(self, by: float) -> Projection:
        """The same per unit of a denominator."""
        return Projection(self.value / by, self.low / by, self.high / by, self.confidence, self.years)


def project(counts: Sequence[float], past: Mapping[int, Sequence[float]], *, days_share: float) -> Projection | None:
    """The projection of a year whose first parts were counted; None when nothing was.

    `past` holds the counts of whole years, part by part; `days_share` is the share of the year's days gone.
    """
    done, known = sum(counts), len(counts)
    before = sum(sum(parts[:known]) for parts in past.values())
    total = sum(sum(parts) for parts in past.values())
    share = before / total if total else days_share
    if done <= 0 or not 0 < share < 1:
        return None
    confidence = load_rule().projection_confidence
    to_come = done * (1 - share) / share
    spread = sqrt(measure_dispersion(list(past.values())) * to_come * (1 + to_come / done))
    margin = NormalDist().inv_cdf((1 + confidence) / 2) * spread
    value = done + to_come
    return Projection(value, max(done, value - margin), value + margin, confidence, tuple(past) if total else ())


def measure_dispersion(years: Sequence[Sequence[float]]) -> float:
    """How much more than a Poisson count whole years vary around their common season; at least 1."""
    total = sum(map(sum, years))
    if len(years) < 2 or not total:
        return 1.0
    season = [sum(parts) / total for parts in zip(*years, strict=True)]
    expected = [[sum(year) * share for share in season] for year in years]
    pairs = [
        (count, due)
        for year, dues in zip(years, expected, strict=True)
        for count, due in zip(year, dues, strict=True)
        if due > 0
    ]
    freedom = (len(years) - 1) * (sum(share > 0 for share in season) - 1)
    return max(1.0, sum((count - due) ** 2 / due for count, due in pairs) / freedom) if freedom else 1.0
