"""Windows of time: what months each is made of, how it is named, and what the years of a convention are."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conventions.agreements import load_conventions
from conventions.periods import GRAINS, Period, parse_period
from indicators.windows import CUMUL, OWN_YEAR, ROLLING, WINDOWS, list_own_years, open_window

PLIE = load_conventions()["plie-martigues"]
GLOBAL = load_conventions()["accompagnement-global-35"]


def codes(kind: str, code: str) -> tuple[str, ...]:
    """The periods of a window of the accompagnement global."""
    return tuple(one.code for one in open_window(kind, parse_period(code), GLOBAL).periods)


@pytest.mark.parametrize(
    ("kind", "period", "expected", "label"),
    [
        ("periode", "2024-T3", ("2024-T3",), "3e trimestre 2024"),
        ("mois", "2024-T3", ("2024-09",), "septembre 2024"),
        ("trimestre", "2024-08", ("2024-T3",), "3e trimestre 2024"),
        ("semestre", "2024-T1", ("2024-S1",), "1er semestre 2024"),
        ("annee", "2024-02", ("2024",), "2024"),
        ("cumul", "2024-09", ("2024-S1", "2024-T3"), "cumul du 1er janvier à fin septembre 2024"),
        ("glissant", "2024-09", ("2023-T4", "2024-S1", "2024-T3"), "12 mois glissants à fin septembre 2024"),
        (
            "glissant",
            "2024-02",
            ("2023-03", "2023-T2", "2023-S2", "2024-01", "2024-02"),
            "12 mois glissants à fin février 2024",
        ),
        ("glissant", "2024", ("2024",), "12 mois glissants à fin décembre 2024"),
        (
            "annee_convention",
            "2024-03",
            ("2023-S2", "2024-S1"),
            "1re année de la convention, juillet 2023 à juin 2024",
        ),
    ],
)  # fmt: skip
def test_window_has_its_periods_and_its_name(
    kind: str, period: str, expected: tuple[str, ...], label: str
) -> None:
    window = open_window(kind, parse_period(period), GLOBAL)
    assert (tuple(one.code for one in window.periods), window.label) == (expected, label)


@given(st.integers(2000, 2040), st.sampled_from([1, 3, 6, 12]), st.integers(0, 11))
def test_window_ends_with_its_period_and_holds_each_month_once(year: int, length: int, rank: int) -> None:
    period = Period(year, rank // length * length + 1, length)
    for kind in (one for one in WINDOWS if one not in (OWN_YEAR, *GRAINS)):
        window = open_window(kind, period, PLIE)
        months = [month for part in window.periods for month in part.parts("mois")]
        assert months == sorted(set(months))
        assert window.periods[-1].end == period.end
        assert len(months) == {ROLLING: 12, CUMUL: period.month + length - 1}.get(kind, length)


def test_years_of_a_convention_begin_on_its_day_and_are_read_by_its_rhythm() -> None:
    years = list_own_years(GLOBAL)
    assert [(one.start, one.end, one.first.code, one.last.code) for one in years] == [
        (date(2023, 7, 10), date(2024, 7, 9), "2023-07", "2024-06"),
        (date(2024, 7, 10), date(2025, 7, 9), "2024-07", "2025-06"),
    ]
    assert not any(one.is_exact for one in years)
    assert all(one.is_exact for one in list_own_years(PLIE))


def test_year_of_a_convention_goes_to_the_nearest_period() -> None:
    late = replace(GLOBAL, start=date(2023, 7, 20), end=date(2025, 2, 28))
    assert [(one.first.code, one.last.code) for one in list_own_years(late)] == [
        ("2023-08", "2024-07"),
        ("2024-08", "2025-02"),
    ]
    by_quarter = replace(late, cadence="trimestre")
    assert [(one.first.code, one.last.code) for one in list_own_years(by_quarter)] == [
        ("2023-07", "2024-06"),
        ("2024-07", "2025-03"),
    ]


def test_years_of_a_convention_signed_on_a_leap_day_keep_its_end_of_february() -> None:
    leap = replace(PLIE, start=date(2024, 2, 29), end=date(2026, 2, 27), cadence="mois")
    assert [(one.start, one.end) for one in list_own_years(leap)] == [
        (date(2024, 2, 29), date(2025, 2, 27)),
        (date(2025, 2, 28), date(2026, 2, 27)),
    ]


def test_year_agreed_in_other_days_than_read_says_both() -> None:
    window = open_window(OWN_YEAR, parse_period("2024-10"), GLOBAL)
    assert window.note == (
        "L’année convenue va du 10/07/2024 au 09/07/2025 ; "
        "elle est lue par mois entiers : juillet 2024 à juin 2025."
    )
    assert open_window(OWN_YEAR, parse_period("2024-10"), PLIE).note == ""


def test_time_outside_the_convention_has_no_period() -> None:
    assert codes(OWN_YEAR, "2023-05") == ()
    assert codes(OWN_YEAR, "2025-07") == ()
