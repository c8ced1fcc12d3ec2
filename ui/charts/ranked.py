"""Rates of several places in; ranked bars out: grey but the one the title names, small numbers below a
rule, unranked."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from ui import palette
from ui.charts.base import bold, line, make_figure, small, write
from ui.charts.drawing import Drawing

ROW, LINE, HEAD, FOOT = 38, 17, 30, 4
RIGHT = 132


@dataclass(frozen=True)
class Bar:
    """One place: its value, how it is read (« 65 % » and « (268/412) »), and the interval that chance leaves around
    it; a hole has no value."""

    label: str
    value: float | None
    text: str
    counts: str = ""
    is_ranked: bool = True
    is_named: bool = False
    interval: tuple[float, float] | None = None


def rank_bars(bars: Sequence[Bar]) -> list[Bar]:
    """From the highest to the lowest; those that are not ranked keep their order, after."""
    ranked = [bar for bar in bars if bar.is_ranked and bar.value is not None]
    return sorted(ranked, key=lambda bar: -(bar.value or 0)) + [bar for bar in bars if bar not in ranked]


def describe_bars(bars: Sequence[Bar], what: str) -> str:
    """What the chart shows, in words, in its own order."""
    return f"{what}\u00a0: {', '.join(f'{bar.label} {bar.text} {bar.counts}'.strip() for bar in rank_bars(bars))}"


def draw_ranked(
    bars: Sequence[Bar], *, whole: float | None = None, whole_text: str = "", left: int = 190
) -> Drawing:
    """One row a place; the dashed line is the whole; bars start at zero."""
    rows = rank_bars(bars)
    lines = max((len(_wrap(bar.label, left)) for bar in rows), default=1)
    row = max(ROW, 12 + LINE * lines)
    figure = make_figure(HEAD + FOOT + row * len(rows), left=left, right=RIGHT, top=HEAD, bottom=FOOT)
    drawn = [bar for bar in rows if bar.is_ranked and bar.value is not None]
    ends = [bar.interval[1] if bar.interval else bar.value or 0 for bar in drawn]
    top = max([*ends, whole or 0, 1e-9])
    figure.update_xaxes(range=[0, 1.04 * top])
    figure.update_yaxes(range=[-len(rows) + 0.5, 0.5])
    for rank, bar in enumerate(rows):
        _draw_row(figure, bar, y=-rank, left=left)
    ranked = len(drawn)
    line(figure, x=(0, 0), y=(-ranked + 0.5, 0.5))
    if 0 < ranked < len(rows):
        _draw_rule(figure, y=-ranked + 0.5, left=left)
    if whole is not None and ranked:
        line(figure, x=(whole, whole), y=(-ranked + 0.45, 0.5), dash="4px,3px", width=1.5)
        write(
            figure,
            whole_text,
            x=whole,
            y=0.5,
            yanchor="bottom",
            yshift=3,
            size=13,
            xanchor="center" if 0.2 * top < whole < 0.85 * top else "right",
        )
    return figure


def _wrap(label: str, left: int) -> list[str]:
    """A label over as many lines as its column needs."""
    return textwrap.wrap(label, width=max(12, round(left / 7.6))) or [""]


def _draw_rule(figure: Drawing, *, y: float, left: int) -> None:
    line(figure, x=(0, 1), y=(y, y), xref="paper", colour=palette.HAIRLINE)
    line(figure, x=(-left, 0), y=(y, y), xref="paper", xsizemode="pixel", xanchor=0, colour=palette.HAIRLINE)
    line(figure, x=(0, RIGHT), y=(y, y), xref="paper", xsizemode="pixel", xanchor=1, colour=palette.HAIRLINE)


def _draw_row(figure: Drawing, bar: Bar, *, y: float, left: int) -> None:
    is_drawn = bar.is_ranked and bar.value is not None
    wrapped = "<br>".join(_wrap(bar.label, left))
    label = bold(wrapped) if bar.is_named else wrapped
    write(
        figure,
        label,
        x=0,
        xref="paper",
        y=y,
        xanchor="right",
        xshift=-12,
        size=13.5,
        colour=palette.INK if is_drawn else palette.SOFT_INK,
    )
    if not is_drawn:
        text = f"{bar.text} {bar.counts}" + (
            ", non classé\u00a0: moins de 20" if bar.value is not None else ""
        )
        write(figure, text, x=0, y=y, xshift=8, size=13, colour=palette.SOFT_INK)
        return
    marker = {
        "color": palette.PETROL if bar.is_named else palette.CONTEXT,
        "line": {"width": 0 if bar.is_named else 1, "color": palette.GHOST},
    }
    figure.add_bar(
        x=[bar.value],
        y=[y],
        width=0.56,
        orientation="h",
        marker=marker,
        hovertemplate=f"{bar.label}\u00a0: {bar.text} {bar.counts}<extra></extra>",
    )
    _draw_interval(figure, bar.interval, y=y)
    write(figure, f"{bold(bar.text)} {small(bar.counts, size=13)}", x=1, xref="paper", y=y, xshift=14)


def _draw_interval(figure: Drawing, interval: tuple[float, float] | None, *, y: float) -> None:
    """A thin line with two ends; edged in white, since half of it stands on the bar."""
    if interval is None:
        return
    low, high = interval
    for colour, width in ((palette.SURFACE, 4.0), (palette.INK, 1.3)):
        line(figure, x=(low, high), y=(y, y), colour=colour, width=width)
        for end in (low, high):
            line(figure, x=(end, end), y=(y - 0.11, y + 0.11), colour=colour, width=width)
