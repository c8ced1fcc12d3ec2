"""What was done, promised, expected and done last year in; a bullet chart out, its pole at the objective."""

from __future__ import annotations

from dataclasses import dataclass

from ui import palette
from ui.charts.base import bold, box, line, make_figure, write
from ui.charts.drawing import Drawing
from ui.charts.pole import draw_caret, draw_pole

HEIGHT = 88
BAR = (0.36, 0.58)
LAST_YEAR = (0.25, 0.69)
POLE = (0.18, 0.76)
ABOVE, BELOW = 0.9, 0.05


@dataclass(frozen=True)
class Bullet:
    """One objective on its own scale; each mark with its label. `upper` makes it a range; from `firm`
    on, the value
    may still change (all of it from 0)."""

    value: float | None
    value_text: str
    objective: float | None
    objective_text: str
    is_met: bool
    firm: float | None = None
    upper: float | None = None
    upper_text: str = ""
    expected: float | None = None
    expected_text: str = ""
    last_year: float | None = None
    last_year_text: str = ""
    counts: str = ""


def describe_bullet(bullet: Bullet, what: str) -> str:
    """What the chart shows, in words; nothing that it has no mark for."""
    agreed = f"{bullet.objective_text} à {bullet.upper_text}" if bullet.upper_text else bullet.objective_text
    marks = (
        bullet.value_text or "pas de valeur",
        bullet.expected_text,
        f"objectif {agreed}" if agreed else "",
        bullet.last_year_text,
    )
    return f"{what}\u00a0: {', '.join(mark for mark in marks if mark)}"


def draw_bullet(bullet: Bullet) -> Drawing:
    """The bar of what was done over last year's, the pole, the caret; zero is always at the left."""
    figure = make_figure(HEIGHT, left=2, right=64)
    marks = (bullet.value, bullet.objective, bullet.upper, bullet.expected, bullet.last_year)
    top = max([one for one in marks if one] or [1.0])
    figure.update_xaxes(range=[0, top * 1.02])
    figure.update_yaxes(range=[-0.12, 1])
    _draw_range(figure, bullet)
    if bullet.last_year is not None:
        box(
            figure,
            x=(0, bullet.last_year),
            y=LAST_YEAR,
            fill=palette.CONTEXT_TINT,
            outline=palette.GHOST,
            width=1,
            layer="below",
        )
    _draw_bar(figure, bullet)
    line(figure, x=(0, 0), y=(0.18, 0.76))
    _draw_marks(figure, bullet)
    _write_below(figure, bullet, top)
    return figure


def _draw_range(figure: Drawing, bullet: Bullet) -> None:
    if bullet.upper is not None and bullet.objective is not None:
        box(figure, x=(bullet.objective, bullet.upper), y=POLE, fill=palette.PETROL_TINT, layer="below")


def _draw_bar(figure: Drawing, bullet: Bullet) -> None:
    if bullet.value is None:
        return
    colour = palette.PETROL if bullet.is_met else palette.BRICK
    hatched = {"shape": "/", "bgcolor": colour, "fgcolor": palette.SURFACE, "size": 9, "solidity": 0.3}
    firm = bullet.value if bullet.firm is None else bullet.firm
    for start, end, pattern in ((0.0, firm, {}), (firm, bullet.value, hatched)):
        if end > start:
            figure.add_bar(
                x=[end - start],
                base=[start],
                y=[sum(BAR) / 2],
                width=BAR[1] - BAR[0],
                orientation="h",
                marker={"color": colour, "pattern": pattern, "line": {"width": 0}},
                hovertemplate=f"{bullet.value_text} {bullet.counts}".strip() + "<extra></extra>",
            )


def _draw_marks(figure: Drawing, bullet: Bullet) -> None:
    """A bar that passes its pole is drawn over it."""
    for place, text in ((bullet.objective, bullet.objective_text), (bullet.upper, bullet.upper_text)):
        if place is not None:
            is_passed = bullet.value is not None and bullet.value >= place
            draw_pole(figure, x=place, y=POLE, layer="below" if is_passed else "above")
            write(figure, bold(text), x=place, y=ABOVE, xanchor="center")
    if bullet.expected is not None:
        draw_caret(figure, x=bullet.expected, y=(0.2, 0.7))


def _write_below(figure: Drawing, bullet: Bullet, top: float) -> None:
    """Last year ends under its bar, or starts at zero to leave room to what was expected."""
    soft = palette.SOFT_INK
    if bullet.expected is not None:
        # Last year keeps the left, the end of the chart cuts what passes it.
        part = bullet.expected / top
        anchor, shift = ("left", -8) if part <= 0.55 else ("center", 0) if part <= 0.8 else ("right", 8)
        write(
            figure, bullet.expected_text, x=bullet.expected, y=BELOW, xanchor=anchor, xshift=shift, size=13
        )
        write(figure, bullet.last_year_text, x=0, y=BELOW, size=13, colour=soft)
    elif bullet.last_year is not None:
        is_far = bullet.last_year > 0.35 * top
        write(
            figure,
            bullet.last_year_text,
            x=bullet.last_year if is_far else 0,
            y=BELOW,
            xanchor="right" if is_far else "left",
            size=13,
            colour=soft,
        )
