"""Figures with all that is needed to print them: what an edition is made of, whatever file it becomes."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from datetime import date

from indicators.projection import Projection
from ui.french import count_points

KINDS = ("taux", "jours", "moyenne", "compte")
"""How a value is written: a share, a mean in days, a mean, a count."""


STEPS = ("Brouillon", "Consolidé", "Transmis")
"""The states of a bilan, in the order it goes through them."""


def subtract(value: float, other: float, kind: str) -> float:
    """A value less another, in whole points between rates."""
    return count_points(value, other) / 100 if kind == "taux" else value - other


@dataclass(frozen=True)
class Quantity:
    """A figure without its name. A hole has no value, and its state says which: n.d. or secret.

    `missing` names in French what a partial figure leaves out or an unknown one lacks; `holes` are the same
    as territories and parts of a year, so that two years compare; `basis` is the people that the numerator
    is restricted to, when the returns allow it; `proof` is the address of where the figure comes from.
    """

    numerator: float | None
    denominator: float | None
    value: float | None
    state: str
    missing: str = ""
    holes: frozenset[tuple[str, str]] = frozenset()
    basis: str = ""
    proof: str = ""

    @property
    def is_known(self) -> bool:
        """Whether there is a value to print."""
        return self.value is not None


HOLE = Quantity(None, None, None, "n.d.")


@dataclass(frozen=True)
class Definition:
    """What an indicator is, as agreed. `provisional_months`: how long it may still move after its period."""

    code: str
    label: str
    definition: str
    unit: str
    kind: str
    numerator: str
    denominator: str
    reading: str
    articles: str
    sources: str
    provisional_months: int
    is_distinct: bool

    @property
    def is_ratio(self) -> bool:
        """Whether it has a denominator."""
        return bool(self.denominator)


@dataclass(frozen=True)
class Line:
    """One indicator for one place, period and part of the people, beside the same a year before."""

    indicator: str
    place: str
    level: str
    is_whole: bool
    period: str
    axis: str
    segment: str
    source: str
    now: Quantity
    before: Quantity

    @property
    def evolution(self) -> float | None:
        """The change in a year, over the same field only: the same territories, dates and people counted."""
        now, before = self.now, self.before
        if now.value is None or before.value is None:
            return None
        return now.value - before.value if (now.holes, now.basis) == (before.holes, before.basis) else None

    def change(self, kind: str) -> float | None:
        """The evolution as it is written: between rates, that of their written values."""
        return self.evolution and subtract(self.now.value or 0.0, self.before.value or 0.0, kind)


@dataclass(frozen=True)
class ObjectiveLine:
    """One objective read over the known part of its year; `expected` is due at the end of that part, else `undue` says
    in a word why nothing is."""

    label: str
    indicator: str
    direction: str
    agreed: float
    upper: float | None
    article: str
    span: str
    now: Quantity
    expected: float | None
    undue: str
    gap: float | None
    status: str
    before: Quantity
    before_span: str
    projection: Projection | None
    note: str
    sentence: str


@dataclass(frozen=True)
class SourceGap:
    """One count that two sources give, side by side: never added up; `is_retained` when the partners chose the one
    in use, `reason` what they said of the gap."""

    indicator: str
    place: str
    is_whole: bool
    period: str
    used: str
    used_value: Quantity
    other: str
    other_value: Quantity
    is_retained: bool = False
    reason: str = ""

    @property
    def gap(self) -> float | None:
        """The other source minus the one in use, where both count the same territories and dates."""
        if self.used_value.value is None or self.other_value.value is None:
            return None
        if self.used_value.holes != self.other_value.holes:
            return None
        return self.other_value.value - self.used_value.value


@dataclass(frozen=True)
class Stage:
    """One stage of the path, as the indicator (the first count, then a rate over it) counts its people."""

    indicator: str
    label: str
    now: Quantity
    before: Quantity


@dataclass(frozen=True)
class ContributionLine:
    """What a party brought, in one of the three elements of the evaluation: a figure of an `indicator`, or acts
    `done`; `said` is the status of an objective, or what was owed and paid."""

    party: str
    element: str
    label: str
    indicator: str
    kind: str
    value: Quantity | None
    done: float | None
    said: str
    article: str


@dataclass(frozen=True)
class Trend:
    """One count period after period, this year and the year before."""

    indicator: str
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class ImportLine:
    """One file behind the figures: its sheets that were used, with the number of cells (or of paths)."""

    id: str
    file: str
    source: str
    loaded_on: date
    author: str
    file_hash: str
    sheets: tuple[tuple[str, int], ...]
    unit: str


@dataclass(frozen=True)
class Header:
    """What the bilan is: the convention, what it covers, when it was read, for whom, in what state."""

    convention: str
    key: str
    title: str
    partners: tuple[str, ...]
    signatories: tuple[str, ...]
    territory: str
    start: date
    end: date
    convention_state: str
    rule: str
    period: str
    code: str
    span: str
    span_end: date
    before_span: str
    as_of: date
    made_on: date
    author: str
    audience: str
    secrecy_threshold: int
    status: str = STEPS[0]


@dataclass(frozen=True)
class Edition:
    """A bilan quantitatif, frozen: every file is rendered from it, so that files cannot disagree. `path` is what its
    stages show, `findings` what no table says."""

    header: Header
    title: str
    findings: tuple[str, ...]
    objectives: tuple[ObjectiveLine, ...]
    whole: tuple[Line, ...]
    places: tuple[Line, ...]
    periods: tuple[Line, ...]
    detail: tuple[Line, ...]
    splits: tuple[Line, ...]
    stages: tuple[Stage, ...]
    path: str
    trend: Trend | None
    sources: tuple[SourceGap, ...]
    contributions: tuple[ContributionLine, ...]
    coverage: str
    definitions: tuple[Definition, ...]
    notes: tuple[str, ...]
    reserves: tuple[str, ...]
    imports: tuple[ImportLine, ...]

    def definition(self, code: str) -> Definition:
        """The definition of an indicator of this edition."""
        return next(one for one in self.definitions if one.code == code)

    @property
    def leading(self) -> str:
        """The indicator that titles speak of: that of the trend, else the first."""
        return self.trend.indicator if self.trend is not None else self.whole[0].indicator

    @property
    def fingerprint(self) -> str:
        """« 7c1e 04ba »: the same for the same content, whatever the day it was made."""
        content = replace(self, header=replace(self.header, made_on=self.header.as_of))
        text = json.dumps(asdict(content), ensure_ascii=False, sort_keys=True, default=str)
        digest = hashlib.sha256(text.encode()).hexdigest()
        return f"{digest[:4]} {digest[4:8]}"
