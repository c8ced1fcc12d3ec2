"""A height and margins in; an empty Plotly figure out, bare of all that the design does not want, and
its labels."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from ui import palette
from ui.charts.drawing import Drawing

TEXT = 14.5
SMALL = 13
INLINE_SIZE = re.compile(r"font-size:([\d.]+)px")
FAMILY = "Inter, sans-serif"
CONFIG = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False, "showTips": False}
"""No modebar: eight stops of the keyboard for nothing that a committee needs."""
HOVER = {
    "align": "left",
    "bgcolor": palette.SURFACE,
    "bordercolor": palette.GHOST,
    "font": {"family": FAMILY, "size": 13, "color": palette.INK},
}


def make_figure(height: int, *, left: int = 0, right: int = 0, top: int = 0, bottom: int = 0) -> Drawing:
    """A figure without grid, axis, legend nor background; margins in pixels."""
    axis = {"visible": False, "fixedrange": True, "zeroline": False, "showgrid": False}
    return Drawing(
        {
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


def write(figure: Drawing, text: str, *, x: float, y: float, **options: Any) -> None:
    """A direct label at a point of the axes, its left edge and its middle there unless told otherwise."""
    size, colour = options.pop("size", TEXT), options.pop("colour", palette.INK)
    placed = {"xanchor": "left", "yanchor": "middle", "align": options.get("xanchor", "left"), **options}
    figure.add_annotation(
        text=text, x=x, y=y, showarrow=False, font={"size": size, "color": colour, "family": FAMILY}, **placed
    )


def line(figure: Drawing, *, x: tuple[float, float], y: tuple[float, float], **options: Any) -> None:
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
    figure: Drawing, *, x: tuple[float, float], y: tuple[float, float], fill: str, **options: Any
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


def enlarge(figure: Drawing, factor: float) -> Drawing:
    """The same figure for a room: all that is measured in pixels (height, margins, type, marks) grows together."""
    frame = figure.to_dict()["layout"]
    margin = {side: frame["margin"][side] * factor for side in "lrtb"}
    figure.update_layout(height=frame["height"] * factor, margin=margin)
    for label in figure.list_labels():
        label["text"] = INLINE_SIZE.sub(lambda found: f"font-size:{float(found[1]) * factor:g}px", label["text"])
        label["font"] = {**label["font"], "size": label["font"]["size"] * factor}
        _grow(label, factor, "xshift", "yshift")
    for shape in figure.list_shapes():
        shape["line"] = _grow(dict(shape.get("line", {})), factor, "width")
        if shape.get("xsizemode") == "pixel":
            _grow(shape, factor, "x0", "x1")
    for trace in figure.list_traces("scatter"):
        trace["line"] = _grow({"width": 2, **trace.get("line", {})}, factor, "width")
        marker = _grow(dict(trace.get("marker", {})), factor, "size")
        trace["marker"] = {**marker, "line": _grow(dict(marker.get("line", {})), factor, "width")}
    return figure


def _grow(values: dict[str, Any], factor: float, *names: str) -> dict[str, Any]:
    """Those that are given, each of them or all of a list."""
    for name in names:
        if (value := values.get(name)) is not None:
            values[name] = [one * factor for one in value] if isinstance(value, Sequence) else value * factor
    return values


def bold(text: str) -> str:
    """Bold, as Plotly writes it."""
    return f"<b>{text}</b>"


def small(text: str, *, size: float = SMALL, colour: str = palette.SOFT_INK) -> str:
    """Smaller and softer, inside a label."""
    return f'<span style="font-size:{size}px;color:{colour}">{text}</span>'
