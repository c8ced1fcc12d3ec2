"""Where places are: what the map draws and writes, and what stands there without outlines."""

from __future__ import annotations

import re
from pathlib import Path

import plotly.graph_objects as go
import pytest

from conventions.agreements import load_conventions
from conventions.catalogue import load_catalogue
from conventions.contours import VARIABLE, Outline, read_outlines
from indicators.values import Figure
from tests.drawn_outlines import write_collection
from tests.invented import invent
from ui import palette
from ui.charts.base import enlarge
from ui.charts.outlines import Patch, draw_outlines, find_middle, flatten
from ui.places import list_places
from ui.spans import cover
from ui.territories.compare import Comparison, list_levels
from ui.territories.ground import make_patches, write_absent, write_ground_title, write_tint_note

CATALOGUE, MARTIGUES = load_catalogue(), load_conventions()["plie-martigues"]
RATE = CATALOGUE.indicator("taux_presence")
SQUARE: Outline = (((0.0, 0.0), (2.0, 0.0), (2.0, 2.0), (0.0, 2.0), (0.0, 0.0)),)


def compare(*figures: Figure) -> Comparison:
    level = list_levels(MARTIGUES)[0]
    span = cover(2025, 1, 12, MARTIGUES.cadence)
    return Comparison(MARTIGUES, span, level, "producteur", list_places(MARTIGUES, level), figures, {})


FOUND = compare(
    invent("taux_presence", 90, 100, territory="13056"),
    invent("taux_presence", 30, 100, territory="13077"),
    invent("taux_presence", None, territory="13098", state="secret"),
)


@pytest.fixture
def outlines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Outline]:
    write_collection(tmp_path / "communes.geojson", ("13056", "13077", "13098"))
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    return dict(read_outlines(("13056", "13077", "13098")))


def texts(figure: go.Figure) -> list[list[str]]:
    return [re.sub(r"<[^>]+>", " ", note.text).split() for note in figure.layout.annotations]


def test_map_draws_filled_lines_alone_and_writes_each_value(outlines: dict[str, Outline]) -> None:
    """A choropleth of the library would ask the network for its ground."""
    figure = draw_outlines(make_patches(FOUND, RATE, outlines))
    assert {trace.type for trace in figure.data} == {"scatter"}
    assert [trace.fillcolor for trace in figure.data] == [palette.HEAT[4], palette.HEAT[0], palette.SURFACE]
    assert [" ".join(words) for words in texts(figure)] == [
        "Martigues 90 % (90/100)",
        "Port-de-Bouc 30 % (30/100)",
        "Saint-Mitre-les- Remparts secret",
    ]
    assert figure.layout.annotations[0].font.color == palette.SURFACE
    assert figure.data[2].fillpattern.shape == "."


def test_shape_is_kept_and_shared_lines_stay_shared(outlines: dict[str, Outline]) -> None:
    figure = draw_outlines(make_patches(FOUND, RATE, outlines))
    assert figure.layout.yaxis.scaleanchor == "x"
    corners = [set(zip(trace.x, trace.y, strict=True)) - {(None, None)} for trace in figure.data]
    assert len(corners[0] & corners[1]) == 2


def test_degrees_are_shrunk_to_the_east_and_metres_are_not() -> None:
    patch = Patch("A", tuple(tuple((x, y + 59) for x, y in ring) for ring in SQUARE), 1, "")
    (ring,) = flatten(patch.outline, [patch])
    assert max(x for x, _ in ring) == pytest.approx(450, abs=1)
    metres = Patch("A", tuple(tuple((x * 1000, y * 1000) for x, y in ring) for ring in SQUARE), 1, "")
    (ring,) = flatten(metres.outline, [metres])
    assert max(x for x, _ in ring) == 900


def test_value_is_written_in_the_largest_part() -> None:
    islet = tuple((x / 10 + 9, y / 10) for x, y in SQUARE[0])
    assert find_middle((islet, SQUARE[0])) == (1.0, 1.0)
    assert find_middle((((1.0, 1.0), (2.0, 2.0), (1.0, 1.0)),)) == (1.0, 1.0)


def test_names_and_values_give_way_to_the_hover_when_places_are_many() -> None:
    patches = [Patch(f"C{rank}", SQUARE, 1, f"{rank} %") for rank in range(50)]
    assert texts(draw_outlines(patches[:20])) == [[f"{rank}", "%"] for rank in range(20)]
    figure = draw_outlines(patches)
    assert texts(figure) == []
    assert figure.data[49].text == "C49\u00a0: 49 %"


def test_place_without_an_outline_is_said(outlines: dict[str, Outline]) -> None:
    del outlines["13098"]
    assert [patch.name for patch in make_patches(FOUND, RATE, outlines)] == ["Martigues", "Port-de-Bouc"]
    assert write_absent(FOUND, outlines) == " Sans contour dans le fichier\u00a0: Saint-Mitre-les-Remparts."
    assert write_absent(FOUND, {}) == ""


def test_counts_are_circles_whose_area_tells_them(outlines: dict[str, Outline]) -> None:
    """A tint would make a large place look full of people."""
    found = compare(
        invent("orientes", 400, territory="13056"),
        invent("orientes", 100, territory="13077"),
        invent("orientes", 0, territory="13098"),
    )
    figure = draw_outlines(make_patches(found, CATALOGUE.indicator("orientes"), outlines))
    assert {trace.fillcolor for trace in figure.data[:3]} == {palette.SURFACE}
    first, second = figure.data[3].marker.size
    assert first == 2 * second
    assert enlarge(figure, 2.0).data[3].marker.size == (2 * first, 2 * second)


def test_what_stands_below_is_said() -> None:
    assert write_ground_title(FOUND, is_map=True) == "Sur la carte"
    assert write_ground_title(FOUND, is_map=False) == "Une tuile par territoire, à peu près à sa place"
    assert "masqué par le secret" in write_tint_note(FOUND, RATE)
    assert "ne se comparent pas" in write_tint_note(FOUND, CATALOGUE.indicator("orientes"))
    assert "cercle" in write_tint_note(FOUND, CATALOGUE.indicator("orientes"), is_map=True)
