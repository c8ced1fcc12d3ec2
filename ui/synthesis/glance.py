"""A convention in; all that its synthesis says (objectives, figures, returns of its last year), and its title, out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from conventions.periods import Period
from conventions.values import Convention
from indicators.figures import Request
from indicators.objectives import ObjectiveReading
from indicators.request import PRODUCER
from indicators.values import Figure
from ui.french import write_date, write_long_date, write_quantity
from ui.objectives import write_title
from ui.places import count_places
from ui.readings import by_indicator, get_completeness, get_figures, get_objectives, received_periods
from ui.returns import Return, sort_returns
from ui.shell import Screen
from ui.spans import Span, find_last_year, list_years


@dataclass(frozen=True)
class Glance:
    """All that the page says of one convention."""

    convention: Convention
    span: Span
    readings: Sequence[ObjectiveReading]
    figures: Sequence[Figure]
    before: Mapping[str, Figure]
    by_source: Sequence[Figure]
    returns: Sequence[Return]
    received: Sequence[Period]
    day: date
    audience: str


def read_glance(screen: Screen, convention: Convention, audience: str = PRODUCER) -> Glance:
    """The last year received, as far as it was received."""
    received = received_periods(screen.database, convention)
    span = list_years(received, convention.cadence)[0]
    last_year = find_last_year(span, received)

    def ask(periods: tuple[str, ...], *by: str) -> list[Figure]:
        request = Request(
            convention.key, periods=periods, indicators=convention.indicators, by=by, audience=audience
        )
        return get_figures(screen.database, request)

    return Glance(
        convention=convention,
        span=span,
        readings=get_objectives(screen.database, convention.key, span.year, audience=audience),
        figures=ask(span.codes),
        before=by_indicator(ask(last_year.codes)) if last_year else {},
        by_source=ask(span.codes, "source"),
        returns=sort_returns(
            get_completeness(screen.database, convention.key, screen.today), convention, span.year
        ),
        received=received,
        day=screen.today,
        audience=audience,
    )


def write_finding(screen: Screen, glance: Glance) -> str:
    """How many objectives are held and which are not; without objectives, how many figures are followed."""
    if glance.readings:
        return write_title(glance.readings, screen.catalogue)
    known = sum(figure.value is not None for figure in glance.figures)
    return f"{write_quantity(known, 'chiffre suivi', 'chiffres suivis')}, aucun objectif chiffré convenu"


def write_context(glance: Glance) -> list[str]:
    """The convention, the days that are read and its places."""
    first, last = glance.span.periods[0].start, glance.span.periods[-1].end
    days = f"{write_long_date(first)} – {write_long_date(last)}"
    return [glance.convention.label, days, *count_places(glance.convention)]


def write_state(screen: Screen, convention: Convention) -> str:
    """« Convention en cours, du 01/01/2023 au 31/12/2027 »."""
    ends = f"du {write_date(convention.start)} au {write_date(convention.end)}"
    return f"Convention {convention.state(screen.today)}, {ends}"
