"""Loads and undos in; the history of imports and the journal of acts out."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from etl.load import load_report, undo_import
from store.database import Database, StoreError, open_database
from store.journal import ImportEntry, is_loaded, read_history, read_journal
from tests.deliveries import GROWING, dump, figure, path, report


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with open_database(tmp_path / "jalons.duckdb") as opened:
        yield opened


def test_history_tells_each_import_oldest_first(db: Database) -> None:
    load_report(db, report(figure(), figure("presents", 9), file="t1.xlsx"), author="Analyste")
    load_report(db, report(paths=[path(date_orientation="2024-02-03")], file="parcours.xlsx"))
    first, second = read_history(db)
    assert (first.id, first.file, first.author, first.observations, first.records) == (
        "I000001", "t1.xlsx", "Analyste", 2, 0,
    )  # fmt: skip
    assert (first.convention, first.source, first.state) == ("plie-martigues", "plie", "actif")
    assert (second.id, second.observations, second.records) == ("I000002", 0, 1)
    assert abs(datetime.now(UTC) - first.loaded_at) < timedelta(minutes=5)


def test_import_whose_figures_were_all_carried_again_is_replaced(db: Database) -> None:
    load_report(db, report(figure(value=12), file="a.xlsx"))
    load_report(db, report(figure(value=13), file="b.xlsx"))
    assert [entry.state for entry in read_history(db)] == ["remplacé", "actif"]
    undo_import(db, "I000002")
    assert [entry.state for entry in read_history(db)] == ["actif", "annulé"]


def test_journal_tells_who_did_what(db: Database) -> None:
    load_report(db, report(figure(), figure("presents", 9), file="a.xlsx"), author="A")
    load_report(db, report(figure(), file="b.xlsx"), author="B", retire_absent=True)
    undo_import(db, "I000002", author="C")
    acts = [(line.action, line.import_id, line.author) for line in read_journal(db)]
    assert acts == [
        ("charger", "I000001", "A"),
        ("charger", "I000002", "B"),
        ("retirer", "I000002", "B"),
        ("annuler", "I000002", "C"),
    ]
    assert read_journal(db)[0].detail == {"nouveaux": 2, "modifies": 0, "inchanges": 0}
    assert read_journal(db)[2].detail == {"chiffres": 1, "parcours": 0}


def test_same_content_for_another_period_convention_or_source_is_not_loaded_yet(db: Database) -> None:
    load_report(db, report(figure(), content="hash", period="2024-T1"))

    def find(
        *,
        content: str = "hash",
        key: str | None = "plie-martigues",
        source: str | None = "plie",
        period: str | None,
    ) -> ImportEntry | None:
        return is_loaded(db, file_hash=content, convention=key, source=source, period=period)

    found = find(period="2024-T1")
    assert found is not None
    assert found.id == "I000001"
    assert find(period=None) is None
    assert find(period="2024-T1", key="metz") is None
    assert find(period="2024-T1", key=None) is None
    assert find(period="2024-T1", source=None) is None
    assert find(period="2024-T1", content="other") is None


def test_undone_import_is_not_loaded_any_more(db: Database) -> None:
    load_report(db, report(figure(), content="hash"))
    undo_import(db, "I000001")
    assert is_loaded(db, file_hash="hash", convention="plie-martigues", source="plie", period=None) is None


def test_tables_only_grow(db: Database) -> None:
    """Loads, withdrawals and undos append; no line that was once written changes or goes."""
    steps = [
        lambda: load_report(db, report(figure(), figure("presents", 9), file="a.xlsx")),
        lambda: load_report(db, report(figure(value=13), file="b.xlsx")),
        lambda: load_report(db, report(figure(value=13), file="b.xlsx"), retire_absent=True),
        lambda: load_report(db, report(paths=[path("p1"), path("p2")], file="c.xlsx")),
        lambda: load_report(db, report(paths=[path("p1")], file="d.xlsx"), retire_absent=True),
        lambda: undo_import(db, "I000002"),
        lambda: undo_import(db, "I000003"),
    ]
    before = dump(db, GROWING)
    for step in steps:
        step()
        after = dump(db, GROWING)
        for table in GROWING:
            assert all(row in after[table] for row in before[table])
            assert len(after[table]) >= len(before[table])
        before = after
    assert len(before["journal"]) == 8


def test_unknown_import_is_told(db: Database) -> None:
    with pytest.raises(StoreError, match="L’import « I000009 » n’existe pas"):
        undo_import(db, "I000009")
