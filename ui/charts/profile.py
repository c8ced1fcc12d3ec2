"""One territory in; its small multiple out: the share of each stage, and one rate over the periods."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ui import palette
from ui.charts.base import bold, box, line, make_figure, small, write
from ui.charts.drawing import Drawing
from ui.charts.pole import draw_pole

STAGE, STAGES_LEFT, STAGES_RIGHT = 31, 88, 132
LINE_HEIGHT = 150


@dataclass(frozen=True)
class Share:
    """A stage as a part of the first one (1 for the first), or a public as a part of all people, with its two texts,
    last year's part, and what was agreed of it; the title names those in bold."""

    label: str
    share: float | None
    text: str
    counts: str
    last_year: float | None = None
    objective: float | None = None
    objective_text: str = ""
    is_named: bool = False


@dataclass(frozen=True)
class Point:
    """A rate at a period: its value and texts; a hole has no value and says its word (« secret », « n.
    d. »)."""

    label: str
    value: float | None
    text: str
    counts: str = ""


def draw_shares(shares: Sequence[Share], *, left: int = STAGES_LEFT, row: int = STAGE) -> Drawing:
    """The same scale everywhere, from 0 to all (of the first stage); last year is the thin grey bar."""
    widest = max((8.6 * len(one.text) + 7.4 * len(one.counts) for one in shares), default=0.0)
    figure = make_figure(row * len(shares) + 4, left=left, right=max(STAGES_RIGHT, 16 + round(widest)))
    figure.update_xaxes(range=[0, 1])
    figure.update_yaxes(range=[-len(shares) + 0.5, 0.5])
    for rank, one in enumerate(shares):
        label = bold(one.label) if one.is_named else one.label
        write(figure, label, x=0, xref="paper", xshift=-left, y=-rank, size=13.5)
        box(figure, x=(0, 1), y=(-rank - 0.1, -rank + 0.34), fill=palette.SAND, layer="below")
        if one.share is not None:
            _draw_share(figure, one, y=-rank)
        if one.last_year is not None:
            box(
                figure,
                x=(0, min(one.last_year, 1)),
                y=(-rank - 0.3, -rank - 0.13),
                fill=palette.CONTEXT,
                outline=palette.GHOST,
                width=1,
            )
        if one.objective is not None:
            _draw_objective(figure, one, y=-rank)
        write(figure, f"{bold(one.text)} {small(one.counts, size=13)}", x=1, xref="paper", xshift=11, y=-rank)
    return figure


def _draw_objective(figure: Drawing, one: Share, *, y: float) -> None:
    """The pole; its text stands on the free part of the row."""
    agreed, value = one.objective or 0.0, one.share or 0.0
    draw_pole(figure, x=agreed, y=(y - 0.2, y + 0.44), layer="below" if value >= agreed else "above")
    write(figure, bold(one.objective_text), x=max(agreed, value), y=y + 0.12, xshift=11, size=13)


def _draw_share(figure: Drawing, one: Share, *, y: float) -> None:
    figure.add_bar(
        x=[min(one.share or 0, 1)],
        y=[y + 0.12],
        width=0.44,
        orientation="h",
        marker={"color": palette.PETROL, "line": {"width": 0}},
        hovertemplate=f"{one.label}\u00a0: {one.text} {one.counts}<extra></extra>",
    )


def draw_rate_line(points: Sequence[Point], *, highest: float = 1.3) -> Drawing:
    """A rate over the periods: a hole breaks the line and says its word; more than 100 % is a hollow
    brick point."""
    figure = make_figure(LINE_HEIGHT, left=2, right=44, top=4, bottom=26)
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
    write(
        figure,
        text,
        x=rank,
        y=point.value,
        xanchor="center",
        yshift=-15 if is_low else 15,
        size=13,
        colour=colour,
    )
