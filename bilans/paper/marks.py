"""What was done, agreed, expected and done before in; the bar that puts them side by side (HTML) out.

A bar doubles the figures of its row: it is drawn for the eye, and says nothing to who listens.
"""

from __future__ import annotations

from bilans.values import ObjectiveLine, Quantity
from ui.standing import is_good

ROOM = 1.03
"""What is left after the longest mark."""


def draw_objective(one: ObjectiveLine) -> str:
    """The bar of what was done over last year's, the pole at the objective, the caret at what was due; zero is at the
    left."""
    places = (one.now.value, one.before.value, one.agreed, one.upper, one.expected)
    longest = ROOM * max([place for place in places if place] or [1.0])
    marks = []
    if one.upper is not None:
        marks.append(_box("range", one.agreed / longest, (one.upper - one.agreed) / longest))
    if one.before.value is not None:
        marks.append(_box("before", 0.0, one.before.value / longest))
    if one.now.value is not None:
        tone = "" if is_good(one.status) else " j-below"
        hatched = " j-hatched" if one.now.state == "provisoire" else ""
        marks.append(_box(f"now{tone}{hatched}", 0.0, one.now.value / longest))
    for pole in (one.agreed, one.upper):
        if pole is not None:
            is_passed = one.now.value is not None and one.now.value >= pole
            marks.append(_mark("pole j-passed" if is_passed else "pole", pole / longest))
    if one.expected is not None:
        marks.append(_mark("due", one.expected / longest))
    return _draw(marks)


def draw_rate(now: Quantity, before: Quantity) -> str:
    """A rate from 0 to 100 %, last year's thinner below it; one that passes 100 % fills the bar."""
    marks = [_box("whole", 0.0, 1.0)]
    if now.value is not None:
        marks.append(_box("now", 0.0, min(1.0, now.value)))
    if before.value is not None:
        marks.append(_box("thin", 0.0, min(1.0, before.value)))
    return _draw(marks, kind="j-rate")


def _draw(marks: list[str], kind: str = "") -> str:
    return f'<span class="j-bar {kind}" aria-hidden="true">{"".join(marks)}</span>'


def _box(name: str, start: float, width: float) -> str:
    return f'<i class="j-{name}" style="left:{100 * start:.2f}%;width:{100 * width:.2f}%"></i>'


def _mark(name: str, place: float) -> str:
    return f'<i class="j-{name}" style="left:{100 * place:.2f}%"></i>'
