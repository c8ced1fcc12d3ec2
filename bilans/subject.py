"""A convention, the periods of its bilan and the day of reading in; what to ask, and the header, out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bilans.scope import Scope
from bilans.terms import Terms
from bilans.values import Definition, Header
from conventions.periods import parse_period
from conventions.values import Convention
from indicators.request import Request
from ui.french import set_typography, write_span

TABLES: Mapping[str, tuple[str, ...]] = {
    "whole": (),
    "places": ("territoire",),
    "parts": ("periode",),
    "detail": ("territoire", "periode"),
}
"""The tables of a bilan and the axes that each is asked by."""
SOURCES, AXIS = "sources.", "axis."


@dataclass(frozen=True)
class Subject:
    """What a bilan is about: a convention and its words, the periods, the day of reading."""

    terms: Terms
    scope: Scope
    as_of: date

    @property
    def convention(self) -> Convention:
        """The convention."""
        return self.terms.convention


def list_requests(
    subject: Subject, *, axes: Mapping[str, tuple[str, ...]], shared: tuple[str, ...]
) -> dict[str, Request]:
    """Every table and axis of counts, this year and the year before; every source of shared counts."""
    key, day, codes = subject.convention.key, subject.as_of, subject.scope.codes
    periods = {
        "whole": codes,
        "places": codes,
        "parts": tuple(part.code for part in subject.scope.parts),
        "detail": tuple(part.code for part in subject.scope.own_parts),
    }
    asked = {
        name: Request(key, periods=periods[name], by=by, as_of=day)
        for name, by in TABLES.items()
        if periods[name]
    }
    if shared:
        by_source = {name: ("source", *one.by) for name, one in asked.items()}
        asked |= {
            f"{SOURCES}{name}": replace(asked[name], by=by, indicators=shared)
            for name, by in by_source.items()
        }
    for axis, measures in axes.items():
        asked[f"{AXIS}{axis}"] = Request(key, periods=codes, by=(axis,), indicators=measures, as_of=day)
    now = {f"{name}.now": request for name, request in asked.items()}
    earlier = {name: request for name, request in asked.items() if not name.startswith(SOURCES)}
    before = {f"{name}.before": replace(one, periods=_shift(one.periods)) for name, one in earlier.items()}
    return now | before


def _shift(periods: Sequence[str]) -> tuple[str, ...]:
    """The same periods, a year before."""
    return tuple(parse_period(code).shift(-1).code for code in periods)


def make_header(subject: Subject, *, author: str, audience: str) -> Header:
    """The header of a draft."""
    convention, scope = subject.convention, subject.scope
    return Header(
        convention=set_typography(convention.label),
        key=convention.key,
        title=set_typography(convention.title),
        partners=convention.partners,
        signatories=convention.signatories,
        territory=convention.territory.name,
        start=convention.start,
        end=convention.end,
        convention_state=convention.state(subject.as_of),
        rule=set_typography(convention.bilan),
        period=write_span([scope.asked]),
        code=scope.asked.code,
        span=write_span(scope.together),
        span_end=scope.together[-1].end,
        before_span=write_span([period.shift(-1) for period in scope.together]),
        as_of=subject.as_of,
        made_on=date.today(),
        author=author,
        audience=audience,
        secrecy_threshold=convention.secrecy_threshold,
    )


def define(subject: Subject) -> tuple[Definition, ...]:
    """The indicators of the convention, then the counts that they are made of and that it does not list."""
    catalogue = subject.terms.catalogue
    own = [catalogue.indicator(code) for code in subject.convention.indicators]
    terms = [term.measure for one in own for term in (one.numerator, one.denominator) if term is not None]
    codes = dict.fromkeys([*subject.convention.indicators, *terms])
    return tuple(subject.terms.definition(catalogue.indicator(code)) for code in codes)
