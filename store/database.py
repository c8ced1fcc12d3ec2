"""The path of a DuckDB file in; the open database out, closed to the outside, with one writer at a time."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

import duckdb

from store.schema import TABLES, VERSION, VIEWS

# Given at the opening: all connections of the process to one file then share one engine and its settings.
SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "memory_limit": "2GB",
    "lock_configuration": "true",
}
# A cube is rebuilt from what it counts, so two writers of one file must not interleave.
_TURNS: dict[Path, Lock] = {}
_WRITES: Counter[Path] = Counter()


class StoreError(Exception):
    """What the database cannot do, as a French sentence for the user."""


def default_path() -> Path:
    """The file that JALONS_DATABASE names, else `var/jalons.duckdb`."""
    return Path(os.environ.get("JALONS_DATABASE") or "var/jalons.duckdb")


@dataclass(frozen=True)
class Database:
    """An open database; each caller and each thread takes its own cursor."""

    path: Path
    connection: duckdb.DuckDBPyConnection

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """A cursor that sees what is committed; a running load does not disturb it."""
        return self.connection.cursor()

    def turn(self) -> Lock:
        """Held by whoever writes: one at a time."""
        return _TURNS[self.path]

    @contextmanager
    def transaction(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor whose writes are kept together at the end, or not at all when anything is raised."""
        with self.turn(), self.connection.cursor() as cursor:
            cursor.begin()
            try:
                yield cursor
            except BaseException:
                cursor.rollback()
                raise
            cursor.commit()
            _WRITES[self.path] += 1

    @property
    def writes(self) -> int:
        """How many transactions this process has kept in the file: while it is open no other process writes in it, so
        that nothing it holds has changed while this has not."""
        return _WRITES[self.path]

    def checkpoint(self) -> None:
        """Move what was committed from the write-ahead log into the file."""
        with self.cursor() as cursor:
            cursor.execute("checkpoint")

    def close(self) -> None:
        """Close this connection and its cursors; the file is free when the process's last one is closed."""
        self.connection.close()

    def __enter__(self) -> Database:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_database(path: Path | str | None = None) -> Database:
    """Open a database, making its folder and tables when they are missing; StoreError when it cannot be."""
    place = Path(path if path is not None else default_path()).resolve()
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        connection = duckdb.connect(str(place), config=SETTINGS)
    except (OSError, duckdb.Error) as error:
        raise StoreError(_explain(place, str(error))) from error
    _TURNS.setdefault(place, Lock())
    database = Database(place, connection)
    try:
        _prepare(database)
    except BaseException:
        database.close()
        raise
    return database


def _prepare(database: Database) -> None:
    with database.transaction() as cursor:
        cursor.execute(TABLES)
        cursor.execute(VIEWS)
        # Not a parameter: binding one makes DuckDB import pandas, a third of a second before anything is read.
        cursor.execute(f"insert into schema_version select {VERSION} where not exists (from schema_version)")
        found = cursor.execute("select max(version) from schema_version").fetchall()[0][0]
    if found != VERSION:
        raise StoreError(
            f"La base « {database.path} » est au format {found} ; le format {VERSION} est attendu. "
            "Ouvrez-la avec la version de Jalons qui l’a écrite, ou donnez un autre fichier."
        )


def _explain(path: Path, reason: str) -> str:
    if "lock" in reason.lower():
        return (
            f"La base « {path} » est déjà ouverte par un autre programme (le tableau de bord, peut-être). "
            "Fermez-le puis recommencez, ou donnez un autre fichier avec --database."
        )
    return (
        f"La base « {path} » ne peut pas être ouverte : un fichier écrit par Jalons est attendu, dans un "
        "dossier où l’on peut écrire. Vérifiez le chemin (JALONS_DATABASE ou --database)."
    )
