"""In a real browser, by the Tab key alone: every control of a task is reached, and the focus is seen on each."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser import Sessions, wait_until_drawn

STOPS = 60
# The outline or ring stands on the control, or on the field that holds it.
READ = """() => {
  const one = document.activeElement
  if (!one || one === document.body) return null
  const shows = (node) => {
    const style = getComputedStyle(node)
    return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none"
  }
  const around = [one, one.parentElement, one.parentElement?.parentElement, one.nextElementSibling]
  const name = one.getAttribute("aria-label") || one.textContent.trim().slice(0, 60) || one.tagName
  return [name, around.some((node) => node && shows(node))]
}"""


def tab_through(page: Page) -> dict[str, bool]:
    """The name of each control that Tab reaches, and whether the focus is seen on it."""
    reached: dict[str, bool] = {}
    for _ in range(STOPS):
        page.keyboard.press("Tab")
        found = page.evaluate(READ)
        if found:
            reached.setdefault(str(found[0]), bool(found[1]))
    return reached


@pytest.mark.parametrize(
    ("path", "controls"),
    [("/depot", ("Synthèse", "Dépôt")), ("/synthese", ("Présenter", "Imprimer", "Convention"))],
)
def test_focus_is_seen_on_every_control_of_a_task(shown: Sessions, path: str, controls: tuple[str, ...]) -> None:
    page = shown.open(path)
    wait_until_drawn(page)
    reached = tab_through(page)
    assert [name for name, is_seen in reached.items() if not is_seen] == []
    assert set(controls) <= set(reached), sorted(reached)
    page.context.close()
