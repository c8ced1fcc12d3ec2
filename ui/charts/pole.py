"""A place on an axis in; the surveyor's striped pole that marks the objective there, and nothing else,
out."""

from __future__ import annotations

from ui import palette
from ui.charts.drawing import Drawing

HALF_WIDTH = 4.5
STRIPES = 5


def draw_pole(figure: Drawing, *, x: float, y: tuple[float, float], layer: str = "above") -> None:
    """Five stacked stripes between two heights, at a fixed width in pixels; ink first and last."""
    step = (y[1] - y[0]) / STRIPES
    for rank in range(STRIPES):
        is_ink = rank % 2 == 0
        figure.add_shape(
            type="rect",
            xsizemode="pixel",
            xanchor=x,
            x0=-HALF_WIDTH,
            x1=HALF_WIDTH,
            y0=y[0] + rank * step,
            y1=y[0] + (rank + 1) * step,
            fillcolor=palette.INK if is_ink else palette.SURFACE,
            line={"width": 1, "color": palette.INK},
            layer=layer,
        )


def draw_caret(figure: Drawing, *, x: float, y: tuple[float, float]) -> None:
    """What was expected to date: a thin line standing on a small triangle."""
    figure.add_shape(
        type="line", x0=x, x1=x, y0=y[0], y1=y[1], line={"width": 1.5, "color": palette.INK}, layer="above"
    )
    figure.add_scatter(
        x=[x],
        y=[y[0]],
        mode="markers",
        marker={"symbol": "triangle-up", "size": 11, "color": palette.INK},
        hoverinfo="skip",
        cliponaxis=False,
    )
