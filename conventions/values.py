"""Checked data in; the frozen values that the product speaks in (measure, indicator, convention, ...) out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

Segment = tuple[tuple[str, str], ...]
"""Sorted (axis, value) pairs; the empty tuple is the whole."""


def make_segment(pairs: Mapping[str, str]) -> Segment:
    """The canonical form of a mapping axis → value."""
    return tuple(sorted(pairs.items()))


def segment_text(segment: Segment) -> str:
    """The form kept in the database: `axe=valeur;axe=valeur`, axes in order, empty for the whole."""
    return ";".join(f"{axis}={value}" for axis, value in segment)


def parse_segment(text: str) -> Segment:
    """The segment of a database text."""
    parts = (part.partition("=") for part in text.split(";") if part)
    return tuple((axis, value) for axis, _, value in parts)


@dataclass(frozen=True)
class Axis:
    """A way to split a count. `partitions` are the lists of values whose counts add up to the whole.

    Values of an open axis exclude each other but have no closed list; any other axis without partition
    overlaps (a person is in several publics). A value of `groups` is what its own finer values add up to."""

    code: str
    label: str
    values: Mapping[str, str]
    partitions: tuple[tuple[str, ...], ...] = ()
    is_open: bool = False
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Term:
    """One side of a ratio: a measure, a fixed segment, and a segment preferred when the returns give it."""

    measure: str
    segment: Segment = ()
    prefer: Segment = ()


@dataclass(frozen=True)
class Version:
    """How a measure or an indicator (`code`) is defined from a day on: `changed` says what is no longer the same,
    `label` in the few words of a chart. A term that is None stays as it was."""

    code: str
    day: date
    label: str
    changed: str
    definition: str
    article: str
    numerator: Term | None = None
    denominator: Term | None = None


@dataclass(frozen=True)
class Measure:
    """What is counted. `kind` is flux, stock, somme or distinct; `adds_over` the axes along which it adds up
    (`territoire` and `periode` included); `axes` the segments it may carry; `event` the date of a path that
    counts it; `headline` the segment shown when none is asked for, if the count means nothing without one;
    `own` the values of its axes that no other measure counts, so that a label which says one names it."""

    code: str
    label: str
    definition: str
    unit: str
    kind: str
    adds_over: frozenset[str]
    axes: frozenset[str]
    articles: tuple[str, ...]
    event: str | None = None
    headline: Segment = ()
    own: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    versions: tuple[Version, ...] = ()


@dataclass(frozen=True)
class Indicator:
    """How counts are read. `unit` is taux (in [0, 1]), jours, personnes, ratio or the unit of a count;
    `time` is periode, cumul (since 1 January) or moyenne (over the dates of the period); `sources` are those
    who supply it, best first (empty: any); `provisional_months` how long it may still move."""

    code: str
    label: str
    definition: str
    unit: str
    numerator: Term
    denominator: Term | None
    articles: tuple[str, ...]
    sources: tuple[str, ...] = ()
    time: str = "periode"
    provisional_months: int = 0
    rule: str | None = None
    valid_from: date | None = None
    versions: tuple[Version, ...] = ()


@dataclass(frozen=True)
class Step:
    """What an amendment (`number`) makes of an objective or of a commitment from a day on."""

    day: date
    value: float
    upper: float | None
    label: str
    article: str
    number: int | None


@dataclass(frozen=True)
class Change:
    """What an amendment says of one objective (its value) or commitment (its times); None stays as it was."""

    code: str
    value: float | None
    upper: float | None
    label: str = ""


@dataclass(frozen=True)
class Amendment:
    """An *avenant*: from its day on, other values, other acts, other definitions, another end."""

    number: int
    day: date
    article: str
    label: str
    objectives: tuple[Change, ...] = ()
    commitments: tuple[Change, ...] = ()
    definitions: tuple[Version, ...] = ()
    end: date | None = None


@dataclass(frozen=True)
class Objective:
    """What was promised of an indicator. `direction` is >=, <= or within (then `value` ≤ x ≤ `upper`);
    `prorata` tells whether a straight line to the end of the period is meaningful."""

    code: str
    label: str
    indicator: str
    direction: str
    value: float
    period: str
    article: str
    upper: float | None = None
    prorata: bool = False
    segment: Segment = ()
    valid_from: date | None = None
    valid_until: date | None = None
    note: str = ""
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True)
class Payment:
    """The instalments agreed for a year, in euros."""

    year: int
    amounts: tuple[float, ...]


@dataclass(frozen=True)
class Commitment:
    """An act that parties (codes of sources) promised, `times` times per `every` (an, mois, convention, ...),
    `lead_months` before the end of that time.

    Facts prove it, and what is received: a `measure` (or an indicator) that counts such acts, or counts from each
    of the sources of `returns`.
    """

    code: str
    label: str
    parties: tuple[str, ...]
    every: str
    times: int
    article: str
    times_max: int | None = None
    note: str = ""
    measure: str = ""
    returns: tuple[str, ...] = ()
    lead_months: int = 0
    payments: tuple[Payment, ...] = ()
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True)
class Limit:
    """A bound on one path, contract, tutor or act: `value` of `unit`, and `extension` once on a condition;
    `between` are the two dates of a path that it bounds, when paths tell them."""

    code: str
    label: str
    value: float
    unit: str
    article: str
    direction: str = "<="
    extension: float | None = None
    condition: str = ""
    between: tuple[str, ...] = ()


@dataclass(frozen=True)
class Place:
    """A territory of a convention: a COG code or the convention's own slug, and its other names."""

    code: str
    kind: str
    name: str
    parent: str | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Level:
    """A kind of place by which a convention is followed; a complete level covers the whole territory.

    `tiles` are the codes of its places about where a map has them, row by row, an empty text where there is none.
    """

    kind: str
    label: str
    complete: bool
    tiles: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Source:
    """Who supplies figures."""

    code: str
    label: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class ExitCategory:
    """A category of exits and its motives (code → label)."""

    code: str
    label: str
    motifs: Mapping[str, str]
    is_positive: bool = False


@dataclass(frozen=True)
class RetentionRule:
    """When data must go: `months` after `after` (debut_parcours, fin_parcours, fin_convention, reception);
    none agreed when `months` is None. `what` is parcours, listes_nominatives or donnees_personnelles."""

    what: str
    after: str
    months: int | None
    article: str


@dataclass(frozen=True)
class Question:
    """A theme of the qualitative bilan."""

    code: str
    theme: str
    question: str


@dataclass(frozen=True)
class Block:
    """Figures that an article asks for together: the indicators of a table, and the one drawn `by` an axis,
    within the bounds of an `objective` when it holds for each value."""

    code: str
    title: str
    article: str
    indicators: tuple[str, ...]
    chart: str | None = None
    by: str = "territoire"
    objective: str | None = None


@dataclass(frozen=True)
class Convention:
    """A partnership as agreed: parties, territory, years, objectives, exits, secrecy and personal data.

    Objectives, commitments and `end` are as amended; `first_end` is the end first signed, when it was moved.
    `publics` is the count of the people whose publics are followed, when there is one; `steps`, the convention's own
    words for the dates of a path (`date_integration` → « entrée »)."""

    key: str
    letter: str
    label: str
    title: str
    partners: tuple[str, ...]
    signatories: tuple[str, ...]
    territory: Place
    start: date
    end: date
    cadence: str
    bilan: str
    sources: tuple[Source, ...]
    levels: tuple[Level, ...]
    places: tuple[Place, ...]
    indicators: tuple[str, ...]
    objectives: tuple[Objective, ...]
    commitments: tuple[Commitment, ...]
    exits: tuple[ExitCategory, ...]
    positive_denominator: str
    retention: tuple[RetentionRule, ...]
    secrecy_threshold: int
    is_paths_allowed: bool
    questionnaire: tuple[Question, ...]
    limits: tuple[Limit, ...] = ()
    blocks: tuple[Block, ...] = ()
    notes: tuple[str, ...] = ()
    amendments: tuple[Amendment, ...] = ()
    first_end: date | None = None
    publics: str = ""
    steps: Mapping[str, str] = field(default_factory=dict)
    file: str = field(default="", compare=False)

    def state(self, as_of: date) -> str:
        """« à venir », « en cours » or « échue » on a day."""
        if as_of < self.start:
            return "à venir"
        return "en cours" if as_of <= self.end else "échue"

    @property
    def motifs(self) -> dict[str, str]:
        """Motive code → category code."""
        return {motif: category.code for category in self.exits for motif in category.motifs}

    @property
    def codes(self) -> frozenset[str]:
        """Codes of the convention's own territories, itself included."""
        return frozenset(place.code for place in self.places) | {self.territory.code}
