"""Delays between stages in; one row each out: from the first quartile to the third, the median, and who waits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ui import palette
from ui.charts.base import bold, box, line, make_figure, small, write
from ui.charts.drawing import Drawing
from ui.french import FIXED, write_number

ROW, LEFT, RIGHT = 72, 216, 350
_STEPS = (7, 15, 30, 60, 90, 180, 365)


@dataclass(frozen=True)
class DelayBar:
    """A delay: its name, its quartiles and mean in days (None: not told), the text of its spread and of who waits,
    and its distribution: columns from a day to another, as high as their part of the tallest."""

    label: str
    lower: float | None
    median: float | None
    upper: float | None
    mean: float | None
    text: str
    waiting: str
    columns: Sequence[tuple[float, float, float]] = ()


def draw_delays(bars: Sequence[DelayBar]) -> Drawing:
    """One scale of days for all; the middle half is tinted, the median a thick line, the mean a small ring."""
    figure = make_figure(ROW * len(bars) + 34, left=LEFT, right=RIGHT, top=2, bottom=30)
    ends = [max([one.upper or 0, *(high for _, high, _ in one.columns)]) for one in bars]
    top = max(ends, default=0) * 1.03 or 1.0
    figure.update_xaxes(range=[0, top])
    figure.update_yaxes(range=[-len(bars) + 0.5, 0.5])
    _draw_ground(figure, top, len(bars))
    for rank, one in enumerate(bars):
        write(figure, one.label, x=0, xref="paper", xshift=-LEFT, y=-rank, size=13.5)
        if one.lower is not None and one.upper is not None and one.median is not None:
            _draw_bar(figure, one, -rank)
        write(figure, f"{bold(one.text)}<br>{small(one.waiting)}", x=1, xref="paper", xshift=14, y=-rank, size=14)
    return figure


def _draw_ground(figure: Drawing, top: float, count: int) -> None:
    step = next((one for one in _STEPS if top / one <= 6), _STEPS[-1])
    for days in range(0, int(top) + 1, step):
        bottom = -count + 0.5
        line(figure, x=(days, days), y=(bottom, 0.5), colour=palette.HAIRLINE, layer="below")
        unit = f"{FIXED}j" if days else ""
        write(figure, f"{write_number(days)}{unit}", x=days, y=bottom, yshift=-13, xanchor="center", size=12.5,
              colour=palette.SOFT_INK)  # fmt: skip


def _draw_bar(figure: Drawing, one: DelayBar, y: float) -> None:
    lower, median, upper = one.lower or 0.0, one.median or 0.0, one.upper or 0.0
    for low, high, part in one.columns:
        box(figure, x=(low, high), y=(y - 0.1, y - 0.1 + 0.52 * part), fill=palette.CONTEXT_TINT, layer="below")
    band = (y - 0.36, y - 0.12)
    tint, outline = palette.PETROL_TINT, palette.LIGHT_PETROL
    box(figure, x=(lower, upper), y=band, fill=tint, outline=outline, width=1, layer="below")
    line(figure, x=(median, median), y=(y - 0.4, y - 0.08), colour=palette.PETROL, width=5, layer="below")
    marker = {"size": 9, "color": palette.SURFACE, "line": {"width": 2, "color": palette.INK}}
    figure.add_scatter(
        x=[one.mean],
        y=[y - 0.24],
        mode="markers",
        marker=marker,
        hovertemplate=f"{one.label}{FIXED}: moyenne {write_number(one.mean or 0, 1)}{FIXED}j<extra></extra>",
        cliponaxis=False,
    )
