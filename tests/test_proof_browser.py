"""In a real browser, the task of a director: a rate is contested, its cells are those of the workbook itself."""

from __future__ import annotations

import io
import re
from pathlib import Path
from urllib.parse import parse_qs, urlparse

import openpyxl
import pytest
from playwright.sync_api import Locator, Page, expect

from etl.keys import KeyRing
from etl.load import load_report
from etl.report import Options
from etl.run import examine
from store.database import open_database
from tests.browser import WIDTHS, Sessions

RETURN = "PLIE_Pays_de_Martigues_suivi_2024.xlsx"
RATE = "Taux de passage réception → diagnostic"


@pytest.fixture
def received(tmp_path: Path, sample_folder: Path) -> Path:
    """The year's return, loaded before the dashboard starts."""
    with open_database(tmp_path / "jalons.duckdb") as database:
        content = (sample_folder / RETURN).read_bytes()
        report = examine(RETURN, content, Options(convention="plie-martigues", source="plie"), KeyRing())
        load_report(database, report, author="PLIE")
    return sample_folder / RETURN


def contest(page: Page, place: str) -> Locator:
    """By keyboard, the rate of a place in the table of rates: its proof opens in the same page."""
    table = page.locator("table.j-heat").first
    row = table.locator("tbody tr", has_text=place).first
    expect(row).to_be_visible()
    head = [text.strip().partition("\n")[0] for text in table.locator("thead th").all_inner_texts()]
    row.locator("td").nth(head.index(RATE) - 1).locator("a.j-proof").focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("heading", name=RATE)).to_be_visible()
    return dialog


def read_sides(dialog: Locator) -> list[tuple[int, list[tuple[str, list[int], int]]]]:
    """Each side of the table of cells: its amount, then the address, values and sum of its lines."""
    sides: list[tuple[int, list[tuple[str, list[int], int]]]] = []
    for row in dialog.locator("table.j-proof-cells tbody tr").all():
        if "j-group" in (row.get_attribute("class") or ""):
            sides.append((_read_count(row.locator(".j-proof-sum").inner_text()), []))
            continue
        cells = [one.inner_text() for one in row.locator("td").all()]
        values = [_read_count(one) for one in cells[2].split("+")]
        sides[-1][1].append((cells[1].strip(), values, _read_count(cells[3])))
    return sides


def _read_count(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def read_workbook(workbook: Path, address: str) -> list[int]:
    """The values at « Feuille!B7, B19 » or « Feuille!B5:D5 », as openpyxl reads them."""
    sheet_name, _, addresses = address.rpartition("!")
    sheet = openpyxl.load_workbook(workbook, data_only=True)[sheet_name]
    found: list[object] = []
    for one in addresses.split(", "):
        area = sheet[one]
        found += [cell.value for row in area for cell in row] if isinstance(area, tuple) else [area.value]
    return [_read_count(str(value)) for value in found]


@pytest.mark.parametrize("width", WIDTHS)
def test_director_follows_a_contested_rate_to_the_cells_of_the_workbook(
    received: Path, sessions: Sessions, width: int
) -> None:
    page = sessions.open("/parcours?periode=2024", width=width)
    expect(page.get_by_role("heading", level=1)).to_contain_text("orientés")
    dialog = contest(page, "Pays de Martigues")

    (top, top_lines), (below, below_lines) = read_sides(dialog)
    assert len(top_lines) == len(below_lines) == 4
    for address, values, total in (*top_lines, *below_lines):
        assert read_workbook(received, address) == values
        assert sum(values) == total
    assert sum(total for _, _, total in top_lines) == top
    assert sum(total for _, _, total in below_lines) == below
    expect(dialog.locator(".j-proof-head .j-number")).to_have_text(f"{round(100 * top / below)}\u00a0%")
    expect(dialog).to_contain_text("Art.\u00a07")


def test_proof_has_an_address_keeps_the_filters_and_gives_the_focus_back(received: Path, sessions: Sessions) -> None:
    page = sessions.open("/parcours?vue=Comité")
    page.evaluate("window.isSamePage = true")
    dialog = contest(page, "Port-de-Bouc")
    address = parse_qs(urlparse(page.url).query)
    assert address["vue"] == ["Comité"]
    assert address["preuve"] == ["taux_passage_diagnostic~13077~2024~plie-martigues~~~~comite"]
    assert page.evaluate("document.querySelector('[role=dialog]').contains(document.activeElement)")
    expect(dialog.get_by_role("button", name="Fermer")).to_be_visible()

    shared = sessions.open(page.url.replace(sessions.address, ""))
    expect(shared.get_by_role("dialog")).to_contain_text("Port-de-Bouc")

    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator("a.j-proof[href*='taux_passage_diagnostic~13077~2024~']").first).to_be_focused()
    expect(page).to_have_url(re.compile("^(?!.*preuve)"))
    assert parse_qs(urlparse(page.url).query)["vue"] == ["Comité"]
    assert page.evaluate("window.isSamePage")


def test_proof_is_quoted_and_exported(received: Path, sessions: Sessions) -> None:
    page = sessions.open("/parcours?periode=2024&preuve=taux_passage_diagnostic~13056~2024~plie-martigues")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Copier la citation").click()
    expect(dialog.get_by_role("button", name="Citation copiée")).to_be_visible()
    said = page.evaluate("navigator.clipboard.readText()")
    assert RATE in said
    assert "Martigues, 2024" in said

    with page.expect_download() as download:
        dialog.get_by_role("button", name="Exporter la preuve (xlsx)").click()
    sheet = openpyxl.load_workbook(io.BytesIO(download.value.path().read_bytes()))["Preuve"]
    rows = list(sheet.iter_rows(min_row=4, values_only=True))
    assert len(rows) == 8
    for row in rows:
        assert read_workbook(received, f"{row[8]}!{row[9]}") == [row[5]]
