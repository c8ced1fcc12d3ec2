"""Codes in; a GeoJSON of invented outlines, squares pulled about so that neighbours still touch, out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from math import ceil, sin, sqrt
from pathlib import Path
from typing import Any

WEST, SOUTH, STEP = 4.0, 44.0, 0.05


def draw_collection(codes: Sequence[str], *, name: str = "code") -> dict[str, Any]:
    """A patch a code, on a grid from the north-west, line after line."""
    across = ceil(sqrt(len(codes)))
    features = [
        {
            "type": "Feature",
            "properties": {name: code, "nom": "Inventé"},
            "geometry": {"type": "Polygon", "coordinates": [_draw_ring(rank % across, rank // across)]},
        }
        for rank, code in enumerate(codes)
    ]
    return {"type": "FeatureCollection", "features": features}


def write_collection(path: Path, codes: Sequence[str], *, name: str = "code") -> Path:
    """The same, in a file."""
    path.write_text(json.dumps(draw_collection(codes, name=name)), encoding="utf-8")
    return path


def _draw_ring(column: int, row: int) -> list[list[float]]:
    corners = [(column, row), (column + 1, row), (column + 1, row + 1), (column, row + 1), (column, row)]
    return [_pull(*corner) for corner in corners]


def _pull(column: int, row: int) -> list[float]:
    """The corner of the grid, moved a little: always the same for the same corner."""
    x = column + 0.25 * sin(3.1 * column + 5.7 * row)
    y = row + 0.25 * sin(4.3 * column + 2.9 * row)
    return [WEST + STEP * x, SOUTH - STEP * y]
