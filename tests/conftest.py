"""Shared fixtures: the environment in; the browser, the dashboard, the workbooks that tests drive and what they have to
say, out."""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from demo.build import build_database
from demo.writing import write_samples
from tests.browser import Sessions, drive, launch

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
SEED = 2026
TOLD = "told"
LONGEST = (
    "test_accessibility", "test_mutations", "test_secrecy_attack", "test_french_browser", "test_pages",
    "test_second_computation", "test_privacy_corpus", "test_end_to_end_deposit", "test_secrecy_curves",
    "test_end_to_end_committee", "test_etl_layouts",
)  # fmt: skip
"""The files that take longest are started first: no process is left alone with one at the end."""


@pytest.fixture
def tell(record_property: Callable[[str, object], None]) -> Callable[[str], None]:
    """Says a line at the end of the run: what a test measured or read, whichever process ran it."""
    return lambda line: record_property(TOLD, line)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files, then the others in their order."""
    items.sort(key=lambda item: LONGEST.index(item.path.stem) if item.path.stem in LONGEST else len(LONGEST))


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
    """Sessions on a dashboard with an empty database."""
    with drive(browser, tmp_path) as opened:
        yield opened


@pytest.fixture(scope="session")
def first_demonstration(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The whole demonstration: its workbooks and their database, built once a run; the other processes wait for it."""
    # Each process has a folder of its own in that of the run.
    run = tmp_path_factory.getbasetemp() if worker_id == "master" else tmp_path_factory.getbasetemp().parent
    folder, built = run / "demonstration", run / "demonstration" / "built"
    with (run / "demonstration.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not built.exists():
            with pytest.MonkeyPatch.context() as patch:
                patch.setenv("JALONS_DATABASE", str(folder / "jalons.duckdb"))
                patch.delenv("JALONS_KEYS", raising=False)
                lines, is_whole = build_database(write_samples(folder / "classeurs", SEED))
            assert is_whole, lines
            built.write_text("\n".join(lines), encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def demonstration_folder(first_demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the demonstration for those of a process who only look at it."""
    return Path(shutil.copytree(first_demonstration, tmp_path_factory.mktemp("copie") / "demonstration"))


@pytest.fixture(scope="module")
def own_demonstration(first_demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the demonstration for a module that writes into it."""
    return Path(shutil.copytree(first_demonstration, tmp_path_factory.mktemp("copie") / "demonstration"))


@pytest.fixture(scope="module")
def shown(browser: Browser, demonstration_folder: Path) -> Iterator[Sessions]:
    """Sessions on a dashboard that shows the whole demonstration."""
    with drive(browser, demonstration_folder) as opened:
        yield opened
