"""In a real browser: an unknown header is asked, answered, read; the next quarter's file asks nothing."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser import Sessions
from tests.workbook_bytes import make_xlsx

HEADER = "Vus au rendez-vous"
COUNTS = {1: (151, 97), 2: (163, 113)}
"""Oriented and met, by quarter."""


def make_return(folder: Path, quarter: int) -> Path:
    """A return of the PLIE with a header that nobody knows."""
    oriented, met = COUNTS[quarter]
    rank = "1er" if quarter == 1 else f"{quarter}e"
    rows: list[list[str | float]] = [
        [f"PLIE du Pays de Martigues, {rank} trimestre 2024"],
        ["Commune", "DE orientés vers le PLIE", HEADER],
        ["Martigues", oriented - 50, met - 40],
        ["Port-de-Bouc", 30, 25],
        ["Saint-Mitre-les-Remparts", 20, 15],
    ]
    path = folder / f"retour_T{quarter}_2024.xlsx"
    path.write_bytes(make_xlsx(rows, f"T{quarter}"))
    return path


def upload(page: Page, file: Path) -> None:
    page.goto("/depot")
    page.locator("input[type=file]").set_input_files(file)


def accept(page: Page) -> None:
    page.get_by_role("button", name="Accepter").click()
    expect(page.get_by_text(re.compile("Dépôt I00000. enregistré"))).to_be_visible()


def test_an_answer_makes_the_next_quarter_load_without_a_question(sessions: Sessions, tmp_path: Path) -> None:
    page = sessions.open("/depot")
    upload(page, make_return(tmp_path, 1))
    title = re.compile("à une question près.*3 chiffres prêts, 3 en attente")
    expect(page.get_by_role("heading", name=title)).to_be_visible()
    expect(page.get_by_role("heading", name=re.compile(f"Que compte «.{HEADER}.»"))).to_be_visible()
    page.get_by_text("Autre chose").click()
    page.get_by_role("combobox", name="Ce que comptent ces chiffres").click()
    page.get_by_role("option", name="DE présents / reçus en premier accueil").click()
    page.get_by_role("button", name="Répondre").click()
    expect(page.get_by_role("heading", name=re.compile("Classeur compris : 6 chiffres prêts"))).to_be_visible()
    expect(page.get_by_text("réponse du", exact=False)).to_be_visible()
    accept(page)

    page.goto("/parcours")
    expect(page.locator(".j-funnel")).to_contain_text(str(COUNTS[1][1]))

    upload(page, make_return(tmp_path, 2))
    expect(page.get_by_role("heading", name=re.compile("Classeur compris : 6 chiffres prêts"))).to_be_visible()
    expect(page.get_by_text("Une question")).to_have_count(0)
    accept(page)
    page.goto("/parcours")
    total = sum(met for _, met in COUNTS.values())
    expect(page.locator(".j-funnel")).to_contain_text(str(total))

    page.goto("/reponses")
    expect(page.get_by_role("heading", name="1 réponse apprise")).to_be_visible()
    page.get_by_role("combobox", name="Réponse à modifier ou à révoquer").click()
    page.get_by_role("option", name=re.compile(HEADER)).click()
    page.get_by_role("button", name="Révoquer").click()
    expect(page.get_by_text("Aucune réponse encore")).to_be_visible()
    upload(page, make_return(tmp_path, 1))
    expect(page.get_by_role("heading", name=re.compile(f"Que compte «.{HEADER}.»"))).to_be_visible()
