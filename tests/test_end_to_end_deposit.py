"""In a real browser: a deposit from upload to undo, a second one that waits its turn, a fact entered and taken back."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import openpyxl
from playwright.sync_api import Page, expect

from tests.browser import Sessions

RETURN = "PLIE_Pays_de_Martigues_2026-T3.xlsx"
PATHS = "PLIE_Pays_de_Martigues_parcours_2023-2026.xlsx"
COPIES = 60


def upload(page: Page, *files: Path) -> None:
    page.locator("input[type=file]").set_input_files(list(files))


def make_long_file(samples: Path, folder: Path) -> Path:
    """The sample's paths many times over, under other identifiers: a file that takes seconds to read."""
    sheet = openpyxl.load_workbook(samples / PATHS).worksheets[0]
    head, *rows = list(sheet.iter_rows(values_only=True))
    path = folder / "PLIE_Pays_de_Martigues_parcours_long.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(head)
        for copy in range(COPIES):
            writer.writerows([f"{row[0]}-{copy}", *row[1:]] for row in rows)
    return path


def test_deposit_goes_from_upload_to_annotated_copy_history_and_undo(
    sessions: Sessions, sample_folder: Path
) -> None:
    page = sessions.open("/depot")
    upload(page, sample_folder / RETURN)
    expect(page.get_by_role("heading", name=re.compile("Lecture du classeur|Classeur compris"))).to_be_visible()
    expect(page.get_by_role("heading", name=re.compile("Si vous acceptez"))).to_be_visible()

    with page.expect_download() as download:
        page.get_by_role("button", name="Télécharger le classeur annoté").click()
    copy = openpyxl.load_workbook(io.BytesIO(Path(download.value.path()).read_bytes()))
    assert copy.sheetnames == ["Constats", *openpyxl.load_workbook(sample_folder / RETURN).sheetnames]
    assert any(cell.hyperlink for row in copy["Constats"].iter_rows() for cell in row)

    page.get_by_label("Déposé par").fill("PLIE, essai")
    page.get_by_role("button", name="Accepter").click()
    expect(page.get_by_role("heading", name="Dépôt I000001 enregistré")).to_be_visible()
    history = page.get_by_role("table", name="Dépôts, du plus récent au plus ancien")
    expect(history).to_contain_text("par PLIE, essai")
    expect(history).to_contain_text("actif")

    expect(page.get_by_role("button", name="Annuler I000001")).to_have_count(0)
    page.get_by_role("combobox", name="Dépôt à annuler").click()
    page.get_by_role("option", name="I000001").click()
    page.get_by_role("button", name="Annuler I000001").click()
    expect(page.get_by_role("heading", name="Dépôt annulé")).to_be_visible()
    expect(history).to_contain_text("annulé")


def test_second_upload_waits_its_turn_and_the_first_survives_a_closed_tab(
    sessions: Sessions, sample_folder: Path, tmp_path: Path
) -> None:
    first = sessions.open("/depot")
    second = sessions.open("/depot")
    expect(second.locator("input[type=file]")).to_be_attached()
    upload(first, make_long_file(sample_folder, tmp_path))
    expect(first.get_by_role("heading", name="Lecture du classeur")).to_be_visible()
    upload(second, sample_folder / RETURN)
    expect(second.get_by_role("heading", name="En attente : 1 demande avant la vôtre")).to_be_visible()
    menu = second.get_by_test_id("stTopNav")
    menu.get_by_role("link", name="Accueil").click()
    expect(second.get_by_role("heading", level=1)).to_be_visible()
    menu.get_by_role("link", name="Dépôt").click()
    expect(second.get_by_role("heading", name=re.compile("Classeur compris"))).to_be_visible()

    expect(first.get_by_role("button", name="Accepter")).to_be_visible()
    first.get_by_role("button", name="Accepter").click()
    expect(first.get_by_role("heading", name="Votre dépôt s’enregistre")).to_be_visible()
    first.context.close()
    watcher = sessions.open("/depot")
    expect(watcher.get_by_text("Déposer un retour")).to_be_visible()
    for _ in range(30):
        if watcher.get_by_text("PLIE_Pays_de_Martigues_parcours_long.csv").count():
            break
        watcher.wait_for_timeout(1000)
        watcher.reload()
        expect(watcher.get_by_text("Déposer un retour")).to_be_visible()
    history = watcher.get_by_role("table", name="Dépôts, du plus récent au plus ancien")
    expect(history).to_contain_text("parcours_long.csv")
    expect(history).to_contain_text("actif")


def test_fact_is_entered_and_taken_back(sessions: Sessions) -> None:
    page = sessions.open("/faits")
    expect(page.get_by_role("heading", name="Saisir un fait")).to_be_visible()
    page.get_by_label("Engagement").click()
    page.get_by_role("option").first.click()
    page.get_by_label("Saisi par").fill("Ville de Metz")
    page.get_by_role("button", name="Enregistrer ce fait").click()
    expect(page.get_by_role("heading", name="Fait enregistré")).to_be_visible()
    expect(page.get_by_role("table", name="Faits saisis")).to_contain_text("Ville de Metz")
    page.get_by_role("combobox", name="Fait à retirer").click()
    page.get_by_role("option", name=re.compile("F000001")).click()
    page.get_by_role("button", name="Retirer F000001").click()
    expect(page.get_by_role("heading", name="Aucun fait saisi")).to_be_visible()
