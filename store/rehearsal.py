"""A database in; the same out as it would be after writes that are all undone at the end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, cast

import duckdb

from store.database import Database


class _Lent:
    """A cursor lent to readers that close what they take: only the rehearsal closes it."""

    def __init__(self, cursor: duckdb.DuckDBPyConnection) -> None:
        self._cursor = cursor

    def __getattr__(self, name: str) -> Any:
        return getattr(self._cursor, name)

    def __enter__(self) -> duckdb.DuckDBPyConnection:
        return self._cursor

    def __exit__(self, *_: object) -> None:
        pass

    def close(self) -> None:
        """Left to the rehearsal."""


@dataclass(frozen=True)
class Rehearsal(Database):
    """A database whose readers and writers share one transaction, so that they see what was written."""

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """The one cursor of the transaction."""
        return cast("duckdb.DuckDBPyConnection", _Lent(self.connection))

    @contextmanager
    def transaction(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """The same cursor: nothing is kept at the end."""
        yield self.connection

    def checkpoint(self) -> None:
        """Nothing is written to the disk."""


@contextmanager
def rehearse(database: Database) -> Iterator[Rehearsal]:
    """Write as if for good, read what it would give, and leave the database as it was.

    Writers wait meanwhile: a rehearsal compares two states of which nothing else may change.
    """
    with database.turn(), database.connection.cursor() as cursor:
        cursor.begin()
        try:
            yield Rehearsal(database.path, cursor)
        finally:
            cursor.rollback()
