"""Counts by period, of which a part is counted apart, in; columns out, and the rate of that part in a panel of its own
below: never two axes. What may still change is hatched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ui import palette
from ui.charts.base import bold, line, make_figure, small, write
from ui.charts.drawing import Drawing
from ui.charts.pole import draw_pole

HEIGHT, RATE_HEIGHT = 190, 150
LEFT, RIGHT, FOOT = 4, 92, 42
ROOM = 0.16
"""The least height of a part that its number fits in, of the tallest column."""


@dataclass(frozen=True)
class Column:
    """One period: its total, the part counted apart, and the rate of that part; a hole says its word in `text`."""

    label: str
    total: float | None
    part: float | None
    text: str
    part_text: str = ""
    rate: float | None = None
    rate_text: str = ""
    counts: str = ""
    is_provisional: bool = False


def draw_columns(columns: Sequence[Column], *, part_name: str = "", rest_name: str = "") -> Drawing:
    """The part at the foot, the rest above it in grey, the total on top; the names stand beside the last column."""
    figure = make_figure(HEIGHT, left=LEFT, right=RIGHT if part_name else LEFT, top=22, bottom=4)
    top = max([one.total for one in columns if one.total is not None], default=1.0) or 1.0
    _frame(figure, len(columns), (0, top * 1.02))
    for rank, one in enumerate(columns):
        if one.total is None:
            _write_hole(figure, rank, one.text, y=0.12 * top)
            continue
        part = one.total if one.part is None else one.part
        _add_bar(figure, rank, one, height=part, base=0.0, is_part=True)
        if one.total > part:
            _add_bar(figure, rank, one, height=one.total - part, base=part, is_part=False)
        write(figure, bold(one.text), x=rank, y=one.total, xanchor="center", yanchor="bottom", yshift=1, size=14)
        if one.part is not None and one.part >= ROOM * top:
            _write_inside(figure, rank, one)
    line(figure, x=(0, 1), xref="paper", y=(0, 0), colour=palette.GHOST, width=1.5)
    _name_parts(figure, columns, part_name=part_name, rest_name=rest_name)
    return figure


def draw_rates(columns: Sequence[Column], *, objective: float | None = None, objective_text: str = "") -> Drawing:
    """The rate of each period under its column, from zero; the pole and a dashed line mark what was agreed."""
    figure = make_figure(RATE_HEIGHT, left=LEFT, right=RIGHT, top=22, bottom=FOOT)
    rates = [one.rate for one in columns if one.rate is not None]
    top = 1.12 * max([*rates, objective or 0.0, 0.01])
    _frame(figure, len(columns), (0, top))
    if objective is not None:
        line(figure, x=(0, 1), xref="paper", y=(objective, objective), dash="3px,3px", colour=palette.GHOST)
        end = len(columns) - 0.5
        draw_pole(figure, x=end, y=(objective - 0.11 * top, objective + 0.11 * top))
        write(figure, bold(objective_text), x=end, y=objective, xshift=11, size=14)
    figure.add_scatter(
        x=list(range(len(columns))), y=[one.rate for one in columns], mode="lines", connectgaps=False,
        line={"color": palette.PETROL, "width": 2.5}, hoverinfo="skip",
    )  # fmt: skip
    for rank, one in enumerate(columns):
        _add_point(figure, rank, one, is_below=objective is not None and (one.rate or 0.0) < objective)
        said = f"<br>{small('provisoire', colour=palette.OCHRE)}" if one.is_provisional else ""
        write(figure, f"{one.label}{said}", x=rank, y=0, xanchor="center", yanchor="top", yshift=-6, size=13,
              colour=palette.SOFT_INK)  # fmt: skip
    line(figure, x=(0, 1), xref="paper", y=(0, 0), colour=palette.GHOST, width=1.5)
    return figure


def write_periods(figure: Drawing, columns: Sequence[Column]) -> Drawing:
    """The names of the periods under columns that have no rates below them."""
    figure.update_layout(height=HEIGHT + 24, margin={"b": 28})
    for rank, one in enumerate(columns):
        write(figure, one.label, x=rank, y=0, xanchor="center", yanchor="top", yshift=-6, size=13,
              colour=palette.SOFT_INK)  # fmt: skip
    return figure


def _frame(figure: Drawing, count: int, heights: tuple[float, float]) -> None:
    figure.update_xaxes(range=[-0.5, count - 0.5])
    figure.update_yaxes(range=list(heights))


def _add_bar(figure: Drawing, rank: int, one: Column, *, height: float, base: float, is_part: bool) -> None:
    colour = palette.PETROL if is_part else palette.CONTEXT
    hatched = {"shape": "/", "bgcolor": colour, "fgcolor": palette.SURFACE, "size": 8, "solidity": 0.22}
    figure.add_bar(
        x=[rank], y=[height], base=[base], width=0.62,
        marker={
            "color": colour,
            "pattern": hatched if is_part and one.is_provisional else {},
            "line": {"width": 0 if is_part else 1, "color": palette.GHOST},
        },
        hovertemplate=f"{one.label}\u00a0: {one.text} {one.part_text}<extra></extra>",
    )  # fmt: skip


def _write_inside(figure: Drawing, rank: int, one: Column) -> None:
    """White on petrol; over hatches, on a ground of its own."""
    ground = {"bgcolor": palette.PETROL, "borderpad": 2} if one.is_provisional else {}
    write(figure, bold(one.part_text), x=rank, y=(one.part or 0) / 2, xanchor="center", size=14,
          colour=palette.SURFACE, **ground)  # fmt: skip


def _name_parts(figure: Drawing, columns: Sequence[Column], *, part_name: str, rest_name: str) -> None:
    known = [(rank, one) for rank, one in enumerate(columns) if one.total is not None and one.part is not None]
    if not known or known[-1][0] != len(columns) - 1:
        return
    last = known[-1][1]
    total, part, end = last.total or 0.0, last.part or 0.0, len(columns) - 0.62
    write(figure, bold(part_name), x=end, y=part / 2, size=13, colour=palette.PETROL)
    if total > part:
        write(figure, rest_name, x=end, y=(total + part) / 2, size=13, colour=palette.SOFT_INK)


def _add_point(figure: Drawing, rank: int, one: Column, *, is_below: bool) -> None:
    """Its counts stand in the column above it; its label keeps off the line of the objective."""
    if one.rate is None:
        _write_hole(figure, rank, one.rate_text, y=0.1)
        return
    fill = palette.SURFACE if one.is_provisional else palette.PETROL
    figure.add_scatter(
        x=[rank], y=[one.rate], mode="markers", cliponaxis=False,
        marker={"size": 10, "color": fill, "line": {"width": 2, "color": palette.PETROL}},
        hovertemplate=f"{one.label}\u00a0: {one.rate_text} {one.counts}<extra></extra>",
    )  # fmt: skip
    write(figure, bold(one.rate_text), x=rank, y=one.rate, xanchor="center", yshift=-16 if is_below else 16, size=14)


def _write_hole(figure: Drawing, rank: int, word: str, *, y: float) -> None:
    write(figure, word, x=rank, y=y, xanchor="center", size=13, colour=palette.SOFT_INK,
          bordercolor=palette.GHOST, borderwidth=1, borderpad=3, bgcolor=palette.SURFACE)  # fmt: skip
