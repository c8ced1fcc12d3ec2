"""The demonstration in; the time to a new chart and to a first page in Chromium, beside a bare Streamlit page, out.

Run by hand: `python -m benchmarks.screens [--rounds N] [--database FOLDER]`. One server holds both pages; the rounds
take them in turn, so that whatever else the machine does weighs on both alike. Every time is read in the browser:
from the press on a period to the frame where the chart has changed (the funnel, which is a table of bars; on the bare
page, its Plotly chart), or from the start of a navigation without cache to the frame where the page stands whole.
"""

from __future__ import annotations

import argparse
import os
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median, quantiles

from playwright.sync_api import Browser, Page

from tests.browser import PATIENCE, launch
from tests.server import fill, serve

SERVER = "benchmarks/screens_server.py"
PERIODS = ("2023", "2024")
BARE, FULLEST, FIRST = "/?nu=1", "/parcours?convention=plie-martigues&periode=2024", "/"
WIDTH, HEIGHT = 1440, 900
# A cold page: its title stands, its script has run, each of its charts has its marks.
STANDS = """() => document.querySelector("h1") && document.querySelector(".stApp[data-test-script-state=notRunning]")
    && [...document.querySelectorAll("[data-testid=stPlotlyChart]")].every(one => one.querySelector(".main-svg"))
    && performance.now()"""
WATCH = """() => {
  const read = () => document.querySelector(".j-funnel, .js-plotly-plot")?.textContent
  window.changed = new Promise((resolve) => {
    document.addEventListener("pointerdown", () => {
      const start = performance.now(), before = read()
      const look = () => {
        const now = read()
        if (now && now !== before) return resolve(performance.now() - start)
        requestAnimationFrame(look)
      }
      look()
    }, { once: true, capture: true })
  })
}"""
QUIET = 700
"""Milliseconds left to a page after a change, so that no round pays for the one before."""


def change_period(page: Page) -> float:
    """Milliseconds from the press on the other period to the new chart."""
    box = page.get_by_role("combobox", name="Période")
    current = box.input_value()
    box.click()
    option = page.get_by_role("option", name=next(one for one in PERIODS if one != current), exact=True)
    option.wait_for()
    page.evaluate(WATCH)
    option.click()
    took = float(page.evaluate("window.changed"))
    page.locator(".stApp[data-test-script-state=notRunning]").wait_for()
    page.wait_for_timeout(QUIET)
    return took


def open_cold(browser: Browser, address: str) -> float:
    """Milliseconds from nothing to a page that stands, in a browser that has kept nothing."""
    context = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, locale="fr-FR")
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(address, wait_until="commit")
    took = float(page.wait_for_function(STANDS, polling="raf").json_value())
    context.close()
    return took


def time_changes(browser: Browser, address: str, rounds: int) -> tuple[list[float], list[float]]:
    """A change of period on the fullest page and on the bare one, each in turn, once both are warm."""
    context = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, locale="fr-FR")
    context.set_default_timeout(PATIENCE)
    pages = [context.new_page() for _ in (FULLEST, BARE)]
    for page, path in zip(pages, (FULLEST, BARE), strict=True):
        page.goto(address + path)
        page.wait_for_function(STANDS)
    return _take_turns(rounds, *(lambda page=page: _in_front(page) for page in pages))


def _in_front(page: Page) -> float:
    page.bring_to_front()
    return change_period(page)


def _take_turns(rounds: int, *ways: Callable[[], float]) -> tuple[list[float], list[float]]:
    """Two rounds to warm up, then the times of each way."""
    times: tuple[list[float], list[float]] = ([], [])
    for rank in range(rounds + 2):
        for way, kept in zip(ways, times, strict=True):
            took = way()
            if rank >= 2:
                kept.append(took)
    return times


def write_line(label: str, own: Sequence[float], bare: Sequence[float]) -> str:
    """Both medians, their quartiles and their ratio."""
    ratio = median(own) / median(bare)
    return f"{label:34} {_spread(own)}   page nue {_spread(bare)}   rapport {ratio:.2f}".replace(".", ",")


def _spread(times: Sequence[float]) -> str:
    low, _, high = quantiles(times, n=4)
    return f"{median(times):5.0f} ms ({low:.0f} à {high:.0f})"


def main() -> None:
    """Print the two comparisons, and a page with charts, cold, for information."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.screens")
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--database", type=Path, help="dossier d'une base déjà remplie")
    parsed = parser.parse_args()
    executable = os.environ.get("CHROMIUM") or shutil.which("chromium") or "google-chrome"
    with fill(parsed.database) as folder, serve(folder, script=SERVER) as address, launch(executable) as browser:
        print(write_line("Période → nouveau graphique", *time_changes(browser, address, parsed.rounds)))
        for label, path in (("Première page, à froid", FIRST), ("Parcours, à froid", FULLEST)):
            ways = [lambda path=path: open_cold(browser, address + path) for path in (path, BARE)]
            print(write_line(label, *_take_turns(parsed.rounds, *ways)))


if __name__ == "__main__":
    main()
