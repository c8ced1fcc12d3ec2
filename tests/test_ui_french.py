"""ui/french.py: what is written, to the space and the sign."""

from datetime import date

import pytest

from conventions.periods import parse_period
from ui import french


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (0, 0, "0"),
        (5058, 0, "5\u202f058"),
        (1234567, 0, "1\u202f234\u202f567"),
        (61.34, 1, "61,3"),
        (61.25, 1, "61,3"),
        (-9, 0, "\u22129"),
        (-0.2, 0, "0"),
        (2.5, 0, "3"),
    ],
)
def test_write_number_follows_french_typography(value: float, decimals: int, text: str) -> None:
    assert french.write_number(value, decimals) == text


@pytest.mark.parametrize(("value", "text"), [(412.0, "412"), (82.5, "82,5"), (5058, "5\u202f058")])
def test_write_count_keeps_half_a_post(value: float, text: str) -> None:
    assert french.write_count(value) == text


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [(5, 0, "+5"), (-9, 0, "\u22129"), (0, 0, "0"), (0.04, 1, "0,0"), (1.3, 1, "+1,3"), (10, 0, "+10")],
)
def test_write_signed_shows_the_direction(value: float, decimals: int, text: str) -> None:
    assert french.write_signed(value, decimals) == text


def test_write_rate_keeps_its_counts() -> None:
    assert french.write_rate(268, 412) == "65\u00a0% (268/412)"


def test_write_rate_without_denominator_is_missing_and_never_zero() -> None:
    assert french.write_rate(0, 0) == "n.\u00a0d."


@pytest.mark.parametrize(
    ("rate", "other", "text"),
    [
        (0.65, 0.60, "+5 points"),
        (0.44, 0.45, "\u22121 point"),
        (0.5, 0.5, "0 point"),
        (0.62, 0.51, "+11 points"),
        (0.3, 0.5, "\u221220 points"),
    ],
)
def test_write_points_agrees_in_number(rate: float, other: float, text: str) -> None:
    assert french.write_points(rate, other) == text


@pytest.mark.parametrize(
    ("rate", "other"), [(13 / 104, 0.10), (0.124, 0.096), (0.096, 0.124), (0.585, 0.5), (1 / 3, 2 / 3), (0.005, 0.0)]
)
def test_points_are_the_gap_of_the_rates_as_they_are_written(rate: float, other: float) -> None:
    """« 13 % » beside « 10 % » is 3 points apart, whatever their decimals say."""
    first, second = (int(french.write_percent(one).removesuffix("\u00a0%")) for one in (rate, other))
    assert french.write_points(rate, other).split()[0] == french.write_signed(first - second)


def test_write_quantity_agrees_in_number() -> None:
    words = [french.write_quantity(count, "commune", "communes") for count in (0, 1, 3)]
    assert words == ["0\u00a0commune", "1\u00a0commune", "3\u00a0communes"]


@pytest.mark.parametrize(("count", "text"), [(0, "zéro"), (1, "un"), (4, "quatre"), (11, "11")])
def test_write_small_spells_small_counts(count: int, text: str) -> None:
    assert french.write_small(count) == text


def test_write_small_agrees_in_gender() -> None:
    assert french.write_small(1, feminine=True) == "une"


def test_dates_are_french() -> None:
    assert french.write_date(date(2025, 9, 30)) == "30/09/2025"
    assert french.write_long_date(date(2025, 1, 1)) == "1ᵉʳ\u00a0janvier 2025"


@pytest.mark.parametrize(
    ("code", "long", "short"),
    [
        ("2025", "2025", "2025"),
        ("2025-T4", "4ᵉ\u00a0trimestre 2025", "T4\u00a02025"),
        ("2025-S1", "1ᵉʳ\u00a0semestre 2025", "S1\u00a02025"),
        ("2025-09", "septembre 2025", "sept.\u00a02025"),
    ],
)
def test_periods_are_named_long_and_short(code: str, long: str, short: str) -> None:
    period = parse_period(code)
    assert (french.write_period(period), french.write_short_period(period)) == (long, short)


@pytest.mark.parametrize(
    ("codes", "text"),
    [
        ([], "aucune période"),
        (["2025-T2"], "2ᵉ\u00a0trimestre 2025"),
        (["2025-T3", "2025-T1", "2025-T2"], "janvier – septembre 2025"),
        (["2025-T1", "2025-T2", "2025-T3", "2025-T4"], "2025"),
        (["2024", "2025"], "2024 – 2025"),
        (["2024-T4", "2025-T1"], "octobre 2024 – mars 2025"),
    ],
)
def test_write_span_names_periods_taken_together(codes: list[str], text: str) -> None:
    assert french.write_span([parse_period(code) for code in codes]) == text


@pytest.mark.parametrize(
    ("words", "text"), [([], ""), (["a"], "a"), (["a", "b"], "a et b"), (["a", "b", "c"], "a, b et c")]
)
def test_join_words_ends_with_et(words: list[str], text: str) -> None:
    assert french.join_words(words) == text


def test_set_typography_puts_fixed_spaces() -> None:
    assert french.set_typography("Attendu : l'un ou l'autre ? « 12 % »") == (
        "Attendu\u00a0: l’un ou l’autre\u202f? «\u00a012\u00a0%\u00a0»"
    )
