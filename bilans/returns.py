"""Figures by source in; what each source has sent, and the gaps between two that give the same count, out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from bilans.lines import make_quantity
from bilans.scope import Scope
from bilans.terms import WHOLE, Terms
from bilans.values import Returned, SourceGap
from conventions.periods import Period
from indicators.values import Figure
from ui.french import write_short_period, write_span

_FEWEST = 2


def list_returns(
    by_part: Sequence[Figure], over_all: Sequence[Figure], terms: Terms, scope: Scope
) -> tuple[Returned, ...]:
    """For each source of the convention, the parts of the asked period received, and those still awaited."""
    given: dict[str | None, set[str | None]] = defaultdict(set)
    for figure in by_part:
        if figure.state != "n.d.":
            given[figure.source].add(figure.period)
    whole = {figure.source for figure in over_all if figure.state != "n.d."}
    due = _list_due(terms, scope)
    return tuple(
        _count_parts(terms.source(source.code), due, given[source.code], source.code in whole, scope)
        for source in terms.convention.sources
    )


def _list_due(terms: Terms, scope: Scope) -> list[Period]:
    """The parts of the asked period that lie in the convention."""
    grain = scope.parts[0].grain if scope.parts else scope.asked.grain
    start, end = terms.convention.start, terms.convention.end
    return [part for part in scope.asked.parts(grain) if part.end >= start and part.start <= end]


def _count_parts(
    source: str, due: Sequence[Period], given: set[str | None], is_whole_known: bool, scope: Scope
) -> Returned:
    received = [part for part in due if part.code in given]
    if not received and is_whole_known:
        return Returned(source, (write_span([scope.asked]),), ())
    awaited = [part for part in due if part.code not in given]
    return Returned(source, tuple(map(write_short_period, received)), tuple(map(write_short_period, awaited)))


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
        if figure.indicator in terms.catalogue.measures:
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
