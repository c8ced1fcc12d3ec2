"""The words of a request in; the same, all known, or a sentence that says which one is not, out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from conventions.agreements import load_conventions
from conventions.catalogue import Catalogue
from conventions.periods import parse_period
from conventions.values import Convention, Segment
from indicators.windows import PERIOD, WINDOWS

FLUX, COHORT = "flux", "cohorte"
READINGS = (FLUX, COHORT)
PRODUCER, COMMITTEE = "producteur", "comite"
AUDIENCES = (PRODUCER, COMMITTEE)
BASE_AXES = ("territoire", "periode", "source")


class RequestError(ValueError):
    """A request that cannot be answered; the message is a French sentence with what was expected."""


@dataclass(frozen=True)
class Request:
    """What is asked: no `indicators` means all those of the convention, no `periods` every one received.

    `window` says how much time each figure is read over, up to the end of its period. `territories` makes of the
    whole the sum over just these, each of which must be known; a single one is what every figure is about. `segment`
    is the group that every figure is about. `as_of` is the day of the reading: figures that may still change on that
    day are said to be provisional.
    """

    convention: str
    periods: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    reading: str = FLUX
    source: str | None = None
    audience: str = PRODUCER
    as_of: date | None = None
    window: str = PERIOD
    territories: tuple[str, ...] = ()
    segment: Segment = ()


def find_convention(key: str) -> Convention:
    """The convention of that key."""
    known = load_conventions()
    if key not in known:
        raise RequestError(f"La convention « {key} » n’existe pas. Attendu : {', '.join(known)}.")
    return known[key]


def check_request(request: Request, convention: Convention, catalogue: Catalogue) -> None:
    """RequestError on the first word that nothing knows."""
    expectations: list[tuple[str, Iterable[str], Iterable[str]]] = [
        ("L’axe", request.by, (*BASE_AXES, *catalogue.axes)),
        ("Le découpage", [axis for axis, _ in request.segment], catalogue.axes.keys() - set(request.by)),
        ("L’indicateur", request.indicators, {*catalogue.indicators, *catalogue.measures}),
        ("La lecture", [request.reading], READINGS),
        ("L’audience", [request.audience], AUDIENCES),
        ("La fenêtre", [request.window], WINDOWS),
        ("Le territoire", request.territories, convention.codes),
        ("La source", [request.source] if request.source else [], [one.code for one in convention.sources]),
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
