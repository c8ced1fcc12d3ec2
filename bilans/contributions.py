"""What each party brought in; the lines of a bilan for the three elements of the evaluation out.

A committee sees of the counts only those that the bilan already shows it: what secrecy hides in one table is not
told by another.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bilans.lines import make_quantity
from bilans.terms import Terms
from bilans.values import ContributionLine, Line
from indicators.contributions import Contribution
from indicators.request import COMMITTEE
from ui.french import FIXED, THIN, set_typography, write_count


def make_contributions(
    found: Iterable[Contribution], whole: Sequence[Line], terms: Terms, audience: str
) -> tuple[ContributionLine, ...]:
    """The lines, in the order they were read."""
    shown = {(line.indicator, line.source) for line in whole if line.now.is_known and not line.segment}
    return tuple(
        _make_line(one, terms)
        for one in found
        if audience != COMMITTEE or one.figure is None or _is_shown(one, shown, terms)
    )


def _is_shown(one: Contribution, shown: set[tuple[str, str]], terms: Terms) -> bool:
    figure = one.figure
    return figure is not None and not figure.segment and (figure.indicator, terms.source(figure.source)) in shown


def _make_line(one: Contribution, terms: Terms) -> ContributionLine:
    figure = one.figure
    return ContributionLine(
        party=terms.source(one.party),
        element=one.element,
        label=set_typography(one.label),
        indicator=figure.indicator if figure is not None else "",
        kind=terms.definition(terms.catalogue.indicator(figure.indicator)).kind if figure is not None else "compte",
        value=make_quantity(figure, terms) if figure is not None else None,
        done=float(one.done) if one.done is not None else None,
        said=one.status or _say_acts(one),
        article=terms.articles([one.article]) if one.article else "",
    )


def _say_acts(one: Contribution) -> str:
    """« sur 2 dues ; 23 398 € versés sur 23 398 convenus »."""
    if one.due is None:
        return ""
    text = f"sur {write_count(one.due)} {'due' if one.due == 1 else 'dues'} à ce jour"
    if one.paid is not None:
        agreed = f" sur {write_count(one.agreed)} convenus" if one.agreed is not None else ""
        text += f"{THIN}; {write_count(one.paid)}{FIXED}€ versés{agreed}"
    return text
