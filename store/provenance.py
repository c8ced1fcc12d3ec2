"""What a figure is made of in; the cells and files it comes from, those that were replaced included, out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from conventions.values import Segment, segment_text
from store.database import Database
from store.schema import WITHDRAWN


@dataclass(frozen=True)
class SourceCell:
    """One cell of one file; `is_current` tells the one that counts from those that a later file replaced."""

    measure: str
    territory: str
    period: str
    source: str
    segment: Segment
    value: float | None
    state: str
    file: str
    sheet: str
    cell: str
    import_id: str
    loaded_at: datetime
    author: str
    is_current: bool


@dataclass(frozen=True)
class SourceRows:
    """The rows of one sheet of paths that count today."""

    source: str
    file: str
    sheet: str
    records: int
    import_id: str
    loaded_at: datetime
    author: str


_CELLS = f"""
select o.measure, o.territory, o.period, o.source, o.value, o.state, i.file, o.sheet, o.cell, o.import_id,
    i.loaded_at, i.author,
    o.state <> '{WITHDRAWN}' and row_number() over (
        partition by o.source, o.territory, o.period
        order by o.seq desc, o.value is null, o.sheet, length(o.cell), o.cell
    ) = 1 as is_current
from observations o join active_imports i on i.id = o.import_id
where o.convention = $convention and o.measure = $measure and o.segment = $segment
  and o.territory in (select unnest($territories)) and o.period in (select unnest($periods))
  and ($source is null or o.source = $source)
order by o.territory, o.period, o.source, o.seq desc, is_current desc, o.sheet, length(o.cell), o.cell
"""


def cells_of(
    db: Database,
    *,
    convention: str,
    measure: str,
    territories: Sequence[str],
    periods: Sequence[str],
    segment: Segment = (),
    source: str | None = None,
) -> list[SourceCell]:
    """The cells of one measure, newest file first within a figure; undone imports are left out."""
    with db.cursor() as cursor:
        rows = cursor.execute(
            _CELLS,
            {
                "convention": convention,
                "measure": measure,
                "segment": segment_text(segment),
                "territories": list(territories),
                "periods": list(periods),
                "source": source,
            },
        ).fetchall()
    return [
        SourceCell(*[*row[:4], segment, *row[4:10], row[10].replace(tzinfo=UTC), *row[11:]]) for row in rows
    ]


def path_rows_of(db: Database, *, convention: str, source: str | None = None) -> list[SourceRows]:
    """The sheets from which the paths that count today come, oldest import first."""
    with db.cursor() as cursor:
        rows = cursor.execute(
            """select p.source, i.file, p.sheet, count(*), p.import_id, i.loaded_at, i.author
            from current_parcours p join imports i on i.id = p.import_id
            where p.convention = $convention and ($source is null or p.source = $source)
            group by all order by p.import_id, p.sheet""",
            {"convention": convention, "source": source},
        ).fetchall()
    return [SourceRows(*[*row[:5], row[5].replace(tzinfo=UTC), row[6]]) for row in rows]
