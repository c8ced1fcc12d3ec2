"""A value by period, and last year's, in; a line over its agreed range out: holes break it, ends are
labelled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ui import palette
from ui.charts.base import bold, box, line, make_figure, write
from ui.charts.drawing import Drawing
from ui.charts.rule import Rule, draw_rules

HEIGHT = 232
RIGHT = 96


@dataclass(frozen=True)
class Moment:
    """The value of a period, its text, and last year's."""

    label: str
    value: float | None
    text: str
    last_year: float | None = None


def describe_moments(moments: Sequence[Moment], what: str) -> str:
    """What the chart shows, in words."""
    return f"{what}\u00a0: {', '.join(f'{one.label} {one.text}' for one in moments)}"


def draw_series(
    moments: Sequence[Moment],
    *,
    low: float | None = None,
    high: float | None = None,
    last_year_name: str = "",
    rules: Sequence[Rule] = (),
) -> Drawing:
    """The agreed range is tinted, its bounds written at the right; a line, unlike a bar, need not
    start at zero."""
    figure = make_figure(HEIGHT, left=4, right=RIGHT, top=20 if rules else 12, bottom=26)
    known = [one for moment in moments for one in (moment.value, moment.last_year) if one is not None]
    bottom, top = _frame([*known, *(one for one in (low, high) if one is not None)])
    figure.update_xaxes(range=[-0.4, len(moments) - 0.6])
    figure.update_yaxes(range=[bottom, top])
    if low is not None and high is not None:
        box(figure, x=(0, 1), xref="paper", y=(low, high), fill=palette.PETROL_TINT, layer="below")
        for bound in (low, high):
            write(figure, f"{bound:g}", x=1, xref="paper", y=bound, xshift=6, size=13, colour=palette.PETROL)
    _add(figure, [moment.last_year for moment in moments], palette.CONTEXT, moments)
    _add(figure, [moment.value for moment in moments], palette.PETROL, moments)
    line(figure, x=(0, 1), xref="paper", y=(bottom, bottom), colour=palette.GHOST)
    _write_labels(figure, moments, last_year_name, bottom)
    draw_rules(figure, rules)
    return figure


def _frame(values: Sequence[float]) -> tuple[float, float]:
    """The ends of the axis: room around what is drawn, and never below zero."""
    low, high = min(values, default=0.0), max(values, default=1.0)
    room = max(0.4 * (high - low), 0.12 * high, 1e-9)
    return max(0.0, low - room), high + room


def _add(figure: Drawing, values: Sequence[float | None], colour: str, moments: Sequence[Moment]) -> None:
    if all(value is None for value in values):
        return
    figure.add_scatter(
        x=list(range(len(values))),
        y=list(values),
        mode="lines+markers" if colour == palette.PETROL else "lines",
        line={"color": colour, "width": 3},
        marker={"size": 7, "color": colour},
        connectgaps=False,
        customdata=[[moment.label, moment.text] for moment in moments],
        hovertemplate="%{customdata[0]}\u00a0: %{customdata[1]}<extra></extra>"
        if colour == palette.PETROL
        else None,
        hoverinfo="skip" if colour != palette.PETROL else None,
        cliponaxis=False,
    )


def _write_labels(figure: Drawing, moments: Sequence[Moment], last_year_name: str, bottom: float) -> None:
    known = [(rank, moment) for rank, moment in enumerate(moments) if moment.value is not None]
    told = {known[0][0], known[-1][0]} if known else set()
    if known:
        told.add(max(known, key=lambda one: one[1].value or 0)[0])
    for rank, moment in known:
        if rank in told:
            write(
                figure, bold(moment.text), x=rank, y=moment.value or 0, xanchor="center", yshift=16, size=14
            )
    last = moments[-1] if moments else None
    if last is not None and last.last_year is not None:
        write(
            figure,
            last_year_name,
            x=len(moments) - 1,
            y=last.last_year,
            xshift=26,
            yshift=7 if last.value is not None and last.last_year > last.value else -7,
            size=13,
            colour=palette.SOFT_INK,
        )
    every = 1 if len(moments) <= 6 else 2
    for rank, moment in enumerate(moments):
        if rank % every == 0 or rank == len(moments) - 1 and every == 1:
            write(
                figure,
                moment.label,
                x=rank,
                y=bottom,
                xanchor="center",
                yanchor="top",
                yshift=-6,
                size=13,
                colour=palette.SOFT_INK,
            )
