"""Figures by source in; what each source has sent, and the gaps between two that give the same count, out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from bilans.lines import make_quantity
from bilans.scope import Scope
from bilans.terms import WHOLE, Terms
from bilans.values import Returned, SourceGap
from conventions.periods import Period, parse_period
from conventions.values import Convention
from indicators.values import Figure
from store.database import Database
from ui.french import write_short_period, write_span

_RECEIVED = """
select distinct source, period from cube where convention = ? and reading = 'flux' order by source, period
"""
_SHARED = """
select measure from cube where convention = ? and reading = 'flux'
group by measure having count(distinct source) > 1 order by measure
"""
_FEWEST = 2


def read_received(database: Database, convention: Convention) -> dict[str, list[Period]]:
    """The periods of which each source has given something."""
    received: dict[str, list[Period]] = defaultdict(list)
    with database.cursor() as cursor:
        for source, period in cursor.execute(_RECEIVED, [convention.key]).fetchall():
            received[source].append(parse_period(period))
    return received


def list_returns(
    received: Mapping[str, Sequence[Period]], terms: Terms, scope: Scope
) -> tuple[Returned, ...]:
    """For each source of the convention, the parts of the asked period received, and those still awaited."""
    grain = scope.parts[0].grain if scope.parts else scope.asked.grain
    start, end = terms.convention.start, terms.convention.end
    due = [part for part in scope.asked.parts(grain) if part.end >= start and part.start <= end]
    return tuple(
        _count_parts(terms.source(source.code), due, received.get(source.code, ()), scope.asked)
        for source in terms.convention.sources
    )


def _count_parts(source: str, due: Sequence[Period], received: Sequence[Period], asked: Period) -> Returned:
    known = [part for part in due if any(part.contains(one) for one in received)]
    if not known and asked in received:
        return Returned(source, (write_span([asked]),), ())
    awaited = [part for part in due if part not in known]
    return Returned(source, tuple(map(write_short_period, known)), tuple(map(write_short_period, awaited)))


def find_shared(database: Database, terms: Terms) -> tuple[str, ...]:
    """The measures of the convention that more than one source gives."""
    with database.cursor() as cursor:
        rows = cursor.execute(_SHARED, [terms.convention.key]).fetchall()
    return tuple(code for code in terms.convention.indicators if (code,) in rows)


def list_gaps(
    figures: Mapping[str, Sequence[Figure]], used: Mapping[str, str | None], terms: Terms, span: str
) -> tuple[SourceGap, ...]:
    """Every count that two sources give, the whole first; `used` is the source of each in the bilan."""
    return tuple(gap for name in figures for gap in _gaps_of(name, figures[name], used, terms, span))


def _gaps_of(
    name: str, figures: Sequence[Figure], used: Mapping[str, str | None], terms: Terms, span: str
) -> list[SourceGap]:
    groups: dict[tuple[object, ...], list[Figure]] = defaultdict(list)
    for figure in figures:
        groups[figure.indicator, figure.territory, figure.period, figure.segment].append(figure)
    return [
        _compare(main, other, terms, is_whole=name == "whole", span=span)
        for group in groups.values()
        if sum(figure.state != "n.d." for figure in group) >= _FEWEST
        for main in group
        if main.source == used.get(main.indicator)
        for other in group
        if other is not main
    ]


def _compare(main: Figure, other: Figure, terms: Terms, *, is_whole: bool, span: str) -> SourceGap:
    return SourceGap(
        indicator=main.indicator,
        place=terms.place(main.territory) if main.territory else WHOLE,
        is_whole=is_whole,
        period=terms.period(main.period) if main.period else span,
        used=terms.source(main.source),
        used_value=make_quantity(main, terms),
        other=terms.source(other.source),
        other_value=make_quantity(other, terms),
    )
