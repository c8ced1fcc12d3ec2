"""A figure in; the cells it comes from, replaced ones marked, out."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from etl.load import load_report, undo_import
from store.database import Database, open_database
from store.provenance import SourceCell, cells_of, path_rows_of
from tests.deliveries import figure, path, report


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with open_database(tmp_path / "jalons.duckdb") as opened:
        yield opened


def read_cells(db: Database, **asked: object) -> list[SourceCell]:
    known: dict[str, object] = {"territories": ["13056"], "periods": ["2024-T1"], **asked}
    return cells_of(db, convention="plie-martigues", measure="orientes", **known)  # type: ignore[arg-type]


def test_cells_name_file_sheet_and_cell_with_replaced_ones_marked(db: Database) -> None:
    load_report(db, report(figure(value=12, cell="B4"), file="a.xlsx"))
    load_report(db, report(figure(value=13, cell="C5"), file="b.xlsx"))
    newer, older = read_cells(db)
    assert (newer.file, newer.sheet, newer.cell, newer.value) == ("b.xlsx", "Retour", "C5", 13)
    assert (newer.import_id, newer.is_current) == ("I000002", True)
    assert (older.file, older.cell, older.value) == ("a.xlsx", "B4", 12)
    assert (older.import_id, older.is_current) == ("I000001", False)


def test_undone_cells_are_left_out(db: Database) -> None:
    load_report(db, report(figure(value=12), file="a.xlsx"))
    load_report(db, report(figure(value=13), file="b.xlsx"))
    undo_import(db, "I000002")
    assert [(cell.file, cell.is_current) for cell in read_cells(db)] == [("a.xlsx", True)]


def test_withdrawn_figure_has_no_current_cell(db: Database) -> None:
    load_report(db, report(figure(value=12), figure("presents", 9), file="a.xlsx"))
    load_report(db, report(figure("presents", 9), file="b.xlsx"), retire_absent=True)
    assert [(cell.state, cell.value, cell.is_current) for cell in read_cells(db)] == [
        ("retiré", None, False),
        ("ok", 12, False),
    ]


def test_cells_are_those_of_the_segment_source_territories_and_periods_asked(db: Database) -> None:
    load_report(
        db,
        report(
            figure(value=12),
            figure(value=7, sexe="femme", cell="B3"),
            figure(value=3, source="france-travail", cell="B4"),
            figure(value=5, territory="13077", cell="B5"),
            figure(value=6, period="2024-T2", cell="B6"),
        ),
    )
    assert [cell.value for cell in read_cells(db)] == [3, 12]
    assert [cell.value for cell in read_cells(db, source="plie")] == [12]
    assert [cell.value for cell in read_cells(db, segment=(("sexe", "femme"),))] == [7]
    everywhere = read_cells(db, source="plie", territories=["13056", "13077"], periods=["2024-T1", "2024-T2"])
    assert [cell.value for cell in everywhere] == [12, 6, 5]


def test_one_figure_in_two_cells_of_a_file_has_one_current_cell(db: Database) -> None:
    load_report(db, report(figure(value=12, cell="B10"), figure(value=12, cell="B9")))
    assert [(cell.cell, cell.is_current) for cell in read_cells(db)] == [("B9", True), ("B10", False)]


def test_paths_are_traced_to_their_sheets(db: Database) -> None:
    load_report(db, report(paths=[path("p1"), path("p2", row=3)], file="a.xlsx"))
    load_report(db, report(paths=[path("p2"), path("p3", row=3)], file="b.xlsx"))
    found = [(rows.file, rows.sheet, rows.records) for rows in path_rows_of(db, convention="plie-martigues")]
    assert found == [("a.xlsx", "Parcours", 1), ("b.xlsx", "Parcours", 2)]
    assert len(path_rows_of(db, convention="plie-martigues", source="plie")) == 2
    assert path_rows_of(db, convention="plie-martigues", source="france-travail") == []
