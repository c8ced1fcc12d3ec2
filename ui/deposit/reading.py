"""An uploaded file and what its reader adds in; what was understood of it, read at the desk, out."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import partial

from etl.address import cell_name
from etl.cells import Raw
from etl.desk import Ticket
from etl.guard import read_workbook
from etl.keys import KeyRing
from etl.lessons import Lessons
from etl.privacy import inspect_sheet
from etl.privacy_names import hide_names
from etl.report import Options, Report
from etl.run import examine
from etl.steps import READING_STEPS, Told
from etl.workbook import Sheet, UnreadableError
from store.database import Database
from store.reading import read_current
from ui.deposit import errands
from ui.deposit.taught import gather_lessons

ROWS, COLUMNS = 14, 12
# Codes of the refusals that only a file of people meets.
ABOUT_PEOPLE = frozenset({
    "parcours_refuses", "parcours_non_admis", "colonnes_de_parcours", "liste_nominative", "liste_non_lue",
    "fiche_ecartee", "colonne_nominative_ecartee",
})  # fmt: skip


@dataclass(frozen=True)
class Corner:
    """The first cells of a sheet, without its columns that name people."""

    sheet: str
    rows: tuple[tuple[Raw, ...], ...]

    def cells(self) -> list[list[tuple[str, Raw]]]:
        """Each cell with its address."""
        return [[(cell_name(r, c), value) for c, value in enumerate(row)] for r, row in enumerate(self.rows)]


@dataclass(frozen=True)
class Deposit:
    """A file as it was understood; nothing of it is written yet.

    `content` is kept for the annotated copy and for a second reading, in memory and for a while only; the bytes
    of a file about people are not kept at all.
    """

    name: str
    size: int
    report: Report
    corner: Corner | None
    content: bytes | None = field(default=None, repr=False)


def ask_reading(database: Database, name: str, content: bytes, options: Options) -> Ticket[Deposit]:
    """Have a file read at the desk; DeskFullError when too many wait."""
    lessons = gather_lessons(database, hashlib.sha256(content).hexdigest())
    work = partial(read_deposit, database, name, content, options, lessons)
    return errands.ask(errands.READING, work, steps=READING_STEPS, weight=len(content))


def read_deposit(
    database: Database, name: str, content: bytes, options: Options, lessons: Lessons, told: Told
) -> Deposit:
    """Read a file with what was taught, checked against what the same source gave before."""
    keys, previous = KeyRing.of_database(database.path), partial(read_current, database)
    report = examine(name, content, options, keys, previous=previous, lessons=lessons, told=told)
    kept = content if may_keep(report) else None
    return Deposit(report.file, len(content), report, _cut_corner(name, content, report), kept)


def may_keep(report: Report) -> bool:
    """Whether the bytes of a file may stay in memory until it is accepted or refused: not if it is about people."""
    is_about_people = len(report.paths) > 0 or any(sheet.layout == "records" for sheet in report.sheets)
    return not is_about_people and not any(one.code in ABOUT_PEOPLE for one in report.findings)


def _cut_corner(name: str, content: bytes, report: Report) -> Corner | None:
    """The first sheet from which counts were read, as it looks in the spreadsheet."""
    counted = [sheet for sheet in report.sheets if sheet.layout == "crosstab" and sheet.observations]
    if not counted:
        return None
    chosen = counted[0].sheet
    try:
        workbook, _ = hide_names(read_workbook(name, content))
    except UnreadableError:
        return None
    sheet = next((one for one in workbook.sheets if one.name == chosen), None)
    return cut_sheet(sheet) if sheet is not None else None


def cut_sheet(sheet: Sheet) -> Corner:
    """Its first rows and columns, without what names people; the width is that of what is written there."""
    clean = inspect_sheet(sheet).sheet
    rows = tuple(tuple(row[:COLUMNS]) for row in clean.rows[:ROWS])
    width = max(
        (1 + max((c for c, value in enumerate(row) if value not in (None, "")), default=-1) for row in rows),
        default=0,
    )
    return Corner(
        sheet.name, tuple(tuple(row[c] if c < len(row) else None for c in range(width)) for row in rows)
    )
