"""ui/charts/drawing.py: what is added one by one is what Plotly would have made of it, and can be checked as well."""

from __future__ import annotations

import plotly.graph_objects as go
import pytest

from ui.charts.drawing import Drawing


def fill(figure: go.Figure | Drawing) -> go.Figure | Drawing:
    """Marks, labels and shapes, around changes of the frame."""
    figure.add_annotation(text="a", x=1, y=2)
    figure.add_shape(type="rect", x0=0, x1=1, y0=0, y1=1)
    figure.update_layout(height=120, margin={"l": 8, "r": 4})
    figure.update_layout(margin={"l": 20})
    figure.add_annotation(text="b", x=2, y=2, font={"size": 13})
    figure.add_shape(type="line", x0=0, x1=1, y0=0, y1=1, line={"color": "#1D2730"})
    figure.add_bar(x=[1], y=[2], marker={"color": "#0B5060"})
    figure.add_scatter(x=[1, 2], y=[2, None], mode="lines")
    figure.update_xaxes(range=[0, 4])
    figure.update_yaxes(visible=False)
    return figure


def test_drawing_is_the_figure_that_plotly_would_make() -> None:
    own = fill(Drawing({"xaxis": {"fixedrange": True}, "yaxis": {}}))
    bare = go.Layout(template=None, xaxis={"fixedrange": True})
    assert own.checked().to_plotly_json() == fill(go.Figure(layout=bare)).to_plotly_json()


def test_what_is_checked_holds_all_that_is_sent() -> None:
    drawing = fill(Drawing())
    assert [one.text for one in drawing.layout.annotations] == ["a", "b"]
    assert len(drawing.layout.shapes) == 2
    assert [one.type for one in drawing.data] == ["bar", "scatter"]


def test_mistake_is_refused_where_it_is_checked() -> None:
    drawing = Drawing()
    drawing.add_annotation(text="a", colour="red")
    with pytest.raises(ValueError, match="colour"):
        drawing.checked()


def test_what_is_checked_is_a_copy() -> None:
    drawing = fill(Drawing())
    drawing.checked().layout.annotations[0].text = "c"
    assert next(drawing.list_labels())["text"] == "a"
