"""The observations and paths of one import in, as Arrow tables; rows of the database out.

`stage` shows them to one cursor as `incoming_observations` and `incoming_parcours`, keyed like the database's
own: what they change can be read before they are kept.
"""

from __future__ import annotations

from dataclasses import dataclass

import duckdb
import pyarrow as pa

from conventions.catalogue import EVENTS
from store.journal import import_seq
from store.schema import WITHDRAWN

TEXT = pa.string()
OBSERVATIONS = pa.schema({
    "source": TEXT, "measure": TEXT, "territory": TEXT, "period": TEXT, "segment": TEXT,
    "value": pa.float64(), "state": TEXT, "sheet": TEXT, "cell": TEXT, "is_context": pa.bool_(),
})  # fmt: skip
PATHS = pa.schema({
    "pseudonym": TEXT, "territory": TEXT, "agence": TEXT, "prescripteur": TEXT,
    "date_orientation": pa.date32(), "date_premier_contact": pa.date32(), "date_diagnostic": pa.date32(),
    "date_integration": pa.date32(), "date_sortie": pa.date32(), "motif": TEXT, "sexe": TEXT, "age": TEXT,
    "publics": pa.list_(TEXT), "niveau_formation": TEXT, "entretiens": pa.int32(), "sheet": TEXT,
    "row": pa.int32(),
})  # fmt: skip


# Several paths of one person are told apart by their rank in time, whatever the order of the rows.
_RANK = f"row_number() over (partition by pseudonym order by least({', '.join(EVENTS)}), row)"


@dataclass(frozen=True, order=True)
class Part:
    """What a cube is rebuilt by: one convention and one source, either of which may be the empty text."""

    convention: str
    source: str


def stage(
    cursor: duckdb.DuckDBPyConnection,
    observations: pa.Table,
    paths: pa.Table,
    *,
    convention: str | None,
    source: str | None,
) -> None:
    """Show the rows of an import to this cursor; `source` is that of the paths."""
    cursor.register("arrow_observations", observations)
    cursor.register("arrow_paths", paths)
    cursor.execute(
        """create temp table incoming_observations as
        select ? as convention, * from arrow_observations""",
        [convention or ""],
    )
    cursor.execute(
        f"""create temp table incoming_parcours as
        with several as (select pseudonym from arrow_paths group by all having count(*) > 1),
        ranked as (
            select *, 1 as rank from arrow_paths anti join several using (pseudonym)
            union all
            select *, {_RANK} from arrow_paths semi join several using (pseudonym)
        )
        select ? as convention, ? as source, * replace (list_sort(publics) as publics) from ranked""",
        [convention or "", source or ""],
    )


def keep(cursor: duckdb.DuckDBPyConnection, import_id: str) -> None:
    """Append the staged rows under an import."""
    for table in ("observations", "parcours"):
        withdrawn = ", is_withdrawn: false" if table == "parcours" else ""
        cursor.execute(
            f"""insert into {table} by name
            select import_id: $id, seq: $seq, *{withdrawn} from incoming_{table}""",
            {"id": import_id, "seq": import_seq(import_id)},
        )


def withdraw(cursor: duckdb.DuckDBPyConnection, import_id: str) -> None:
    """Append, under an import, the withdrawal of what `store.changes.find_lacking` listed for it.

    A withdrawal holds the key alone: it names no cell, and nothing of the path is copied.
    """
    number = {"id": import_id, "seq": import_seq(import_id)}
    cursor.execute(
        f"""insert into observations by name
        select import_id: $id, seq: $seq, convention, source, measure, territory, period, segment,
            value: null, state: '{WITHDRAWN}', sheet: '', cell: '', is_context
        from lacking_observations""",
        number,
    )
    cursor.execute(
        """insert into parcours by name
        select import_id: $id, seq: $seq, convention, source, pseudonym, rank, sheet: '', row: 0,
            is_withdrawn: true
        from lacking_parcours""",
        number,
    )


def parts_of(cursor: duckdb.DuckDBPyConnection, import_id: str) -> list[Part]:
    """The conventions and sources of which an import holds figures or paths."""
    rows = cursor.execute(
        """select convention, source from observations where import_id = $id
        union select convention, source from parcours where import_id = $id
        order by all""",
        {"id": import_id},
    ).fetchall()
    return [Part(*row) for row in rows]
