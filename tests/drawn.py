"""A table drawn as text in; the sheet that it draws, and what is read of it, out."""

from __future__ import annotations

from etl.cells import Raw
from etl.keys import KeyRing
from etl.lessons import NO_LESSONS, Lessons
from etl.report import Options, Report
from etl.run import examine_workbook
from etl.workbook import Range, Sheet, Workbook

PLIE = Options("plie-martigues", "plie")
Figure = tuple[str, str, str, float | str | None]
"""Measure, territory, period, value (or the state of a hole)."""


def draw(table: str, name: str = "Feuil1", merges: tuple[Range, ...] = ()) -> Sheet:
    """A sheet from lines of cells between bars; digits make numbers, quotes keep them as texts."""
    rows = [[_cell(text.strip()) for text in line.split("|")] for line in table.strip("\n").splitlines()]
    return Sheet(name, rows, merges, bool(merges))


def _cell(text: str) -> Raw:
    if text.startswith("'") and text.endswith("'") and len(text) > 1:
        return text[1:-1]
    try:
        return float(text)
    except ValueError:
        return text or None


def read(
    table: str,
    name: str = "Feuil1",
    *,
    merges: tuple[Range, ...] = (),
    file: str = "retour.xlsx",
    options: Options = PLIE,
    lessons: Lessons = NO_LESSONS,
) -> Report:
    """The report of a workbook of one drawn sheet."""
    return read_sheets(draw(table, name, merges), file=file, options=options, lessons=lessons)


def read_sheets(
    *sheets: Sheet, file: str = "retour.xlsx", options: Options = PLIE, lessons: Lessons = NO_LESSONS
) -> Report:
    """The report of a workbook of drawn sheets."""
    return examine_workbook(Workbook(file, sheets), options, KeyRing(), lessons=lessons)


def figures(report: Report) -> set[Figure]:
    """What was read, segments set aside."""
    return {
        (one.measure, one.territory, one.period, one.state if one.value is None else one.value)
        for one in report.observations
    }


def parts(report: Report) -> dict[tuple[str, tuple[tuple[str, str], ...]], float | None]:
    """Values by measure and segment, for tables of one territory and one period."""
    return {(one.measure, one.segment): one.value for one in report.observations}


def codes(report: Report) -> set[str]:
    """The codes of the findings."""
    return {finding.code for finding in report.findings}
