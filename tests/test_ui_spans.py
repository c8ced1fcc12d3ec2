"""ui/spans.py: which spans a reader may choose, from what was received."""

from __future__ import annotations

import pytest

from conventions.periods import Period, parse_period
from ui.spans import Span, cover, find_last_year, find_rhythm, list_single_spans, list_spans, list_years


def periods(*codes: str) -> list[Period]:
    return [parse_period(code) for code in codes]


@pytest.mark.parametrize(
    ("first", "last", "cadence", "codes"),
    [
        (1, 12, "trimestre", ["2026"]),
        (1, 9, "trimestre", ["2026-T1", "2026-T2", "2026-T3"]),
        (1, 5, "mois", ["2026-T1", "2026-04", "2026-05"]),
        (1, 6, "semestre", ["2026-S1"]),
        (1, 6, "trimestre", ["2026-T1", "2026-T2"]),
        (7, 12, "mois", ["2026-T3", "2026-T4"]),
        (3, 3, "mois", ["2026-03"]),
    ],
)
def test_cover_takes_the_fewest_periods(first: int, last: int, cadence: str, codes: list[str]) -> None:
    assert list(cover(2026, first, last, cadence).codes) == codes


def test_list_spans_starts_with_the_latest_year_then_its_periods() -> None:
    spans = list_spans(periods("2025-T4", "2026-T1", "2026-T2"), "trimestre")
    assert [span.short for span in spans] == [
        "janv. – juin 2026",
        "T2\u00a02026",
        "T1\u00a02026",
        "T4\u00a02025",
    ]


def test_list_spans_reads_a_yearly_convention_by_the_rhythm_received() -> None:
    received = periods("2025-T1", "2025-T2", "2025-T3", "2025-T4", "2025-09")
    assert [span.short for span in list_spans(received, "annee")] == [
        "2025",
        "T4\u00a02025",
        "T3\u00a02025",
        "T2\u00a02025",
        "T1\u00a02025",
    ]


def test_list_spans_of_a_single_year_offers_it_once() -> None:
    assert [span.short for span in list_spans(periods("2020"), "annee")] == ["2020"]


def test_list_single_spans_offers_what_was_counted_as_such() -> None:
    received = periods("2022-S2", "2023-S1", "2023-S2", "2022")
    assert [span.short.replace("\u00a0", " ") for span in list_single_spans(received)] == [
        "S2 2023", "S1 2023", "2022", "S2 2022",
    ]  # fmt: skip


def test_find_rhythm_prefers_that_of_the_convention() -> None:
    received = periods("2025-T1", "2025-01", "2025-02", "2025-03")
    assert find_rhythm(received, "trimestre") == periods("2025-T1")
    assert find_rhythm(received, "mois") == periods("2025-01", "2025-02", "2025-03")


def test_list_years_mixes_no_year() -> None:
    assert [span.codes for span in list_years(periods("2024-T4", "2025-T1"), "trimestre")] == [
        ("2025-T1",),
        ("2024-T4",),
    ]


def test_span_holds_what_lies_inside() -> None:
    span = cover(2026, 1, 9, "trimestre")
    assert span.holds(parse_period("2026-08"))
    assert not span.holds(parse_period("2026-T4"))
    assert not span.holds(parse_period("2025-T1"))
    assert not span.holds(parse_period("2026"))


def test_last_year_is_offered_when_something_of_it_was_received() -> None:
    span = cover(2026, 1, 9, "trimestre")
    assert find_last_year(span, periods("2025-T2")) == Span(tuple(periods("2025-T1", "2025-T2", "2025-T3")))
    assert find_last_year(span, periods("2025-T4", "2024-T1")) is None


def test_span_is_named_in_french() -> None:
    span = cover(2026, 1, 9, "trimestre")
    assert (span.label, span.year, span.is_whole_year) == ("janvier – septembre 2026", 2026, False)
