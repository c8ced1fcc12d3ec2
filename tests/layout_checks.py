"""What was read of a return and what its cells truly count in; what is wrong, and what is left untold, out."""

from __future__ import annotations

from collections.abc import Mapping

from etl.address import list_spots
from etl.check_rules import load_checks
from etl.keys import KeyRing
from etl.reader import parse_workbook
from etl.report import INFORMATION, Finding, Observation, Options, Report
from etl.run import examine_workbook
from etl.workbook import Workbook
from tests.layout_labels import COMMUNES, HOLES, OUTSIDER
from tests.layout_tables import Key, Truth, total_of
from tests.layouts import Delivery


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
        if one.is_context != _is_elsewhere(one, report) or not _is_true(one, truth, spots.get((one.sheet, one.cell)))
    ]


def _is_elsewhere(one: Observation, report: Report) -> bool:
    return report.convention is None or one.territory == OUTSIDER


def _is_true(one: Observation, truth: Truth, key: Key | None) -> bool:
    if key is None:
        return not one.segment and _is_true_total(one, truth)
    value = truth[key]
    expected = (None, HOLES[value]) if isinstance(value, str) else (value, "ok")
    return key == (one.measure, one.territory, one.period, one.segment) and (one.value, one.state) == expected


def _is_true_total(one: Observation, truth: Truth) -> bool:
    """Whether a total is what it says: of the convention, of a year; it may stand alone once its parts are gone."""
    codes = COMMUNES if one.territory == "plie-martigues" else (one.territory,)
    periods = {period for _, _, period, _ in truth if period == one.period or period.startswith(f"{one.period}-")}
    return one.value == total_of(truth, [(one.measure, code, period, ()) for code in codes for period in periods])


def find_unread(report: Report, spots: Mapping[tuple[str, str], Key]) -> set[tuple[str, str]]:
    """The cells whose count was not taken."""
    return spots.keys() - {(one.sheet, one.cell) for one in report.observations}


def find_untold(report: Report, spots: Mapping[tuple[str, str], Key]) -> set[tuple[str, str]]:
    """The cells whose count was not taken and that no finding names."""
    told = {(sheet, spot) for finding in report.findings for sheet, area in finding.marks for spot in list_spots(area)}
    return find_unread(report, spots) - told


def list_alarms(report: Report) -> list[Finding]:
    """The findings of the reading that ask something of the user; what figures say of each other is not its matter."""
    checks = {check.code for check in load_checks()}
    asking = [finding for finding in report.findings if finding.severity != INFORMATION]
    return [finding for finding in asking if finding.code not in checks]
