"""scripts/capture.py: every page is taken at both widths, in few colours, and the list names what was taken."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image

from scripts.capture import DARK, PRINTED, list_shots, reduce, write_list
from ui.pages import PAGES


def test_every_page_is_taken_at_both_widths_and_some_on_a_sheet_or_dark() -> None:
    shots = list_shots()
    for page in PAGES:
        taken = {(shot.width, shot.is_sheet) for shot in shots if shot.page == page and not shot.is_dark}
        assert taken == {(1440, False), (1920, False)} | ({(794, True)} if page.path in PRINTED else set())
    assert {shot.page.path for shot in shots if shot.is_dark} == set(DARK)
    assert len({shot.name for shot in shots}) == len(shots)
    assert set(PRINTED) <= {page.path for page in PAGES}


def test_only_the_pages_asked_for_are_taken() -> None:
    assert {shot.page.path for shot in list_shots(["depot"])} == {"depot"}


def test_picture_keeps_its_size_and_loses_its_shades() -> None:
    drawn, content = Image.radial_gradient("L").convert("RGB"), io.BytesIO()
    drawn.save(content, format="PNG")
    kept = Image.open(io.BytesIO(reduce(content.getvalue())))
    assert (kept.size, kept.mode) == (drawn.size, "P")


def test_list_names_the_pictures_that_exist(tmp_path: Path) -> None:
    (tmp_path / "parcours-1920.png").touch()
    write_list(tmp_path)
    lines = (tmp_path / "README.md").read_text("utf-8").splitlines()
    assert "| Parcours |  | [parcours-1920.png](parcours-1920.png) |  |  |" in lines
    assert sum(".png" in line for line in lines) == 1
