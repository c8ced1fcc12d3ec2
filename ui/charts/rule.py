"""Days that a series must show, placed along its axis, in; a thin rule and a few words at each out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from ui import palette
from ui.charts.base import line, write
from ui.charts.drawing import Drawing
from ui.french import FIXED

SIZE = 12.5


@dataclass(frozen=True)
class Rule:
    """Where it stands along the axis; `sentence` is what to know of it, on hover and under the table. `is_break`: what
    stands on each side does not compare."""

    x: float
    label: str
    sentence: str
    is_break: bool


def draw_rules(figure: Drawing, rules: Iterable[Rule], *, bottom: float = 0.0) -> None:
    """From the bottom of the lines to the top of the figure: solid and inked at a break, dotted at an event."""
    for x, group in groupby(sorted(rules, key=lambda one: one.x), key=lambda one: one.x):
        here = list(group)
        is_break = any(one.is_break for one in here)
        colour = palette.INK if is_break else palette.SOFT_INK
        line(figure, x=(x, x), y=(bottom, 1), yref="paper", colour=colour, dash="solid" if is_break else "2px,3px")
        words = " · ".join(f"rupture{FIXED}: {one.label}" if one.is_break else one.label for one in here)
        told = "<br>".join(one.sentence for one in here)
        write(figure, words, x=x, y=1, yref="paper", yanchor="bottom", size=SIZE, colour=colour, hovertext=told)
