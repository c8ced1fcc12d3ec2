"""ui/appearance.py: both appearances are whole, light is everybody's, and nothing replaces what a reader chose."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace

import pytest
from streamlit.proto.NewSession_pb2 import CustomThemeConfig, FontFace

from tests.test_house import ROOT
from ui import appearance, blocks, palette
from ui.appearance import THEME, is_dark, read_logo, write_choice, write_ground, write_script
from ui.charts.base import make_figure, write
from ui.charts.drawing import Drawing
from ui.paper import PAPER
from ui.style import dress


@contextmanager
def told(scheme: str | None, address: dict[str, str] | None = None) -> Iterator[None]:
    """The framework says which theme a browser wears, and at which address."""
    context = SimpleNamespace(theme=SimpleNamespace(type=scheme))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(appearance, "st", SimpleNamespace(context=context))
        patch.setattr(appearance, "read_paper", lambda: (address or {}).get(PAPER, ""))
        yield


@pytest.mark.parametrize(
    ("scheme", "address", "expected"),
    [(None, {}, False), ("light", {}, False), ("dark", {}, True), ("dark", {PAPER: "portrait"}, False)],
)
def test_page_is_dark_for_a_dark_screen_alone(scheme: str | None, address: dict[str, str], expected: bool) -> None:
    with told(scheme, address):
        assert is_dark() is expected


def test_framework_knows_every_word_of_its_themes() -> None:
    assert set(THEME) <= {field.json_name for field in CustomThemeConfig.DESCRIPTOR.fields}
    for face in THEME["fontFaces"]:
        assert set(face) <= {field.json_name for field in FontFace.DESCRIPTOR.fields}
        assert (ROOT / "ui" / "static" / face["url"].removeprefix("app/static/")).exists()


def test_themes_differ_by_their_colours_alone() -> None:
    dark = palette.darken(THEME)
    assert {name for name in THEME if THEME[name] != dark[name]} == {name for name in THEME if "Color" in name}


def test_settings_hold_no_theme_that_would_replace_the_two() -> None:
    assert "theme" not in tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))


def test_document_starts_with_both_themes_and_the_ground_of_the_dark_one() -> None:
    script = write_script()
    assert palette.PAPER in script
    assert palette.DARK[palette.PAPER] in script
    assert palette.DARK[palette.PAPER] in write_ground()
    assert write_ground().startswith("@media screen{")
    assert "</script" not in script


def test_logo_wears_the_colours_of_the_page() -> None:
    with told("light"):
        light = read_logo()
    with told("dark"):
        dark = read_logo()
    assert palette.PETROL in light
    assert palette.darken(light) == dark
    assert not any(colour in dark for colour in palette.DARK)


def test_each_appearance_has_its_button() -> None:
    assert write_choice().count('<button type="button"') == 2


def draw() -> Drawing:
    figure = make_figure(80)
    write(figure, "8", x=0, y=0)
    return figure


def test_chart_is_drawn_in_the_colours_of_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[Drawing] = []
    monkeypatch.setattr(blocks.st, "plotly_chart", lambda figure, **_: sent.append(figure))
    figure = draw()
    for scheme in ("dark", "light"):
        with told(scheme):
            blocks.draw_picture(figure, key="essai", alt="essai")
    dark, light = sent
    assert light.to_dict() == draw().to_dict()
    assert dark.to_dict() == palette.darken(draw().to_dict())
    assert dark.layout.annotations[0].font.color == palette.DARK[palette.INK]


@pytest.mark.parametrize(("is_paper", "is_seen"), [(False, False), (False, True), (True, False)])
def test_sheets_of_a_page_follow_its_appearance(monkeypatch: pytest.MonkeyPatch, is_paper: bool, is_seen: bool) -> None:
    sent: list[str] = []
    monkeypatch.setattr("ui.style.st.html", sent.append)
    dress(is_paper=is_paper, is_dark=is_seen)
    assert (palette.write_dark_variables() in sent[0]) is not is_paper
    assert (palette.write_paper_marks() in sent[0]) is is_seen
