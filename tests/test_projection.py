"""The total at the end of the year that the counts to date would give, and its interval."""

from __future__ import annotations

import pytest

from indicators.projection import measure_dispersion, project


def test_without_past_the_year_goes_on_day_for_day() -> None:
    found = project([60, 50], {}, days_share=0.5)
    assert found is not None
    assert (found.value, found.years) == (220, ())


def test_season_of_past_years_is_used_over_the_days() -> None:
    """A first half that is 60 % of past years: 120 becomes 200, not 240."""
    found = project([60, 60], {2023: [30, 30, 20, 20], 2024: [33, 27, 25, 15]}, days_share=0.5)
    assert found is not None
    assert found.value == pytest.approx(200)
    assert found.years == (2023, 2024)


def test_interval_of_a_poisson_count_by_hand() -> None:
    """100 counted, 100 to come: sqrt(100 × (1 + 1)) = 14,14; 80 % is 1,2816 of it."""
    found = project([100], {}, days_share=0.5)
    assert found is not None
    assert (found.low, found.high) == pytest.approx((200 - 18.124, 200 + 18.124), abs=0.001)


def test_interval_never_goes_below_what_is_done() -> None:
    found = project([4], {}, days_share=0.9)
    assert found is not None
    assert found.low == 4


@pytest.mark.parametrize(("counts", "share"), [([], 0.5), ([0, 0], 0.5), ([10], 1.0), ([10], 0.0)])
def test_nothing_done_or_nothing_left_projects_nothing(counts: list[float], share: float) -> None:
    assert project(counts, {}, days_share=share) is None


def test_years_that_vary_as_poisson_or_less_have_no_more_dispersion() -> None:
    assert measure_dispersion([]) == 1
    assert measure_dispersion([[10, 20, 30, 40]]) == 1
    assert measure_dispersion([[10, 20, 30, 40], [10, 20, 30, 40]]) == 1


def test_years_that_swing_have_a_dispersion_by_hand() -> None:
    """Two parts, two years of 100: 50 expected in each cell, each 20 away, one degree of freedom: 4 × 400 / 50."""
    assert measure_dispersion([[70, 30], [30, 70]]) == pytest.approx(32)


def test_wider_swings_give_a_wider_interval() -> None:
    calm = project([50], {2023: [50, 50], 2024: [50, 50]}, days_share=0.5)
    wild = project([50], {2023: [70, 30], 2024: [30, 70]}, days_share=0.5)
    assert calm is not None
    assert wild is not None
    assert wild.value == calm.value
    assert wild.high - wild.low > calm.high - calm.low
