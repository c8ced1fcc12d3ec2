"""Several requests in; their figures out, small counts hidden over all of them at once.

What one table hides, another of the same bilan must not give away: secrecy is applied once, to all of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from conventions.catalogue import load_catalogue
from conventions.periods import parse_period
from indicators.amounts import SECRET
from indicators.figures import compute_figures
from indicators.request import COMMITTEE, Request, find_convention
from indicators.secrecy import protect
from indicators.values import Figure
from store.database import Database

Span = tuple[str, ...]
"""The periods that a figure takes together."""
Key = tuple[object, ...]


def compute_together(
    database: Database, requests: Mapping[str, Request], audience: str
) -> dict[str, list[Figure]]:
    """The figures of each named request, all of one convention, made as the producer of the data would."""
    found = {name: compute_figures(database, request) for name, request in requests.items()}
    if audience != COMMITTEE:
        return found
    spans = {name: [_span(one, requests[name]) for one in figures] for name, figures in found.items()}
    unique = {
        _key(one, span): (span, one)
        for name, figures in found.items()
        for span, one in zip(spans[name], figures, strict=True)
    }
    shown = _hide_parts(_protect(unique, next(request.convention for request in requests.values())))
    return {
        name: [shown[_key(one, span)][1] for span, one in zip(spans[name], figures, strict=True)]
        for name, figures in found.items()
    }


def _span(figure: Figure, request: Request) -> Span:
    return (figure.period,) if figure.period else request.periods


def _key(figure: Figure, span: Span) -> Key:
    return figure.indicator, figure.source, figure.territory, span, figure.segment


def _protect(unique: Mapping[Key, tuple[Span, Figure]], convention: str) -> dict[Key, tuple[Span, Figure]]:
    """Each figure once; those over several periods, which no code tells apart, by span."""
    groups: dict[Span, list[Key]] = defaultdict(list)
    for key, (span, _) in unique.items():
        groups[span if len(span) > 1 else ()].append(key)
    agreed, catalogue = find_convention(convention), load_catalogue()
    return {
        key: (unique[key][0], figure)
        for keys in groups.values()
        for key, figure in zip(
            keys,
            protect([unique[key][1] for key in keys], convention=agreed, catalogue=catalogue),
            strict=True,
        )
    }


def _hide_parts(shown: Mapping[Key, tuple[Span, Figure]]) -> dict[Key, tuple[Span, Figure]]:
    """Hide the parts in time of what is hidden: added up, they would be the whole."""
    hidden = _list_hidden(shown.values())
    return {
        key: (
            span,
            _hide(figure)
            if any(_lies_within(span, whole) for whole in _spans_of(figure, hidden))
            else figure,
        )
        for key, (span, figure) in shown.items()
    }


def _list_hidden(shown: Iterable[tuple[Span, Figure]]) -> dict[Key, set[Span]]:
    """Each count that no figure shows over some span, and those spans."""
    told: dict[bool, set[tuple[Key, Span]]] = {True: set(), False: set()}
    for span, figure in shown:
        told[figure.state == SECRET] |= {(count, span) for count in _counts_of(figure)}
    hidden: dict[Key, set[Span]] = defaultdict(set)
    for count, span in told[True] - told[False]:
        hidden[count].add(span)
    return hidden


def _counts_of(figure: Figure) -> list[Key]:
    """The counts that a figure shows, whatever their period."""
    return [
        (figure.source, figure.territory, term.measure, frozenset((*figure.segment, *term.segment)))
        for term in figure.terms
    ]


def _spans_of(figure: Figure, hidden: Mapping[Key, set[Span]]) -> set[Span]:
    return {span for count in _counts_of(figure) for span in hidden.get(count, ())}


def _lies_within(part: Span, whole: Span) -> bool:
    """Whether every period of a part is one of the whole's, or lies in one of them, and the two differ."""
    if part == whole:
        return False
    wholes = [parse_period(code) for code in whole]
    return all(any(one.contains(parse_period(code)) for one in wholes) for code in part)


def _hide(figure: Figure) -> Figure:
    if figure.numerator is None and figure.denominator is None and figure.value is None:
        return figure
    return replace(figure, numerator=None, denominator=None, value=None, state=SECRET, missing=(), leaves=())


def index_figures(figures: Iterable[Figure]) -> dict[Key, Figure]:
    """Figures by all that names them."""
    return {(one.indicator, one.source, one.territory, one.period, one.segment): one for one in figures}
