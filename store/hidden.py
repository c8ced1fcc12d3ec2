"""The counts that an edition handed out to a committee did not show in; those of all editions, by name, out.

A count is named by what it is made of (`indicators/shown/columns`), never by its value.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

import pyarrow as pa

from store.database import Database


def record_hidden(database: Database, convention: str, names: Iterable[tuple[str, str]], edition: str) -> int:
    """Keep the reading and the name of each count that an edition hid; how many were not kept yet."""
    given = sorted(set(names))
    now = datetime.now(UTC).replace(tzinfo=None)
    columns = pa.table({"reading": [one for one, _ in given], "count_name": [name for _, name in given]})
    with database.transaction() as cursor:
        cursor.register("given", columns)
        kept = cursor.execute(
            """
            insert into hidden_counts
            select $convention, g.reading, g.count_name, $edition, $now from given g
            anti join hidden_counts h on h.convention = $convention and h.reading = g.reading
                and h.count_name = g.count_name
            """,
            {"convention": convention, "edition": edition, "now": now},
        ).fetchall()[0][0]
        cursor.unregister("given")
    return int(kept)


def read_hidden(database: Database, convention: str, reading: str) -> frozenset[str]:
    """The names of the counts that an edition hid."""
    query = "select count_name from hidden_counts where convention = ? and reading = ?"
    with database.cursor() as cursor:
        return frozenset(name for (name,) in cursor.execute(query, [convention, reading]).fetchall())
