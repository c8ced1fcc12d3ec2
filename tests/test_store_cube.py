"""What counts in; the parts of the cube that it touches, rebuilt by the engine given, out."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import pytest

from conventions.agreements import load_conventions
from conventions.catalogue import load_catalogue
from etl.load import load_report
from store.cube import refresh
from store.database import Database, open_database
from store.plan import Plan
from store.rows import Part
from tests.deliveries import dump, figure, path, report


@dataclass
class Recorder:
    """An engine that writes one row and remembers what it was asked."""

    asked: list[tuple[Part, int]] = field(default_factory=list)

    def build(self, cursor: duckdb.DuckDBPyConnection, part: Part, plan: Plan) -> None:
        self.asked.append((part, len(plan.counts)))
        cursor.execute(
            "insert into cube values (?, ?, 'parcours', 'flux', 'orientes', '13056', '2024-01', '', 7, 'ok')",
            [part.convention, part.source],
        )


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with open_database(tmp_path / "jalons.duckdb") as opened:
        yield opened


def rebuild(db: Database, *parts: Part, engine: Recorder | None = None) -> None:
    with db.transaction() as cursor:
        refresh(cursor, parts, conventions=load_conventions(), catalogue=load_catalogue(), engine=engine)


def test_return_and_paths_of_one_source_are_two_origins(db: Database) -> None:
    load_report(db, report(figure(period="2024-01"), paths=[path(date_orientation="2024-01-09")]))
    with db.cursor() as cursor:
        rows = cursor.execute(
            "select origin, reading, period, value from cube where measure = 'orientes' order by all"
        ).fetchall()
    assert rows == [
        ("parcours", "cohorte", "2024-01", 1),
        ("parcours", "flux", "2024-01", 1),
        ("retour", "flux", "2024-01", 12),
    ]


def test_refresh_changes_nothing_when_nothing_changed(db: Database) -> None:
    load_report(db, report(figure(), paths=[path(date_orientation="2024-01-09", publics=("rsa",))]))
    before = dump(db)
    rebuild(db, Part("plie-martigues", "plie"))
    assert dump(db) == before


def test_refresh_touches_its_parts_alone(db: Database) -> None:
    load_report(db, report(figure(), figure(source="france-travail")))
    with db.transaction() as cursor:
        cursor.execute("update cube set value = 0")
    rebuild(db, Part("plie-martigues", "plie"))
    with db.cursor() as cursor:
        rows = cursor.execute("select source, value from cube order by all").fetchall()
    assert rows == [("france-travail", 0), ("plie", 12)]


def test_another_engine_can_count_the_paths(db: Database) -> None:
    engine = Recorder()
    rebuild(db, Part("plie-martigues", "plie"), Part("", "pole-emploi"), engine=engine)
    assert [part for part, _ in engine.asked] == [Part("plie-martigues", "plie"), Part("", "pole-emploi")]
    assert engine.asked[0][1] > 0
    assert engine.asked[1][1] == 0
    assert [row[8] for row in dump(db)["cube"]] == [7, 7]
