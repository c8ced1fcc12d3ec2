"""In a browser set to English: every page, and each kind of widget opened, says no word of the framework's English."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from conventions.reading import DATA
from tests.browser import Sessions, wait_until_drawn
from ui.interface import read_interface
from ui.pages import PAGES

FRAMEWORK = read_interface(DATA / "interface.toml").words
ENGLISH = re.compile(
    r"\b(the|and|your|this|that|is|are|was|not|please|select|choose|option|options|upload|browse|drag|drop|file|files|here"
    r"|close|open|clear|remove|next|previous|month|year|day|january|february|april|june|july|august|october|december|press"
    r"|enter|apply|search|results?|found|page|home|menu|settings|running|stop|rerun|connection|error|loading|show|hide|view"
    r"|fullscreen|help|dismiss|skip|content|navigate|today|selected|date|available|limit|smaller|larger|must|cannot)\b",
    re.IGNORECASE,
)
SHARED = re.compile(r"\b(page|menu|date|limite?|options?)\b", re.IGNORECASE)
"""Words that French has too."""
SAID = """() => {
  const own = '[data-testid="stHtml"], .js-plotly-plot, script, style, noscript, [data-testid="stIconMaterial"]'
  const found = []
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode())
    if (!node.parentElement.closest(own) && node.data.trim()) found.push(node.data.trim())
  for (const element of document.querySelectorAll('[aria-label], [title], [placeholder], [aria-description], [alt]'))
    if (!element.closest(own))
      for (const name of ['aria-label', 'title', 'placeholder', 'aria-description', 'alt'])
        if (element.getAttribute(name)) found.push(element.getAttribute(name))
  return found
}"""


def list_english(page: Page) -> list[str]:
    """What the page says outside of our own texts and charts that reads as English."""
    said = dict.fromkeys(page.evaluate(SAID))
    return [one for one in said if one in FRAMEWORK or ENGLISH.search(SHARED.sub("", one))]


def open_english(sessions: Sessions, path: str) -> Page:
    """A page in a browser that asks for English."""
    context = sessions.browser.new_context(base_url=sessions.address, locale="en-US")
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.goto(path)
    wait_until_drawn(page)
    return page


@pytest.mark.parametrize("path", [page.path for page in PAGES])
def test_page_says_nothing_in_english(shown: Sessions, path: str) -> None:
    page = open_english(shown, f"/{path}")
    assert page.locator("html").get_attribute("lang") == "fr"
    assert page.evaluate("navigator.language") == "fr-FR"
    assert list_english(page) == []
    page.context.close()


def test_list_of_choices_and_search_say_nothing_in_english(shown: Sessions) -> None:
    page = open_english(shown, "/territoires")
    page.get_by_role("combobox", name="Indicateur").click()
    expect(page.get_by_role("option").first).to_be_visible()
    assert list_english(page) == []
    page.context.close()


def test_calendar_is_french_whatever_the_browser_asks_for(shown: Sessions) -> None:
    page = open_english(shown, "/faits")
    page.get_by_role("button", name="Choisir un jour").first.click()
    expect(page.get_by_role("button", name="Mois suivant").first).to_be_visible()
    expect(page.get_by_role("gridcell", name=re.compile("^(lundi|mardi) ")).first).to_be_visible()
    assert list_english(page) == []
    page.context.close()


def test_refused_file_says_why_and_what_to_do(shown: Sessions, tmp_path: Path) -> None:
    page = open_english(shown, "/depot")
    uploader = page.locator("input[type=file]")
    for name, size, said in (
        ("retour.pdf", 10, "Ce n’est pas un classeur"),
        ("retour.xlsx", 61 * 1024 * 1024, "dépasse la limite de 60 Mo"),
    ):
        (tmp_path / name).write_bytes(b"0" * size)
        uploader.set_input_files(tmp_path / name)
        alert = page.get_by_role("alert").filter(has_text=said)
        expect(alert).to_be_visible()
        assert (alert.bounding_box() or {"width": 0})["width"] > 100
        assert list_english(page) == []
        page.get_by_role("button", name=f"Retirer {name}").click()
        expect(alert).to_have_count(0)
    page.context.close()


def test_unknown_address_says_so_and_gives_the_first_page(shown: Sessions) -> None:
    page = open_english(shown, "/nulle-part")
    expect(page.get_by_role("dialog")).to_contain_text("Cette page n’existe pas")
    assert list_english(page) == []
    page.context.close()


def test_address_of_the_first_page_is_its_own(shown: Sessions) -> None:
    page = open_english(shown, "/accueil?vue=Comit%C3%A9")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.context.close()


def test_proof_says_nothing_in_english(shown: Sessions) -> None:
    page = open_english(shown, "/parcours?periode=2024&preuve=taux_presence~~2024~plie-martigues")
    expect(page.get_by_role("dialog").get_by_role("button", name="Fermer")).to_be_visible()
    assert list_english(page) == []
    page.context.close()
