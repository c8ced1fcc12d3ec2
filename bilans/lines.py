"""Figures of this year and of the year before in; the lines of a bilan's tables out."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from operator import attrgetter

from bilans.pool import index_figures
from bilans.terms import Terms
from bilans.values import HOLE, Line, Quantity
from conventions.periods import parse_period
from indicators.values import Figure
from ui.proof.link import write_key

BEFORE = -1


def make_quantity(figure: Figure | None, terms: Terms) -> Quantity:
    """A figure in the words of its convention; a hole when there is none."""
    if figure is None:
        return HOLE
    return Quantity(
        numerator=figure.numerator,
        denominator=figure.denominator,
        value=figure.value,
        state=figure.state,
        missing=terms.missing(figure.missing, is_known=figure.value is not None),
        holes=frozenset((place, period[4:]) for place, period in figure.missing),
        basis=_find_basis(figure, terms) if figure.value is not None else "",
        proof=write_key(figure) if figure.asked is not None else "",
    )


def _find_basis(figure: Figure, terms: Terms) -> str:
    """« prescripteur France Travail »: whose numerator it is, where the indicator prefers people that returns do not
    always tell apart."""
    preferred = terms.catalogue.indicator(figure.indicator).numerator.prefer
    if not preferred or not figure.terms:
        return ""
    is_told = set(preferred) <= set(figure.terms[0].segment)
    axis = terms.axes(preferred)
    said = terms.segment(preferred).removeprefix(axis).lstrip(" :") if is_told else "non précisé"
    return f"{axis.lower()} {said}"


def pair_lines(
    now: Sequence[Figure], before: Sequence[Figure], terms: Terms, *, span: str
) -> tuple[Line, ...]:
    """Each figure beside the same one of the year before; `span` names periods taken together."""
    earlier = index_figures(before)
    return tuple(_pair(figure, earlier.get(_year_before(figure)), terms, span) for figure in now)


def _year_before(figure: Figure) -> tuple[object, ...]:
    period = parse_period(figure.period).shift(BEFORE).code if figure.period else None
    return figure.indicator, figure.source, figure.territory, period, figure.segment


def _pair(figure: Figure, before: Figure | None, terms: Terms, span: str) -> Line:
    return Line(
        indicator=figure.indicator,
        place=terms.place(figure.territory),
        level=terms.level(figure.territory),
        is_whole=figure.territory is None,
        period=terms.period(figure.period) if figure.period else span,
        axis=terms.axes(figure.segment),
        segment=terms.segment(figure.segment),
        source=terms.source(figure.source),
        now=make_quantity(figure, terms),
        before=make_quantity(before, terms),
    )


def close_groups(lines: Sequence[Line], totals: Sequence[Line]) -> tuple[Line, ...]:
    """Each indicator's lines, then its total; those of which nothing is known, then or now, are left out."""
    last = {line.indicator: line for line in totals}
    groups = [(code, list(group)) for code, group in groupby(lines, key=attrgetter("indicator"))]
    return tuple(
        line
        for code, group in groups
        if any(one.now.state != "n.d." or one.before.state != "n.d." for one in group)
        for line in (*group, *([last[code]] if code in last else []))
    )
