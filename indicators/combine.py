"""An indicator's terms and a set of territories and periods in; numerator and denominator over the same cells out.

A rate over several territories is the ratio of sums over the territories where both counts are known; those left out
are named. A territory counts only when every period asked for is known.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from conventions.periods import GRAINS, Period
from conventions.values import Convention, Indicator, Segment, Term
from indicators.amounts import Amount, add, unknown
from indicators.resolve import Resolver

Cell = tuple[Amount, Amount | None]
"""Numerator and denominator; no denominator for a count."""


@dataclass(frozen=True)
class Question:
    """What one figure is asked for: an indicator, split by some axes, over periods."""

    indicator: Indicator
    segment: Segment
    periods: tuple[Period, ...]


class Combiner:
    """Answers questions for one source by putting territories and periods together."""

    def __init__(self, resolver: Resolver, convention: Convention) -> None:
        self._resolver = resolver
        self._convention = convention

    def at(self, question: Question, territory: str) -> Cell:
        """The figure of one territory."""
        if question.indicator.time == "moyenne":
            return self._mean(question, lambda term, period: self._term(question, term, territory, [period]))
        return self._pair(question, lambda term: self._term(question, term, territory, question.periods))

    def whole(self, question: Question) -> Cell:
        """The figure of the whole convention: over the best known level, or as supplied for the whole."""
        if question.indicator.time == "moyenne":
            return self._mean(question, lambda term, period: self._whole_term(question, term, [period]))
        return self._matched(question) or self._pair(question, lambda term: self._whole_term(question, term, question.periods))

    def _pair(self, question: Question, amount: Callable[[Term], Amount]) -> Cell:
        top = amount(question.indicator.numerator)
        return top, amount(question.indicator.denominator) if question.indicator.denominator else None

    def _term(self, question: Question, term: Term, territory: str, periods: Sequence[Period]) -> Amount:
        segment = _merge(term.segment, question.segment)
        measure = self._resolver.measure(term.measure)
        if segment is None or not {axis for axis, _ in segment} <= measure.axes | {axis for axis, _ in term.segment}:
            return unknown()
        if question.indicator.time == "cumul" and measure.kind in ("flux", "somme"):
            return self._resolver.cumul(term.measure, segment, territory, max(periods, key=lambda p: p.end))
        if measure.kind in ("stock", "distinct"):
            last = max(periods, key=lambda p: p.end)
            is_one = measure.kind == "stock" or len(periods) == 1
            return self._resolver.value(term.measure, segment, territory, last) if is_one else unknown("non additif")
        return add(self._resolver.value(term.measure, segment, territory, period) for period in periods)

    def _levels(self) -> list[tuple[tuple[str, ...], bool]]:
        """The territories of each level and whether together they make the whole convention."""
        return [
            (tuple(place.code for place in self._convention.places if place.kind == level.kind), level.complete)
            for level in self._convention.levels
        ]

    def _expected(self, codes: Sequence[str], is_complete: bool, terms: Sequence[Term]) -> list[str]:
        """The territories of a level from which counts are awaited: all, or those that have ever given some."""
        seen = set().union(*(self._resolver.counts.territories(term.measure) for term in terms))
        return [code for code in codes if (is_complete and seen) or code in seen]

    def _matched(self, question: Question) -> Cell | None:
        """Sums over the territories of one level where every term is known; None when no level has any."""
        terms = [t for t in (question.indicator.numerator, question.indicator.denominator) if t is not None]
        best: tuple[int, Cell] | None = None
        for codes, is_complete in self._levels():
            expected = self._expected(codes, is_complete, terms)
            cells = {code: [self._term(question, t, code, question.periods) for t in terms] for code in expected}
            known = [code for code, amounts in cells.items() if all(a.is_known for a in amounts)]
            if not known or (best is not None and len(known) * 100 // len(expected) <= best[0]):
                continue
            best = len(known) * 100 // len(expected), self._sum(cells, known, len(terms))
        if best is None or (best[0] < 100 and self._is_supplied(question, terms)):
            return None
        return best[1]

    def _sum(self, cells: dict[str, list[Amount]], known: list[str], count: int) -> Cell:
        left_out = tuple(pair for code in cells if code not in known for pair in _missing(code, cells[code]))
        sums = [add(cells[code][rank] for code in known) for rank in range(count)]
        with_missing = [Amount(s.value, s.state, (*s.missing, *left_out), s.leaves) for s in sums]
        return with_missing[0], with_missing[1] if count > 1 else None

    def _is_supplied(self, question: Question, terms: Sequence[Term]) -> bool:
        """Whether the whole was supplied as such, which beats a sum with holes."""
        return all(self._direct(question, term, question.periods).is_known for term in terms)

    def _direct(self, question: Question, term: Term, periods: Sequence[Period]) -> Amount:
        return self._term(question, term, self._convention.territory.code, periods)

    def _whole_term(self, question: Question, term: Term, periods: Sequence[Period]) -> Amount:
        """One term over the whole convention: the sum over a full level, else what was supplied for the whole."""
        for codes, is_complete in self._levels():
            expected = self._expected(codes, is_complete, [term])
            amounts = [self._term(question, term, code, periods) for code in expected]
            if amounts and all(amount.is_known for amount in amounts):
                return add(amounts)
        return self._direct(question, term, periods)

    def _mean(self, question: Question, amount: Callable[[Term, Period], Amount]) -> Cell:
        """Both terms summed over the dates of the periods at the finest rhythm where both are known."""
        terms = [t for t in (question.indicator.numerator, question.indicator.denominator) if t is not None]
        lacking: list[tuple[str, str]] = []
        for grain in reversed(GRAINS):
            dates = [part for period in question.periods if GRAINS.index(period.grain) <= GRAINS.index(grain)
                     for part in period.parts(grain)]  # fmt: skip
            cells = {date: [amount(term, date) for term in terms] for date in dates}
            known = [date for date, amounts in cells.items() if all(a.is_known for a in amounts)]
            if known:
                missing = tuple(("", date.code) for date in dates if date not in known)
                sums = [add(cells[date][rank] for date in known) for rank in range(len(terms))]
                sums = [Amount(s.value, s.state, (*s.missing, *missing), s.leaves) for s in sums]
                return sums[0], sums[1] if len(sums) > 1 else None
            lacking += [("", date.code) for date in dates if not lacking]
        return unknown(missing=lacking), unknown(missing=lacking) if len(terms) > 1 else None


def _merge(fixed: Segment, asked: Segment) -> Segment | None:
    """A term's own segment and the one asked for; None when they contradict each other."""
    merged = dict(fixed)
    for axis, value in asked:
        if merged.setdefault(axis, value) != value:
            return None
    return tuple(sorted(merged.items()))


def _missing(code: str, amounts: Sequence[Amount]) -> list[tuple[str, str]]:
    pairs = [pair for amount in amounts if not amount.is_known for pair in amount.missing]
    return list(dict.fromkeys(pairs)) or [(code, "")]
