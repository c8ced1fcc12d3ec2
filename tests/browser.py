"""The address of a dashboard in; pages of headless Chromium on it, patient, each in a session of its own, out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import Browser, Page, Request, expect, sync_playwright

# What is waited for comes; on a busy machine it comes later.
PATIENCE = 60_000
_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
_OWN = re.compile(r"(https?|wss?)://localhost[:/]|data:|blob:")


@dataclass(frozen=True)
class Sessions:
    """Opens pages on one dashboard; `outside` holds every request that left the machine."""

    browser: Browser
    address: str
    outside: list[str] = field(default_factory=list)

    def open(self, path: str, *, width: int = 1440, height: int = 900) -> Page:
        """A page in a session of its own, at a path."""
        size = {"width": width, "height": height}
        context = self.browser.new_context(base_url=self.address, viewport=size, locale="fr-FR")  # type: ignore[arg-type]
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("request", lambda request: _note(request, self.outside))
        page.goto(path)
        return page


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
