"""Marks, labels and shapes, one by one, in; a chart as the plain values that the browser draws out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

import plotly.graph_objects as go
from plotly.basedatatypes import BaseFigure


class Drawing(BaseFigure):
    """A Plotly figure that checks nothing while a page waits for it: Plotly's own took nine tenths of a page's time to
    verify values that never change. `checked` is that verification, which the tests ask of every chart; the methods
    are those of Plotly that our charts use."""

    def __init__(self, layout: dict[str, Any] | None = None) -> None:
        # None of what the base keeps is used: Streamlit only asks whether a chart is one of Plotly's, and its values.
        self._traces: list[dict[str, Any]] = []
        self._frame: dict[str, Any] = {"annotations": [], "shapes": [], **(layout or {})}

    def add_bar(self, **options: Any) -> Drawing:
        """Bars."""
        self._traces.append({"type": "bar", **options})
        return self

    def add_scatter(self, **options: Any) -> Drawing:
        """Points, lines, or an outline."""
        self._traces.append({"type": "scatter", **options})
        return self

    def add_annotation(self, **options: Any) -> Drawing:
        """A label."""
        self._frame["annotations"].append(options)
        return self

    def add_shape(self, **options: Any) -> Drawing:
        """A line, a rectangle or a path."""
        self._frame["shapes"].append(options)
        return self

    def update_xaxes(self, **options: Any) -> Drawing:
        """What changes of the axis across."""
        return self.update_layout(xaxis=options)

    def update_yaxes(self, **options: Any) -> Drawing:
        """What changes of the axis up."""
        return self.update_layout(yaxis=options)

    def update_layout(self, **options: Any) -> Drawing:
        """What changes of the frame; of a part of it, what is not named stays."""
        for name, value in options.items():
            known = self._frame.get(name)
            self._frame[name] = {**known, **value} if isinstance(known, dict) and isinstance(value, dict) else value
        return self

    def list_labels(self) -> Iterator[dict[str, Any]]:
        """The labels as they are, to be changed in place."""
        yield from self._frame["annotations"]

    def list_shapes(self) -> Iterator[dict[str, Any]]:
        """The shapes as they are, to be changed in place."""
        yield from self._frame["shapes"]

    def list_traces(self, kind: str) -> Iterator[dict[str, Any]]:
        """The marks of a kind as they are, to be changed in place."""
        yield from (one for one in self._traces if one["type"] == kind)

    def change(self, change: Callable[[dict[str, Any]], dict[str, Any]]) -> Drawing:
        """Another drawing, of what becomes of the values of this one."""
        values = change(self.to_dict())
        other = Drawing(values["layout"])
        other._traces = values["data"]
        return other

    def to_dict(self) -> dict[str, Any]:
        """The values that are sent."""
        return {"data": self._traces, "layout": self._frame}

    def checked(self) -> go.Figure:
        """The same as Plotly verifies it; ValueError where it knows no such property or value."""
        return go.Figure(**deepcopy(self.to_dict()))

    @property
    def data(self) -> Any:
        """The marks, verified, to be read."""
        return self.checked().data

    @property
    def layout(self) -> Any:
        """The frame, verified, to be read."""
        return self.checked().layout
