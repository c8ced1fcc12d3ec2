"""The demonstration in; a picture of every page, on a desk's screen, on a projector, and of some on a sheet and in the
dark appearance, out.

`python -m scripts.capture [--database FOLDER] [--only PATH ...]`, or `make captures`. The pictures and the list that
names them are in docs/captures/.
"""

from __future__ import annotations

import argparse
import io
import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page as Tab

from tests.browser import Sessions, launch, wait_until_drawn
from tests.server import fill, serve
from ui.pages import PAGES, Page

CAPTURES = Path(__file__).resolve().parent.parent / "docs" / "captures"
COLOURS = 96
SETTLE = 900
"""Milliseconds for the fonts and the last chart, once everything stands."""
PRINTED = ("synthese", "parcours", "bilans")
DARK = ("synthese", "parcours")
ENDINGS = ("", "-1920", "-a4", "-sombre")
"""The columns of the list."""
LIST = """# Les écrans, pris sur la démonstration

`make captures` (ou `python -m scripts.capture`) les refait tous ; aucune image n'est retouchée.
Les données sont inventées.

| page | bureau, 1440 px | projecteur, 1920 px | feuille A4 | apparence sombre |
|---|---|---|---|---|
{rows}
"""


@dataclass(frozen=True)
class Shot:
    """A picture: the page, its width in pixels, and whether it is laid out for a sheet or dark."""

    page: Page
    width: int
    height: int
    is_sheet: bool = False
    is_dark: bool = False

    @property
    def name(self) -> str:
        """The page at a desk keeps the plain name."""
        if self.is_dark:
            return f"{self.page.path}-sombre.png"
        ending = "-a4" if self.is_sheet else {1440: "", 1920: "-1920"}[self.width]
        return f"{self.page.path}{ending}.png"

    @property
    def address(self) -> str:
        """The page as a link opens it."""
        path = "/" if self.page.is_first else f"/{self.page.path}"
        return f"{path}?impression=portrait" if self.is_sheet else path


def list_shots(only: Sequence[str] = ()) -> list[Shot]:
    """Every picture of the pages that are asked for, or of all."""
    wanted = [page for page in PAGES if not only or page.path in only]
    screens = [Shot(page, *size) for page in wanted for size in ((1440, 900), (1920, 1080))]
    sheets = [Shot(page, 794, 1123, is_sheet=True) for page in wanted if page.path in PRINTED]
    return screens + sheets + [Shot(page, 1440, 900, is_dark=True) for page in wanted if page.path in DARK]


def take(sessions: Sessions, shot: Shot) -> bytes:
    """The whole page in few colours, as tall as what it holds."""
    tab = sessions.open(shot.address, width=shot.width, height=shot.height, is_dark=shot.is_dark)
    wait_until_drawn(tab)
    if shot.is_sheet:
        tab.emulate_media(media="print")
    tab.wait_for_timeout(SETTLE)
    tab.set_viewport_size({"width": shot.width, "height": max(shot.height, measure(tab))})
    tab.wait_for_timeout(SETTLE)
    picture = tab.screenshot(full_page=shot.is_sheet, animations="disabled")
    tab.context.close()
    return reduce(picture)


def measure(tab: Tab) -> int:
    """The height of all that the page holds."""
    return int(tab.get_by_test_id("stMain").evaluate("main => main.scrollHeight"))


def reduce(picture: bytes) -> bytes:
    """The same picture in a palette of its own: a third of its size."""
    kept = io.BytesIO()
    Image.open(io.BytesIO(picture)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(
        kept, format="PNG", optimize=True
    )
    return kept.getvalue()


def write_list(folder: Path) -> None:
    """The table of the pictures that exist."""
    rows = []
    for page in PAGES:
        names = [f"{page.path}{ending}.png" for ending in ENDINGS]
        cells = [f"[{name}]({name})" if (folder / name).exists() else "" for name in names]
        rows.append(f"| {page.title} | {' | '.join(cells)} |")
    (folder / "README.md").write_text(LIST.format(rows="\n".join(rows)), "utf-8")


def main() -> None:
    """Take every picture, and write the list."""
    parser = argparse.ArgumentParser(prog="python -m scripts.capture")
    parser.add_argument("--database", type=Path, help="dossier d'une base déjà remplie")
    parser.add_argument("--only", nargs="*", default=(), help="adresses de pages")
    parser.add_argument("--out", type=Path, default=CAPTURES)
    parsed = parser.parse_args()
    parsed.out.mkdir(parents=True, exist_ok=True)
    executable = os.environ.get("CHROMIUM") or shutil.which("chromium") or "google-chrome"
    with fill(parsed.database) as folder, serve(folder) as address, launch(executable) as browser:
        sessions = Sessions(browser, address)
        for shot in list_shots(parsed.only):
            content = take(sessions, shot)
            (parsed.out / shot.name).write_bytes(content)
            print(f"{shot.name} : {len(content) // 1024} Ko")
    write_list(parsed.out)


if __name__ == "__main__":
    main()
