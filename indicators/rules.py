"""A catalogue's indicator in; how a convention agreed to count it, and where it has a meaning, out."""

from __future__ import annotations

from dataclasses import replace

from conventions.catalogue import Catalogue
from conventions.values import Convention, Indicator, Term, make_segment
from indicators.counts import EXITS

NEUTRAL = "administrative"
"""The category that a convention may leave out of the rate of positive exits."""
_NEUTRAL_EXITS = Term(EXITS, make_segment({"categorie": NEUTRAL}))


def list_terms(indicator: Indicator) -> tuple[Term, ...]:
    """Numerator and denominator, or the numerator of a count."""
    return (indicator.numerator, *([indicator.denominator] if indicator.denominator else []))


def list_left_out(indicator: Indicator, convention: Convention) -> tuple[Term, ...]:
    """What the convention takes away from the denominator: the administrative exits, where it agreed so."""
    is_agreed = convention.positive_denominator == "sorties_hors_administratives"
    return (_NEUTRAL_EXITS,) if indicator.rule == "sorties_positives" and is_agreed else ()


def prefer_terms(terms: tuple[Term, ...]) -> tuple[Term, ...] | None:
    """The terms with the numerator of the people the denominator is about; None when none is preferred."""
    first, *others = terms
    if not first.prefer:
        return None
    segment = make_segment({**dict(first.segment), **dict(first.prefer)})
    return (replace(first, segment=segment, prefer=()), *others)


def has_cohort(indicator: Indicator, catalogue: Catalogue) -> bool:
    """Whether people oriented can be followed to it: dated steps, and no share of a prescriber."""
    terms = list_terms(indicator)
    is_dated = all(catalogue.measures[term.measure].event is not None for term in terms)
    return is_dated and not any(axis == "prescripteur" for term in terms for axis, _ in term.segment)


def can_split(indicator: Indicator, axis: str, catalogue: Catalogue) -> bool:
    """Whether the values of an axis are groups of their own on both sides: carried by both, fixed by neither.

    By motive or category the rate of positive exits says nothing: every group is all positive or not at all.
    """
    if indicator.rule == "sorties_positives" and axis in ("motif", "categorie"):
        return False
    return all(
        axis in catalogue.measures[term.measure].axes and axis not in dict(term.segment)
        for term in list_terms(indicator)
    )
