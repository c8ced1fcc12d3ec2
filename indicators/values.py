"""One figure as everyone sees it: its counts, its value, its state, and the cube rows behind it."""

from __future__ import annotations

from dataclasses import dataclass, field

from conventions.values import Segment, Term
from indicators.amounts import Hole, Leaf
from indicators.request import Request
from indicators.windows import PERIOD


@dataclass(frozen=True)
class Figure:
    """A figure. `state` is ok, n.d., secret, provisoire, > 100 %, partiel or fourni; `missing` what a partial
    one leaves out or an unknown one lacks; `terms` what was counted above and below, with the segment read;
    `leaves` the cube rows of the numerator, of the denominator, and of what is taken away from it; `window` the time
    read up to the end of `period`; `reason` a sentence: why there is no value, or what a reader must know of it;
    `asked` the request that it answers, so that it can be asked for again alone."""

    indicator: str
    territory: str | None
    period: str | None
    source: str | None
    segment: Segment
    numerator: float | None
    denominator: float | None
    value: float | None
    state: str
    missing: tuple[Hole, ...] = ()
    terms: tuple[Term, ...] = field(default=(), repr=False, compare=False)
    leaves: tuple[tuple[Leaf, ...], ...] = field(default=(), repr=False, compare=False)
    window: str = PERIOD
    reason: str = field(default="", compare=False)
    asked: Request | None = field(default=None, repr=False, compare=False)
