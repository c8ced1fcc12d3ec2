"""In a real browser: the dark appearance is chosen by keyboard, follows its reader, can be read, leaves paper alone."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser import Sessions, wait_until_drawn
from tests.test_accessibility import PROOF, SERIOUS, check, describe
from ui import palette

LABEL = "[data-testid=stPlotlyChart] .main-svg text[style*='font-size: 14.5px']"
FILL = "text => getComputedStyle(text).fill"
NOTHING = "rgba(0, 0, 0, 0)"


def write_rgb(colour: str) -> str:
    """A colour as a browser says it."""
    return f"rgb({', '.join(str(int(colour[start : start + 2], 16)) for start in (1, 3, 5))})"


INK, DARK_INK = write_rgb(palette.INK), write_rgb(palette.DARK[palette.INK])


def expect_appearance(page: Page, ink: str, scheme: str) -> None:
    """The texts, the framework and the charts agree."""
    expect(page.locator("h1.j-title").first).to_have_css("color", ink)
    expect(page.locator(".stApp")).to_have_css("color-scheme", scheme)
    expect(page.locator(LABEL).first).to_have_css("fill", ink)


def list_serious(page: Page) -> list[str]:
    return [describe(one) for one in check(page) if one["impact"] in SERIOUS]


def test_dark_is_chosen_by_keyboard_and_follows_its_reader_until_light_is_back(shown: Sessions) -> None:
    page = shown.open("/synthese")
    wait_until_drawn(page)
    expect_appearance(page, INK, "light")
    page.get_by_role("button", name="sombre").press("Enter")
    expect_appearance(page, DARK_INK, "dark")
    expect(page.get_by_role("button", name="sombre (en cours)")).to_be_focused()
    assert list_serious(page) == []

    page.get_by_role("link", name="Territoires", exact=True).click()
    wait_until_drawn(page)
    expect_appearance(page, DARK_INK, "dark")
    assert list_serious(page) == []

    page.goto(PROOF.replace("/parcours", "/territoires"))
    wait_until_drawn(page)
    expect(page.get_by_role("dialog").locator(".j-proof-cells")).to_be_visible()
    expect_appearance(page, DARK_INK, "dark")
    assert list_serious(page) == []

    page.goto("/territoires")
    wait_until_drawn(page)
    assert list_serious(page) == []
    page.get_by_role("button", name="claire").click()
    expect_appearance(page, INK, "light")
    page.reload()
    wait_until_drawn(page)
    expect_appearance(page, INK, "light")
    page.context.close()


def test_paper_is_light_whatever_the_screen(shown: Sessions) -> None:
    page = shown.open("/synthese", is_dark=True)
    wait_until_drawn(page)
    expect_appearance(page, DARK_INK, "dark")
    page.emulate_media(media="print")
    dark = {write_rgb(colour) for colour in palette.DARK.values()}
    texts = page.locator("[data-testid=stPlotlyChart] .main-svg :is(text, tspan, path, rect)")
    drawn = texts.evaluate_all("all => all.flatMap(one => [getComputedStyle(one).fill, getComputedStyle(one).stroke])")
    assert INK in drawn
    assert dark.isdisjoint(drawn)
    expect(page.locator("h1.j-title").first).to_have_css("color", INK)
    expect(page.locator(".stApp")).to_have_css("background-color", NOTHING)
    expect(page.locator("html")).to_have_css("background-color", NOTHING)
    page.emulate_media(media="screen")

    page.get_by_role("button", name="Imprimer").click()
    expect(page.get_by_text("A4 portrait.")).to_be_visible()
    wait_until_drawn(page)
    expect(page.locator("h1.j-title").first).to_have_css("color", INK)
    expect(page.locator(".stApp")).to_have_css("background-color", write_rgb(palette.SURFACE))
    assert page.locator("[data-testid=stPlotlyChart] .main-svg text").first.evaluate(FILL) == INK
    page.context.close()
