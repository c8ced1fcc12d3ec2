"""In a real browser, axe-core on every page of the demonstration: nothing serious, and what remains is what is said."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from conventions.reading import DataError
from tests.browser import Sessions, wait_until_drawn
from ui.accessibility import IMPACTS, load_remaining, read_remaining
from ui.pages import PAGES

SERIOUS = {"serious", "critical"}
KNOWN = {(path, one.rule, one.impact) for one in load_remaining() for path in one.pages}
PATHS = [page.path for page in PAGES]
ADDRESSES = {page.path: "/" if page.is_first else f"/{page.path}" for page in PAGES}
PROOF = "/parcours?periode=2024&preuve=taux_presence~~2024~plie-martigues"


def check(page: Page) -> list[Mapping[str, object]]:
    """What axe-core refuses of a page as it is drawn."""
    return list(Axe().run(page).response["violations"])


def describe(violation: Mapping[str, object]) -> str:
    """A rule, and where it is broken."""
    nodes = violation["nodes"]
    assert isinstance(nodes, list)
    return f"{violation['impact']} {violation['id']} : {[node['html'][:200] for node in nodes[:5]]}"


@pytest.mark.parametrize("path", PATHS)
def test_page_breaks_no_serious_rule_and_only_those_that_are_said(shown: Sessions, path: str) -> None:
    page = shown.open(ADDRESSES[path])
    wait_until_drawn(page)
    found = check(page)
    assert [describe(one) for one in found if one["impact"] in SERIOUS] == []
    assert {(path, one["id"], one["impact"]) for one in found} == {one for one in KNOWN if one[0] == path}
    page.context.close()


def test_proof_breaks_no_rule(shown: Sessions) -> None:
    """The dialog that stands over a page."""
    page = shown.open(PROOF)
    wait_until_drawn(page)
    expect(page.get_by_role("dialog").locator(".j-proof-cells")).to_be_visible()
    assert [describe(one) for one in check(page)] == []
    page.context.close()


def test_what_remains_is_told_of_pages_that_exist() -> None:
    assert {path for path, _, _ in KNOWN} <= set(PATHS)
    assert all(one.cause and one.element for one in load_remaining())


def test_list_refuses_what_may_not_remain(tmp_path: Path) -> None:
    written = tmp_path / "accessibility.toml"
    one = '[[remaining]]\nrule = "label"\nimpact = "{}"\npages = ["depot"]\nelement = "un champ"\ncause = "sans nom"\n'
    written.write_text(one.format("serious"), "utf-8")
    with pytest.raises(DataError):
        read_remaining(written)
    for impact in IMPACTS:
        written.write_text(one.format(impact), "utf-8")
        assert [found.rule for found in read_remaining(written)] == ["label"]
