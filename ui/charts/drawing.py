"""Labels and shapes, one by one, in; a Plotly figure that checks them all at once out."""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go


class Drawing(go.Figure):
    """Plotly copies and checks the whole list at each label that is added, which took three quarters of a page's time:
    here what is added waits until the figure is looked at. Nothing else differs."""

    def __init__(self, **options: Any) -> None:
        self._waiting: dict[str, list[dict[str, Any]]] = {"annotations": [], "shapes": []}
        super().__init__(**options)

    def add_annotation(self, **options: Any) -> Drawing:
        """A label, checked with the others."""
        self._waiting["annotations"].append(options)
        return self

    def add_shape(self, **options: Any) -> Drawing:
        """A shape, checked with the others."""
        self._waiting["shapes"].append(options)
        return self

    @property
    def layout(self) -> Any:
        """The layout, with all that was added."""
        self._settle()
        return go.Figure.layout.fget(self)

    @layout.setter
    def layout(self, given: Any) -> None:
        self._settle()
        go.Figure.layout.fset(self, given)

    def to_dict(self) -> dict[str, Any]:
        """The figure as it is sent, with all that was added."""
        self._settle()
        sent: dict[str, Any] = super().to_dict()
        return sent

    def _settle(self) -> None:
        # Taken away first: to set them, Plotly asks for the layout again.
        waiting, self._waiting = self._waiting, {"annotations": [], "shapes": []}
        layout = go.Figure.layout.fget(self)
        for kind, added in waiting.items():
            if added:
                layout[kind] = (*layout[kind], *added)
