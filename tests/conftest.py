"""Shared fixtures: the environment in, the browser that end-to-end tests drive out."""

import os
import shutil

import pytest

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """The browser to drive: the one CHROMIUM names, else the first on PATH; none is a failure, not a skip."""
    for name in (os.environ.get("CHROMIUM"), *BROWSERS):
        if name and (path := shutil.which(name)):
            return path
    pytest.fail("Chromium est introuvable. Installez-le : sudo apt-get install -y chromium", pytrace=False)
