"""Files loaded one after the other in; what was published then changed, and what is still to be checked, out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from etl.load import load_report, undo_import
from etl.report import INFORMATION, WARNING, Finding, Observation
from store.database import Database, open_database
from store.findings import read_findings
from store.revisions import read_revisions
from tests.deliveries import figure, report

PLIE = "plie-martigues"
FOUND = Finding(WARNING, "file_active_desequilibree", "80 à la fin, 78 attendus.", "Retour", "B2")
KNOWN = Finding(INFORMATION, "totaux_verifies", "Un total écarté.", "Retour", "B9")


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with open_database(tmp_path / "jalons.duckdb") as opened:
        yield opened


def load(db: Database, file: str, *rows: Observation, findings: tuple[Finding, ...] = ()) -> str:
    loaded = load_report(db, report(*rows, file=file, findings=findings), author="essai").import_id
    assert loaded is not None
    return loaded


def test_a_changed_figure_is_told_with_both_files_and_its_cell(db: Database) -> None:
    load(db, "v1.xlsx", figure(value=53), figure("presents", 30, cell="C2"))
    load(db, "v2.xlsx", figure(value=47, cell="G5"), figure("presents", 30, cell="G6"))
    (one,) = read_revisions(db, PLIE)
    assert (one.measure, one.territory, one.period, one.segment) == ("orientes", "13056", "2024-T1", ())
    assert (one.before, one.file_before, one.after, one.file_after) == (53, "v1.xlsx", 47, "v2.xlsx")
    assert (one.sheet, one.cell) == ("Retour", "G5")


def test_each_correction_of_a_figure_follows_from_the_one_before(db: Database) -> None:
    for rank, value in enumerate((53, 47, 49)):
        load(db, f"v{rank}.xlsx", figure(value=value))
    assert [(one.before, one.after) for one in read_revisions(db, PLIE)] == [(47, 49), (53, 47)]


def test_a_hole_that_is_filled_is_a_revision_and_an_undone_file_is_none(db: Database) -> None:
    load(db, "v1.xlsx", figure(value=None, state="n.d."))
    later = load(db, "v2.xlsx", figure(value=12))
    (one,) = read_revisions(db, PLIE)
    assert (one.before, one.state_before, one.after, one.state_after) == (None, "n.d.", 12, "ok")
    undo_import(db, later, author="essai")
    assert read_revisions(db, PLIE) == []


def test_segments_are_their_own_figures(db: Database) -> None:
    load(db, "v1.xlsx", figure("sorties", 9), figure("sorties", 3, motif="cdi", cell="B3"))
    load(db, "v2.xlsx", figure("sorties", 9), figure("sorties", 4, motif="cdi", cell="B3"))
    assert [(one.segment, one.before, one.after) for one in read_revisions(db, PLIE)] == [((("motif", "cdi"),), 3, 4)]
    assert read_revisions(db, "metz") == []


def test_findings_of_a_file_stay_until_it_is_replaced_or_undone(db: Database) -> None:
    first = load(db, "v1.xlsx", figure(value=53), findings=(FOUND, KNOWN))
    found = read_findings(db, PLIE)
    assert [(one.import_id, one.file, one.severity, one.code, one.message, one.sheet, one.cell) for one in found] == [
        (first, "v1.xlsx", one.severity, one.code, one.message, one.sheet, one.cell) for one in (FOUND, KNOWN)
    ]
    second = load(db, "v2.xlsx", figure(value=47))
    assert read_findings(db, PLIE) == []
    undo_import(db, second, author="essai")
    assert len(read_findings(db, PLIE)) == 2
    undo_import(db, first, author="essai")
    assert read_findings(db, PLIE) == []
