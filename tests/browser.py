"""A dashboard in; pages of headless Chromium on it, patient, each in a session of its own, out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, ConsoleMessage, Page, Request, expect, sync_playwright

from tests.server import serve

# What is waited for comes; on a busy machine it comes later.
PATIENCE = 60_000
WIDTHS = (1440, 1920)
"""Of a desk and of a projector: the tasks of each person are done at both."""
_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
_OWN = re.compile(r"(https?|wss?)://localhost[:/]|data:|blob:")


@dataclass(frozen=True)
class Sessions:
    """Opens pages on one dashboard; `outside` holds every request that left the machine, `errors` every error of the
    console, a refusal of the content policy included."""

    browser: Browser
    address: str
    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def open(self, path: str, *, width: int = 1440, height: int = 900, is_dark: bool = False) -> Page:
        """A page in a session of its own, at a path; for a reader who chose the dark appearance when told so."""
        size = {"width": width, "height": height}
        chosen = {"origin": self.address, "localStorage": [{"name": "jalons-apparence", "value": "sombre"}]}
        kept = {"cookies": [], "origins": [chosen] if is_dark else []}
        context = self.browser.new_context(
            base_url=self.address, viewport=size, locale="fr-FR", storage_state=kept  # type: ignore[arg-type]
        )
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("request", lambda request: _note(request, self.outside))
        page.on("console", lambda message: _note_error(message, self.errors))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.goto(path)
        return page


def wait_until_drawn(page: Page) -> None:
    """The title stands, the script has run, and every chart has its marks."""
    expect(page.locator("h1.j-title").first).to_be_visible()
    expect(page.locator(".stApp[data-test-script-state='notRunning']")).to_be_attached()
    expect(page.locator("[data-testid=stPlotlyChart]:not(:has(.main-svg))")).to_have_count(0)


def _note_error(message: ConsoleMessage, errors: list[str]) -> None:
    if message.type == "error":
        errors.append(f"{message.text} ({message.location.get('url')})")


def _note(request: Request, outside: list[str]) -> None:
    if not _OWN.match(request.url):
        outside.append(request.url)


@contextmanager
def launch(executable: str) -> Iterator[Browser]:
    """A headless Chromium, closed on leaving."""
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=_FLAGS)
        yield browser
        browser.close()


@contextmanager
def drive(browser: Browser, folder: Path) -> Iterator[Sessions]:
    """Sessions on the dashboard of a folder; a request that leaves the machine is a failure, an error of the console
    another."""
    with serve(folder) as address:
        opened = Sessions(browser, address)
        yield opened
        for context in browser.contexts:
            context.close()
    assert opened.outside == []
    assert opened.errors == []
