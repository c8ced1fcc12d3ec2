"""A period, and how much time a figure is to be read over, in; the calendar periods that make it, and its name, out.

Every window ends with the period: the period itself, its month, quarter, half or year, the time since 1 January, the
twelve months that end with it, or the convention's own year around its end.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from conventions.periods import GRAINS, MONTHS, Period, period_of
from conventions.values import Convention
from indicators.spans import cover, since_january

PERIOD, CUMUL, ROLLING, OWN_YEAR = "periode", "cumul", "glissant", "annee_convention"
WINDOWS = (PERIOD, *reversed(GRAINS), CUMUL, ROLLING, OWN_YEAR)
YEAR = 12


@dataclass(frozen=True)
class Window:
    """The time of one figure: the fewest calendar periods that make it, read at the end of `period` (None: those
    asked for together); `note` says what its name does not, when there is something to say."""

    kind: str
    period: Period | None
    periods: tuple[Period, ...]
    label: str
    note: str = ""


@dataclass(frozen=True)
class OwnYear:
    """One year of a convention: its days as agreed, and the months it is read by, ends included."""

    rank: int
    start: date
    end: date
    first: Period
    last: Period

    @property
    def is_exact(self) -> bool:
        """Whether the months read are just the days agreed."""
        return (self.first.start, self.last.end) == (self.start, self.end)


def open_window(kind: str, period: Period, convention: Convention) -> Window:
    """The window of a kind that is read at a period; no period at all outside the convention's own years."""
    if kind == OWN_YEAR:
        return _open_own_year(period, convention)
    end = f"fin {MONTHS[period.month + period.length - 2]} {period.year}"
    if kind == CUMUL:
        return Window(kind, period, since_january(period), f"cumul du 1er janvier à {end}")
    if kind == ROLLING:
        return Window(kind, period, _list_rolling(period), f"12 mois glissants à {end}")
    own = period if kind == PERIOD else period_of(period.end, kind)
    return Window(kind, period, (own,), own.label)


def list_own_years(convention: Convention) -> list[OwnYear]:
    """The years of a convention from its first day, each to the nearest period of its rhythm; the last may be short."""
    bounds = [*_list_anniversaries(convention), convention.end + timedelta(days=1)]
    years: list[OwnYear] = []
    for start, after in pairwise(bounds):
        months = _list_months(_round(start, convention.cadence), _round(after, convention.cadence))
        if months:
            last_day = after - timedelta(days=1)
            years.append(OwnYear(len(years) + 1, start, last_day, months[0], months[-1]))
    return years


def _open_own_year(period: Period, convention: Convention) -> Window:
    year = next((one for one in list_own_years(convention) if one.first.start <= period.end <= one.last.end), None)
    if year is None:
        note = f"{period.label} n’est dans aucune année de la convention."
        return Window(OWN_YEAR, period, (), f"hors des années de la convention ({period.label})", note)
    rank = "1re" if year.rank == 1 else f"{year.rank}e"
    label = f"{rank} année de la convention, {year.first.label} à {year.last.label}"
    agreed = f"L’année convenue va du {year.start:%d/%m/%Y} au {year.end:%d/%m/%Y} ; elle est lue par mois entiers"
    note = "" if year.is_exact else f"{agreed} : {year.first.label} à {year.last.label}."
    return Window(OWN_YEAR, period, cover(_list_months(year.first.start, year.last.end)), label, note)


def _list_anniversaries(convention: Convention) -> Iterator[date]:
    day, rank = convention.start, 0
    while day <= convention.end:
        yield day
        rank += 1
        day = _move(convention.start, rank)


def _move(day: date, years: int) -> date:
    """The same day some years later; the 28th of February for a 29th that is not there."""
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + years, day=28) if is_leap_day else day.replace(year=day.year + years)


def _round(day: date, grain: str) -> date:
    """The first day of the period of a grain that begins nearest to a day; the one before when both are as near."""
    inside = period_of(day, grain)
    after = inside.end + timedelta(days=1)
    return after if after - day < day - inside.start else inside.start


def _list_months(start: date, end: date) -> list[Period]:
    """The months that begin from a day on, before another."""
    years = range(start.year, end.year + 1)
    months = (Period(year, month, 1) for year in years for month in range(1, YEAR + 1))
    return [one for one in months if start <= one.start < end]


def _list_rolling(period: Period) -> tuple[Period, ...]:
    last = period.year * YEAR + period.month + period.length - 2
    return cover(Period(rank // YEAR, rank % YEAR + 1, 1) for rank in range(last - YEAR + 1, last + 1))
