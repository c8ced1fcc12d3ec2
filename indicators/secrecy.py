"""Figures in; the same figures with small counts hidden, and a second one wherever the first could be deduced, out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from conventions.catalogue import Catalogue
from indicators.values import Figure


def protect(figures: Sequence[Figure], threshold: int, catalogue: Catalogue) -> list[Figure]:
    """Hide counts from 1 to threshold − 1, and what would give them away, from those who did not produce the data.

    A figure is hidden when its numerator, its denominator or the difference of both is such a count; then, as long as
    one figure alone is hidden among figures that add up to a known whole (territories, periods, values of an axis),
    the smallest of the others is hidden with it.
    """
    hidden = {rank for rank, figure in enumerate(figures) if _is_small(figure, threshold, catalogue)}
    groups = _groups(figures)
    while True:
        alone = [[r for r in group if r not in hidden] for group in groups if sum(r in hidden for r in group) == 1]
        more = {min(ranks, key=lambda r: (figures[r].numerator or 0.0, r)) for ranks in alone if ranks}
        if not more:
            break
        hidden |= more
    return [_hide(figure) if rank in hidden else figure for rank, figure in enumerate(figures)]


def _is_small(figure: Figure, threshold: int, catalogue: Catalogue) -> bool:
    indicator = catalogue.indicator(figure.indicator)
    counts = [figure.numerator] if _counts_people(indicator.numerator.measure, catalogue) else []
    if indicator.denominator is not None and _counts_people(indicator.denominator.measure, catalogue):
        counts.append(figure.denominator)
        if indicator.unit == "taux" and figure.numerator is not None and figure.denominator is not None:
            counts.append(figure.denominator - figure.numerator)
    return any(count is not None and 0 < count < threshold for count in counts)


def _counts_people(measure: str, catalogue: Catalogue) -> bool:
    return catalogue.measures[measure].unit == "personnes"


def _groups(figures: Sequence[Figure]) -> list[list[int]]:
    """The figures that differ by one thing only: together with their whole, known elsewhere, they are an equation."""
    groups: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for rank, figure in enumerate(figures):
        base = (figure.indicator, figure.source)
        if figure.territory is not None:
            groups[(*base, "territoire", figure.period, figure.segment)].append(rank)
        if figure.period is not None:
            groups[(*base, "periode", figure.territory, figure.segment, figure.period[:4])].append(rank)
        for axis, _ in figure.segment:
            rest = tuple(pair for pair in figure.segment if pair[0] != axis)
            groups[(*base, axis, figure.territory, figure.period, rest)].append(rank)
    return [group for group in groups.values() if len(group) > 1]


def _hide(figure: Figure) -> Figure:
    if figure.value is None and figure.numerator is None:
        return figure
    return replace(figure, numerator=None, denominator=None, value=None, state="secret")
