"""The nested stages of a cohort and where its last stage ends in; a flow from left to right out: petrol goes on, grey
is lost on the way. The bands keep one scale, so that heights compare."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ui import palette
from ui.charts.base import bold, box, make_figure, small, write
from ui.charts.drawing import Drawing

HEIGHT, TOP, RIGHT = 380, 44, 330
STEP, HALF, LOSS = 0.25, 0.005, 0.17
"""Of the width: between two stages, half a bar, the length of a loss."""
FALL, GAP = 0.05, 0.2
"""Of the height: how far a loss falls, and the most room between two ends."""
LEAST = 0.012
"""Of the height: the least that a band is drawn, so that few people are still seen."""


@dataclass(frozen=True)
class Stage:
    """People who reached a stage, how that is said, and what is said of those who did not reach the next."""

    label: str
    count: float
    text: str
    lost_text: str = ""


@dataclass(frozen=True)
class End:
    """Where people of the last stage are: `tone` is good, open or other."""

    label: str
    count: float
    text: str
    tone: str


FILLS = {
    "good": (palette.LIGHT_PETROL, palette.PETROL),
    "open": (palette.PETROL_TINT, palette.LIGHT_PETROL),
    "other": (palette.CONTEXT_TINT, palette.CONTEXT),
}
"""Band and bar of each tone."""


def draw_flow(stages: Sequence[Stage], ends: Sequence[End]) -> Drawing:
    """Stages share their top; what is lost leaves from below; the last stage opens on its ends."""
    figure = make_figure(HEIGHT, left=2, right=RIGHT, top=TOP, bottom=4)
    total = max(stages[0].count, 1.0)
    figure.update_xaxes(range=[-HALF, STEP * len(stages)])
    figure.update_yaxes(range=[-1.4 * FALL * total, total])
    # A figure without trace has no axes to place shapes on.
    figure.add_scatter(x=[0], y=[0], mode="markers", marker={"opacity": 0}, hoverinfo="skip")
    for rank, stage in enumerate(stages):
        if rank + 1 < len(stages):
            _draw_step(figure, rank, stage, stages[rank + 1], total=total)
        _draw_bar(figure, STEP * rank, (total - stage.count, total), palette.PETROL)
        label = f"{stage.label}<br>{bold(stage.text)}"
        write(figure, label, x=STEP * rank, y=total, yanchor="bottom", yshift=5, size=14)
    _draw_ends(figure, stages[-1], ends, total=total, x=STEP * (len(stages) - 1))
    return figure


def _draw_step(figure: Drawing, rank: int, stage: Stage, after: Stage, *, total: float) -> None:
    start, end = STEP * rank + HALF, STEP * (rank + 1) - HALF
    box(figure, x=(start, end), y=(total - after.count, total), fill=palette.PETROL_TINT, layer="below")
    lost = (total - stage.count, total - after.count)
    if lost[1] > lost[0]:
        fall = FALL * total
        _draw_band(figure, (start, start + LOSS), lost, (lost[0] - fall, lost[1] - fall), palette.CONTEXT_TINT)
        write(figure, stage.lost_text, x=start, y=sum(lost) / 2 - 0.3 * fall, xshift=8, size=13)


def _draw_ends(figure: Drawing, stage: Stage, ends: Sequence[End], *, total: float, x: float) -> None:
    gap = min(GAP * total, (total - stage.count) / max(1, len(ends) - 1))
    left, right = total, total
    for end in ends:
        band, bar = FILLS[end.tone]
        reach = (right - max(end.count, LEAST * total), right)
        span = (x + HALF, x + STEP - HALF)
        _draw_band(figure, span, (left - end.count, left), reach, band)
        _draw_bar(figure, x + STEP - HALF, reach, bar)
        said = f"{bold(end.text)} {end.label}"
        write(figure, said, x=x + STEP, y=sum(reach) / 2, xshift=8, size=14)
        left, right = left - end.count, reach[0] - gap


def _draw_bar(figure: Drawing, x: float, y: tuple[float, float], fill: str) -> None:
    box(figure, x=(x - HALF, x + HALF), y=y, fill=fill)


def _draw_band(
    figure: Drawing, x: tuple[float, float], left: tuple[float, float], right: tuple[float, float], fill: str
) -> None:
    """A band between two heights, its edges level at both ends."""
    middle = sum(x) / 2
    path = (
        f"M {x[0]},{left[1]} C {middle},{left[1]} {middle},{right[1]} {x[1]},{right[1]} "
        f"L {x[1]},{right[0]} C {middle},{right[0]} {middle},{left[0]} {x[0]},{left[0]} Z"
    )
    figure.add_shape(type="path", path=path, fillcolor=fill, line={"width": 0}, layer="below")


def note(text: str) -> str:
    """The second line of a label."""
    return f"<br>{small(text)}"
