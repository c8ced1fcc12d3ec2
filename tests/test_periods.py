"""Period codes in; dates, parts, neighbours and French names out."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conventions.periods import GRAINS, Period, parse_period, period_of

CODES = st.builds(
    period_of, st.dates(min_value=date(1990, 1, 1), max_value=date(2090, 12, 31)), st.sampled_from(GRAINS)
)


@pytest.mark.parametrize(
    ("code", "grain", "start", "end", "label"),
    [
        ("2024", "annee", date(2024, 1, 1), date(2024, 12, 31), "2024"),
        ("2024-S1", "semestre", date(2024, 1, 1), date(2024, 6, 30), "1er semestre 2024"),
        ("2024-S2", "semestre", date(2024, 7, 1), date(2024, 12, 31), "2e semestre 2024"),
        ("2024-T1", "trimestre", date(2024, 1, 1), date(2024, 3, 31), "1er trimestre 2024"),
        ("2024-T4", "trimestre", date(2024, 10, 1), date(2024, 12, 31), "4e trimestre 2024"),
        ("2024-02", "mois", date(2024, 2, 1), date(2024, 2, 29), "février 2024"),
        ("2023-02", "mois", date(2023, 2, 1), date(2023, 2, 28), "février 2023"),
    ],
)
def test_code_gives_grain_dates_and_french_name(
    code: str, grain: str, start: date, end: date, label: str
) -> None:
    period = parse_period(code)
    assert (period.grain, period.start, period.end, period.label, period.code) == (
        grain,
        start,
        end,
        label,
        code,
    )


@pytest.mark.parametrize(
    "code", ["", "24", "2024-T5", "2024-S3", "2024-13", "2024-00", "2024-6", "T2 2024", "2024-06-01"]
)
def test_text_that_is_no_period_is_refused_in_french(code: str) -> None:
    with pytest.raises(
        ValueError, match=r"n'est pas une période : attendu 2024, 2024-S1, 2024-T2 ou 2024-06\."
    ):
        parse_period(code)


def test_spaces_around_a_code_are_ignored() -> None:
    assert parse_period(" 2024-T2 ") == Period(2024, 4, 3)


def test_year_is_made_of_its_quarters() -> None:
    assert [part.code for part in parse_period("2024").parts("trimestre")] == [
        "2024-T1", "2024-T2", "2024-T3", "2024-T4"]  # fmt: skip
    assert [part.code for part in parse_period("2024-S2").parts("mois")][0] == "2024-07"


def test_period_is_its_own_part_of_the_same_grain() -> None:
    """The whole period is its own part; a shorter one is never made of a longer one."""
    assert parse_period("2024-T1").parts("trimestre") == (parse_period("2024-T1"),)


def test_previous_crosses_the_new_year() -> None:
    codes = ("2024-01", "2024-T1", "2024-S1", "2024", "2024-T3")
    found = [parse_period(code).previous().code for code in codes]
    assert found == ["2023-12", "2023-T4", "2023-S2", "2023", "2024-T2"]


def test_shift_keeps_the_place_in_the_year() -> None:
    assert parse_period("2024-T2").shift(-1).code == "2023-T2"


def test_contains_means_wholly_inside() -> None:
    assert parse_period("2024-S1").contains(parse_period("2024-T2"))
    assert not parse_period("2024-T2").contains(parse_period("2024-S1"))
    assert not parse_period("2024-S1").contains(parse_period("2024-07"))


@given(CODES)
def test_code_read_back_is_the_same_period(period: Period) -> None:
    assert parse_period(period.code) == period


@given(CODES)
def test_previous_ends_the_day_before(period: Period) -> None:
    assert period.previous().end == period.start - timedelta(days=1)


@given(CODES, st.sampled_from(GRAINS))
def test_parts_follow_each_other_and_make_the_whole(period: Period, grain: str) -> None:
    parts = period.parts(grain) if GRAINS.index(grain) >= GRAINS.index(period.grain) else (period,)
    assert (parts[0].start, parts[-1].end) == (period.start, period.end)
    assert all(
        one.end + timedelta(days=1) == after.start for one, after in zip(parts, parts[1:], strict=False)
    )


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2090, 12, 31)), st.sampled_from(GRAINS))
def test_period_of_a_day_holds_that_day(day: date, grain: str) -> None:
    period = period_of(day, grain)
    assert period.grain == grain
    assert period.start <= day <= period.end
