"""A folder, or the demonstration, in; the dashboard served from it on a free port of the loopback, out."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from demo.build import build_database
from demo.writing import write_samples

ROOT = Path(__file__).resolve().parent.parent
STARTUP_SECONDS = 60


@contextmanager
def fill(given: Path | None = None) -> Iterator[Path]:
    """A folder with the demonstration's database, gone at the end: a copy of the one that is given, or a new one."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "base"
        if given:
            shutil.copytree(given, folder)
        else:
            os.environ["JALONS_DATABASE"] = str(folder / "jalons.duckdb")
            build_database(write_samples(folder / "classeurs", 2026))
        yield folder


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serve(folder: Path, *, script: str = "dashboard.py") -> Iterator[str]:
    """The address of a dashboard whose database lives in `folder`."""
    port = _free_port()
    command = [sys.executable, "-m", "streamlit", "run", script, "--server.port", str(port)]
    environment = {**os.environ, "JALONS_DATABASE": str(folder / "jalons.duckdb")}
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT)
        try:
            address = f"http://localhost:{port}"
            _wait(f"{address}/sante", process)
            yield address
        finally:
            process.terminate()
            process.wait(timeout=20)


def _wait(address: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(STARTUP_SECONDS * 5):
        assert process.poll() is None, "the server stopped while starting"
        try:
            with urllib.request.urlopen(address, timeout=2) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    raise AssertionError(f"no answer from {address}")
