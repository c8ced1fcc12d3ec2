"""The outlines of places and their tints or counts in; a map out, drawn with lines alone: no ground is asked for.

A rate tints its place; a count is a circle whose area tells it, since large places would look full of people.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians, sqrt

from conventions.contours import Outline, Point
from ui import palette
from ui.charts.base import bold, make_figure, small, write
from ui.charts.drawing import Drawing

HEIGHT, TALL, GRID = 430, 620, 900
MOST_NAMES = 12
"""Above, values are written and names are told on hover: they would cover each other."""
MOST_VALUES = 40
WIDEST_CIRCLE = 58
"""Pixels across, for the largest count."""


@dataclass(frozen=True)
class Patch:
    """A place on the map: its tint from 1 to 5 (0: none) or its count, whether it is dotted for a secret, and what is
    read of it."""

    name: str
    outline: Outline
    tint: int
    text: str
    counts: str = ""
    is_dotted: bool = False
    count: float | None = None


def draw_outlines(patches: Sequence[Patch]) -> Drawing:
    """One filled outline a place, its value written inside; the whole fills the card and keeps its shape."""
    figure = make_figure(HEIGHT if len(patches) <= MOST_NAMES else TALL, left=4, right=4, top=4, bottom=4)
    flat = [flatten(patch.outline, patches) for patch in patches]
    figure.update_yaxes(scaleanchor="x", scaleratio=1)
    for patch, outline in zip(patches, flat, strict=True):
        _draw_patch(figure, patch, outline)
    middles = [find_middle(outline) for outline in flat]
    _draw_circles(figure, patches, middles)
    if len(patches) <= MOST_VALUES:
        for patch, middle in zip(patches, middles, strict=True):
            _write_patch(figure, patch, middle, is_named=len(patches) <= MOST_NAMES)
    return figure


def flatten(outline: Outline, patches: Sequence[Patch]) -> Outline:
    """Degrees as distances, to a grid: the lines that neighbours share stay the same, and most points go."""
    points = [point for patch in patches for ring in patch.outline for point in ring]
    west, south = min(x for x, _ in points), min(y for _, y in points)
    north = max(y for _, y in points)
    is_degrees = all(abs(x) <= 180 and abs(y) <= 90 for x, y in points)
    shrink = cos(radians((south + north) / 2)) if is_degrees else 1.0
    step = (north - south) / GRID or 1.0
    return tuple(
        _thin([(round((x - west) * shrink / step), round((y - south) / step)) for x, y in ring]) for ring in outline
    )


def _thin(ring: Sequence[Point]) -> tuple[Point, ...]:
    """A closed line without the points that fell on the one before."""
    return tuple(point for rank, point in enumerate(ring) if not rank or point != ring[rank - 1])


def find_middle(outline: Outline) -> Point:
    """The centre of gravity of the largest part."""
    ring = max(outline, key=lambda one: abs(_measure(one)))
    area = _measure(ring)
    if not area:
        return ring[0]
    edges = list(zip(ring, (*ring[1:], ring[0]), strict=True))
    crosses = [(a, b, a[0] * b[1] - b[0] * a[1]) for a, b in edges]
    x = sum((a[0] + b[0]) * cross for a, b, cross in crosses) / (6 * area)
    y = sum((a[1] + b[1]) * cross for a, b, cross in crosses) / (6 * area)
    return x, y


def _measure(ring: Sequence[Point]) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, (*ring[1:], ring[0]), strict=True)) / 2


def _draw_patch(figure: Drawing, patch: Patch, outline: Outline) -> None:
    xs: list[float | None] = []
    ys: list[float | None] = []
    for ring in outline:
        xs += [*(x for x, _ in ring), None]
        ys += [*(y for _, y in ring), None]
    pattern = {"shape": ".", "fgcolor": palette.GHOST, "bgcolor": palette.SAND, "size": 6, "solidity": 0.25}
    figure.add_scatter(
        x=xs,
        y=ys,
        mode="lines",
        fill="toself",
        fillcolor=palette.HEAT[patch.tint - 1] if patch.tint else palette.SURFACE,
        fillpattern=pattern if patch.is_dotted else None,
        line={"color": palette.GHOST, "width": 1},
        hoveron="fills",
        text=f"{patch.name}\u00a0: {patch.text} {patch.counts}".strip(),
        hoverinfo="text",
    )


def _draw_circles(figure: Drawing, patches: Sequence[Patch], middles: Sequence[Point]) -> None:
    largest = max((patch.count or 0 for patch in patches), default=0)
    counted = [(patch, middle) for patch, middle in zip(patches, middles, strict=True) if patch.count]
    if not counted:
        return
    figure.add_scatter(
        x=[x for _, (x, _) in counted],
        y=[y for _, (_, y) in counted],
        mode="markers",
        marker={
            "size": [WIDEST_CIRCLE * sqrt((patch.count or 0) / largest) for patch, _ in counted],
            "color": palette.LIGHT_PETROL,
            "opacity": 0.55,
            "line": {"color": palette.PETROL, "width": 1},
        },
        hoverinfo="skip",
    )


def _write_patch(figure: Drawing, patch: Patch, middle: Point, *, is_named: bool) -> None:
    ink = palette.SURFACE if patch.tint == len(palette.HEAT) else palette.INK
    lines = [bold(patch.text)]
    if is_named:
        named = [small(part, size=12, colour=ink) for part in textwrap.wrap(patch.name, 16)]
        lines = [*named, *lines, *([small(patch.counts, size=12, colour=ink)] if patch.counts else [])]
    ground = {"bgcolor": palette.SURFACE, "borderpad": 2} if patch.is_dotted else {}
    x, y = middle
    write(figure, "<br>".join(lines), x=x, y=y, xanchor="center", align="center", colour=ink, **ground)
