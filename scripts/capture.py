"""The demonstration in; a picture of every page, on a desk's screen and on a projector, and of some on a sheet, in the
dark appearance or in another reading, out.

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
COLOURS = 160
SETTLE = 900
"""Milliseconds for the fonts and the last chart, once everything stands."""


@dataclass(frozen=True)
class View:
    """A way to look at a page: what ends the name of its picture, the window in pixels, what the address asks for, and
    whether it is laid out for a sheet or dark. `pages` names those that are taken so; without, all of them are."""

    ending: str
    label: str
    width: int
    height: int
    query: str = ""
    pages: tuple[str, ...] = ()
    is_sheet: bool = False
    is_dark: bool = False


PROVED = "preuve=taux_integration_orientation~13056~2026-T1.2026-T2.2026-T3~plie-martigues"
VIEWS = (
    View("", "bureau, 1440 px", 1440, 900),
    View("-1920", "projecteur, 1920 px", 1920, 1080),
    View("-a4", "feuille A4", 794, 1123, "impression=portrait", ("synthese", "parcours", "bilans"), is_sheet=True),
    View("-sombre", "apparence sombre", 1440, 900, "", ("synthese", "parcours", "territoires"), is_dark=True),
    View("-cohorte", "lecture en cohorte", 1440, 900, "lecture=Cohorte", ("parcours",)),
    View("-preuve", "d’où vient un chiffre", 1440, 900, PROVED, ("parcours",)),
    View("-presentation", "présentation", 1920, 1080, "presentation=1&ecran=2", ("synthese",)),
)
LIST = """# Les écrans, pris sur la démonstration

`make captures` (ou `python -m scripts.capture`) les refait tous. Rien n'y est retouché ; leurs couleurs sont
réduites à {colours}, pour tenir dans le dépôt. Les données sont inventées.

| page | {heads} |
|---|{rule}
{rows}
"""


@dataclass(frozen=True)
class Shot:
    """A picture: a page, and how it is looked at."""

    page: Page
    view: View

    @property
    def name(self) -> str:
        """The page at a desk keeps the plain name."""
        return f"{self.page.path}{self.view.ending}.png"

    @property
    def address(self) -> str:
        """The page as a link opens it."""
        path = "/" if self.page.is_first else f"/{self.page.path}"
        return f"{path}?{self.view.query}" if self.view.query else path


def list_shots(only: Sequence[str] = ()) -> list[Shot]:
    """Every picture of the pages that are asked for, or of all."""
    wanted = [page for page in PAGES if not only or page.path in only]
    return [Shot(page, view) for view in VIEWS for page in wanted if not view.pages or page.path in view.pages]


def take(sessions: Sessions, shot: Shot) -> bytes:
    """The whole page in few colours, as tall as what it holds."""
    view = shot.view
    tab = sessions.open(shot.address, width=view.width, height=view.height, is_dark=view.is_dark)
    wait_until_drawn(tab)
    if view.is_sheet:
        tab.emulate_media(media="print")
    tab.wait_for_timeout(SETTLE)
    tab.set_viewport_size({"width": view.width, "height": max(view.height, measure(tab))})
    tab.wait_for_timeout(SETTLE)
    picture = tab.screenshot(full_page=view.is_sheet, animations="disabled")
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
        names = [Shot(page, view).name for view in VIEWS]
        cells = [f"[{name}]({name})" if (folder / name).exists() else "" for name in names]
        rows.append(f"| {page.title} | {' | '.join(cells)} |")
    heads = " | ".join(view.label for view in VIEWS)
    listed = LIST.format(colours=COLOURS, heads=heads, rule="---|" * len(VIEWS), rows="\n".join(rows))
    (folder / "README.md").write_text(listed, "utf-8")


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
