"""The imports of a convention that count in; what was found in their files, as it was told that day, out."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from store.database import Database

_FOUND = """
select id, file, source, loaded_at, findings from active_imports
where convention = ? and id in (select import_id from current_observations union select import_id from current_parcours)
order by seq desc
"""


@dataclass(frozen=True)
class FileFinding:
    """One finding of one file; `sheet` and `cell` are where to go first, when it is about cells."""

    import_id: str
    file: str
    source: str | None
    loaded_on: date
    severity: str
    code: str
    message: str
    sheet: str | None
    cell: str | None


def read_findings(db: Database, convention: str) -> list[FileFinding]:
    """The latest file first. A file that was undone, or wholly replaced, has no open finding."""
    with db.cursor() as cursor:
        rows = cursor.execute(_FOUND, [convention]).fetchall()
    return [
        FileFinding(
            import_id, file, source, loaded_at.date(), one["severity"], one["code"], one["message"], one["sheet"],
            one["cell"],
        )
        for import_id, file, source, loaded_at, findings in rows
        for one in json.loads(findings)
    ]  # fmt: skip
