"""ui/charts/drawing.py: what is added one by one is what Plotly would have made of it, and is checked as well."""

from __future__ import annotations

import plotly.graph_objects as go
import pytest

from ui.charts.drawing import Drawing


def fill(figure: go.Figure) -> go.Figure:
    """Labels and shapes, before and after the layout is looked at."""
    figure.add_annotation(text="a", x=1, y=2)
    figure.add_shape(type="rect", x0=0, x1=1, y0=0, y1=1)
    figure.update_layout(height=120)
    figure.add_annotation(text="b", x=2, y=2, font={"size": 13})
    figure.add_shape(type="line", x0=0, x1=1, y0=0, y1=1, line={"color": "#1D2730"})
    return figure


def test_drawing_is_the_figure_that_plotly_would_make() -> None:
    assert fill(Drawing()).to_plotly_json() == fill(go.Figure()).to_plotly_json()
    assert fill(Drawing()).to_json() == fill(go.Figure()).to_json()


def test_layout_holds_what_was_added() -> None:
    drawing = fill(Drawing())
    assert [one.text for one in drawing.layout.annotations] == ["a", "b"]
    assert len(drawing.layout.shapes) == 2
    drawing.layout = {"height": 60}
    assert (drawing.layout.height, len(drawing.layout.shapes)) == (60, 0)


def test_mistake_in_a_label_is_refused() -> None:
    drawing = Drawing()
    drawing.add_annotation(text="a", colour="red")
    with pytest.raises(ValueError, match="colour"):
        drawing.to_dict()
