"""A request in (which indicators, for which convention, by which axes, over which periods, for whom); figures out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import product

from conventions.agreements import load_conventions
from conventions.catalogue import Catalogue, load_catalogue
from conventions.periods import Period, parse_period
from conventions.values import Convention, Indicator, Segment, Term
from indicators.amounts import Amount
from indicators.combine import Cell, Combiner, Question
from indicators.counts import Counts, derived_measures, read_counts
from indicators.resolve import Resolver
from indicators.rules import adapt_indicator, adjust_denominator
from indicators.secrecy import protect
from indicators.values import Figure
from store.database import Database

READINGS = ("flux", "cohorte")
AUDIENCES = ("producteur", "comite")
BASE_AXES = ("territoire", "periode", "source")
_NOT_COHORT = frozenset({"stock", "distinct", "somme"})


class RequestError(ValueError):
    """A request that cannot be answered; the message is a French sentence with what was expected."""


@dataclass(frozen=True)
class Request:
    """What is asked. Empty `indicators` means all those of the convention, empty `periods` every period received.

    `as_of` is the day of the reading: recent figures that may still change are said to be provisional on that day.
    """

    convention: str
    periods: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    reading: str = "flux"
    source: str | None = None
    audience: str = "producteur"
    as_of: date | None = None


@dataclass(frozen=True)
class _Engine:
    """What answers the questions of one request."""

    request: Request
    convention: Convention
    catalogue: Catalogue
    counts: Sequence[Counts]
    periods: tuple[Period, ...]
    as_of: date


def compute_figures(database: Database, request: Request) -> list[Figure]:
    """The figures of a request, in order of indicator, source, territory, period and segment; secrecy applied last."""
    catalogue, convention = load_catalogue(), _find_convention(request)
    codes = _check(request, convention, catalogue)
    chosen = [adapt_indicator(catalogue.indicator(code), convention, request.reading) for code in codes]
    measures = {term.measure for one in chosen for term in _terms(one)}
    counts = read_counts(database, convention, derived_measures(measures, catalogue), request.reading)
    periods = tuple(parse_period(code) for code in request.periods) or _received(counts, convention)
    engine = _Engine(request, convention, catalogue, counts, periods, request.as_of or date.today())
    figures = [figure for indicator in chosen for figure in _answer(engine, indicator)] if periods else []
    if request.audience == "comite":
        return protect(figures, convention.secrecy_threshold, catalogue)
    return figures


def _find_convention(request: Request) -> Convention:
    known = load_conventions()
    if request.convention not in known:
        raise RequestError(f"La convention « {request.convention} » n’existe pas. Attendu : {', '.join(known)}.")
    return known[request.convention]


def _check(request: Request, convention: Convention, catalogue: Catalogue) -> tuple[str, ...]:
    """Every word of the request is known; the codes of the indicators to compute."""
    known = {*catalogue.indicators, *catalogue.measures}
    expectations: list[tuple[str, Iterable[str], Iterable[str]]] = [
        ("L’axe", request.by, (*BASE_AXES, *catalogue.axes)),
        ("L’indicateur", request.indicators, known),
        ("La lecture", [request.reading], READINGS),
        ("Le public visé", [request.audience], AUDIENCES),
        ("La source", [request.source] if request.source else [], [source.code for source in convention.sources]),
    ]
    for what, values, allowed in expectations:
        for value in values:
            if value not in set(allowed):
                raise RequestError(f"{what} « {value} » n’existe pas. Attendu : {', '.join(sorted(allowed))}.")
    try:
        for code in request.periods:
            parse_period(code)
    except ValueError as error:
        raise RequestError(str(error)) from error
    codes = request.indicators or convention.indicators
    if request.reading == "cohorte" and not request.indicators:
        codes = tuple(code for code in codes if _has_cohort(catalogue.indicator(code), catalogue))
    return codes


def _has_cohort(indicator: Indicator, catalogue: Catalogue) -> bool:
    measures = [catalogue.measures[term.measure] for term in _terms(indicator)]
    return all(measure.event is not None and measure.kind not in _NOT_COHORT for measure in measures)


def _terms(indicator: Indicator) -> list[Term]:
    return [term for term in (indicator.numerator, indicator.denominator) if term is not None]


def _received(counts: Sequence[Counts], convention: Convention) -> tuple[Period, ...]:
    """Every period received, at the convention's own rhythm, or at the rhythm most received when that one is not."""
    codes = {code for one in counts for series in one.series.values() for by in series.values() for code in by}
    periods = sorted(parse_period(code) for code in codes)
    rhythm = [period for period in periods if period.grain == convention.cadence]
    if rhythm or not periods:
        return tuple(rhythm)
    grains = [period.grain for period in periods]
    most = max(set(grains), key=grains.count)
    return tuple(period for period in periods if period.grain == most)


def _answer(engine: _Engine, indicator: Indicator) -> Iterable[Figure]:
    """Every figure of one indicator: one per source asked for (or the first that knows), place, period and segment."""
    segments = _segments(engine, indicator)
    places: list[str | None] = [None]
    if "territoire" in engine.request.by:
        places = list(_places(engine, indicator))
    spans = [(period,) for period in engine.periods] if "periode" in engine.request.by else [engine.periods]
    for source in _sources(engine, indicator):
        combiners = [
            Combiner(Resolver(one, engine.convention, engine.catalogue), engine.convention)
            for one in sorted(engine.counts, key=lambda c: c.origin, reverse=True)
            if one.source == source
        ]
        for place, span, segment in product(places, spans, segments):
            question = Question(indicator, segment, span)
            yield _figure(engine, question, place, source, combiners)


def _sources(engine: _Engine, indicator: Indicator) -> list[str]:
    """The sources to show: all those that know the measure when asked by source, else the first of the convention."""
    measures = {term.measure for term in _terms(indicator)} | (
        {"sorties"} if indicator.numerator.measure == "sorties_positives" else set()
    )
    knowing = {one.source for one in engine.counts if any(measure in measures for measure, _ in one.series)}
    order = [source.code for source in engine.convention.sources]
    order += sorted(knowing - set(order))
    allowed = [code for code in order if not indicator.sources or code in indicator.sources] or order
    if engine.request.source is not None:
        return [engine.request.source]
    if "source" in engine.request.by:
        return [code for code in order if code in knowing] or allowed[:1]
    return [next((code for code in allowed if code in knowing), allowed[0])]


def _places(engine: _Engine, indicator: Indicator) -> list[str]:
    """The convention's territories of which something is known, in its own order."""
    measures = {term.measure for term in _terms(indicator)} | {"sorties"}
    seen = {t for one in engine.counts for measure in measures for t in one.territories(measure)}
    order = [place.code for place in engine.convention.places] + [engine.convention.territory.code]
    return [code for code in order if code in seen]


def _segments(engine: _Engine, indicator: Indicator) -> list[Segment]:
    """The values of each axis asked for, as far as the numerator is counted by it; the whole when none is asked."""
    axes = [axis for axis in engine.request.by if axis not in BASE_AXES]
    if not axes:
        headline = engine.catalogue.measures[indicator.numerator.measure].headline
        return [headline]
    return [tuple(sorted(zip(axes, values, strict=True))) for values in product(*(_values(engine, indicator, a) for a in axes))]


def _values(engine: _Engine, indicator: Indicator, axis: str) -> list[str]:
    measures = {indicator.numerator.measure} | ({"sorties"} if axis in ("motif", "categorie") else set())
    if axis not in engine.catalogue.measures[indicator.numerator.measure].axes:
        return []
    seen = {
        value for one in engine.counts for measure in measures for segment in one.segments(measure)
        for name, value in segment if name == axis
    }  # fmt: skip
    if axis == "categorie":
        motifs = {value for one in engine.counts for segment in one.segments("sorties") for name, value in segment if name == "motif"}
        counted = measures & {"sorties", "sorties_positives"} and indicator.numerator.measure.startswith("sorties")
        seen |= {engine.convention.motifs[motif] for motif in motifs if motif in engine.convention.motifs and counted}
    if indicator.numerator.measure == "sorties_positives" or indicator.numerator.measure != "sorties":
        seen &= _own_values(engine, indicator, axis, seen)
    order = list(engine.catalogue.axes[axis].values)
    return sorted(seen, key=lambda value: (order.index(value) if value in order else len(order), value))


def _own_values(engine: _Engine, indicator: Indicator, axis: str, seen: set[str]) -> set[str]:
    """The values that the numerator itself can take: positive exits have positive categories and motives only."""
    if indicator.numerator.measure == "sorties_positives" and axis in ("motif", "categorie"):
        positive = [category for category in engine.convention.exits if category.is_positive]
        return {category.code for category in positive} | {motif for category in positive for motif in category.motifs}
    measure = indicator.numerator.measure
    own = {v for one in engine.counts for s in one.segments(measure) for name, v in s if name == axis}
    return own & seen


def _figure(
    engine: _Engine, question: Question, place: str | None, source: str, combiners: Sequence[Combiner]
) -> Figure:
    """The best answer of the returns, else of the paths; the state says what to think of it."""
    cells = [_ask(engine, combiner, question, place) for combiner in combiners]
    chosen = next((cell for cell in cells if _is_complete(cell)), None)
    chosen = chosen or next((cell for cell in cells if _is_known(cell)), cells[0] if cells else (Amount(None, "n.d."), None))
    by = engine.request.by
    return Figure(
        indicator=question.indicator.code,
        territory=place,
        period=question.periods[0].code if "periode" in by or len(question.periods) == 1 else None,
        source=source,
        segment=question.segment,
        **_reading(engine, question, chosen),
    )


def _ask(engine: _Engine, combiner: Combiner, question: Question, place: str | None) -> Cell:
    """The cell of one place; the preferred numerator (oriented by France Travail) when the source tells it apart."""
    ask = combiner.whole if place is None else lambda q: combiner.at(q, place)
    preferred = prefer_numerator(question)
    if preferred is not None:
        cell = ask(preferred)
        if _is_known(cell) and _is_complete(cell):
            return adjust_denominator(cell, question, ask, engine.convention)
    return adjust_denominator(ask(question), question, ask, engine.convention)


def prefer_numerator(question: Question) -> Question | None:
    """The question with the preferred segment of its numerator; None when it has none."""
    term = question.indicator.numerator
    if not term.prefer:
        return None
    numerator = replace(term, segment=tuple(sorted({**dict(term.segment), **dict(term.prefer)}.items())), prefer=())
    return replace(question, indicator=replace(question.indicator, numerator=numerator))


def _is_known(cell: Cell) -> bool:
    top, bottom = cell
    return top.is_known and (bottom is None or bottom.is_known)


def _is_complete(cell: Cell) -> bool:
    top, bottom = cell
    return _is_known(cell) and not top.missing and not (bottom and bottom.missing)


def _reading(engine: _Engine, question: Question, cell: Cell) -> dict[str, object]:
    """Numerator, denominator, value, state, missing and leaves of a figure."""
    top, bottom = cell
    numerator = top.value
    denominator = bottom.value if bottom is not None else None
    value = numerator
    if bottom is not None:
        value = numerator / denominator if numerator is not None and denominator else None
    missing = tuple(dict.fromkeys((*top.missing, *(bottom.missing if bottom else ()))))
    return {
        "numerator": numerator,
        "denominator": denominator,
        "value": value,
        "state": _state(engine, question, cell, value, missing),
        "missing": missing,
        "leaves": (top.leaves, bottom.leaves if bottom else ()),
    }


def _state(
    engine: _Engine, question: Question, cell: Cell, value: float | None, missing: tuple[tuple[str, str], ...]
) -> str:
    if value is None:
        states = {amount.state for amount in cell if amount is not None and not amount.is_known}
        return "secret" if "secret" in states else "n.d."
    if question.indicator.unit == "taux" and value > 1 and engine.request.reading == "flux":
        return "> 100 %"
    if missing:
        return "partiel"
    end = max(period.end for period in question.periods)
    months = question.indicator.provisional_months
    if engine.request.reading == "cohorte":
        months = max(months, _MATURITY_MONTHS)
    return "provisoire" if end > engine.as_of or _months_between(end, engine.as_of) < months else "ok"


_MATURITY_MONTHS = 12


def _months_between(start: date, end: date) -> int:
    """Whole months from the day after `start` to `end`."""
    return (end.year - start.year) * 12 + end.month - start.month - (0 if end.day >= start.day or end.day >= 28 else 1)

