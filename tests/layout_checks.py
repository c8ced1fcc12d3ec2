"""What was read of a return and what its cells truly count in; what is wrong, and what is left untold, out."""

from __future__ import annotations

import re
from collections.abc import Mapping

from etl.check_rules import load_checks
from etl.keys import KeyRing
from etl.reader import parse_workbook
from etl.report import INFORMATION, Finding, Observation, Options, Report
from etl.run import examine_workbook
from etl.workbook import Workbook
from tests.layout_labels import COMMUNES, HOLES
from tests.layout_tables import Key, Truth
from tests.layouts import Delivery

_COUNTED = re.compile(r"(\d+) nombre\(s\) non retenu")


def read_delivery(delivery: Delivery, options: Options) -> Report:
    """The whole journey of a file, but for the child process."""
    return read_grids(parse_workbook(delivery.file, delivery.content), options)


def read_grids(workbook: Workbook, options: Options) -> Report:
    """The journey of grids already read."""
    return examine_workbook(workbook, options, KeyRing())


def find_wrong(report: Report, truth: Truth, spots: Mapping[tuple[str, str], Key]) -> list[Observation]:
    """The observations that do not say what their cell says."""
    return [
        one
        for one in report.observations
        if one.is_context != (report.convention is None) or not _is_true(one, truth, spots.get((one.sheet, one.cell)))
    ]


def _is_true(one: Observation, truth: Truth, key: Key | None) -> bool:
    if one.segment:
        return False
    if key is None:
        return _is_true_total(one, truth)
    value = truth[key]
    expected = (None, HOLES[value]) if isinstance(value, str) else (value, "ok")
    return key == (one.measure, one.territory, one.period) and (one.value, one.state) == expected


def _is_true_total(one: Observation, truth: Truth) -> bool:
    """Whether a total is what it says: of the convention, of a year; it may stand alone once its parts are gone."""
    codes = COMMUNES if one.territory == "plie-martigues" else (one.territory,)
    periods = [one.period] if "-" in one.period else [f"{one.period}-T{rank}" for rank in (1, 2, 3, 4)]
    values = [truth.get((one.measure, code, period)) for code in codes for period in periods]
    return one.value == sum(value for value in values if isinstance(value, int))


def find_unread(report: Report, spots: Mapping[tuple[str, str], Key]) -> set[tuple[str, str]]:
    """The cells whose count was not taken."""
    return spots.keys() - {(one.sheet, one.cell) for one in report.observations}


def count_untold(report: Report, spots: Mapping[tuple[str, str], Key]) -> int:
    """How many counts were not taken beyond those that findings tell."""
    found = (_COUNTED.search(finding.message) for finding in report.findings)
    told = sum(int(counted.group(1)) for counted in found if counted)
    return max(0, len(find_unread(report, spots)) - told)


def list_alarms(report: Report) -> list[Finding]:
    """The findings of the reading that ask something of the user; what figures say of each other is not its matter."""
    checks = {check.code for check in load_checks()}
    asking = [finding for finding in report.findings if finding.severity != INFORMATION]
    return [finding for finding in asking if finding.code not in checks]
