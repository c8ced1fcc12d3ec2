"""How long paths lasted, and the limits agreed, in; columns of durations with the limits as poles out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ui import palette
from ui.charts.base import bold, box, line, make_figure, small, write
from ui.charts.drawing import Drawing
from ui.charts.pole import draw_pole
from ui.french import FIXED, write_count

HEIGHT = 290


@dataclass(frozen=True)
class Column:
    """Paths that lasted more than `low` months and `high` at most (None: no end), ended and still open."""

    low: int
    high: int | None
    ended: int
    still: int = 0


def draw_durations(columns: Sequence[Column], *, limits: Sequence[float]) -> Drawing:
    """Ended paths in petrol, lighter past the first limit, brick past the last; open ones hollow above them."""
    figure = make_figure(HEIGHT, left=4, right=20, top=30, bottom=42)
    width = min((one.high - one.low for one in columns if one.high is not None), default=1)
    placed = [(one, one.high if one.high is not None else one.low + width) for one in columns]
    reach = max([end for _, end in placed], default=1)
    # A merged column is as high as its people by unit of width: its surface says how many.
    tallest = max(((one.ended + one.still) * width / (end - one.low) for one, end in placed), default=1) or 1
    figure.update_xaxes(range=[0, reach])
    figure.update_yaxes(range=[0, 1.2 * tallest])
    for one, end in placed:
        _add(figure, one, end, width / (end - one.low), limits)
    line(figure, x=(0, reach), y=(0, 0), width=1.5)
    for limit in limits:
        draw_pole(figure, x=limit, y=(0, 1.08 * tallest))
        write(figure, bold(f"{write_count(limit)}{FIXED}mois"), x=limit, y=1.08 * tallest, yshift=12,
              xanchor="center", size=13)  # fmt: skip
    _write_axis(figure, [one.low for one in columns], reach)
    _write_key(figure, has_open=any(one.still for one in columns))
    return figure


def _write_axis(figure: Drawing, lows: Sequence[int], reach: float) -> None:
    for month in lows:
        write(figure, str(month), x=month, y=0, yshift=-13, xanchor="center", size=12.5, colour=palette.SOFT_INK)
    write(figure, small("mois de parcours", size=12.5), x=reach / 2, y=0, yshift=-31, xanchor="center")


def _write_key(figure: Drawing, *, has_open: bool) -> None:
    text = f'<span style="color:{palette.PETROL}">■</span> terminés'
    if has_open:
        text += f'   <span style="color:{palette.PETROL}">□</span> encore ouverts'
    write(figure, text, x=0, xref="paper", y=1, yref="paper", yshift=18, size=13)


def _add(figure: Drawing, one: Column, end: float, scale: float, limits: Sequence[float]) -> None:
    colour = _choose_colour(one, end, limits)
    until = f"à {write_count(end)} mois" if one.high is not None else "mois et plus"
    text = f"{one.low} {until}{FIXED}: {write_count(one.ended)} terminés, {write_count(one.still)} ouverts"
    gap = 0.04 * (end - one.low)
    height = one.ended * scale
    figure.add_bar(
        x=[(one.low + end) / 2],
        y=[height],
        width=end - one.low - 2 * gap,
        marker={"color": colour, "line": {"width": 0}},
        hovertemplate=f"{text}<extra></extra>",
    )
    if one.still:
        top = height + one.still * scale
        box(figure, x=(one.low + gap, end - gap), y=(height, top), fill=palette.SURFACE, outline=colour, width=1.5,
            layer="below")  # fmt: skip
    if one.ended or one.still:
        label = f"{bold(write_count(one.ended))}{small(f' +{write_count(one.still)}') if one.still else ''}"
        write(figure, label, x=(one.low + end) / 2, y=height + one.still * scale, yshift=9, xanchor="center", size=12.5)


def _choose_colour(one: Column, end: float, limits: Sequence[float]) -> str:
    """Grey when a column merged for secrecy holds a limit."""
    if one.high is not None and any(one.low < limit < end for limit in limits):
        return palette.GHOST
    passed = sum(one.low >= limit for limit in limits)
    if passed == len(limits) and limits:
        return palette.BRICK
    return palette.LIGHT_PETROL if passed else palette.PETROL
