"""The files of a convention that count in; the figures that a later file changed, before and after, out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from conventions.values import Segment, parse_segment
from store.changes import FIGURE_KEY
from store.database import Database
from store.schema import WITHDRAWN

# Of two cells of a file that name one figure, the one that the view of what counts keeps.
_REVISED = f"""
with own as (
    select o.*, i.loaded_at, i.file from observations o
    join (select id, loaded_at, file from active_imports) i on i.id = o.import_id
    where o.convention = ?
    qualify row_number() over (
        partition by {FIGURE_KEY}, o.import_id order by o.value is null, o.sheet, length(o.cell), o.cell
    ) = 1
), told as (
    select *, lag(value) over w as value_before, lag(state) over w as state_before,
        lag(loaded_at) over w as loaded_before, lag(file) over w as file_before
    from own window w as (partition by {FIGURE_KEY} order by seq)
)
select source, measure, territory, period, segment, value_before, state_before, file_before, loaded_before,
    if(state = '{WITHDRAWN}', null, value), state, file, loaded_at, sheet, cell
from told where state_before is not null and (value, state) is distinct from (value_before, state_before)
order by seq desc, period desc, measure, territory, segment
"""


@dataclass(frozen=True)
class Revision:
    """One figure published by a file, then changed by a later one; None is no value (its state says which)."""

    source: str
    measure: str
    territory: str
    period: str
    segment: Segment
    before: float | None
    state_before: str
    file_before: str
    published_on: date
    after: float | None
    state_after: str
    file_after: str
    corrected_on: date
    sheet: str
    cell: str


def read_revisions(db: Database, convention: str) -> list[Revision]:
    """The latest correction first; undone files say nothing."""
    with db.cursor() as cursor:
        rows = cursor.execute(_REVISED, [convention]).fetchall()
    return [
        Revision(*[*row[:4], parse_segment(row[4]), *row[5:8], row[8].date(), *row[9:12], row[12].date(), *row[13:]])
        for row in rows
    ]
