"""In a real browser: a committee opens a link, goes through the presentation by keys, leaves it, and prints."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from etl.keys import KeyRing
from etl.load import load_report
from etl.report import Options
from etl.run import examine
from store.database import open_database
from tests.browser import WIDTHS, Sessions, drive, wait_until_drawn

RETURNS = ("PLIE_Pays_de_Martigues_suivi_2024.xlsx",)
KEYS = ("ArrowRight", "Space", "PageDown", "ArrowDown", "Enter")
A4 = (rb"/MediaBox \[0 0 59[45]\.?\d* 84[12]\.?\d*\]", rb"/MediaBox \[0 0 84[12]\.?\d* 59[45]\.?\d*\]")
SYNTHESE = "/synthese?convention=PLIE+Pays+de+Martigues"


@pytest.fixture
def filled(tmp_path: Path, sample_folder: Path, browser: Browser) -> Iterator[Sessions]:
    """Sessions on a dashboard that received the returns of a year."""
    with open_database(tmp_path / "jalons.duckdb") as database:
        for name in RETURNS:
            content = (sample_folder / name).read_bytes()
            report = examine(name, content, Options(convention="plie-martigues", source="plie"), KeyRing())
            load_report(database, report, author="essai")
    with drive(browser, tmp_path) as opened:
        yield opened


def wait_for_screen(page: Page, rank: int, count: int) -> str:
    """The title of a screen, once it is drawn."""
    expect(page.get_by_text(f"{rank} / {count}", exact=True)).to_be_visible()
    return page.locator("h1").inner_text()


@pytest.mark.parametrize("width", WIDTHS)
def test_committee_presents_by_keys_then_prints(filled: Sessions, width: int) -> None:
    page = filled.open(SYNTHESE, width=width, height=1080)
    page.get_by_role("button", name="Présenter").click()
    count = int(page.locator(".j-rank").inner_text().split("/")[1])
    titles = [wait_for_screen(page, 1, count)]
    expect(page.get_by_test_id("stHeader")).to_be_hidden()
    for rank in range(2, count + 1):
        page.keyboard.press(KEYS[rank % len(KEYS)])
        titles.append(wait_for_screen(page, rank, count))
    assert len(set(titles)) == count
    page.keyboard.press("ArrowLeft")
    assert wait_for_screen(page, count - 1, count) == titles[-2]
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("stHeader")).to_be_visible()
    assert "presentation" not in page.url
    wait_until_drawn(page)
    numbers = page.locator(".j-number").all_inner_texts()

    page.get_by_role("button", name="Imprimer").click()
    expect(page.get_by_text("A4 portrait.")).to_be_visible()
    check_sheet(page, numbers, A4[0])
    page.get_by_role("button", name="A4 paysage").click()
    expect(page.get_by_text("A4 paysage.")).to_be_visible()
    check_sheet(page, numbers, A4[1])


def check_sheet(page: Page, numbers: list[str], size: bytes) -> None:
    """On paper: every large number and chart, nothing to press, on sheets of the size that was asked."""
    wait_until_drawn(page)
    expect(page.locator(".js-plotly-plot")).to_have_count(len(numbers) + 1)
    page.emulate_media(media="print")
    assert numbers
    expect(page.locator(".j-number:visible")).to_have_text(numbers)
    expect(page.locator("button:visible")).to_have_count(0)
    sheet = page.locator('[data-testid="stMainBlockContainer"]').bounding_box()
    assert sheet is not None
    for chart in page.locator(".js-plotly-plot").all():
        box = chart.bounding_box()
        assert box is not None
        assert box["x"] + box["width"] <= sheet["x"] + sheet["width"] + 1
    content = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(size, content)) >= 1
    page.emulate_media(media="screen")


def test_synthesis_fits_the_screen_of_a_projector(filled: Sessions) -> None:
    page = filled.open(SYNTHESE, width=1920, height=1080)
    expect(page.get_by_text("À décider aujourd’hui")).to_be_visible()
    expect(page.locator(".js-plotly-plot .main-svg").first).to_be_visible()
    heights = page.get_by_test_id("stMain").evaluate("main => [main.scrollHeight, main.clientHeight]")
    assert heights[0] <= heights[1]


def test_bilan_leads_to_the_committee_s_version_and_prints_as_a_sheet(filled: Sessions) -> None:
    """Nothing to press nor to follow on paper, nothing cut at its edge, each page in its format with its folio."""
    page = filled.open("/bilans?convention=plie-martigues")
    expect(page.locator(".j-version")).to_contain_text("à ne pas diffuser")
    page.get_by_role("link", name="Voir la version du comité").click()
    expect(page.locator(".j-version")).to_contain_text("Version du comité")
    expect(page.get_by_role("radio", name="Comité")).to_be_checked()
    page.get_by_role("button", name="Imprimer").click()
    expect(page.get_by_text("A4 portrait.")).to_be_visible()
    wait_until_drawn(page)
    page.emulate_media(media="print")
    expect(page.locator("button:visible")).to_have_count(0)
    expect(page.locator(".j-coverage a:visible, a.j-way:visible, details:visible")).to_have_count(0)
    sheet = page.locator("article.j-bilan").bounding_box()
    assert sheet is not None
    for table in page.locator("article.j-bilan table:visible").all():
        box = table.bounding_box()
        assert box is not None
        assert box["x"] + box["width"] <= sheet["x"] + sheet["width"] + 1
    content = page.pdf(prefer_css_page_size=True, print_background=True)
    assert 1 <= len(re.findall(A4[0], content)) <= 2
