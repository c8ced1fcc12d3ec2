"""Figures by source in; the gaps between two sources that give the same count out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bilans.lines import make_quantity
from bilans.terms import WHOLE, Terms
from bilans.values import SourceGap
from conventions.periods import Period, parse_period
from indicators.gaps import list_reasons
from indicators.retained import Retained
from indicators.values import Figure
from store.facts import Fact
from ui.french import FIXED, write_date, write_span

_FEWEST = 2
Key = tuple[object, ...]


@dataclass(frozen=True)
class Decided:
    """What the partners recorded of their sources, and the periods that the bilan takes together."""

    retained: Retained
    reasons: Sequence[Fact]
    together: tuple[Period, ...]


def list_gaps(
    figures: Mapping[str, Sequence[Figure]], used: Mapping[Key, str | None], decided: Decided, terms: Terms
) -> tuple[SourceGap, ...]:
    """Every count that two sources give, the whole first; `used` is the source of each figure of the bilan."""
    return tuple(gap for name in figures for gap in _gaps_of(name, figures[name], used, decided, terms))


def name_figure(table: str, figure: Figure) -> Key:
    """What a figure of a table of the bilan is about, whatever its source."""
    return table, figure.indicator, figure.territory, figure.period, figure.segment


def _gaps_of(
    name: str, figures: Sequence[Figure], used: Mapping[Key, str | None], decided: Decided, terms: Terms
) -> list[SourceGap]:
    groups: dict[Key, list[Figure]] = defaultdict(list)
    for figure in figures:
        groups[name_figure(name, figure)].append(figure)
    return [
        _compare(main, other, decided, terms, is_whole=name == "whole")
        for key, group in groups.items()
        if sum(figure.state != "n.d." for figure in group) >= _FEWEST
        for main in group
        if main.source == used.get(key)
        for other in group
        if other is not main
    ]


def _compare(main: Figure, other: Figure, decided: Decided, terms: Terms, *, is_whole: bool) -> SourceGap:
    periods = (parse_period(main.period),) if main.period else decided.together
    reasons = list_reasons(decided.reasons, main.indicator, main.territory, periods)
    return SourceGap(
        indicator=main.indicator,
        place=terms.place(main.territory) if main.territory else WHOLE,
        is_whole=is_whole,
        period=terms.period(main.period) if main.period else write_span(periods),
        used=terms.source(main.source),
        used_value=make_quantity(main, terms),
        other=terms.source(other.source),
        other_value=make_quantity(other, terms),
        is_retained=decided.retained.find(main.indicator, periods) == main.source,
        reason=" ".join(_write_reason(one, terms) for one in reasons),
    )


def _write_reason(fact: Fact, terms: Terms) -> str:
    """« Martigues, 2e trimestre 2025 : deux agences ont répondu en retard (PLIE, 12/11/2026). »"""
    place = [terms.place(fact.territory)] if fact.territory else []
    where = ", ".join([*place, terms.period(fact.period or "")])
    said = (fact.text or "").rstrip(". ")
    return f"{where}{FIXED}: {said} ({fact.author}, {write_date(fact.recorded_at.date())})."
