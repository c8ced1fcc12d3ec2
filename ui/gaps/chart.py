"""Gaps between two sources in; a pair of dots for each, on one scale, out."""

from __future__ import annotations

from collections.abc import Sequence

from conventions.values import Convention
from indicators.gaps import Gap
from ui import palette
from ui.charts.base import line, make_figure, write
from ui.charts.drawing import Drawing
from ui.french import FIXED, write_count
from ui.gaps.table import name_gap, say_sides

ROW, HEAD, LEFT, RIGHT, MOST = 38, 34, 262, 24, 8


def list_drawn(gaps: Sequence[Gap]) -> list[Gap]:
    """The largest gaps that can be told."""
    return [one for one in gaps if one.absolute][:MOST]


def draw_pairs(gaps: Sequence[Gap], convention: Convention) -> Drawing:
    """One row a gap: the source in use filled, the other hollow, the scale from zero."""
    figure = make_figure(HEAD + ROW * len(gaps), left=LEFT, right=RIGHT, top=HEAD)
    most = max(one.value or 0 for gap in gaps for one in (gap.used, gap.other))
    figure.update_xaxes(range=[0, 1.12 * most])
    figure.update_yaxes(range=[-len(gaps) + 0.5, 0.5])
    line(figure, x=(0, 0), y=(-len(gaps) + 0.5, 0.5))
    for rank, gap in enumerate(gaps):
        _draw_row(figure, gap, convention, y=-rank)
    legend = f"<b>●</b> source retenue{FIXED}{FIXED}{FIXED}○ autre source"
    write(figure, legend, x=0, y=0.5, yanchor="bottom", yshift=8, size=13, colour=palette.SOFT_INK)
    return figure


def _draw_row(figure: Drawing, gap: Gap, convention: Convention, *, y: float) -> None:
    used, other = gap.used.value or 0, gap.other.value or 0
    name = name_gap(gap, convention)
    write(figure, name, x=0, xref="paper", y=y, xanchor="right", xshift=-12, size=13.5)
    line(figure, x=(used, other), y=(y, y), width=3, colour=palette.CONTEXT, layer="below")
    for value, fill in ((used, palette.PETROL), (other, palette.SURFACE)):
        side = "left" if value == max(used, other) else "right"
        figure.add_scatter(
            x=[value],
            y=[y],
            mode="markers",
            marker={"size": 13, "color": fill, "line": {"width": 2, "color": palette.PETROL}},
            hovertemplate=f"{name}\u00a0: {say_sides(gap, convention)}<extra></extra>",
        )
        write(figure, write_count(value), x=value, y=y, xanchor=side, xshift=11 if side == "left" else -11, size=13)
