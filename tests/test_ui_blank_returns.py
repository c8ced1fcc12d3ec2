"""Every period that the page offers gives a blank return, and the one awaited comes first."""

from __future__ import annotations

from datetime import date

import pytest

from conventions.agreements import load_conventions
from etl.blank import write_blank
from etl.report import INFORMATION, Options
from etl.run import examine
from ui.deposit.blank_returns import list_asked


@pytest.mark.parametrize(
    ("key", "today", "first"),
    [
        ("plie-martigues", date(2026, 11, 22), "2026-T3"),
        ("plie-martigues", date(2023, 1, 5), "2027-T4"),
        ("metz", date(2026, 11, 22), "2023-S2"),
        ("troyes", date(2020, 8, 1), "2020"),
    ],
)
def test_last_period_that_has_ended_comes_first(key: str, today: date, first: str) -> None:
    codes = [one.code for one in list_asked(load_conventions()[key], today)]
    assert codes[0] == first
    assert len(set(codes)) == len(codes)


@pytest.mark.parametrize("key", load_conventions())
def test_every_period_offered_gives_a_return_that_reads_back_as_its_own(key: str) -> None:
    """Nothing is filled in: the reader finds the convention, the source and the period, and no figure to load."""
    convention = load_conventions()[key]
    asked = list_asked(convention, date(2026, 11, 22))
    for period in {asked[0].code, asked[-1].code}:
        source = convention.sources[0].code
        report = examine("retour.xlsx", write_blank(convention, source, period), Options())
        assert (report.convention, report.source, report.observations) == (key, source, ())
        asking = [one.code for one in report.findings if one.severity != INFORMATION]
        assert asking == ["aucun_chiffre"]
