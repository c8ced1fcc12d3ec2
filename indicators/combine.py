"""A question and the counts of one source in; the amounts of its terms over the same cells out.

A rate over several territories is the ratio of sums over the territories where both counts are known; those
left out are named. A territory counts only when every period asked for is known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from conventions.periods import GRAINS, Period
from conventions.values import Convention, Segment, Term
from indicators.amounts import Amount, Hole, add, unknown
from indicators.counts import PATHS
from indicators.refusals import CUMUL, DISTINCT, PLACES
from indicators.resolve import Resolver
from indicators.spans import since_january

Amounts = tuple[Amount, ...]
"""One amount per term of a question."""


@dataclass(frozen=True)
class Question:
    """What one figure needs: the amounts of some terms, of one segment, over periods that do not overlap."""

    terms: tuple[Term, ...]
    segment: Segment
    periods: tuple[Period, ...]
    time: str = "periode"

    @property
    def last(self) -> Period:
        """The period that ends last."""
        return max(self.periods, key=lambda period: period.end)


@dataclass(frozen=True)
class _Sum:
    """Terms over the territories where all are known, what the others lack, and the share of the first."""

    amounts: Amounts
    holes: tuple[Hole, ...]
    share: float


class Combiner:
    """Answers for one source: its returns first, its paths where they do not know."""

    def __init__(self, resolvers: Sequence[Resolver], convention: Convention) -> None:
        self._resolvers = resolvers
        self._convention = convention
        self._root = convention.territory.code
        self._cells: dict[tuple[Question, str], Amounts] = {}
        self._known_levels: dict[tuple[frozenset[str], bool], list[list[str]]] = {}

    def answer(self, question: Question, territory: str | None, group: Sequence[str] = ()) -> Amounts:
        """The amounts for one territory; None is the whole convention, or the sum over a group."""
        if not question.periods:
            return tuple(unknown() for _ in question.terms)
        if question.time == "moyenne":
            return self._average(question, lambda one: self._answer(one, territory, group), territory or self._root)
        return self._answer(question, territory, group)

    def _answer(self, question: Question, territory: str | None, group: Sequence[str]) -> Amounts:
        if territory is None:
            return self._add_group(question, group) if group else self._whole(question)
        own = self._at(question, territory)
        if territory != self._root or _are_known(own):
            return own
        # Among its territories the whole has what was given for it, else what all of them add up to.
        whole = self._whole(question)
        return whole if all(one.is_complete for one in whole) else own

    def _at(self, question: Question, territory: str) -> Amounts:
        """One territory: all terms from one origin when it knows all, else each from where it is known."""
        key = question, territory
        if key not in self._cells:
            self._cells[key] = self._choose(question, territory)
        return self._cells[key]

    def _choose(self, question: Question, territory: str) -> Amounts:
        answers = [tuple(_read(one, question, term, territory) for term in question.terms) for one in self._resolvers]
        if not answers:
            return tuple(unknown(missing=_holes(territory, question)) for _ in question.terms)
        answers.append(tuple(max(given, key=_rank) for given in zip(*answers, strict=True)))
        return max(answers, key=lambda amounts: (min(map(_rank, amounts)), sum(map(_rank, amounts))))

    def _add_group(self, question: Question, group: Sequence[str]) -> Amounts:
        """The sums over these territories, each of which must be known."""
        if len(group) > 1 and not self._adds_up(question):
            return tuple(unknown(missing=_holes(self._root, question), reason=PLACES) for _ in question.terms)
        return _add_cells(self._at(question, code) for code in group)

    def _adds_up(self, question: Question) -> bool:
        return all(one.adds_over(term.measure, "territoire") for one in self._resolvers for term in question.terms)

    def _whole(self, question: Question) -> Amounts:
        """Over a full level, else each term where it is whole, else where all of them are known."""
        if not self._adds_up(question):
            given = self._at(question, self._root)
            return tuple(one if one.is_known else replace(one, reason=PLACES) for one in given)
        sums = [self._add_known(question, codes) for codes in self._levels(question.terms, is_complete=True)]
        found = [one for one in sums if one is not None]
        full = next((one for one in found if not one.holes), None)
        if full is not None:
            return full.amounts
        each = [self._whole_term(replace(question, terms=(term,))) for term in question.terms]
        if _are_known(each):
            return tuple(each)
        partial = max(found, key=lambda one: one.share, default=None) or self._add_incomplete(question)
        return partial.amounts if partial is not None else tuple(each)

    def _whole_term(self, question: Question) -> Amount:
        """One term over the whole: the sum over a full level, else what was given for the whole."""
        levels = self._levels(question.terms, is_complete=True)
        cells = [[self._at(question, code)[0] for code in codes] for codes in levels]
        full = next((amounts for amounts in cells if _are_known(amounts)), None)
        given = add(full) if full is not None else self._at(question, self._root)[0]
        if given.is_known or not cells:
            return given
        lacking = add(cells[0])
        return Amount(None, lacking.state, self._gather(question, lacking.missing), reason=lacking.reason)

    def _add_known(self, question: Question, codes: Sequence[str]) -> _Sum | None:
        """The sums over the territories where every term is known; None when there is none."""
        cells = {code: self._at(question, code) for code in codes}
        known = [amounts for amounts in cells.values() if _are_known(amounts)]
        if not known:
            return None
        lacking = [amount for amounts in cells.values() for amount in amounts if not amount.is_known]
        holes = self._gather(question, (hole for amount in lacking for hole in amount.missing))
        sums = tuple(one.lacking(holes) for one in _add_cells(known))
        return _Sum(sums, holes, len(known) / len(cells))

    def _add_incomplete(self, question: Question) -> _Sum | None:
        """The sums over a level that does not cover the whole, which is said to be missing."""
        levels = self._levels(question.terms, is_complete=False)
        found = next((one for codes in levels if (one := self._add_known(question, codes))), None)
        if found is None:
            return None
        holes = _holes(self._root, question)
        return replace(found, amounts=tuple(one.lacking(holes) for one in found.amounts))

    def _levels(self, terms: Sequence[Term], *, is_complete: bool) -> list[list[str]]:
        """The levels of one kind of which something is said; of an incomplete one, those who ever spoke."""
        key = frozenset(term.measure for term in terms), is_complete
        if key not in self._known_levels:
            self._known_levels[key] = self._find_levels(key[0], is_complete=is_complete)
        return self._known_levels[key]

    def _find_levels(self, measures: Iterable[str], *, is_complete: bool) -> list[list[str]]:
        saying = [one.counts for one in self._resolvers if any(map(one.counts.territories, measures))]
        seen = frozenset().union(*(one.territories(code) for one in saying for code in measures))
        kinds = [level.kind for level in self._convention.levels if level.complete == is_complete]
        levels = [[place.code for place in self._convention.places if place.kind == kind] for kind in kinds]
        spoken = [codes for codes in levels if not seen.isdisjoint(codes)]
        if not is_complete:
            return [[code for code in codes if code in seen] for codes in spoken]
        # Paths tell of everyone, those who live elsewhere too; a return tells of its own territories.
        is_paths = all(one.origin == PATHS for one in saying)
        outside = sorted(seen - self._convention.codes) if is_paths else []
        return [[*codes, *outside] for codes in spoken] or ([outside] if outside else [])

    def _gather(self, question: Question, holes: Iterable[Hole]) -> tuple[Hole, ...]:
        """The holes, a period that every territory of a full level lacks being told once, of the whole."""
        found = list(dict.fromkeys(holes))
        if not found:
            return ()
        for codes in self._levels(question.terms, is_complete=True):
            periods = dict.fromkeys(period for _, period in found)
            everywhere = [period for period in periods if all((code, period) in found for code in codes)]
            kept = [hole for hole in found if not (hole[0] in codes and hole[1] in everywhere)]
            found = [*((self._root, period) for period in everywhere), *kept]
        return tuple(dict.fromkeys(found))

    def _average(self, question: Question, answer: Callable[[Question], Amounts], territory: str) -> Amounts:
        """The terms added up over the dates where all are known, at the rhythm that has the most: « 5 058 / 82,5 »."""
        readings = []
        for grain in reversed(GRAINS):
            dates = self._dates(question, grain)
            cells = {date: answer(replace(question, periods=(date,))) for date in dates}
            known = [date for date, amounts in cells.items() if _are_known(amounts)]
            lacking = [(territory, date.code) for date in dates if date not in known]
            readings.append(((len(known), not lacking), [cells[date] for date in known], lacking))
        _, cells_known, holes = max(readings, key=lambda reading: reading[0])
        if not cells_known:
            return answer(question)
        return tuple(one.lacking(holes) for one in _add_cells(cells_known))

    def _dates(self, question: Question, grain: str) -> list[Period]:
        """The periods of a rhythm that make the question's, within the convention; none when they cannot."""
        if any(GRAINS.index(period.grain) > GRAINS.index(grain) for period in question.periods):
            return []
        dates = [part for period in question.periods for part in period.parts(grain)]
        return [one for one in dates if one.end >= self._convention.start and one.start <= self._convention.end]


def _read(resolver: Resolver, question: Question, term: Term, territory: str) -> Amount:
    """One term from one origin, over the question's periods, by the kind of its measure."""
    segment = tuple(sorted({**dict(question.segment), **dict(term.segment)}.items()))
    kind = resolver.kind(term.measure)
    if kind == "distinct" and len(question.periods) > 1:
        return unknown(missing=_holes(territory, question), reason=DISTINCT)
    if kind in ("stock", "distinct"):
        return resolver.value(term.measure, segment, territory, question.last)
    if question.time == "cumul" and any(period.year != question.last.year for period in question.periods):
        return unknown(missing=_holes(territory, question), reason=CUMUL)
    periods = since_january(question.last) if question.time == "cumul" else question.periods
    return add(resolver.value(term.measure, segment, territory, period) for period in periods)


def _rank(amount: Amount) -> int:
    """A complete amount before one with holes, before none."""
    if not amount.is_known:
        return 0
    return 2 if amount.is_complete else 1


def _are_known(amounts: Iterable[Amount]) -> bool:
    return all(amount.is_known for amount in amounts)


def _add_cells(cells: Iterable[Amounts]) -> Amounts:
    return tuple(add(column) for column in zip(*cells, strict=True))


def _holes(territory: str, question: Question) -> list[Hole]:
    return [(territory, period.code) for period in question.periods]
