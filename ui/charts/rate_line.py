"""One territory in; the line of one rate over its periods out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ui import palette
from ui.charts.base import bold, line, make_figure, small, write
from ui.charts.drawing import Drawing

LINE_HEIGHT = 150


@dataclass(frozen=True)
class Point:
    """A rate at a period: its value and texts; a hole has no value and says its word (« secret », « n.
    d. »)."""

    label: str
    value: float | None
    text: str
    counts: str = ""


def draw_rate_line(points: Sequence[Point], *, highest: float = 1.3) -> Drawing:
    """A rate over the periods: a hole breaks the line and says its word; more than 100 % is a hollow
    brick point."""
    figure = make_figure(LINE_HEIGHT, left=2, right=52, top=4, bottom=26)
    figure.update_xaxes(range=[-0.45, len(points) - 0.55])
    figure.update_yaxes(range=[0, max(1.3, highest + 0.25)])
    line(figure, x=(0, 1), xref="paper", y=(1, 1), colour=palette.GHOST, dash="3px,3px")
    write(figure, "100\u00a0%", x=1, xref="paper", y=1, xshift=5, size=13, colour=palette.SOFT_INK)
    figure.add_scatter(
        x=list(range(len(points))),
        y=[point.value for point in points],
        mode="lines",
        connectgaps=False,
        line={"color": palette.PETROL, "width": 2.5},
        hoverinfo="skip",
    )
    for rank, point in enumerate(points):
        write(
            figure,
            point.label,
            x=rank,
            y=0,
            xanchor="center",
            yanchor="top",
            yshift=-6,
            size=13,
            colour=palette.SOFT_INK,
        )
        _draw_point(figure, points, rank)
    line(figure, x=(0, 1), xref="paper", y=(0, 0), colour=palette.GHOST, width=1.5)
    return figure


def _draw_point(figure: Drawing, points: Sequence[Point], rank: int) -> None:
    point = points[rank]
    if point.value is None:
        write(
            figure,
            point.text,
            x=rank,
            y=0.32,
            xanchor="center",
            size=13,
            colour=palette.SOFT_INK,
            bordercolor=palette.GHOST,
            borderwidth=1,
            borderpad=3,
            bgcolor=palette.SURFACE,
        )
        return
    is_over = point.value > 1
    colour = palette.BRICK_TEXT if is_over else palette.PETROL
    figure.add_scatter(
        x=[rank],
        y=[point.value],
        mode="markers",
        marker={
            "size": 10,
            "color": palette.SURFACE if is_over else colour,
            "line": {"width": 2, "color": colour},
        },
        hovertemplate=f"{point.label}\u00a0: {point.text} {point.counts}<extra></extra>",
        cliponaxis=False,
    )
    around = [points[near].value for near in (rank - 1, rank + 1) if 0 <= near < len(points)]
    is_low = any(value is not None and value > point.value for value in around)
    colour = palette.BRICK_TEXT if is_over else palette.INK
    text = f"{bold(point.text)} {small(point.counts, size=13)}"
    # The first and the last label grow inwards: nothing of them is cut in a narrow card.
    side, shift = {0: ("left", -14), len(points) - 1: ("right", 14)}.get(rank, ("center", 0))
    write(
        figure,
        text,
        x=rank,
        y=point.value,
        xanchor=side,
        xshift=shift,
        yshift=-17 if is_low else 17,
        size=13,
        colour=colour,
        bgcolor=palette.SURFACE,
    )
