"""In a real browser: what lacks is read from a page of figures, followed to its place, and fetched."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import expect

from tests.browser import Sessions

FILES = ("PLIE_Pays_de_Martigues_suivi_2024.xlsx", "France_Travail_Martigues_PLIE_2024.xlsx")


def test_what_lacks_leads_from_a_page_to_its_place_and_goes_with_the_file(
    sessions: Sessions, sample_folder: Path
) -> None:
    page = sessions.open("/depot")
    page.locator("input[type=file]").set_input_files(sample_folder / FILES[0])
    page.get_by_role("button", name="Accepter").click()
    expect(page.get_by_text("actif", exact=True).first).to_be_visible()

    page.goto("/parcours")
    line = page.locator(".j-coverage")
    expect(line).to_contain_text("en entier (France Travail)")
    line.get_by_role("link", name="Voir le détail").click()
    expect(page).to_have_url(re.compile("/qualite"))
    expect(page.locator(".st-key-carte-manques")).to_contain_text("Tout le retour")

    page.get_by_role("combobox", name="Période").click()
    page.get_by_role("option", name="2024", exact=True).click()
    ours, theirs = page.locator("table.j-received").first, page.locator("table.j-received").last
    # A year received whole is one column; of the others, each quarter is.
    expect(ours.locator("thead th")).to_have_count(2)
    expect(theirs.locator("thead th")).to_have_count(5)
    expect(ours.locator("td.j-heat-4").first).to_be_visible()
    expect(theirs.locator("td.j-missing-cell").first).to_contain_text("0/")

    page.goto("/depot")
    page.locator("input[type=file]").set_input_files(sample_folder / FILES[1])
    page.get_by_role("button", name="Accepter").click()
    expect(page.get_by_text("actif", exact=True)).to_have_count(2)
    page.goto("/qualite?periode=2024")
    expect(page.locator("table.j-received").last.locator("td.j-heat-4").first).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Rien ne manque")
