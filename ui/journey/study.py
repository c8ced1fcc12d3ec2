"""The reader's choices in; every figure that the page of the funnel shows, asked for once, out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from conventions.periods import Period
from conventions.values import Convention, Indicator
from indicators.evolution import Evolution, is_even
from indicators.figures import Request
from indicators.request import FLUX
from indicators.values import Figure
from ui.evolutions import read_evolutions
from ui.field import WHOLE_FIELD, Field
from ui.journey.stages import CALLED, INDICATORS, STEPS, Step
from ui.readings import by_indicator, get_figures
from ui.shell import Screen
from ui.spans import Span

LINE = "taux_integration_diagnostic"
TABLE = (
    "taux_presence",
    "taux_diagnostic_prescrits",
    "taux_passage_diagnostic",
    "taux_integration_diagnostic",
    "taux_integration_reception",
    "taux_integration_orientation",
    "taux_presence_ic",
    "part_prescription_ft",
)


ALL_SENT = "tous prescripteurs"


def say_scope(indicator: Indicator, reading: str) -> str:
    """« tous prescripteurs » of a rate that counts people whoever sent them, beside those that prefer France
    Travail's: only the events of a period have both."""
    own = indicator.numerator
    is_step = own.measure in {step.code for step in STEPS}
    return ALL_SENT if reading == FLUX and is_step and not own.prefer and not own.segment else ""


@dataclass(frozen=True)
class Choice:
    """What the reader looks at."""

    convention: Convention
    span: Span
    last_year: Span | None
    reading: str
    audience: str
    field: Field = WHOLE_FIELD

    @property
    def steps(self) -> Sequence[Step]:
        """The stages of the path, or what the source chosen in place of the first counts of it."""
        return CALLED if self.field.source is not None else STEPS

    @property
    def codes(self) -> tuple[str, ...]:
        """The indicators of the page that the convention has."""
        counts = [step.code for step in self.steps if not step.rate]
        return tuple(one for one in dict.fromkeys((*INDICATORS, *TABLE, *counts)) if one in self.convention.indicators)

    def request(
        self,
        span: Span,
        *,
        by: Sequence[str] = (),
        indicators: Sequence[str] = INDICATORS,
        reading: str | None = None,
        field: Field | None = None,
    ) -> Request:
        """Figures of a span for this reader, of the field of the page unless another is given."""
        request = Request(
            self.convention.key,
            periods=span.codes,
            by=tuple(by),
            indicators=tuple(indicators),
            reading=reading or self.reading,
            audience=self.audience,
        )
        return (field or self.field).narrow(request)


@dataclass(frozen=True)
class Study:
    """The figures of the page: the whole of its field, by place, and of last year when it is compared.

    `whole_before` holds what is about the same territories as the whole; `narrowed`, the evolution of the others over
    the territories known at both dates; `everywhere`, the figures of every place together.
    """

    choice: Choice
    whole: dict[str, Figure]
    whole_before: dict[str, Figure] | None
    narrowed: dict[str, Evolution]
    places: Sequence[Figure]
    places_before: Sequence[Figure]
    lines: Sequence[Figure]
    cohort: dict[str, Figure]
    everywhere: dict[str, Figure]


def read_whole(screen: Screen, choice: Choice) -> tuple[dict[str, Figure], dict[str, Figure] | None]:
    """The figures of the whole, and last year's when it is compared."""
    now, past = (
        by_indicator(get_figures(screen.database, choice.request(span, indicators=choice.codes))) if span else None
        for span in (choice.span, choice.last_year)
    )
    return now or {}, past


def read_study(screen: Screen, choice: Choice, *, rhythm: Sequence[Period]) -> Study:
    """All that the page shows; the lines run period by period through the span, or through its year."""
    known, database, before = choice.codes, screen.database, choice.last_year
    ask = choice.request
    inside = [period for period in rhythm if choice.span.holds(period)]
    line = Span(
        tuple(inside if len(inside) > 1 else [period for period in rhythm if period.year == choice.span.year])
    )
    whole, whole_before = read_whole(screen, choice)
    wide = choice.request(choice.span, indicators=known, field=choice.field.widen())
    uneven = tuple(code for code, figure in whole.items() if not is_even(figure, (whole_before or {}).get(code)))
    return Study(
        choice=choice,
        whole=whole,
        whole_before=whole_before and {code: one for code, one in whole_before.items() if code not in uneven},
        narrowed=read_evolutions(database, ask(choice.span, indicators=uneven), choice.span)
        if whole_before and uneven
        else {},
        places=get_figures(database, ask(choice.span, by=("territoire",), indicators=known)),
        places_before=get_figures(database, ask(before, by=("territoire",), indicators=known))
        if before
        else [],
        lines=get_figures(database, ask(line, by=("territoire", "periode"), indicators=(LINE,))),
        cohort=by_indicator(get_figures(database, ask(choice.span, reading="cohorte"))),
        everywhere=by_indicator(get_figures(database, wide)) if choice.field.place else whole,
    )
