"""A convention and a year in; the figures of the accompagnement global for its page out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as dataclass_field

from conventions.periods import Period
from conventions.values import Convention
from indicators.figures import Request
from indicators.objectives import ObjectiveReading
from indicators.values import Figure
from ui.field import WHOLE_FIELD, Field
from ui.readings import by_indicator, get_figures, get_objectives
from ui.shell import Screen
from ui.spans import Span, find_last_year, find_rhythm

FOUR = ("entrees_cumulees", "delai_moyen_demarrage", "taille_moyenne_portefeuille", "en_cours")
BESIDE = ("entrees_par_conseiller", "conseillers", "entrees")
EACH = "taille_moyenne_portefeuille"
"""What is agreed of each adviser, so of each place as of the whole."""


@dataclass(frozen=True)
class Year:
    """The year so far: its figures, last year's, month by month, place by place, and what was agreed: of one place,
    what was agreed of each adviser, without the figure of the whole; `everywhere` has every place together."""

    convention: Convention
    span: Span
    last_year: Span | None
    audience: str
    whole: dict[str, Figure]
    before: dict[str, Figure]
    months: Sequence[Figure]
    months_before: Sequence[Figure]
    places: Sequence[Figure]
    exits: Sequence[Figure]
    obstacles: Sequence[Figure]
    readings: Sequence[ObjectiveReading]
    advisers: Sequence[Figure] = ()
    means: Sequence[Figure] = ()
    field: Field = WHOLE_FIELD
    everywhere: Mapping[str, Figure] = dataclass_field(default_factory=dict)

    def series(self, indicator: str) -> list[Figure]:
        """One indicator, period by period."""
        return [figure for figure in self.months if figure.indicator == indicator]

    def series_before(self, indicator: str) -> dict[str, float | None]:
        """Last year's values, by the part of the code after the year."""
        return {
            (figure.period or "")[4:]: figure.value
            for figure in self.months_before
            if figure.indicator == indicator
        }

    @property
    def has_obstacles(self) -> bool:
        """Whether a return told the obstacles met."""
        return any(figure.value for figure in self.obstacles)

    @property
    def is_comparable(self) -> bool:
        """Whether last year was received for the same periods: else its counts are of a shorter time."""
        now = {(figure.period or "")[4:] for figure in self.months}
        before = {(figure.period or "")[4:] for figure in self.months_before if figure.value is not None}
        return now <= before

    def last_value(self, code: str, *, accumulates: bool) -> float | None:
        """Last year's value, when it compares."""
        figure = self.before.get(code)
        return None if figure is None or (accumulates and not self.is_comparable) else figure.value

    def reading(self, indicator: str) -> ObjectiveReading | None:
        """What was agreed of an indicator this year."""
        return next((one for one in self.readings if one.objective.indicator == indicator), None)


def read_year(
    screen: Screen, convention: Convention, *, span: Span, received: Sequence[Period], audience: str,
    field: Field = WHOLE_FIELD,
) -> Year:  # fmt: skip
    """Everything the page shows, asked for by span, by period, by place, by motive and by obstacle."""

    def ask(over: Span | None, *indicators: str, by: tuple[str, ...] = ()) -> list[Figure]:
        if over is None:
            return []
        request = Request(convention.key, periods=over.codes, by=by, indicators=indicators, audience=audience)
        return get_figures(screen.database, field.narrow(request))

    whole = by_indicator(ask(span, *FOUR, *BESIDE))
    wide = Request(convention.key, periods=span.codes, indicators=FOUR, audience=audience)
    readings = get_objectives(screen.database, convention.key, span.year)
    rhythm = find_rhythm(received, convention.cadence)
    months = tuple(period for period in rhythm if span.holds(period))
    before = tuple(period for period in rhythm if period.year == span.year - 1)
    last_year = find_last_year(span, received)
    return Year(
        convention=convention,
        span=span,
        last_year=last_year,
        audience=audience,
        whole=whole,
        before=by_indicator(ask(last_year, *FOUR, *BESIDE)),
        months=ask(Span(months), *FOUR, by=("periode",)),
        months_before=ask(Span(before) if before else None, *FOUR, by=("periode",)),
        places=ask(span, *FOUR, by=("territoire",)),
        exits=ask(span, "sorties", by=("motif",)),
        obstacles=ask(span, "freins_identifies", "freins_leves", by=("frein",)),
        advisers=ask(span, "en_cours", by=("conseiller",)),
        means=ask(span, "moyens_mobilises", by=("frein",)),
        readings=[replace(one, figure=None) for one in readings if one.objective.indicator == EACH]
        if field.is_part
        else readings,
        field=field,
        everywhere=by_indicator(get_figures(screen.database, wide)) if field.place else whole,
    )
