"""A catalogue's indicator in; the same as one convention agreed to count it out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from conventions.values import Convention, Indicator, Term, make_segment
from indicators.amounts import Amount
from indicators.combine import Cell, Question

_NEUTRAL = make_segment({"categorie": "administrative"})


def adapt_indicator(indicator: Indicator, convention: Convention, reading: str) -> Indicator:
    """In cohorte a stage is already restricted to the people oriented: no preferred numerator there."""
    if reading == "cohorte" and indicator.numerator.prefer:
        return replace(indicator, numerator=replace(indicator.numerator, prefer=()))
    return indicator


def adjust_denominator(
    cell: Cell, question: Question, ask: Callable[[Question], Cell], convention: Convention
) -> Cell:
    """Leave administrative exits out of the denominator where the convention says so [its denominator rule]."""
    top, bottom = cell
    is_asked = question.indicator.rule == "sorties_positives" and bottom is not None
    if not is_asked or convention.positive_denominator != "sorties_hors_administratives":
        return cell
    neutral = replace(question.indicator, numerator=Term("sorties", _NEUTRAL), denominator=None)
    left_out = ask(replace(question, indicator=neutral))[0]
    assert bottom is not None
    if left_out.value is None or bottom.value is None:
        return top, Amount(None, left_out.state, (*bottom.missing, *left_out.missing))
    return top, replace(bottom, value=bottom.value - left_out.value, leaves=(*bottom.leaves, *left_out.leaves))
