"""A folder of GeoJSON files and the codes of places in; the outline of each place that one of them draws, out.

Nothing is fetched: an administrator puts the files there (`JALONS_CONTOURS`, a file or a folder).
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeAlias

from conventions.reading import DATA, DataError, read_table

VARIABLE = "JALONS_CONTOURS"
SUFFIXES = (".geojson", ".json")
Point: TypeAlias = tuple[float, float]
Outline: TypeAlias = tuple[tuple[Point, ...], ...]
"""The closed lines that bound a place, in degrees (longitude, latitude) or in metres."""


def list_files() -> list[Path]:
    """The files of contours of this installation, in the order of their names; none without the variable."""
    said = os.environ.get(VARIABLE)
    if not said:
        return []
    place = Path(said)
    found = sorted(place.iterdir()) if place.is_dir() else [place]
    return [path for path in found if path.suffix.lower() in SUFFIXES and path.is_file()]


def read_outlines(codes: tuple[str, ...]) -> Mapping[str, Outline]:
    """The outlines known of these places; DataError on a file that cannot be read."""
    outlines: dict[str, Outline] = {}
    for path in list_files():
        state = path.stat()
        outlines |= _read_file(path, state.st_mtime_ns, state.st_size, codes)
    return outlines


@lru_cache(maxsize=16)
def _read_file(path: Path, changed: int, size: int, codes: tuple[str, ...]) -> Mapping[str, Outline]:
    names, most = _read_rules()
    if size > most * 1_000_000:
        raise DataError(path.name, "taille", f"au plus {most} Mo attendus, lu {size // 1_000_000} Mo.")
    try:
        content = json.loads(path.read_bytes())
    except ValueError:
        raise DataError(path.name, "contenu", "un fichier GeoJSON attendu, en UTF-8.") from None
    features = content.get("features") if isinstance(content, dict) else None
    if not isinstance(features, list):
        raise DataError(path.name, "features", "une collection GeoJSON (FeatureCollection) attendue.")
    return dict(_read_features(path.name, features, names, frozenset(codes)))


@lru_cache(maxsize=1)
def _read_rules() -> tuple[tuple[str, ...], int]:
    table = read_table(DATA / "contours.toml")
    rules = table.texts("codes"), table.integer("most_megabytes")
    table.close()
    return rules


def _read_features(
    file: str, features: list[Any], names: tuple[str, ...], codes: frozenset[str]
) -> Iterator[tuple[str, Outline]]:
    for rank, feature in enumerate(features, 1):
        try:
            said = {name.lower(): value for name, value in {"id": feature.get("id"), **feature["properties"]}.items()}
            code = next((str(said[name]) for name in names if said.get(name) is not None), "")
            if code in codes:
                yield code, _read_geometry(feature["geometry"])
        except (AttributeError, KeyError, TypeError, ValueError, IndexError):
            raise DataError(file, f"features[{rank}]", "un Polygon ou un MultiPolygon attendu.") from None


def _read_geometry(geometry: Mapping[str, Any]) -> Outline:
    polygons = {"Polygon": lambda held: [held], "MultiPolygon": list}[geometry["type"]](geometry["coordinates"])
    return tuple(
        tuple((float(point[0]), float(point[1])) for point in ring) for polygon in polygons for ring in polygon
    )
