"""Values of several places and an agreed range in; dots over the tinted range out, triangles outside,
mean as a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ui import palette
from ui.charts.base import bold, box, line, make_figure, write
from ui.charts.drawing import Drawing
from ui.french import write_number

HEIGHT = 168
RANGE = (0.24, 0.8)
LOWEST, STEP, ROWS = 0.36, 0.13, 4


@dataclass(frozen=True)
class Dot:
    """One place and its value."""

    label: str
    value: float


def draw_band(dots: Sequence[Dot], *, low: float, high: float, mean: float | None = None) -> Drawing:
    """One dot a place; those outside are brick triangles with their name and value."""
    figure = make_figure(HEIGHT, left=20, right=20)
    values = [dot.value for dot in dots] + [low, high]
    reach = max(values) - min(values)
    figure.update_xaxes(range=[min(values) - 0.22 * reach, max(values) + 0.22 * reach])
    figure.update_yaxes(range=[0, 1])
    box(figure, x=(low, high), y=RANGE, fill=palette.PETROL_TINT, layer="below")
    write(
        figure,
        bold(f"convenu\u00a0: {write_number(low)} à {write_number(high)}"),
        x=(low + high) / 2,
        y=0.9,
        xanchor="center",
        size=13,
        colour=palette.PETROL,
    )
    for place in (low, high):
        write(
            figure, write_number(place), x=place, y=0.12, xanchor="center", size=13, colour=palette.SOFT_INK
        )
    line(figure, x=(0, 1), xref="paper", y=(RANGE[0], RANGE[0]), width=1.5)
    _draw_dots(figure, dots, low=low, high=high, reach=reach)
    if mean is not None:
        line(figure, x=(mean, mean), y=RANGE, width=2)
        write(figure, f"{bold(write_number(mean, 1))} en moyenne", x=mean, y=0.12, xanchor="center", size=13)
    return figure


def _draw_dots(figure: Drawing, dots: Sequence[Dot], *, low: float, high: float, reach: float) -> None:
    heights = _stack([dot.value for dot in dots], least=0.025 * reach)
    for dot, height in zip(dots, heights, strict=True):
        is_out = not low <= dot.value <= high
        marker = {
            "symbol": "triangle-up" if is_out else "circle",
            "size": 14 if is_out else 11,
            "color": palette.BRICK if is_out else palette.PETROL,
        }
        figure.add_scatter(
            x=[dot.value],
            y=[height],
            mode="markers",
            marker=marker,
            cliponaxis=False,
            hovertemplate=f"{dot.label}\u00a0: {write_number(dot.value, 1)}<extra></extra>",
        )
        if is_out:
            text = f"{bold(write_number(dot.value, 1))}<br>{dot.label}"
            write(
                figure,
                text,
                x=dot.value,
                y=height,
                xanchor="center",
                yshift=27,
                size=13.5,
                colour=palette.BRICK_TEXT,
            )


def _stack(values: Sequence[float], *, least: float) -> list[float]:
    """Dots that would cover each other are raised."""
    placed: list[tuple[float, float]] = []
    for value in values:
        taken = {at for near, at in placed if abs(value - near) < least}
        height = next(
            (LOWEST + STEP * row for row in range(ROWS) if LOWEST + STEP * row not in taken), LOWEST
        )
        placed.append((value, height))
    return [height for _, height in placed]
