"""An uploaded file and what its reader adds in; its report out, read once and kept for this session."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import partial

import streamlit as st

from etl.address import cell_name
from etl.cells import Raw
from etl.guard import read_workbook
from etl.privacy import KeyRing, drop_personal_columns
from etl.report import Options, Report
from etl.run import examine
from etl.workbook import Sheet, UnreadableError
from store.database import Database
from store.reading import read_current

ROWS, COLUMNS = 14, 12
STATE = "depot_lu"


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
    """A file as it was understood; nothing of it is written yet."""

    name: str
    size: int
    report: Report
    corner: Corner | None


def read_deposit(database: Database, name: str, content: bytes, options: Options) -> Deposit:
    """Read a file, or give back what was read of the same file with the same answers."""
    key = (hashlib.sha256(content).hexdigest(), name, options)
    kept = st.session_state.get(STATE)
    if kept is not None and kept[0] == key:
        deposit: Deposit = kept[1]
        return deposit
    with st.spinner("Lecture du classeur…"):
        keys = KeyRing.of_database(database.path)
        report = examine(name, content, options, keys, previous=partial(read_current, database))
        deposit = Deposit(name, len(content), report, _cut_corner(name, content, report))
    st.session_state[STATE] = (key, deposit)
    return deposit


def _cut_corner(name: str, content: bytes, report: Report) -> Corner | None:
    """The first sheet from which counts were read, as it looks in the spreadsheet."""
    counted = [sheet for sheet in report.sheets if sheet.layout == "crosstab" and sheet.observations]
    if not counted:
        return None
    chosen = counted[0].sheet
    try:
        workbook = read_workbook(name, content)
    except UnreadableError:
        return None
    sheet = next((one for one in workbook.sheets if one.name == chosen), None)
    return cut_sheet(sheet) if sheet is not None else None


def cut_sheet(sheet: Sheet) -> Corner:
    """Its first rows and columns, without what names people; the width is that of what is written there."""
    clean, _ = drop_personal_columns(sheet)
    rows = tuple(tuple(row[:COLUMNS]) for row in clean.rows[:ROWS])
    width = max(
        (1 + max((c for c, value in enumerate(row) if value not in (None, "")), default=-1) for row in rows),
        default=0,
    )
    return Corner(
        sheet.name, tuple(tuple(row[c] if c < len(row) else None for c in range(width)) for row in rows)
    )
