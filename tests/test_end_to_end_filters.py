"""In a real browser: what is chosen on a page is chosen on the next, and its address opens the same view elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from etl.keys import KeyRing
from etl.load import load_report
from etl.report import Options
from etl.run import examine
from store.database import open_database
from tests.browser import Sessions, drive

RETURNS = (
    ("PLIE_Pays_de_Martigues_suivi_2024.xlsx", "plie-martigues", "plie"),
    ("PLIE_Pays_de_Martigues_suivi_2023.xlsx", "plie-martigues", "plie"),
)


@pytest.fixture
def filled(tmp_path: Path, sample_folder: Path, browser: Browser) -> Iterator[Sessions]:
    """Sessions on a dashboard that received two years."""
    with open_database(tmp_path / "jalons.duckdb") as database:
        for name, convention, source in RETURNS:
            content = (sample_folder / name).read_bytes()
            report = examine(name, content, Options(convention=convention, source=source), KeyRing())
            load_report(database, report, author="essai")
    with drive(browser, tmp_path) as opened:
        yield opened


def choose(page: Page, label: str, option: str) -> None:
    """An option of a list."""
    page.get_by_role("combobox", name=label).click()
    page.get_by_role("option", name=option, exact=True).click()


def read_choices(page: Page) -> dict[str, list[str]]:
    """What the address says."""
    return parse_qs(urlsplit(page.url).query)


def expect_view(page: Page) -> None:
    """The committee's view of the second quarter of 2023."""
    expect(page.get_by_role("combobox", name="Période")).to_have_value("T2\u00a02023")
    expect(page.get_by_role("radio", name="Comité")).to_be_checked()


def test_choices_follow_from_page_to_page_and_in_the_address(filled: Sessions) -> None:
    page = filled.open("/parcours")
    choose(page, "Période", "T2\u00a02023")
    page.get_by_role("radio", name="Cohorte").click()
    page.get_by_role("radio", name="Comité").click()
    expect(page).to_have_url(re.compile("vue=Comit"))
    expect(page).to_have_url(re.compile("periode=T2"))

    page.get_by_role("link", name="Territoires", exact=True).click()
    expect(page).to_have_url(re.compile("/territoires"))
    expect_view(page)
    expect(page.locator(".j-aside")).to_contain_text("lecture «\u00a0Cohorte\u00a0»")
    title = page.locator("h1").inner_text()
    expect(page).to_have_url(re.compile("vue=Comit"))
    expect(page).to_have_url(re.compile("periode=T2"))

    other = filled.open(page.url)
    expect(other.locator("h1")).to_have_text(title)
    expect_view(other)
    other.reload()
    expect(other.locator("h1")).to_have_text(title)
    expect_view(other)

    # A page that reads years shows the year, and the quarter is still there afterwards; a link takes all along.
    other.locator(".j-coverage").get_by_role("link", name="Voir le détail").click()
    expect(other.get_by_role("combobox", name="Période")).to_have_value("2023")
    other.get_by_role("link", name="Parcours", exact=True).click()
    expect(other).to_have_url(re.compile("/parcours"))
    expect_view(other)
    expect(other.get_by_role("radio", name="Cohorte")).to_be_checked()
    assert read_choices(other)["vue"] == ["Comité"]


def open_field(page: Page) -> None:
    """The button behind which the lists of the field stand, pressed."""
    page.locator(".st-key-champ").get_by_role("button").first.click()
    expect(page.get_by_role("dialog").get_by_role("combobox", name="Territoire")).to_be_visible()


def expect_field(page: Page, place: str, group: str) -> None:
    """The place and the public that the page is narrowed to, said by the button and by its lists."""
    named = [one for one in (place, group) if not one.startswith("Tous")]
    expect(page.locator(".st-key-champ").get_by_role("button").first).to_contain_text(", ".join(named) or "Tous")
    open_field(page)
    expect(page.get_by_role("combobox", name="Territoire")).to_have_value(place)
    expect(page.get_by_role("combobox", name="Public")).to_have_value(group)
    page.keyboard.press("Escape")


def test_place_and_public_follow_from_parcours_to_sorties_by_the_menu_and_by_a_link(shown: Sessions) -> None:
    """A page without these lists says that they change nothing; all of them again takes the choice back."""
    page = shown.open("/parcours?convention=plie-martigues")
    open_field(page)
    choose(page, "Territoire", "Port-de-Bouc")
    expect(page).to_have_url(re.compile("territoire=Port-de-Bouc"))
    choose(page, "Public", "Femmes")
    expect(page).to_have_url(re.compile("public=Femmes"))
    expect(page.locator("h1")).to_contain_text("Port-de-Bouc, femmes")

    page.get_by_role("link", name="Sorties", exact=True).click()
    expect(page).to_have_url(re.compile("/sorties"))
    expect_field(page, "Port-de-Bouc", "Femmes")
    expect(page.locator("h1")).to_contain_text("de sorties positives")
    title = page.locator("h1").inner_text()
    assert title.startswith("Port-de-Bouc, femmes")
    assert (read_choices(page)["territoire"], read_choices(page)["public"]) == (["Port-de-Bouc"], ["Femmes"])

    other = shown.open(page.url)
    expect(other.locator("h1")).to_have_text(title)
    expect_field(other, "Port-de-Bouc", "Femmes")
    other.locator(".j-coverage").get_by_role("link", name="Voir le détail").click()
    expect(other.locator(".j-aside")).to_contain_text("territoire «\u00a0Port-de-Bouc\u00a0»")
    other.get_by_role("link", name="Parcours", exact=True).click()
    expect_field(other, "Port-de-Bouc", "Femmes")

    open_field(other)
    choose(other, "Territoire", "Tous les territoires")
    expect(other.locator("h1")).not_to_contain_text("Port-de-Bouc")
    other.get_by_role("link", name="Sorties", exact=True).click()
    expect(other).to_have_url(re.compile("/sorties"))
    expect_field(other, "Tous les territoires", "Femmes")
    expect(other.locator("h1")).to_contain_text("Femmes")
