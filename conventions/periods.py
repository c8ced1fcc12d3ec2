"""A period code (`2024`, `2024-S1`, `2024-T2`, `2024-06`) in; its dates, parts and French name out."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

GRAINS = ("annee", "semestre", "trimestre", "mois")
MONTHS = ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
          "octobre", "novembre", "décembre")  # fmt: skip
_LENGTH = {"annee": 12, "semestre": 6, "trimestre": 3, "mois": 1}
_LETTER = {"semestre": "S", "trimestre": "T"}
_PATTERN = re.compile(r"(\d{4})(?:-(?:S([12])|T([1-4])|(0[1-9]|1[0-2])))?")


@dataclass(frozen=True, order=True)
class Period:
    """A calendar period: `year`, first month (1 to 12) and length in months (1, 3, 6 or 12)."""

    year: int
    month: int
    length: int

    @cached_property
    def grain(self) -> str:
        """Name of the length: annee, semestre, trimestre or mois."""
        return next(grain for grain, length in _LENGTH.items() if length == self.length)

    @cached_property
    def code(self) -> str:
        """The code that files, the database and the command line use."""
        if self.length == 12:
            return str(self.year)
        if self.length == 1:
            return f"{self.year}-{self.month:02d}"
        return f"{self.year}-{_LETTER[self.grain]}{(self.month - 1) // self.length + 1}"

    @cached_property
    def start(self) -> date:
        """First day."""
        return date(self.year, self.month, 1)

    @cached_property
    def end(self) -> date:
        """Last day."""
        last = self.month + self.length - 1
        return date(self.year, last, monthrange(self.year, last)[1])

    @property
    def label(self) -> str:
        """The French name: « 2024 », « 1er semestre 2024 », « 2e trimestre 2024 », « juin 2024 »."""
        if self.length == 12:
            return str(self.year)
        if self.length == 1:
            return f"{MONTHS[self.month - 1]} {self.year}"
        rank = (self.month - 1) // self.length + 1
        return f"{rank}{'er' if rank == 1 else 'e'} {self.grain} {self.year}"

    def parts(self, grain: str) -> tuple[Period, ...]:
        """The periods of a shorter (or the same) grain that make this one, in order of time."""
        return _cut(self.year, self.month, self.length, _LENGTH[grain])

    def contains(self, other: Period) -> bool:
        """Whether the other period lies wholly inside this one."""
        return self.start <= other.start and other.end <= self.end

    def shift(self, years: int) -> Period:
        """The same period some years later (or earlier)."""
        return Period(self.year + years, self.month, self.length)

    def previous(self) -> Period:
        """The period of the same length just before."""
        month, year = self.month - self.length, self.year
        return Period(year, month, self.length) if month > 0 else Period(year - 1, month + 12, self.length)


@lru_cache(maxsize=4096)
def _cut(year: int, month: int, length: int, step: int) -> tuple[Period, ...]:
    """The same periods each time they are asked for, so that what they know of themselves is worked out once."""
    return tuple(Period(year, first, step) for first in range(month, month + length, step))


@lru_cache(maxsize=4096)
def parse_period(code: str) -> Period:
    """Read a period code; ValueError in French when it is none."""
    found = _PATTERN.fullmatch(code.strip())
    if found is None:
        raise ValueError(f"« {code} » n'est pas une période : attendu 2024, 2024-S1, 2024-T2 ou 2024-06.")
    year, half, quarter, month = found.groups()
    if half:
        return Period(int(year), 1 + 6 * (int(half) - 1), 6)
    if quarter:
        return Period(int(year), 1 + 3 * (int(quarter) - 1), 3)
    return Period(int(year), int(month), 1) if month else Period(int(year), 1, 12)


def period_of(day: date, grain: str) -> Period:
    """The period of that grain in which a day lies."""
    step = _LENGTH[grain]
    return Period(day.year, (day.month - 1) // step * step + 1, step)
