"""In a real browser: a workbook is uploaded and accepted, its chart is seen, its bilan is downloaded."""

from __future__ import annotations

import io
import re
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import expect

from tests.browser import WIDTHS, Sessions

RETURN = "PLIE_Pays_de_Martigues_suivi_2024.xlsx"


def count_orientes(workbook: Path) -> int:
    """The people oriented in the year, added up cell by cell in the rows of that name."""
    sheet = openpyxl.load_workbook(workbook, data_only=True)["Suivi 2024"]
    rows = [row for row in sheet.iter_rows(values_only=True) if str(row[0]).strip().startswith("DE orientés")]
    return sum(int(re.sub(r"\D", "", str(value))) for row in rows for value in row[1:5])


@pytest.mark.parametrize("width", WIDTHS)
def test_workbook_goes_from_upload_to_chart_to_bilan(sessions: Sessions, sample_folder: Path, width: int) -> None:
    """The whole journey of an analyst, on an empty installation."""
    oriented = count_orientes(sample_folder / RETURN)

    page = sessions.open("/depot", width=width)
    page.locator("input[type=file]").set_input_files(sample_folder / RETURN)
    expect(page.get_by_role("heading", name=re.compile("Classeur compris"))).to_be_visible()
    page.get_by_role("button", name="Accepter").click()
    expect(page.get_by_text("actif", exact=True).first).to_be_visible()

    page.goto("/parcours")
    expect(page.get_by_role("heading", name=re.compile(f"pour {oriented} orientés"))).to_be_visible()
    expect(page.locator(".j-funnel")).to_contain_text(str(oriented))

    page.goto("/bilans")
    with page.expect_download() as download:
        page.get_by_role("button", name="Télécharger le bilan (xlsx)").click()
    bilan = openpyxl.load_workbook(io.BytesIO(Path(download.value.path()).read_bytes()))
    values = {cell for sheet in bilan for row in sheet.iter_rows(values_only=True) for cell in row}
    assert oriented in values
