"""One figure as everyone sees it: its counts, its value, its state, and the cube rows behind it."""

from __future__ import annotations

from dataclasses import dataclass, field

from conventions.values import Segment
from indicators.amounts import Leaf


@dataclass(frozen=True)
class Figure:
    """A figure. `state` is ok, n.d., secret, provisoire, > 100 %, partiel or fourni; `missing` the (territory, period)
    pairs that a partial figure leaves out; `leaves` the cube rows of numerator and denominator."""

    indicator: str
    territory: str | None
    period: str | None
    source: str | None
    segment: Segment
    numerator: float | None
    denominator: float | None
    value: float | None
    state: str
    missing: tuple[tuple[str, str], ...] = ()
    leaves: tuple[tuple[Leaf, ...], tuple[Leaf, ...]] = field(default=((), ()), repr=False, compare=False)
