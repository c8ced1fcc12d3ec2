"""scripts/capture.py: every page is taken at both widths, in few colours, and the list names what was taken."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image

from scripts.capture import VIEWS, list_shots, reduce, write_list
from ui.pages import PAGES


def test_every_page_is_taken_at_both_widths_and_some_otherwise() -> None:
    shots = list_shots()
    for page in PAGES:
        taken = [shot.view for shot in shots if shot.page == page]
        assert {view.width for view in taken if not view.pages} == {1440, 1920}
        assert [view for view in taken if view.pages] == [view for view in VIEWS if page.path in view.pages]
    assert len({shot.name for shot in shots}) == len(shots)
    assert {path for view in VIEWS for path in view.pages} <= {page.path for page in PAGES}


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
    assert f"| Parcours |  | [parcours-1920.png](parcours-1920.png) |{'  |' * (len(VIEWS) - 2)}" in lines
    assert sum(".png" in line for line in lines) == 1
