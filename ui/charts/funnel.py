"""The stages of a path in; the funnel as an HTML table out: left-aligned bars, the gap hatched, last year beneath, two
columns of rates.

A table and not a drawing: each figure leads to its proof, is read aloud in its row and column, is printed as it is,
and is there as soon as the page is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from ui.french import FIXED, write_count, write_signed

ROOM = 1.42
"""How much wider the lane is than its longest bar: the words of a gap stand there."""
SHORT = 0.09
"""A bar shorter than this part of its lane has its count beside it."""


@dataclass(frozen=True)
class Rate:
    """A rate as it is read, « 65 % » then « (268/412) », and last year's, « 2024 : 62 % »; `link` opens and closes the
    way to its proof."""

    text: str = ""
    counts: str = ""
    before: str = ""
    link: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class Stage:
    """One stage: its count and last year's, the words of the gap to the stage before, and its rates."""

    label: str
    note: str
    count: float | None
    hole: str = ""
    last_year: float | None = None
    gap_text: str = ""
    step: Rate = Rate()
    overall: Rate = Rate()
    is_shifted: bool = False
    link: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class Headings:
    """What stands above the columns, and the year that compares."""

    bars: str
    step: str = "Sur l’étape précédente"
    overall: str = "Sur les orientés"
    last_year: str = ""


def render_funnel(stages: Sequence[Stage], headings: Headings, *, caption: str) -> str:
    """One row a stage, from the top; the scale is that of the largest count of either year."""
    counts = [one for stage in stages for one in (stage.count, stage.last_year) if one is not None]
    full = ROOM * max([*counts, 1])
    heads = "".join(
        f'<th scope="col"{css}>{escape(text)}</th>'
        for text, css in (
            ("Étape", ""), (headings.bars, ""), (headings.step, ' class="j-num"'), (headings.overall, ' class="j-num"'),
        )
    )  # fmt: skip
    rows, before = [], None
    for stage in stages:
        rows.append(_render_stage(stage, before, full=full, last_year=headings.last_year))
        before = stage.count if stage.count is not None else before
    return (
        f'<div class="j-scroll"><table class="j-table j-funnel"><caption><span class="j-hidden">{escape(caption)}'
        f"</span></caption><thead><tr>{heads}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
    )


def _render_stage(stage: Stage, before: float | None, *, full: float, last_year: str) -> str:
    said = f'<span class="j-note">{escape(stage.note)}</span>' if stage.note else ""
    return (
        f'<tr><th scope="row">{escape(stage.label)}{said}</th><td class="j-lane">'
        f"{_render_lane(stage, before, full)}{_render_past(stage, full, last_year)}</td>"
        f'<td class="j-num">{_render_rate(stage.step)}</td><td class="j-num">{_render_rate(stage.overall)}</td></tr>'
    )


def _render_lane(stage: Stage, before: float | None, full: float) -> str:
    """The bar and its count; after it the people of the stage before who are not in this one, hatched."""
    if stage.count is None:
        return f'<div class="j-track"><span class="j-hole">{escape(stage.hole)}</span></div>'
    own, up = stage.count / full, (before or 0.0) / full
    is_short = own < SHORT
    opening, closing = stage.link
    count = f"{opening}<b>{write_count(stage.count)}</b>{closing}"
    parts = [f'<span class="j-filled" style="width:{_percent(own)}">{"" if is_short else count}</span>']
    if is_short:
        parts.append(f'<span class="j-beside" style="left:{_percent(own)}">{count}</span>')
    if before is not None and up > own:
        parts += [
            f'<span class="j-gap" style="left:{_percent(own)};width:{_percent(up - own)}"></span>',
            f'<i class="j-drop" style="left:{_percent(up)}"></i>',
            f'<span class="j-lost" style="left:{_percent(up)}"><b>{write_signed(stage.count - before)}</b>'
            f"<small>{escape(stage.gap_text)}</small></span>",
        ]
    elif stage.is_shifted:
        said = f"<small>▲ {escape(stage.gap_text)}</small>"
        parts.append(f'<span class="j-lost" style="left:{_percent(own)}">{said}</span>')
    return f'<div class="j-track">{"".join(parts)}</div>'


def _render_past(stage: Stage, full: float, last_year: str) -> str:
    if stage.last_year is None:
        return ""
    return (
        f'<div class="j-past"><i style="width:{_percent(stage.last_year / full)}"></i>'
        f"<span>{escape(last_year)}{FIXED}: {write_count(stage.last_year)}</span></div>"
    )


def _render_rate(rate: Rate) -> str:
    if not rate.text:
        return ""
    opening, closing = rate.link
    counts = f' <span class="j-counts">{escape(rate.counts)}</span>' if rate.counts else ""
    before = f'<span class="j-note">{escape(rate.before)}</span>' if rate.before else ""
    return f"{opening}<b>{escape(rate.text)}</b>{closing}{counts}{before}"


def _percent(part: float) -> str:
    return f"{100 * part:.2f}%"
