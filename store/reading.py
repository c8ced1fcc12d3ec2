"""A convention and a source in; the figures of their files that count today, each with its cell, out."""

from __future__ import annotations

from dataclasses import dataclass

from conventions.values import Segment, parse_segment
from store.database import Database


@dataclass(frozen=True)
class CurrentFigure:
    """A figure that counts today and the cell it came from; `value` is None for a hole."""

    measure: str
    territory: str
    period: str
    source: str
    segment: Segment
    value: float | None
    state: str
    sheet: str
    cell: str
    is_context: bool
    file: str
    import_id: str


def read_current(db: Database, convention: str, source: str) -> list[CurrentFigure]:
    """The figures of one convention and source, by import and cell; the empty text stands for none."""
    with db.cursor() as cursor:
        rows = cursor.execute(
            """select o.measure, o.territory, o.period, o.source, o.segment, o.value, o.state,
                o.sheet, o.cell, o.is_context, i.file, o.import_id
            from current_observations o join imports i on i.id = o.import_id
            where o.convention = ? and o.source = ?
            order by o.seq, o.sheet, length(o.cell), o.cell, o.measure, o.territory, o.period, o.segment""",
            [convention, source],
        ).fetchall()
    # Many figures share few segments.
    segments = {text: parse_segment(text) for text in {row[4] for row in rows}}
    return [CurrentFigure(*[*row[:4], segments[row[4]], *row[5:]]) for row in rows]


def list_periods(db: Database, convention: str) -> list[str]:
    """The periods of which the cube knows a count of a convention, in the order of their codes."""
    with db.cursor() as cursor:
        rows = cursor.execute(
            """select distinct period from cube
            where convention = ? and reading = 'flux' and value is not null order by period""",
            [convention],
        ).fetchall()
    return [str(row[0]) for row in rows]
