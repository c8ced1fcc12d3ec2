"""What a return gives already computed (a mean delay, a rate) in; the value just there, or why it is not had, out.

It is kept as supplied, with the denominator as its weight when the return gives it; it is never added up nor averaged.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from indicators.amounts import Amount
from indicators.judge import Asked
from indicators.refusals import SUPPLIED_PERIODS, SUPPLIED_PLACES
from indicators.resolve import Resolver
from indicators.scope import Scope
from indicators.spans import codes_within


def find_supplied(scope: Scope, resolvers: Sequence[Resolver], asked: Asked) -> Amount | None:
    """The mean or rate given as such for just this place and period: it is never built from others."""
    is_one = len(asked.periods) == 1 and len(scope.request.territories) <= 1
    if not is_one or asked.indicator.denominator is None:
        return None
    return _find(resolvers, asked, [_place(scope, asked)], [asked.periods[0].code])


def refuse_supplied(scope: Scope, resolvers: Sequence[Resolver], asked: Asked) -> str:
    """Why values supplied for its territories or its periods do not make the one asked for, if there are any."""
    if asked.indicator.denominator is None:
        return ""
    place, codes = _place(scope, asked), {code for period in asked.periods for code in codes_within(period)}
    if _find(resolvers, asked, [place], codes) is not None:
        return SUPPLIED_PERIODS
    parts = scope.request.territories or [one.code for one in scope.convention.places]
    is_whole = asked.place in (None, scope.convention.territory.code)
    return SUPPLIED_PLACES if is_whole and _find(resolvers, asked, parts, codes) is not None else ""


def _place(scope: Scope, asked: Asked) -> str:
    return asked.place or next(iter(scope.request.territories), scope.convention.territory.code)


def _find(
    resolvers: Sequence[Resolver], asked: Asked, places: Iterable[str], codes: Iterable[str]
) -> Amount | None:
    given = (
        one.counts.get(asked.indicator.code, asked.segment, place, code)
        for one in resolvers
        for place in places
        for code in codes
    )
    return next((one for one in given if one is not None and one.is_known), None)
