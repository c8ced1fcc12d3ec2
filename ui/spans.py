"""The periods received in; the spans that a reader may choose (the year so far, a whole year, each period) out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from conventions.periods import Period
from ui.french import MONTHS_SHORT, write_short_period, write_span


@dataclass(frozen=True)
class Span:
    """Periods of one year read together, in order of time."""

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
    def is_whole_year(self) -> bool:
        """Whether nothing of the year is left out."""
        return sum(period.length for period in self.periods) == 12

    @property
    def label(self) -> str:
        """« 2025 », « janvier – septembre 2026 », « 3ᵉ trimestre 2026 »."""
        return write_span(self.periods)

    @property
    def short(self) -> str:
        """« 2025 », « janv. – sept. 2026 », « T3 2026 »: for lists."""
        if len(self.periods) == 1:
            return write_short_period(self.periods[0])
        if self.is_whole_year:
            return str(self.year)
        last = self.periods[-1]
        return f"{MONTHS_SHORT[self.periods[0].month - 1]} – {MONTHS_SHORT[last.month + last.length - 2]} {self.year}"

    def shift(self, years: int) -> Span:
        """The same periods, years later or earlier."""
        return Span(tuple(period.shift(years) for period in self.periods))

    def regrain(self, grain: str) -> Span | None:
        """The same days in longer or shorter periods; nothing when they do not fit."""
        months = {month for period in self.periods for month in period.parts("mois")}
        fitting = Period(self.year, 1, 12).parts(grain)
        inside = tuple(one for one in fitting if set(one.parts("mois")) <= months)
        covered = {month for one in inside for month in one.parts("mois")}
        return Span(inside) if inside and covered == months else None


def list_spans(received: Sequence[Period]) -> list[Span]:
    """From the latest year to the first: the year as far as it is known, then its periods from the latest."""
    spans: list[Span] = []
    for year in list_years(received):
        spans.append(year)
        if len(year.periods) > 1:
            spans += [Span((period,)) for period in reversed(year.periods)]
    return spans


def list_years(received: Sequence[Period]) -> list[Span]:
    """Each year as far as it is known, from the latest."""
    years = groupby(sorted(received, reverse=True), key=lambda period: period.year)
    return [Span(tuple(reversed(list(group)))) for _, group in years]


def find_last_year(span: Span, received: Sequence[Period]) -> Span | None:
    """The same periods one year before, when something of them was received; what is not all there is n. d."""
    before = span.shift(-1)
    return before if set(before.periods) & set(received) else None
