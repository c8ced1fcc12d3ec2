"""A table of paths with dates of birth in; the age band of each person when the path began, out."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from conventions.catalogue import EVENTS, load_catalogue
from conventions.privacy_rules import load_privacy_rules
from conventions.text import normalise
from conventions.vocabulary import load_vocabulary
from etl.cells import Raw
from etl.grid import Column, is_blank
from etl.privacy_sample import Verdict
from etl.records import parse_date
from etl.workbook import Sheet

Days = NDArray[np.int64]
"""Days written as year, month and day in one number: their difference counts whole years, then the rest."""
_YEAR = 10_000


def find_ages(sheet: Sheet, verdicts: Mapping[int, Verdict]) -> tuple[int, Column] | None:
    """The column of births and the bands in its place, where others give the steps of paths, and none the age."""
    births = [v.header for v in verdicts.values() if v.kind == "naissance" and v.header is not None]
    if len(births) != 1:
        return None
    header, column = births[0]
    columns = load_vocabulary().columns
    said = {c: columns.get(normalise(v)) for c, v in enumerate(sheet.rows[header]) if isinstance(v, str)}
    steps = [c for event in EVENTS for c, name in said.items() if name == event]
    if "age" in said.values() or not steps:
        return None
    starts = _days(sheet.columns[steps[0]])
    for step in steps[1:]:
        starts = np.where(starts > 0, starts, _days(sheet.columns[step]))
    return column, _replace(sheet.columns[column], header, starts)


def _days(column: Column) -> Days:
    """Each row's day, 0 where there is none; each distinct value is read once."""
    return np.array([_write_day(value) for value in column.values], np.int64)[column.codes]


def _write_day(value: Raw) -> int:
    day = None if is_blank(value) else parse_date(value)
    return day.year * _YEAR + day.month * 100 + day.day if day is not None else 0


def _replace(column: Column, header: int, starts: Days) -> Column:
    """What stood above the header, the header of ages, then a band or nothing."""
    axis, bands = load_catalogue().axes["age"], load_privacy_rules().ages
    births = _days(column)
    ranks = np.searchsorted([below for _, below in bands], (starts - births) // _YEAR, side="right")
    is_known = (births > 0) & (starts >= births) & (ranks < len(bands))
    above = [column.values[code] for code in column.codes[:header]]
    values = (None, axis.label, *(axis.values[value] for value, _ in bands), *above)
    codes = np.where(is_known, 2 + ranks, 0)
    codes[header] = 1
    codes[:header] = 2 + len(bands) + np.arange(header)
    return Column(values, codes.astype(np.int32))

