"""Loaded files in; the figures that count today for one convention and source, with file and cell, out."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from etl.load import load_report, undo_import
from store.database import Database, open_database
from store.reading import CurrentFigure, read_current
from tests.deliveries import figure, report


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with open_database(tmp_path / "jalons.duckdb") as opened:
        yield opened


def read(db: Database, source: str = "plie") -> list[tuple[str, float | None, str, str]]:
    return [
        (one.measure, one.value, one.cell, one.file) for one in read_current(db, "plie-martigues", source)
    ]


def test_current_figures_carry_their_cell_and_file(db: Database) -> None:
    load_report(db, report(figure("participants", 40, public="rsa", sexe="femme"), file="a.xlsx"))
    assert read_current(db, "plie-martigues", "plie") == [
        CurrentFigure(
            "participants", "13056", "2024-T1", "plie", (("public", "rsa"), ("sexe", "femme")), 40, "ok",
            "Retour", "B2", False, "a.xlsx", "I000001",
        )
    ]  # fmt: skip


def test_replaced_figures_are_not_current(db: Database) -> None:
    load_report(db, report(figure(value=12), figure("presents", 9, cell="B3"), file="a.xlsx"))
    load_report(db, report(figure(value=13), file="b.xlsx"))
    assert read(db) == [("presents", 9, "B3", "a.xlsx"), ("orientes", 13, "B2", "b.xlsx")]
    undo_import(db, "I000002")
    assert read(db) == [("orientes", 12, "B2", "a.xlsx"), ("presents", 9, "B3", "a.xlsx")]


def test_figures_come_in_the_order_of_their_cells(db: Database) -> None:
    cells = ("B10", "C2", "B2")
    load_report(db, report(*(figure(cell=cell, period=f"202{n}") for n, cell in enumerate(cells))))
    assert [cell for _, _, cell, _ in read(db)] == ["B2", "C2", "B10"]


def test_other_sources_and_conventions_are_left_out(db: Database) -> None:
    load_report(db, report(figure(), file="a.xlsx"))
    load_report(db, report(figure(source="france-travail"), source="france-travail", file="b.xlsx"))
    load_report(db, report(figure(), convention=None, file="c.xlsx"))
    assert read(db) == [("orientes", 12, "B2", "a.xlsx")]
    assert read(db, "france-travail") == [("orientes", 12, "B2", "b.xlsx")]
    assert [one.file for one in read_current(db, "", "plie")] == ["c.xlsx"]


def test_holes_are_current_and_withdrawn_figures_are_not(db: Database) -> None:
    load_report(db, report(figure(value=None, state="secret"), figure("presents", 9), file="a.xlsx"))
    load_report(db, report(figure(value=None, state="secret"), file="b.xlsx"), retire_absent=True)
    assert read(db) == [("orientes", None, "B2", "b.xlsx")]
