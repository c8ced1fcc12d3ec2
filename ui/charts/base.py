"""A height and margins in; an empty Plotly figure out, bare of all that the design does not want, and
its labels."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from ui import palette
from ui.charts.drawing import Drawing

TEXT = 14.5
SMALL = 13
INLINE_SIZE = re.compile(r"font-size:([\d.]+)px")
FAMILY = "Inter, sans-serif"
CONFIG = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False, "showTips": False}
"""No modebar: eight stops of the keyboard for nothing that a committee needs."""
HOVER = {
    "bgcolor": palette.SURFACE,
    "bordercolor": palette.GHOST,
    "font": {"family": FAMILY, "size": 13, "color": palette.INK},
}


def make_figure(height: int, *, left: int = 0, right: int = 0, top: int = 0, bottom: int = 0) -> go.Figure:
    """A figure without grid, axis, legend nor background; margins in pixels."""
    axis = {"visible": False, "fixedrange": True, "zeroline": False, "showgrid": False}
    return Drawing(
        layout={
            "height": height,
            "margin": {"l": left, "r": right, "t": top, "b": bottom, "pad": 0},
            "font": {"family": FAMILY, "size": TEXT, "color": palette.INK},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "showlegend": False,
            "xaxis": axis,
            "yaxis": axis,
            "barmode": "overlay",
            "dragmode": False,
            "hoverlabel": HOVER,
            "separators": ",\u202f",
        }
    )


def write(figure: go.Figure, text: str, *, x: float, y: float, **options: Any) -> None:
    """A direct label at a point of the axes, its left edge and its middle there unless told otherwise."""
    size, colour = options.pop("size", TEXT), options.pop("colour", palette.INK)
    placed = {"xanchor": "left", "yanchor": "middle", "align": options.get("xanchor", "left"), **options}
    figure.add_annotation(
        text=text, x=x, y=y, showarrow=False, font={"size": size, "color": colour, "family": FAMILY}, **placed
    )


def line(figure: go.Figure, *, x: tuple[float, float], y: tuple[float, float], **options: Any) -> None:
    """A straight line between two points; ink, one pixel, unless told otherwise."""
    style = {
        "color": options.pop("colour", palette.INK),
        "width": options.pop("width", 1),
        "dash": options.pop("dash", "solid"),
    }
    figure.add_shape(
        type="line", x0=x[0], x1=x[1], y0=y[0], y1=y[1], line=style, **{"layer": "above", **options}
    )


def box(
    figure: go.Figure, *, x: tuple[float, float], y: tuple[float, float], fill: str, **options: Any
) -> None:
    """A filled rectangle, without outline unless told otherwise."""
    outline = {"color": options.pop("outline", fill), "width": options.pop("width", 0)}
    figure.add_shape(
        type="rect",
        x0=x[0],
        x1=x[1],
        y0=y[0],
        y1=y[1],
        fillcolor=fill,
        line=outline,
        **{"layer": "above", **options},
    )


def enlarge(figure: go.Figure, factor: float) -> go.Figure:
    """The same figure for a room: all that is measured in pixels (height, margins, type, marks) grows together."""
    margin = {side: (figure.layout.margin[side] or 0) * factor for side in "lrtb"}
    figure.update_layout(height=figure.layout.height * factor, margin=margin)
    for note in figure.layout.annotations:
        note.update(
            text=INLINE_SIZE.sub(lambda found: f"font-size:{float(found[1]) * factor:g}px", note.text),
            font_size=note.font.size * factor,
            xshift=(note.xshift or 0) * factor,
            yshift=(note.yshift or 0) * factor,
        )
    for shape in figure.layout.shapes:
        shape.update(line_width=(shape.line.width or 0) * factor)
        if shape.xsizemode == "pixel":
            shape.update(x0=shape.x0 * factor, x1=shape.x1 * factor)
    for trace in figure.select_traces({"type": "scatter"}):
        size = trace.marker.size or 0
        trace.update(
            marker_size=[one * factor for one in size] if isinstance(size, Sequence) else size * factor,
            marker_line_width=(trace.marker.line.width or 0) * factor,
            line_width=(trace.line.width or 2) * factor,
        )
    return figure


def bold(text: str) -> str:
    """Bold, as Plotly writes it."""
    return f"<b>{text}</b>"


def small(text: str, *, size: float = SMALL, colour: str = palette.SOFT_INK) -> str:
    """Smaller and softer, inside a label."""
    return f'<span style="font-size:{size}px;color:{colour}">{text}</span>'
