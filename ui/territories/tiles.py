"""The figures of the places of a level in; a grid of tiles out, one a place, about where a map has it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from conventions.values import Indicator, Level, Place
from indicators.values import Figure
from ui.heatmap import heat_cells
from ui.tables import Cell

MANY = 12
"""More places stand in smaller tiles."""


def place_tiles(level: Level) -> dict[str, tuple[int, int]]:
    """The row and the column of each code, from 1; nothing for a level that does not say where its places are."""
    return {
        code: (row, column)
        for row, codes in enumerate(level.tiles, 1)
        for column, code in enumerate(codes, 1)
        if code
    }


def render_tiles(level: Level, places: Sequence[Place], figures: Mapping[str, Figure], indicator: Indicator) -> str:
    """The grid as a list (HTML): in the tints of the heat tables, the name and the value written in each tile.

    Without a layout, tiles follow each other in the order of the convention, as many in a line as can be read.
    """
    spots = place_tiles(level)
    cells = heat_cells([place.code for place in places], figures, indicator)
    tiles = "".join(_render_tile(place, spots.get(place.code), cell) for place, cell in zip(places, cells, strict=True))
    across = max((len(row) for row in level.tiles), default=0)
    style = f' style="grid-template-columns:repeat({across},minmax(0,1fr))"' if across else ""
    css = "j-tiles j-many" if len(places) > MANY else "j-tiles"
    return f'<ul class="{css}"{style}>{tiles}</ul>'


def _render_tile(place: Place, spot: tuple[int, int] | None, cell: Cell) -> str:
    style = f' style="grid-row:{spot[0]};grid-column:{spot[1]}"' if spot else ""
    return (
        f'<li class="{f"j-tile {cell.css}".strip()}"{style}><span class="j-tile-name">{escape(place.name)}</span>'
        f'<span class="j-tile-value">{cell.html}</span></li>'
    )
