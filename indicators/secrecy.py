"""Figures in; the same with small counts hidden, and more wherever what is shown would give one away, out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from conventions.catalogue import Catalogue
from conventions.periods import parse_period
from conventions.values import Convention
from indicators.amounts import SECRET
from indicators.deduction import Quantity, hide_more, list_equations
from indicators.values import Figure

# Units of what is not one person's own: a workshop, a meeting or a full-time equivalent names nobody.
_COLLECTIVE = frozenset({
    "ETP", "jours", "offres", "actions", "informations", "ateliers", "manifestations", "employeurs",
    "rencontres", "sessions",
})  # fmt: skip


def protect(
    figures: Sequence[Figure], *, convention: Convention, catalogue: Catalogue, is_cohort: bool = False
) -> list[Figure]:
    """Hide, from those who did not produce the data, counts from 1 to the threshold − 1 and what tells them.

    A count of people is hidden when it is small, or when the rest of a group shown beside it is; then so is
    every figure that shows it, and others are until no hidden count can be solved from what is shown.
    """
    shown = [_list_quantities(figure, catalogue) for figure in figures]
    values = {one: value for counts in shown for one, value in counts.items() if _is_personal(one, catalogue)}
    rates = [tuple(counts) for counts in shown if len(counts) == 2]
    shares = [(part, whole) for part, whole in rates if is_cohort or _is_share(part, whole, catalogue)]
    nested = [(part, whole) for part, whole in [*shares, *_nest_segments(values), *_nest_cumuls(values)]
              if part in values and whole in values]  # fmt: skip
    limit = convention.secrecy_threshold
    small = {one for one, value in values.items() if value is None or 0 < value < limit}
    small |= {part for part, whole in nested if 0 < (values[whole] or 0) - (values[part] or 0) < limit}
    hidden = hide_more(values, list_equations(values, convention, catalogue), small)
    return [
        figure if hidden.isdisjoint(counts) else _hide(figure) for figure, counts in zip(figures, shown, strict=True)
    ]


def _is_share(part: Quantity, whole: Quantity, catalogue: Catalogue) -> bool:
    """Whether those of a numerator are among those of the denominator: one event counts both."""
    return catalogue.measures[part.measure].event == catalogue.measures[whole.measure].event


def _is_personal(one: Quantity, catalogue: Catalogue) -> bool:
    return catalogue.measures[one.measure].unit not in _COLLECTIVE


def _list_quantities(figure: Figure, catalogue: Catalogue) -> dict[Quantity, float | None]:
    """What a figure counts above and below, in this order; an amount that is not there is nothing to hide."""
    values = (figure.numerator, figure.denominator)[: len(figure.terms)]
    named = [(_name(figure, rank, catalogue), value) for rank, value in enumerate(values)]
    return {one: value for one, value in named if value is not None or figure.state == SECRET}


def _name(figure: Figure, rank: int, catalogue: Catalogue) -> Quantity:
    """The quantity that a figure counts above (0) or below (1)."""
    term = figure.terms[rank]
    segment = {**dict(figure.segment), **dict(term.segment)}
    if rank == 1 and len(figure.leaves) > 2:
        segment["categorie"] = "hors_administratives"
    time = catalogue.indicator(figure.indicator).time
    is_cumul = time == "cumul" and catalogue.measures[term.measure].kind in ("flux", "somme")
    return Quantity(
        source=figure.source,
        measure=term.measure,
        time=time if is_cumul or time == "moyenne" else "periode",
        segment=tuple(sorted(segment.items())),
        territory=figure.territory,
        period=figure.period,
    )


def _nest_segments(values: Iterable[Quantity]) -> list[tuple[Quantity, Quantity]]:
    """Each count with those of larger groups that it is a part of."""
    groups: dict[Quantity, list[Quantity]] = defaultdict(list)
    for one in values:
        groups[replace(one, segment=())].append(one)
    return [
        (part, whole)
        for group in groups.values()
        for part in group
        for whole in group
        if set(whole.segment) < set(part.segment)
    ]


def _nest_cumuls(values: Mapping[Quantity, float | None]) -> list[tuple[Quantity, Quantity]]:
    """Each count since January with the next one: the months between are a count too."""
    cumuls = [one for one in values if one.time == "cumul" and one.period]
    befores = [replace(one, period=parse_period(one.period or "").previous().code) for one in cumuls]
    return [(before, one) for before, one in zip(befores, cumuls, strict=True)
            if before in values and (before.period or "")[:4] == (one.period or "")[:4]]  # fmt: skip


def _hide(figure: Figure) -> Figure:
    return replace(figure, numerator=None, denominator=None, value=None, state=SECRET, missing=(), leaves=())
