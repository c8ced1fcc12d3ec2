"""The outlines of an installation: which files are read, by which property, and what is said of a broken one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from conventions.contours import VARIABLE, read_outlines
from conventions.reading import DataError
from tests.drawn_outlines import draw_collection, write_collection

CODES = ("13056", "13077", "13098")


def test_nothing_is_read_without_the_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    assert read_outlines(CODES) == {}


@pytest.mark.parametrize("name", ["code", "INSEE_COM", "codgeo"])
def test_places_are_found_by_their_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    file = write_collection(tmp_path / "communes.geojson", ("01001", *CODES), name=name)
    monkeypatch.setenv(VARIABLE, str(file))
    outlines = read_outlines(CODES)
    assert set(outlines) == set(CODES)
    ring = outlines["13056"][0]
    assert len(ring) == 5
    assert ring[0] == ring[-1]


def test_every_file_of_a_folder_is_read_and_only_those(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_collection(tmp_path / "a.geojson", CODES[:1])
    write_collection(tmp_path / "b.JSON", CODES[1:])
    (tmp_path / "lisez-moi.txt").write_text("rien", encoding="utf-8")
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    assert set(read_outlines(CODES)) == set(CODES)


def test_a_file_that_changes_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = write_collection(tmp_path / "a.geojson", CODES[:1])
    monkeypatch.setenv(VARIABLE, str(file))
    assert set(read_outlines(CODES)) == {"13056"}
    write_collection(file, CODES)
    assert set(read_outlines(CODES)) == set(CODES)


def test_parts_and_holes_of_a_place_are_all_its_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    collection = draw_collection(CODES)
    rings = [feature["geometry"]["coordinates"][0] for feature in collection["features"]]
    collection["features"][0]["geometry"] = {"type": "MultiPolygon", "coordinates": [[rings[0], rings[1]], [rings[2]]]}
    (tmp_path / "a.geojson").write_text(json.dumps(collection), encoding="utf-8")
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    assert len(read_outlines(("13056",))["13056"]) == 3


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("pas du JSON", "un fichier GeoJSON attendu"),
        ("[1, 2]", "FeatureCollection"),
        (
            '{"features": [{"properties": {"code": "13056"}, "geometry": {"type": "Point", "coordinates": [4, 44]}}]}',
            "features[1]",
        ),
        ('{"features": [{"properties": {"code": "13056"}, "geometry": null}]}', "un Polygon ou un MultiPolygon"),
        ('{"features": ["13056"]}', "features[1]"),
    ],
)
def test_broken_file_is_told_by_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, said: str
) -> None:
    (tmp_path / "contours.geojson").write_text(text, encoding="utf-8")
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    with pytest.raises(DataError, match=r"^contours\.geojson, clé") as error:
        read_outlines(CODES)
    assert said in str(error.value)


def test_file_too_heavy_for_a_page_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "france.geojson"
    with file.open("wb") as sparse:
        sparse.truncate(61_000_000)
    monkeypatch.setenv(VARIABLE, str(file))
    with pytest.raises(DataError, match="au plus 60 Mo attendus, lu 61 Mo"):
        read_outlines(CODES)
