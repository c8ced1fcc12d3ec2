"""A convention and a span in; all the people oriented up to its end, followed to this day, stage by stage, out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as dataclass_field

from conventions.periods import Period
from conventions.values import Convention
from indicators.figures import Request
from indicators.request import COHORT
from indicators.values import Figure
from ui.exits.reading import COUNT, POSITIVE
from ui.field import WHOLE_FIELD, Field
from ui.readings import by_indicator, get_figures
from ui.shell import Screen
from ui.spans import Span, cover, list_years

STAGES = {
    "orientes": ("Orientés", "pas venus", "au premier contact"),
    "presents": ("Présents", "sans diagnostic", ""),
    "diagnostics": ("Entrés en diagnostic", "non intégrés", ""),
    "integres": ("Intégrés", "", ""),
}
CODES = (*STAGES, COUNT, POSITIVE)


@dataclass(frozen=True)
class Course:
    """All the people oriented since a year, to this day: stages and exits, and the exits by category and by motive."""

    convention: Convention
    since: int
    until: Span
    audience: str
    whole: Mapping[str, Figure]
    categories: Mapping[str, Figure]
    motives: Mapping[str, Figure] = dataclass_field(default_factory=dict)
    field: Field = WHOLE_FIELD

    def count(self, code: str) -> float:
        """The people of a stage; only of a course that is told."""
        return self.whole[code].value or 0.0

    @property
    def is_told(self) -> bool:
        """Whether every count is known, and nested as those of a cohort are."""
        if any(code not in self.whole or self.whole[code].value is None for code in CODES):
            return False
        counts = [self.count(code) for code in (*STAGES, COUNT, POSITIVE)]
        return counts[0] > 0 and all(one >= other for one, other in zip(counts, counts[1:], strict=False))


def read_course(
    screen: Screen, convention: Convention, *, span: Span, received: Sequence[Period], audience: str,
    field: Field = WHOLE_FIELD,
) -> Course | None:  # fmt: skip
    """The cohorts oriented up to the end of a span; None without paths."""
    if not convention.is_paths_allowed or not set(CODES) <= set(convention.indicators):
        return None
    periods = list_cohorts(received, span, cadence=convention.cadence)
    if not periods:
        return None

    def ask(*by: str, codes: tuple[str, ...] = CODES) -> list[Figure]:
        asked = tuple(one.code for one in periods)
        request = Request(convention.key, asked, by=by, indicators=codes, reading=COHORT, audience=audience)
        return get_figures(screen.database, field.narrow(request))

    whole = by_indicator(ask())
    if all(one.state == "n.d." for one in whole.values()):
        return None
    categories, motives = (
        {dict(one.segment)[axis]: one for one in ask(axis, codes=(COUNT,))} for axis in ("categorie", "motif")
    )
    return Course(convention, periods[0].year, span, audience, whole, categories, motives, field)


def list_cohorts(received: Sequence[Period], span: Span, *, cadence: str) -> list[Period]:
    """The years received to that of the span, which is cut where the span ends."""
    periods: list[Period] = []
    for year in sorted(list_years(received, cadence), key=lambda one: one.year):
        if year.year < span.year:
            periods += year.periods
        elif year.year == span.year and year.first <= span.last:
            periods += cover(year.year, year.first, min(year.last, span.last), cadence).periods
    return periods
