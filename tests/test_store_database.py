"""The path of a file in; a database that is closed to the outside, whole or untouched, out."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import pytest

from store.database import Database, StoreError, default_path, open_database
from store.schema import VERSION


def test_opening_makes_the_folder_and_the_tables(tmp_path: Path) -> None:
    with open_database(tmp_path / "new" / "deep" / "jalons.duckdb") as db, db.cursor() as cursor:
        names = {row[0] for row in cursor.execute("select table_name from duckdb_tables()").fetchall()}
        versions = cursor.execute("select version from schema_version").fetchall()
    grown = {"imports", "journal", "observations", "parcours", "facts", "answers", "hidden_counts"}
    assert names == grown | {"cube", "delays", "schema_version"}
    assert versions == [(VERSION,)]


def test_opening_again_keeps_what_is_there(tmp_path: Path) -> None:
    with open_database(tmp_path / "a.duckdb") as db, db.transaction() as cursor:
        cursor.execute("insert into cube values ('c', 's', 'retour', 'flux', 'm', 't', '2024', '', 1, 'ok')")
    with open_database(tmp_path / "a.duckdb") as db, db.cursor() as cursor:
        assert cursor.execute("select count(*) from cube").fetchall() == [(1,)]
        assert cursor.execute("select count(*) from schema_version").fetchall() == [(1,)]


def test_two_openings_in_one_process_share_one_database(tmp_path: Path) -> None:
    with open_database(tmp_path / "a.duckdb") as first, open_database(tmp_path / "a.duckdb") as second:
        with first.transaction() as cursor:
            cursor.execute("insert into schema_version values (?)", [VERSION])
        with second.cursor() as cursor:
            assert cursor.execute("select count(*) from schema_version").fetchall() == [(2,)]


@pytest.mark.parametrize(
    "statement",
    [
        "from read_csv('{folder}/a.csv')",
        "attach '{folder}/b.duckdb'",
        "copy cube to '{folder}/cube.csv'",
        "install httpfs",
        "set enable_external_access = true",
        "set memory_limit = '64GB'",
    ],
)
def test_statement_that_leaves_the_database_is_refused(tmp_path: Path, statement: str) -> None:
    (tmp_path / "a.csv").write_text("a\n1\n", encoding="utf-8")
    with open_database(tmp_path / "a.duckdb") as db, db.cursor() as cursor, pytest.raises(duckdb.Error):
        cursor.execute(statement.format(folder=tmp_path))


def test_database_held_by_another_process_is_told_in_french(tmp_path: Path) -> None:
    code = "import sys; from store.database import open_database; open_database(sys.argv[1])"
    with open_database(tmp_path / "a.duckdb"):
        command = [sys.executable, "-c", code, str(tmp_path / "a.duckdb")]
        root = Path(__file__).resolve().parent.parent
        other = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert "StoreError: La base" in other.stderr
    assert "déjà ouverte par un autre programme" in other.stderr


def test_file_that_is_no_database_is_told_in_french(tmp_path: Path) -> None:
    (tmp_path / "a.duckdb").write_text("bonjour " * 2000, encoding="utf-8")
    with pytest.raises(StoreError, match="ne peut pas être ouverte"):
        open_database(tmp_path / "a.duckdb")


def test_folder_that_cannot_be_made_is_told_in_french(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(StoreError, match="Vérifiez le chemin"):
        open_database(tmp_path / "file" / "a.duckdb")


def test_other_version_of_the_schema_is_refused_and_the_file_released(tmp_path: Path) -> None:
    with open_database(tmp_path / "a.duckdb") as db, db.transaction() as cursor:
        cursor.execute("update schema_version set version = 99")
    for _ in range(2):
        with pytest.raises(StoreError, match=r"au format 99 ; le format 1 est attendu"):
            open_database(tmp_path / "a.duckdb")


def test_transaction_that_raises_keeps_nothing(tmp_path: Path) -> None:
    def fail(db: Database) -> None:
        with db.transaction() as cursor:
            cursor.execute("insert into schema_version values (2)")
            raise KeyboardInterrupt

    with open_database(tmp_path / "a.duckdb") as db:
        with pytest.raises(KeyboardInterrupt):
            fail(db)
        with db.cursor() as cursor:
            assert cursor.execute("select version from schema_version").fetchall() == [(VERSION,)]


def test_reader_sees_what_was_committed_before_a_writer_ends(tmp_path: Path) -> None:
    with open_database(tmp_path / "a.duckdb") as db, db.transaction() as writer:
        writer.execute("insert into schema_version values (?)", [VERSION])
        with db.cursor() as reader:
            assert reader.execute("select count(*) from schema_version").fetchall() == [(1,)]


def test_writers_take_turns(tmp_path: Path) -> None:
    """Each reads the count and writes the next: an interleaving would repeat a number or conflict."""
    with open_database(tmp_path / "a.duckdb") as db:

        def append(_: int) -> None:
            with db.transaction() as cursor:
                cursor.execute("insert into schema_version select count(*) from schema_version")

        with ThreadPoolExecutor(8) as pool:
            list(pool.map(append, range(40)))
        with db.cursor() as cursor:
            found = cursor.execute("select version from schema_version order by all").fetchall()
    assert found == sorted([(VERSION,), *((rank,) for rank in range(1, 41))])


def test_default_path_is_the_environment_s_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JALONS_DATABASE", "elsewhere/base.duckdb")
    assert default_path() == Path("elsewhere/base.duckdb")
    monkeypatch.setenv("JALONS_DATABASE", "")
    assert default_path() == Path("var/jalons.duckdb")
