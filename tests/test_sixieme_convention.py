"""The guide's own example goes from a TOML file alone to a bilan: no line of code knows the convention."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from conventions.agreements import load_conventions
from conventions.reading import DataError
from demo.sheets import Labels, open_book, tabulate, write_page

ROOT = Path(__file__).resolve().parent.parent
KEY = "mission-locale-trois-rives"
QUARTERS = {"1er trimestre 2025": 0, "2e trimestre 2025": 1, "3e trimestre 2025": 2, "4e trimestre 2025": 3}
INTERVIEWS = {"Rive-Haute": (120, 110, 90, 130), "Rive-Basse": (95, 80, 70, 85)}
PEOPLE = {"Rive-Haute": (210, 96), "Rive-Basse": (150, 30)}


@pytest.fixture
def place(tmp_path: Path) -> dict[str, str]:
    """The environment of an installation that has the guide's example in its own folder."""
    (example,) = re.findall(r"```toml\n(.*?)```", (ROOT / "docs/sixieme-convention.md").read_text("utf-8"), re.S)
    folder = tmp_path / "conventions"
    folder.mkdir()
    (folder / f"{KEY}.toml").write_text(example, encoding="utf-8")
    own = {"JALONS_CONVENTIONS": str(folder), "JALONS_DATABASE": str(tmp_path / "jalons.duckdb")}
    return {**os.environ, **own}


def write_return(path: Path) -> None:
    """A return as a partner would lay it out: interviews by quarter, then the people of the year."""
    rows: dict[Labels, str] = {(name,): name for name in INTERVIEWS}
    quarters: dict[Labels, int] = {(label,): at for label, at in QUARTERS.items()}
    with open_book(path) as book:
        table = tabulate(rows, quarters, lambda name, at: INTERVIEWS[name][at])
        write_page(book, "Entretiens", table, titles=["Mission locale des Trois-Rives – entretiens réalisés"])
        columns: dict[Labels, int] = {("Personnes accueillies",): 0, ("Personnes accueillies, habitants des QPV",): 1}
        table = tabulate(rows, columns, lambda name, at: PEOPLE[name][at])
        write_page(book, "Année", table, titles=["Mission locale des Trois-Rives – année 2025"])


def run(place: dict[str, str], *arguments: str) -> str:
    """A command of the product, run as an administrator would."""
    done = subprocess.run(
        [sys.executable, "-m", *arguments], cwd=ROOT, env=place, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_a_file_of_its_own_leads_from_a_return_to_a_bilan(place: dict[str, str], tmp_path: Path) -> None:
    """Loaded without naming convention nor source; the bilan says what the return said."""
    write_return(tmp_path / "retour.xlsx")
    loaded = json.loads(run(place, "etl", "load", str(tmp_path / "retour.xlsx"), "--json"))
    assert KEY in json.dumps(loaded)
    arguments = ("--convention", KEY, "--period", "2025", "--out", str(tmp_path), "--as-of", "2026-02-01")
    path = run(place, "bilans", "export", *arguments).strip()
    book = openpyxl.load_workbook(path, data_only=True)
    cells = {cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row}
    interviews = sum(map(sum, INTERVIEWS.values()))
    people, of_qpv = (sum(counts[at] for counts in PEOPLE.values()) for at in (0, 1))
    assert {interviews, people, of_qpv, 800} <= cells
    assert any("Mission locale des Trois-Rives" in str(cell) for cell in cells)
    assert any(isinstance(cell, float) and abs(cell - of_qpv / people) < 1e-9 for cell in cells)


def test_its_blank_return_is_made_from_its_own_indicators(place: dict[str, str], tmp_path: Path) -> None:
    arguments = ("--convention", KEY, "--source", "mission-locale", "--period", "2025-T1", "--out", str(tmp_path))
    run(place, "etl", "blank", *arguments)
    (path,) = tmp_path.glob("retour_*.xlsx")
    book = openpyxl.load_workbook(path)
    cells = {cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row}
    assert {"Entretiens réalisés", "Rive-Haute", "Rive-Basse"} <= cells


def test_a_key_that_the_product_has_already_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "metz.toml").write_bytes((ROOT / "data/conventions/metz.toml").read_bytes())
    monkeypatch.setenv("JALONS_CONVENTIONS", str(tmp_path))
    load_conventions.cache_clear()
    try:
        with pytest.raises(DataError, match="« metz » est déjà une convention"):
            load_conventions()
    finally:
        load_conventions.cache_clear()
