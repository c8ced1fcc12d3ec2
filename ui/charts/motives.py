"""Counts by motive, gathered in categories, in; one bar a motive under the name of its category out: petrol counts as
agreed, grey is the rest."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from ui import palette
from ui.charts.base import bold, line, make_figure, small, write
from ui.charts.drawing import Drawing

ROW, TWO_LINES, FIRST = 27, 40, 6
LEFT, COUNTS, RIGHT = 316, 62, 112
"""Pixels: of the labels, and the ends of the two columns at the right of the bars."""
WIDTH = 42
"""Letters of a label on a line."""


@dataclass(frozen=True)
class Motive:
    """One motive, or a category (`is_head`, its bar only when it is a single motive): its count, how it is read and
    its part of the whole; a hole has no value."""

    label: str
    value: float | None
    text: str
    part: str = ""
    is_head: bool = False
    is_drawn: bool = True
    is_counted: bool = False


def draw_motives(motives: Sequence[Motive]) -> Drawing:
    """One row each, in their order, higher for a label of two lines; all bars on one scale from zero."""
    labels = [_wrap(one.label) for one in motives]
    heights = [ROW if len(lines) == 1 else TWO_LINES for lines in labels]
    figure = make_figure(FIRST + sum(heights), left=LEFT, right=RIGHT, top=FIRST)
    drawn = [one.value for one in motives if one.is_drawn and one.value is not None]
    figure.update_xaxes(range=[0, 1.02 * max(drawn, default=1.0)])
    figure.update_yaxes(range=[-sum(heights), 0])
    top = 0
    for one, lines, height in zip(motives, labels, heights, strict=True):
        if one.is_head and top:
            _draw_rule(figure, y=-top)
        _draw_row(figure, one, "<br>".join(lines), y=-top - height / 2)
        top += height
    return figure


def _wrap(label: str) -> list[str]:
    return textwrap.wrap(label, WIDTH)[:2] or [""]


def _draw_rule(figure: Drawing, *, y: float) -> None:
    colour, ends = palette.HAIRLINE, {"xref": "paper", "xsizemode": "pixel"}
    line(figure, x=(0, 1), y=(y, y), xref="paper", colour=colour)
    line(figure, x=(-LEFT, 0), y=(y, y), xanchor=0, colour=colour, **ends)
    line(figure, x=(0, RIGHT), y=(y, y), xanchor=1, colour=colour, **ends)


def _draw_row(figure: Drawing, one: Motive, label: str, *, y: float) -> None:
    shift = -LEFT + (0 if one.is_head else 16)
    write(figure, bold(label) if one.is_head else label, x=0, xref="paper", y=y, xshift=shift, size=13.5)
    write(figure, bold(one.text), x=1, xref="paper", y=y, xshift=COUNTS, xanchor="right", size=14)
    write(figure, small(one.part), x=1, xref="paper", y=y, xshift=RIGHT, xanchor="right", size=14)
    if one.is_drawn and one.value is not None:
        edge = {"width": 0 if one.is_counted else 1, "color": palette.GHOST}
        figure.add_bar(
            x=[one.value],
            y=[y],
            width=0.6 * ROW,
            orientation="h",
            marker={"color": palette.PETROL if one.is_counted else palette.CONTEXT, "line": edge},
            hovertemplate=f"{one.label}\u00a0: {one.text} {one.part}<extra></extra>",
        )
