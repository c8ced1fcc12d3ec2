"""Shared fixtures: the environment in; the browser, the dashboard, the workbooks that tests drive and what they have to
say, out."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from demo.writing import write_samples
from tests.browser import Sessions, launch
from tests.server import serve

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
SEED = 2026
TOLD = "told"


@pytest.fixture
def tell(record_property: Callable[[str, object], None]) -> Callable[[str], None]:
    """Says a line at the end of the run: what a test measured or read, whichever process ran it."""
    return lambda line: record_property(TOLD, line)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The lines that tests had to say, in their order."""
    reports = [report for kind in ("passed", "failed") for report in terminalreporter.stats.get(kind, ())]
    lines = [str(line) for report in reports for name, line in report.user_properties if name == TOLD]
    for line in lines:
        terminalreporter.write_line(line)


@pytest.fixture(scope="session")
def sample_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration's workbooks."""
    folder = tmp_path_factory.mktemp("samples")
    write_samples(folder, SEED)
    return folder


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The browser that CHROMIUM names, else the first on PATH; none is a failure, not a skip."""
    for name in (os.environ.get("CHROMIUM"), *BROWSERS):
        if name and (path := shutil.which(name)):
            with launch(path) as opened:
                yield opened
            return
    pytest.fail("Chromium est introuvable. Installez-le : sudo apt-get install -y chromium", pytrace=False)


@pytest.fixture
def sessions(tmp_path: Path, browser: Browser) -> Iterator[Sessions]:
    """Sessions on a dashboard with an empty database; a request that leaves the machine is a failure."""
    with serve(tmp_path) as address:
        opened = Sessions(browser, address)
        yield opened
    for context in browser.contexts:
        context.close()
    assert opened.outside == []
