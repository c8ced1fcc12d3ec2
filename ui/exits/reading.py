"""The reader's choices in; every figure that the page of exits shows, asked for once, out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as dataclass_field

from conventions.periods import Period
from conventions.values import Convention, ExitCategory
from indicators.evolution import Evolution
from indicators.figures import Request
from indicators.objectives import ObjectiveReading
from indicators.values import Figure
from ui.evolutions import read_evolutions
from ui.field import WHOLE_FIELD, Field
from ui.readings import by_indicator, get_figures, get_objectives
from ui.shell import Screen
from ui.spans import Span, find_rhythm

COUNT, POSITIVE, RATE = "sorties", "sorties_positives", "taux_sorties_positives"
RECENT = 8
"""Periods of the charts through time."""


@dataclass(frozen=True)
class Exits:
    """The exits of a span, of the field of the page: the whole, by category, by motive, through time, and what was
    agreed of them: of the whole convention alone, else it stands `aside`. Place by place, and `everywhere`."""

    convention: Convention
    span: Span
    last_year: Span | None
    audience: str
    whole: dict[str, Figure]
    before: dict[str, Figure]
    categories: dict[str, Figure]
    categories_before: dict[str, Figure]
    motives: dict[str, Figure]
    through: Sequence[Figure]
    places: Sequence[Figure]
    evolution: Evolution | None
    objective: ObjectiveReading | None
    aside: ObjectiveReading | None = None
    everywhere: Mapping[str, Figure] = dataclass_field(default_factory=dict)
    field: Field = WHOLE_FIELD

    @property
    def main(self) -> str:
        """The rate of positive exits where one was agreed, else the count of all."""
        return RATE if RATE in self.convention.indicators else COUNT

    @property
    def is_objective_of_span(self) -> bool:
        """Whether the objective of the year is read over these very periods."""
        found = self.objective
        return found is not None and found.periods != () and Span(found.periods).codes == self.span.codes

    def at(self, indicator: str, period: Period) -> Figure | None:
        """The figure of an indicator in a period of the charts."""
        return next((one for one in self.through if (one.indicator, one.period) == (indicator, period.code)), None)


def has_exits(convention: Convention) -> bool:
    """Whether a convention counts exits by motives of its own."""
    return bool(convention.exits) and COUNT in convention.indicators


def read_exits(
    screen: Screen,
    convention: Convention,
    *,
    span: Span,
    last_year: Span | None,
    periods: Sequence[Period],
    audience: str,
    field: Field = WHOLE_FIELD,
) -> Exits:
    """Everything the page shows, asked for as the reader may see it."""
    known = tuple(one for one in (COUNT, POSITIVE, RATE) if one in convention.indicators)

    def ask(over: Span | None, *by: str, codes: tuple[str, ...] = known) -> list[Figure]:
        if over is None or not over.periods:
            return []
        request = Request(convention.key, periods=over.codes, by=by, indicators=codes, audience=audience)
        return get_figures(screen.database, field.narrow(request))

    readings = get_objectives(screen.database, convention.key, span.year, audience=audience)
    agreed = next((one for one in readings if one.objective.indicator == RATE), None)
    wide = Request(convention.key, periods=span.codes, indicators=known, audience=audience)
    return Exits(
        convention=convention,
        span=span,
        last_year=last_year,
        audience=audience,
        whole=by_indicator(ask(span)),
        before=by_indicator(ask(last_year)),
        categories=_by_value(ask(span, "categorie", codes=(COUNT,)), "categorie"),
        categories_before=_by_value(ask(last_year, "categorie", codes=(COUNT,)), "categorie"),
        motives=_by_value(ask(span, "motif", codes=(COUNT,)), "motif"),
        through=ask(Span(tuple(periods)), "periode"),
        places=ask(span, "territoire"),
        evolution=read_evolutions(
            screen.database, field.narrow(Request(convention.key, indicators=(known[-1],), audience=audience)), span
        ).get(known[-1]),
        objective=None if field.is_part else agreed,
        aside=agreed if field.is_part else None,
        field=field,
        everywhere=by_indicator(get_figures(screen.database, field.widen().narrow(wide))),
    )


def _by_value(figures: Sequence[Figure], axis: str) -> dict[str, Figure]:
    return {dict(one.segment)[axis]: one for one in figures}


def list_quarters(received: Sequence[Period], span: Span, *, cadence: str) -> list[Period]:
    """The last periods to the end of the span, at the rhythm of the returns; months are read by whole quarters."""
    rhythm = find_rhythm(received, cadence)
    if rhythm and rhythm[0].grain == "mois":
        months = set(rhythm)
        quarters = {Period(one.year, one.month - (one.month - 1) % 3, 3) for one in rhythm}
        rhythm = sorted(one for one in quarters if months.issuperset(one.parts("mois")))
    return [one for one in rhythm if one.end <= span.periods[-1].end][-RECENT:]


def is_one(category: ExitCategory) -> bool:
    """Whether a category is a single motive: then it needs no group."""
    return len(category.motifs) == 1
