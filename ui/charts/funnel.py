"""The stages of a path in; the funnel out: left-aligned bars, the gap hatched, last year beneath, two
columns of rates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ui import palette
from ui.charts.base import bold, box, line, make_figure, small, write
from ui.charts.drawing import Drawing
from ui.french import write_count, write_signed

ROW, HEAD = 88, 34
LEFT, RIGHT = 228, 420
COLUMNS = (180, 418)
"""Right edges of the two columns of rates, in pixels from the bars' own area."""
BAR = (-0.16, 0.28)
LAST_YEAR = (-0.31, -0.22)


@dataclass(frozen=True)
class Stage:
    """One stage: its count (and last year's), and its rates as they are read, « 65 % » then « (268/412) »."""

    label: str
    note: str
    count: float | None
    hole: str = ""
    last_year: float | None = None
    gap_text: str = ""
    step: tuple[str, str] = ("", "")
    step_before: str = ""
    overall: tuple[str, str] = ("", "")
    overall_before: str = ""
    is_shifted: bool = False


@dataclass(frozen=True)
class Headings:
    """What stands above the columns, and the year that compares."""

    bars: str
    step: str = "Sur l’étape précédente"
    overall: str = "Sur les orientés"
    last_year: str = ""


def draw_funnel(stages: Sequence[Stage], headings: Headings) -> Drawing:
    """One row a stage, from the top; the scale is that of the largest count of either year, with room
    for labels."""
    figure = make_figure(HEAD + ROW * len(stages), left=LEFT, right=RIGHT, top=HEAD)
    counts = [one for stage in stages for one in (stage.count, stage.last_year) if one is not None]
    figure.update_xaxes(range=[0, 1.28 * max([*counts, 1])])
    figure.update_yaxes(range=[-len(stages) + 0.5, 0.5])
    _write_headings(figure, headings)
    before: float | None = None
    for rank, stage in enumerate(stages):
        _draw_stage(figure, stage, y=-rank, before=before, headings=headings)
        if rank < len(stages) - 1:
            _rule(figure, y=-rank - 0.5, colour=palette.HAIRLINE)
        before = stage.count if stage.count is not None else before
    return figure


def _rule(figure: Drawing, *, y: float, colour: str, width: float = 1) -> None:
    """A line through the whole width, margins included."""
    style: dict[str, Any] = {"colour": colour, "width": width, "y": (y, y)}
    line(figure, x=(0, 1), xref="paper", **style)
    line(figure, x=(-LEFT, 0), xref="paper", xsizemode="pixel", xanchor=0, **style)
    line(figure, x=(0, RIGHT), xref="paper", xsizemode="pixel", xanchor=1, **style)


def _write_headings(figure: Drawing, headings: Headings) -> None:
    common: dict[str, Any] = {
        "y": 0.5,
        "yanchor": "bottom",
        "yshift": 10,
        "size": 13,
        "colour": palette.SOFT_INK,
    }
    write(figure, bold("Étape"), x=0, xref="paper", xshift=-LEFT, **common)
    write(figure, bold(headings.bars), x=0, **common)
    for text, edge in zip((headings.step, headings.overall), COLUMNS, strict=True):
        write(figure, bold(text), x=1, xref="paper", xanchor="right", xshift=edge, **common)
    _rule(figure, y=0.5, colour=palette.INK, width=2)


def _draw_stage(
    figure: Drawing, stage: Stage, *, y: float, before: float | None, headings: Headings
) -> None:
    write(figure, f"{bold(stage.label)}<br>{small(stage.note)}", x=0, y=y, xref="paper", xshift=-LEFT)
    if stage.count is None:
        write(figure, stage.hole, x=0, y=y + 0.06, xshift=8, colour=palette.SOFT_INK)
    else:
        _draw_count(figure, stage, y=y, before=before)
    if stage.last_year is not None:
        box(
            figure,
            x=(0, stage.last_year),
            y=(y + LAST_YEAR[0], y + LAST_YEAR[1]),
            fill=palette.CONTEXT,
            outline=palette.GHOST,
            width=1,
        )
        text = f"{headings.last_year}\u00a0: {write_count(stage.last_year)}"
        write(
            figure,
            text,
            x=stage.last_year,
            y=y + sum(LAST_YEAR) / 2,
            xshift=7,
            size=13,
            colour=palette.SOFT_INK,
        )
    _write_rates(figure, stage, y=y)


def _draw_count(figure: Drawing, stage: Stage, *, y: float, before: float | None) -> None:
    count = stage.count or 0.0
    middle, width = y + sum(BAR) / 2, BAR[1] - BAR[0]
    if before is not None and before > count:
        _draw_gap(figure, stage, y=y, before=before)
    elif before is not None and stage.is_shifted:
        write(figure, f"▲ {stage.gap_text}", x=count, y=middle, xshift=10, size=13, colour=palette.BRICK_TEXT)
    figure.add_bar(
        x=[count],
        y=[middle],
        width=width,
        orientation="h",
        marker={"color": palette.PETROL, "line": {"width": 0}},
        hovertemplate=f"{stage.label}\u00a0: {write_count(count)}<extra></extra>",
    )
    top = figure.to_dict()["layout"]["xaxis"]["range"][1]
    if count > 0.07 * top:
        write(
            figure,
            bold(write_count(count)),
            x=count,
            y=middle,
            xanchor="right",
            xshift=-10,
            size=18,
            colour=palette.SURFACE,
        )
    else:
        write(figure, bold(write_count(count)), x=count, y=middle, xshift=6, size=18, bgcolor=palette.SURFACE)


def _draw_gap(figure: Drawing, stage: Stage, *, y: float, before: float) -> None:
    """The people of the stage before who are not in this one, hatched; a dotted line drops from the
    bar above."""
    count = stage.count or 0.0
    middle, width = y + sum(BAR) / 2, BAR[1] - BAR[0]
    figure.add_bar(
        x=[before - count],
        base=[count],
        y=[middle],
        width=width,
        orientation="h",
        hoverinfo="skip",
        marker={
            "color": palette.BRICK_TINT,
            "line": {"width": 1, "color": palette.BRICK},
            "pattern": {
                "shape": "/",
                "bgcolor": palette.BRICK_TINT,
                "fgcolor": palette.BRICK,
                "size": 8,
                "solidity": 0.16,
            },
        },
    )
    line(figure, x=(before, before), y=(y + BAR[1], y + 1 + BAR[0]), colour=palette.BRICK, dash="2px,2px")
    text = f'<b><span style="font-size:16px">{write_signed(count - before)}</span></b><br>{stage.gap_text}'
    write(figure, text, x=before, y=middle, xshift=9, size=13, colour=palette.BRICK_TEXT)


def _write_rates(figure: Drawing, stage: Stage, *, y: float) -> None:
    columns = ((stage.step, stage.step_before), (stage.overall, stage.overall_before))
    for ((rate, counts), before), edge in zip(columns, COLUMNS, strict=True):
        common: dict[str, Any] = {"x": 1, "xref": "paper", "xanchor": "right", "xshift": edge}
        if rate:
            text = f'<b><span style="font-size:19px">{rate}</span></b> {small(counts, size=14)}'
            write(figure, text, y=y + (0.1 if before else 0), **common)
        if before:
            write(figure, before, y=y - 0.26, size=13, colour=palette.SOFT_INK, **common)
