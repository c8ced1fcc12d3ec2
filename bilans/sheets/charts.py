"""Blocks of known numbers in; native charts in the palette of the guide out.

A chart reads cells: what is unknown or secret is an empty cell there, so that nothing of it reaches the file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.chart import Chart

from bilans.sheets import looks
from bilans.sheets.cells import PLAIN
from ui import palette

_FONT = {"name": looks.BODY, "size": 9, "color": palette.INK}
_SOFT_FONT = {**_FONT, "color": palette.SOFT_INK}
HATCHED = {"pattern": "wide_upward_diagonal", "fg_color": palette.BRICK, "bg_color": palette.SURFACE}
PROVISIONAL = {"pattern": "wide_upward_diagonal", "fg_color": palette.SURFACE}
OUTLINED: dict[str, Any] = {
    "fill": {"color": palette.CONTEXT},
    "border": {"color": palette.GHOST, "width": 0.75},
}

AWAITED: dict[str, Any] = {
    "fill": {"color": palette.SURFACE},
    "border": {"color": palette.INK, "width": 0.75, "dash_type": "dash"},
}


@dataclass(frozen=True)
class Block:
    """Where a chart's numbers stand: a sheet, a first row under the header, how many rows."""

    sheet: str
    top: int
    rows: int
    names: int = 0

    def column(self, rank: int) -> list[Any]:
        """The cells of one column."""
        return [self.sheet, self.top, rank, self.top + self.rows - 1, rank]

    def head(self, rank: int) -> list[Any]:
        """The header of one column: a name by reference, never a text that could be read as a formula."""
        return [self.sheet, self.top - 1, rank]


def _series(block: Block, rank: int, **look: Any) -> dict[str, Any]:
    return {
        "name": block.head(rank),
        "categories": block.column(block.names),
        "values": block.column(rank),
        **look,
    }


def _bare(chart: Chart, width: int, height: int) -> Chart:
    chart.set_size({"width": width, "height": height})
    chart.set_chartarea({"border": {"none": True}, "fill": {"color": palette.SURFACE}})
    chart.set_plotarea({"fill": {"none": True}})
    chart.set_title({"none": True})
    chart.show_blanks_as("gap")
    return chart


def _labels(texts: Sequence[str], **font: Any) -> dict[str, Any]:
    """Labels written by us: « 48 % (70/147) » says more than the length of the bar."""
    custom = [{"value": text} if text else {"delete": True} for text in texts]
    return {"value": True, "custom": custom, "font": {**_FONT, **font}, "fill": {"color": palette.SURFACE}}


def _down(chart: Chart) -> None:
    """Bars from the top, in the order of the table; the names on the left."""
    chart.set_y_axis(
        {"reverse": True, "num_font": _FONT, "line": {"color": palette.INK}, "major_tick_mark": "none"}
    )


@dataclass(frozen=True)
class Bar:
    """One objective's bars: their labels, how they look, and the longest as a share of the objective."""

    label: str
    before: str
    expected: str
    is_held: bool
    is_provisional: bool
    longest: float


def draw_objectives(workbook: Workbook, block: Block, bars: Sequence[Bar]) -> Chart:
    """What was done as a share of what was agreed: columns 1 done, 2 expected to date, 3 the year before."""
    chart = workbook.add_chart({"type": "bar"})
    done = _labels([bar.label for bar in bars], bold=True)
    chart.add_series(_series(
        block, 1, points=[_fill(bar) for bar in bars], fill={"color": palette.PETROL}, gap=45, overlap=-5,
        data_labels=done,
    ))  # fmt: skip
    soft = {"color": palette.SOFT_INK}
    if any(bar.before for bar in bars):
        labels = _labels([bar.before for bar in bars], **soft)
        chart.add_series(_series(block, 3, **OUTLINED, data_labels=labels))
    if any(bar.expected for bar in bars):
        labels = _labels([bar.expected for bar in bars], **soft)
        chart.add_series(_series(block, 2, **AWAITED, data_labels=labels))
    _down(chart)
    # Room for the labels, at the end of the longest bar.
    longest = round(1.35 * max(1.0, *(bar.longest for bar in bars)), 2)
    pole = {"visible": True, "line": {"color": palette.INK, "width": 2.25, "dash_type": "square_dot"}}
    chart.set_x_axis({
        "min": 0, "max": longest, "major_unit": 1, "major_gridlines": pole, "num_font": _SOFT_FONT,
        "num_format": '[=1]"objectif";[=0]"0";', "line": {"none": True}, "label_position": "high",
    })  # fmt: skip
    chart.set_legend({"position": "bottom", "font": _FONT})
    return _bare(chart, 1150, 66 + 50 * len(bars))


def _fill(bar: Bar) -> dict[str, Any]:
    colour = palette.PETROL if bar.is_held else palette.BRICK
    filled = (
        {"pattern": {**PROVISIONAL, "bg_color": colour}}
        if bar.is_provisional
        else {"fill": {"color": colour}}
    )
    return {**filled, "border": {"color": colour}}


def draw_path(workbook: Workbook, block: Block, counts: Sequence[str], gaps: Sequence[str]) -> Chart:
    """The stages, the gap with the one before hatched at their end: columns 1 count, 2 gap."""
    chart = workbook.add_chart({"type": "bar", "subtype": "stacked"})
    inside = _labels(counts, color=palette.SURFACE, bold=True) | {
        "fill": {"none": True},
        "position": "inside_end",
    }
    gone = _labels(gaps, color=palette.BRICK_TEXT, bold=True) | {"position": "inside_base"}
    chart.add_series(_series(
        block, 1, fill={"color": palette.PETROL}, gap=40,
        data_labels=inside,
    ))  # fmt: skip
    chart.add_series(_series(
        block, 2, pattern=HATCHED, border={"color": palette.BRICK},
        data_labels=gone,
    ))  # fmt: skip
    _down(chart)
    chart.set_x_axis({"visible": False, "min": 0, "major_gridlines": {"visible": False}})
    chart.set_legend({"none": True})
    return _bare(chart, 560, 60 + 52 * block.rows)


def draw_trend(workbook: Workbook, block: Block, *, has_before: bool) -> Chart:
    """One count period after period: columns 1 this year, 2 the year before."""
    chart = workbook.add_chart({"type": "column"})
    plain = {"value": True, "num_format": PLAIN}
    if has_before:
        chart.add_series(_series(block, 2, **OUTLINED, data_labels={**plain, "font": _SOFT_FONT}))
    chart.add_series(_series(
        block, 1, fill={"color": palette.PETROL}, border={"color": palette.PETROL}, gap=60, overlap=-5,
        data_labels={**plain, "font": {**_FONT, "bold": True}},
    ))  # fmt: skip
    chart.set_x_axis({"num_font": _FONT, "line": {"color": palette.INK}, "major_tick_mark": "none"})
    chart.set_y_axis({"visible": False, "min": 0, "major_gridlines": {"visible": False}})
    chart.set_legend({"position": "bottom", "font": _FONT} if has_before else {"none": True})
    return _bare(chart, 560, 250)
