"""A rehearsal shows what a load would give, to itself alone, and leaves nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from etl.load import LOADED, load_report, undo_import
from store.database import Database, open_database
from store.journal import read_history
from store.rehearsal import rehearse
from tests.deliveries import GROWING, dump, figure, path, read_values, report

EVERYTHING = (*GROWING, "cube")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with open_database(tmp_path / "jalons.duckdb") as opened:
        load_report(opened, report(figure(value=12), file="premier.xlsx"))
        yield opened


def test_rehearsed_load_is_seen_inside_and_nowhere_else(database: Database) -> None:
    before = dump(database, EVERYTHING)
    with rehearse(database) as rehearsal:
        result = load_report(rehearsal, report(figure(value=15), file="second.xlsx"))
        assert (result.state, result.changed, result.superseded) == (LOADED, 1, ("I000001",))
        assert list(read_values(rehearsal).values()) == [15]
        assert [entry.state for entry in read_history(rehearsal)] == ["remplacé", "actif"]
        assert list(read_values(database).values()) == [12]
    assert dump(database, EVERYTHING) == before


def test_rehearsed_paths_are_counted_then_forgotten(database: Database) -> None:
    before = dump(database, EVERYTHING)
    with rehearse(database) as rehearsal:
        load_report(rehearsal, report(paths=[path("p1", date_orientation="2024-02-01")], file="parcours.xlsx"))
        assert dump(rehearsal) != dump(database)
    assert dump(database, EVERYTHING) == before


def test_failed_rehearsal_leaves_the_database_as_it_was(database: Database) -> None:
    def undo_then_fail() -> None:
        with rehearse(database) as rehearsal:
            undo_import(rehearsal, "I000001")
            raise KeyError("arrêt")

    before = dump(database, EVERYTHING)
    with pytest.raises(KeyError):
        undo_then_fail()
    assert dump(database, EVERYTHING) == before
    assert load_report(database, report(figure(value=15), file="second.xlsx")).state == LOADED
