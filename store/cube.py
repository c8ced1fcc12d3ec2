"""The rows that count today in; the cube out: every count by source, measure, territory, period and segment.

Beside it, the histograms of the delays of the paths (`store.delays`) are rebuilt in the same transaction.

Origin « retour » is what the returns say, cell by cell. Origin « parcours » is counted from the paths by
month: between its first and last months, a source of paths has a row, zero included, for every territory and
segment it ever had, so that a missing row is a count that nobody knows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

import duckdb

from conventions.catalogue import Catalogue
from conventions.values import Convention
from store.counting import ArrayEngine
from store.plan import Plan, make_plan
from store.rows import Part


class CubeEngine(Protocol):
    """What counts the paths: any engine must give the same rows."""

    def build(self, cursor: duckdb.DuckDBPyConnection, part: Part, plan: Plan) -> None:
        """Insert the rows of origin « parcours » of one part of the cube, and its delays."""


def refresh(
    cursor: duckdb.DuckDBPyConnection,
    parts: Iterable[Part],
    *,
    conventions: Mapping[str, Convention],
    catalogue: Catalogue,
    engine: CubeEngine | None = None,
) -> None:
    """Rebuild the given parts of the cube, inside the caller's transaction."""
    for part in parts:
        key = [part.convention, part.source]
        cursor.execute("delete from cube where convention = ? and source = ?", key)
        cursor.execute("delete from delays where convention = ? and source = ?", key)
        cursor.execute(
            """insert into cube
            select convention, source, 'retour', 'flux', measure, territory, period, segment, value, state
            from current_observations where convention = ? and source = ?""",
            key,
        )
        plan = make_plan(conventions.get(part.convention), catalogue)
        (engine or ArrayEngine()).build(cursor, part, plan)
