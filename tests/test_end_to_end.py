"""In a real browser: a workbook is uploaded and accepted, its chart is seen, its bilan is downloaded."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, Request, expect, sync_playwright

from demo.writing import write_samples
from tests.server import serve

SEED = 2026
RETURN = "PLIE_Pays_de_Martigues_suivi_2024.xlsx"


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration's workbooks."""
    folder = tmp_path_factory.mktemp("samples")
    write_samples(folder, SEED)
    return folder


@pytest.fixture
def page(tmp_path: Path, chromium_path: str) -> Iterator[Page]:
    """A page of a dashboard with an empty database; every request that leaves the machine is a failure."""
    outside: list[str] = []

    def note(request: Request) -> None:
        if not re.match(r"(https?|wss?)://localhost[:/]|data:|blob:", request.url):
            outside.append(request.url)

    with serve(tmp_path) as address, sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=chromium_path, args=flags)
        page = browser.new_page(base_url=address, viewport={"width": 1440, "height": 900}, locale="fr-FR")
        page.set_default_timeout(30_000)
        page.on("request", note)
        yield page
        browser.close()
    assert outside == []


def count_orientes(workbook: Path) -> int:
    """The people oriented in the year, added up cell by cell in the rows of that name."""
    sheet = openpyxl.load_workbook(workbook, data_only=True)["Suivi 2024"]
    rows = [row for row in sheet.iter_rows(values_only=True) if str(row[0]).strip().startswith("DE orientés")]
    return sum(int(re.sub(r"\D", "", str(value))) for row in rows for value in row[1:5])


def test_workbook_goes_from_upload_to_chart_to_bilan(page: Page, samples: Path) -> None:
    """The whole journey of an analyst, on an empty installation."""
    oriented = count_orientes(samples / RETURN)

    page.goto("/depot")
    page.locator("input[type=file]").set_input_files(samples / RETURN)
    expect(page.get_by_role("heading", name=re.compile("Classeur compris"))).to_be_visible()
    page.get_by_role("button", name="Accepter").click()
    expect(page.get_by_text("actif", exact=True).first).to_be_visible()

    page.goto("/parcours")
    expect(page.get_by_role("heading", name=re.compile(f"pour {oriented} orientés"))).to_be_visible()
    expect(page.locator(".js-plotly-plot").first).to_contain_text(str(oriented))

    page.goto("/bilans")
    with page.expect_download() as download:
        page.get_by_role("button", name="Télécharger le bilan (xlsx)").click()
    bilan = openpyxl.load_workbook(io.BytesIO(Path(download.value.path()).read_bytes()))
    values = {cell for sheet in bilan for row in sheet.iter_rows(values_only=True) for cell in row}
    assert oriented in values
