"""The periods received in; the spans that a reader may choose (the year so far, a whole year, each
period) out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from conventions.periods import GRAINS, Period
from ui.french import MONTHS_SHORT, write_short_period, write_span

YEAR = 12


@dataclass(frozen=True)
class Span:
    """Periods of one year read together, one after the other, in order of time."""

    periods: tuple[Period, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """Their codes, as figures are asked for."""
        return tuple(period.code for period in self.periods)

    @property
    def year(self) -> int:
        """Their year."""
        return self.periods[0].year

    @property
    def first(self) -> int:
        """The first month, from 1."""
        return self.periods[0].month

    @property
    def last(self) -> int:
        """The last month, to 12."""
        return self.periods[-1].month + self.periods[-1].length - 1

    @property
    def is_whole_year(self) -> bool:
        """Whether nothing of the year is left out."""
        return (self.first, self.last) == (1, YEAR)

    @property
    def label(self) -> str:
        """« 2025 », « janvier – septembre 2026 », « 3ᵉ trimestre 2026 »."""
        return write_span(self.periods)

    @property
    def short(self) -> str:
        """« 2025 », « janv. – sept. 2026 », « T3 2026 »: for lists."""
        if len(self.periods) == 1:
            return write_short_period(self.periods[0])
        return f"{MONTHS_SHORT[self.first - 1]} – {MONTHS_SHORT[self.last - 1]} {self.year}"

    def shift(self, years: int) -> Span:
        """The same periods, years later or earlier."""
        return Span(tuple(period.shift(years) for period in self.periods))

    def holds(self, period: Period) -> bool:
        """Whether a period lies inside."""
        return (
            period.year == self.year
            and self.first <= period.month
            and period.month + period.length - 1 <= self.last
        )


def cover(year: int, first: int, last: int, cadence: str) -> Span:
    """The fewest periods, at the convention's rhythm where they fit, from a month of a year to another."""
    lengths = sorted(
        {YEAR, 3, 1, len(Period(year, 1, YEAR).parts("mois")) // len(Period(year, 1, YEAR).parts(cadence))}
    )
    periods: list[Period] = []
    month = first
    while month <= last:
        length = max(one for one in lengths if (month - 1) % one == 0 and month + one - 1 <= last)
        periods.append(Period(year, month, length))
        month += length
    return Span(tuple(periods))


def find_rhythm(received: Sequence[Period], cadence: str) -> list[Period]:
    """The periods to read one by one: at the convention's rhythm, else at the one most received within
    the year."""
    grains = Counter(period.grain for period in received if period.length < YEAR)
    order = {grain: rank for rank, grain in enumerate(GRAINS)}
    grain = (
        cadence
        if cadence in grains
        else max(grains, key=lambda one: (grains[one], -order[one]), default=cadence)
    )
    return sorted({period for period in received if period.grain == grain})


def list_years(received: Sequence[Period], cadence: str) -> list[Span]:
    """Each year as far as it is known, from the latest."""
    years: dict[int, list[Period]] = {}
    for period in received:
        years.setdefault(period.year, []).append(period)
    return [
        cover(year, min(one.month for one in own), max(one.month + one.length - 1 for one in own), cadence)
        for year, own in sorted(years.items(), reverse=True)
    ]


def list_spans(received: Sequence[Period], cadence: str) -> list[Span]:
    """From the latest year to the first: the year as far as it is known, then its periods from the latest."""
    rhythm = find_rhythm(received, cadence)
    spans: list[Span] = []
    for year in list_years(received, cadence):
        own = [Span((period,)) for period in reversed(rhythm) if year.holds(period)]
        spans += [year, *(one for one in own if one != year)]
    return spans


def list_single_spans(received: Sequence[Period]) -> list[Span]:
    """Each period received, alone, from the latest year, the longest first: for people who do not add up over time."""
    return [Span((one,)) for one in sorted(set(received), key=lambda one: (-one.year, -one.length, -one.month))]


def find_last_year(span: Span, received: Sequence[Period]) -> Span | None:
    """The same periods one year before, when something of them was received; what is not all there is
    n. d."""
    before = span.shift(-1)
    return before if any(before.holds(period) for period in received) else None
