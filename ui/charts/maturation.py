"""The lines of some cohorts for one stage in; a small multiple out: shares by elapsed months, on one scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ui import palette
from ui.charts.base import bold, line, make_figure, small, write
from ui.charts.drawing import Drawing
from ui.french import FIXED

HEIGHT = 236
MONTHS = 24
TICKS = (0, 6, 12, 18, 24)
NEWEST, COMPARED, OTHER = "derniere", "comparee", "autre"
_STYLES = {NEWEST: (palette.PETROL, 3.5), COMPARED: (palette.LIGHT_PETROL, 2.5), OTHER: (palette.GHOST, 1.1)}


@dataclass(frozen=True)
class Step:
    """A point: months since the orientation, the share (None: nothing is told there), and its text with counts."""

    months: int
    share: float | None
    text: str


@dataclass(frozen=True)
class CohortLine:
    """A cohort: its name, its points, and how it stands out (derniere, comparee or autre)."""

    name: str
    steps: Sequence[Step]
    role: str = OTHER


def draw_maturation(lines: Sequence[CohortLine], *, highest: float = 1.0) -> Drawing:
    """The newest cohort in petrol over the one it is compared with and the others; a line stops with what is known."""
    figure = make_figure(HEIGHT, left=48, right=66, top=4, bottom=42)
    figure.update_xaxes(range=[0, MONTHS])
    figure.update_yaxes(range=[0, highest * 1.06])
    for share in (0.5 * highest, highest):
        line(figure, x=(0, MONTHS), y=(share, share), colour=palette.HAIRLINE, layer="below")
        write(figure, f"{round(100 * share)}{FIXED}%", x=0, y=share, xanchor="right", xshift=-7, size=12.5,
              colour=palette.SOFT_INK)  # fmt: skip
    line(figure, x=(0, MONTHS), y=(0, 0), width=1.5)
    for month in TICKS:
        write(figure, str(month), x=month, y=0, yshift=-13, xanchor="center", size=12.5, colour=palette.SOFT_INK)
    write(figure, small("mois après l’orientation", size=12.5), x=MONTHS / 2, y=0, yshift=-31, xanchor="center")
    for one in sorted(lines, key=lambda one: (OTHER, COMPARED, NEWEST).index(one.role)):
        _add(figure, one)
    _write_ends(figure, [one for one in lines if one.role != OTHER], highest)
    return figure


def _add(figure: Drawing, one: CohortLine) -> None:
    colour, width = _STYLES[one.role]
    figure.add_scatter(
        x=[step.months for step in one.steps],
        y=[step.share for step in one.steps],
        mode="lines",
        # What secrecy leaves out is not a fall: the line goes on between what is told.
        connectgaps=True,
        line={"color": colour, "width": width},
        customdata=[step.text for step in one.steps],
        hovertemplate=f"{one.name}, %{{x}}{FIXED}mois{FIXED}: %{{customdata}}<extra></extra>",
        cliponaxis=False,
    )


def _write_ends(figure: Drawing, lines: Sequence[CohortLine], highest: float) -> None:
    """The name of each line at its end, moved apart when two ends meet."""
    ends = []
    for one in lines:
        last = next((step for step in reversed(one.steps) if step.share is not None), None)
        if last is None or last.share is None:
            continue
        colour = _STYLES[one.role][0]
        marker = {"size": 9, "color": colour, "line": {"width": 1.5, "color": palette.SURFACE}}
        figure.add_scatter(x=[last.months], y=[last.share], mode="markers", marker=marker, hoverinfo="skip",
                   cliponaxis=False)  # fmt: skip
        ends.append((last.share, last.months, one))
    place = 2 * highest
    for share, month, one in sorted(ends, key=lambda end: -end[0]):
        # Above the axis, even for a line that has not left it.
        place = max(min(share, place - 0.1 * highest), 0.06 * highest)
        text = bold(one.name) if one.role == NEWEST else one.name
        write(figure, text, x=month, y=place, xshift=9, size=12.5,
              colour=palette.PETROL if one.role == NEWEST else palette.SOFT_INK)  # fmt: skip
