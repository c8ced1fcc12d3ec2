"""A request in (which indicators, of which convention, by which axes and periods, for whom); figures out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, partial
from itertools import product

from conventions.catalogue import Catalogue, load_catalogue
from conventions.periods import parse_period
from conventions.values import Convention, Indicator, Term
from conventions.versions import list_all_terms
from indicators.amounts import unknown
from indicators.combine import Amounts, Combiner, Question
from indicators.counts import read_counts
from indicators.definitions import count_by_version
from indicators.judge import Asked, Counted, make_figure
from indicators.narrowed import find_unsplit, refuse_narrowed
from indicators.request import COHORT, COMMITTEE, Request, RequestError, check_request, find_convention
from indicators.resolve import Resolver
from indicators.retained import Retained, read_retained
from indicators.rules import has_cohort, list_left_out, list_terms, prefer_terms
from indicators.scope import Scope, list_received
from indicators.secrecy import protect
from indicators.supplied import find_supplied, refuse_supplied
from indicators.values import Figure
from indicators.windows import open_window
from store.database import Database

__all__ = ["Request", "RequestError", "compute_figures", "compute_many"]


def compute_figures(database: Database, request: Request) -> list[Figure]:
    """The figures of a request, by indicator, source, territory, period and segment; secrecy comes last."""
    return compute_many(database, [request])[0]


def compute_many(database: Database, requests: Sequence[Request]) -> list[list[Figure]]:
    """The figures of each request; the cube is read once for all those of one convention, reading and years."""
    catalogue = load_catalogue()
    asked = [_prepare(request, catalogue) for request in requests]
    codes: dict[_Shelf, set[str]] = defaultdict(set)
    for one in asked:
        codes[one.shelf] |= one.codes
    shelves: dict[_Shelf, list[Resolver]] = {}
    for one in asked:
        if one.shelf not in shelves:
            shelves[one.shelf] = _read_shelf(database, one, codes[one.shelf], catalogue)
    retained = {key: read_retained(database, key) for key in {one.convention.key for one in asked}}
    return [_compute(database, one, shelves[one.shelf], retained[one.convention.key], catalogue) for one in asked]


_Shelf = tuple[object, ...]
"""What requests have in common when one reading of the cube serves them."""


@dataclass(frozen=True)
class _Prepared:
    """A request that was checked, its indicators, and the codes that the cube is read for."""

    request: Request
    convention: Convention
    indicators: tuple[Indicator, ...]
    codes: frozenset[str]

    @cached_property
    def periods(self) -> tuple[str, ...]:
        """The periods asked for, and those of their windows."""
        asked = [parse_period(code) for code in self.request.periods]
        windows = [open_window(self.request.window, period, self.convention) for period in asked]
        return tuple(period.code for period in (*asked, *(part for one in windows for part in one.periods)))

    @property
    def shelf(self) -> _Shelf:
        """Without periods, those received for its own indicators are read: nothing to share."""
        years = frozenset(code[:4] for code in self.periods)
        return self.convention.key, self.request.reading, years or self.codes


def _prepare(request: Request, catalogue: Catalogue) -> _Prepared:
    convention = find_convention(request.convention)
    check_request(request, convention, catalogue)
    indicators = [catalogue.indicator(code) for code in dict.fromkeys(request.indicators or convention.indicators)]
    if request.reading == COHORT and not request.indicators:
        indicators = [one for one in indicators if has_cohort(one, catalogue)]
    # A mean or a rate that a return only gives as such is kept under the indicator's own code.
    codes = {code for one in indicators for code in (one.code, *(t.measure for t in list_all_terms(one, convention)))}
    return _Prepared(request, convention, tuple(indicators), frozenset(codes))


def _read_shelf(database: Database, asked: _Prepared, codes: Set[str], catalogue: Catalogue) -> list[Resolver]:
    counts = read_counts(database, asked.convention, codes, asked.request.reading, periods=asked.periods)
    return [Resolver(one, asked.convention, catalogue) for one in counts]


def _compute(
    database: Database, asked: _Prepared, resolvers: Sequence[Resolver], retained: Retained, catalogue: Catalogue
) -> list[Figure]:
    request, convention, counts = asked.request, asked.convention, [one.counts for one in resolvers]
    as_of = request.as_of or date.today()
    periods = tuple(parse_period(code) for code in request.periods) or list_received(counts, convention, as_of)
    scope = Scope(request, convention, catalogue, counts, periods, as_of, retained)
    figures = [figure for one in asked.indicators for figure in _list_figures(scope, resolvers, one)]
    if request.audience != COMMITTEE:
        return figures
    return protect(figures, database, convention=convention, catalogue=catalogue, reading=request.reading)


def _list_figures(scope: Scope, resolvers: Sequence[Resolver], indicator: Indicator) -> Iterator[Figure]:
    """Every figure of one indicator: one per source, place, span of periods and segment."""
    own: dict[str, list[Resolver]] = defaultdict(list)
    for one in resolvers:
        own[one.counts.source].append(one)
    combiners = {source: Combiner(of_source, scope.convention) for source, of_source in own.items()}
    for first in scope.sources(indicator):
        for place, window, segment in product(scope.places(indicator), scope.windows(), scope.segments(indicator)):
            source = scope.choose_source(indicator, first, window.periods)
            combiner = combiners.setdefault(source, Combiner((), scope.convention))
            asked = Asked(indicator, source, place, window, segment)
            counted = count_by_version(scope, asked, partial(_count, scope, combiner))
            supplied = find_supplied(scope, own[source], asked)
            figure = make_figure(scope, asked, counted, supplied=supplied)
            if figure.value is None and not figure.reason:
                reason = refuse_supplied(scope, own[source], asked) or refuse_narrowed(scope, asked, counted.terms)
                figure = replace(figure, reason=reason)
            yield figure


def _count(scope: Scope, combiner: Combiner, asked: Asked) -> Counted:
    """The terms and their amounts; the preferred numerator, when it leaves out no more than the plain one."""
    terms = list_terms(asked.indicator)
    has_reading = scope.request.reading != COHORT or has_cohort(asked.indicator, scope.catalogue)
    if not has_reading or find_unsplit(scope, asked.indicator) is not None:
        return Counted(terms, tuple(unknown() for _ in terms))
    plain = _answer(scope, combiner, asked, terms)
    # In a cohort everyone was sent by France Travail: its numerators need no segment.
    preferred = prefer_terms(terms) if scope.request.reading != COHORT else None
    if preferred is None:
        return Counted(terms, plain)
    better = _answer(scope, combiner, asked, preferred)
    is_better = all(one.is_known for one in better) and _holes(better) <= _holes(plain)
    return Counted(preferred, better) if is_better else Counted(terms, plain)


def _answer(scope: Scope, combiner: Combiner, asked: Asked, terms: tuple[Term, ...]) -> Amounts:
    """The amounts of the terms, then of what the convention takes away from the denominator."""
    all_terms = (*terms, *list_left_out(asked.indicator, scope.convention))
    question = Question(all_terms, asked.segment, asked.periods, asked.indicator.time)
    return combiner.answer(question, asked.place, scope.request.territories)


def _holes(amounts: Amounts) -> set[tuple[str, str]]:
    return {hole for amount in amounts for hole in amount.missing}
