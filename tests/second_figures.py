"""Counts in; every figure of a convention by territory and period, out: a second computation, from the domain alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from tests.second_counts import SUBPERIODS, Counts
from tests.second_words import Lexicon, Months, Segment

Term = tuple[str, Segment, Months]
"""What is counted: measure, share, period."""


@dataclass(frozen=True)
class Second:
    """A figure: what was counted above and below, and whether a part is missing."""

    numerator: float
    denominator: float | None
    is_partial: bool

    @property
    def counts(self) -> tuple[float, float | None]:
        """Above and below."""
        return self.numerator, self.denominator

    @property
    def value(self) -> float | None:
        """The count, or the ratio of sums; None when nothing stands below."""
        if self.denominator is None:
            return self.numerator
        return self.numerator / self.denominator if self.denominator else None


class Figures:
    """The figures of one convention from one source: its returns first, its paths for what they do not say."""

    def __init__(self, words: Lexicon, ways: Sequence[Counts], is_cohort: bool = False) -> None:
        self.words, self.ways, self.is_cohort = words, ways, is_cohort

    def find(self, code: str, place: str, period: Months, share: Segment = ()) -> Second | None:
        """A figure of an indicator, or of a measure read as it is; None when it cannot be known."""
        indicator = self._describe(code)
        if self.is_cohort and "prescripteur" in indicator["numerator"].get("segment", {}):
            # France Travail oriented everyone in a cohort: its share says nothing there.
            return None
        if indicator.get("time") == "moyenne":
            return self._mean(indicator, place, period, share)
        below = indicator.get("denominator")
        for prefer in dict.fromkeys((True, False)):
            above = self._term(indicator["numerator"], period, share, prefer=prefer)
            if indicator.get("time") == "cumul":
                above = (above[0], above[1], (period[0] // 12 * 12, period[1]))
            terms = [above, *([self._term(below, period, share)] if below else [])]
            found = self._read(terms, place)
            if found and not (prefer and found[1] and indicator["numerator"].get("prefer")):
                break
        return _make(found)

    def _term(self, described: dict[str, Any], period: Months, share: Segment, prefer: bool = False) -> Term:
        pairs = dict(described.get("segment", {})) | dict(share)
        if prefer:
            pairs |= described.get("prefer", {})
        return described["measure"], self._headline(described["measure"], tuple(pairs.items())), period

    def _headline(self, measure: str, share: Segment) -> Segment:
        return tuple(sorted((self.words.catalogue["measures"][measure].get("headline", {}) | dict(share)).items()))

    def with_headline(self, code: str, share: Segment) -> Segment:
        """A share as it is shown: with the category that the count is always read in, when it has one."""
        return self._headline(self._describe(code)["numerator"]["measure"], share)

    def _describe(self, code: str) -> dict[str, Any]:
        """An indicator, or the reading of a measure as it is."""
        return dict(self.words.catalogue["indicators"].get(code) or {"numerator": {"measure": code}})

    def _mean(self, indicator: dict[str, Any], place: str, period: Months, share: Segment) -> Second | None:
        """A permanent mean: sums over the dates known, at the rhythm that knows the most."""
        best: tuple[int, list[Second], int] = (0, [], 0)
        for length in (one for one in SUBPERIODS if one <= period[1] - period[0] + 1):
            starts = range(period[0], period[1], length) if length > 1 else range(period[0], period[1] + 1)
            dates = [self._pair(indicator, place, (at, at + length - 1), share) for at in starts]
            known = [one for one in dates if one]
            if len(known) > best[0]:
                best = (len(known), known, len(dates))
        if not best[0]:
            return None
        above, below = sum(one.numerator for one in best[1]), sum(one.denominator or 0 for one in best[1])
        return Second(above, below, best[0] < best[2])

    def _pair(self, indicator: dict[str, Any], place: str, period: Months, share: Segment) -> Second | None:
        terms = [self._term(indicator[part], period, share) for part in ("numerator", "denominator")]
        return _make(self._read(terms, place))

    def _read(self, terms: Sequence[Term], place: str) -> tuple[list[float], bool] | None:
        """Each term on the same territories: the whole when it is given, else the level that is known best."""
        own = self._read_one(terms, place)
        if place != self.words.whole or (own and not own[1]):
            return own
        levels = {one["kind"]: one.get("complete", False) for one in self.words.agreed["levels"]}
        sums = [self._add_level(terms, kind, levels[kind]) for kind in levels]
        whole = [one for one in sums if one and not one[1]]
        if whole:
            return whole[0][:2]
        if len(terms) > 1:
            apart = [self._read([term], place) for term in terms]
            if all(one and not one[1] for one in apart):
                return [one[0][0] for one in apart if one], False
        partial = [one for one in sums if one]
        return own or (max(partial, key=lambda one: one[2])[:2] if partial else None)

    def _add_level(self, terms: Sequence[Term], kind: str, is_complete: bool) -> tuple[list[float], bool, float] | None:
        """The sums over a level, whether something is missing, and the share of its territories that is known."""
        places = self.words.levels[kind]
        found = [one for one in (self._read_one(terms, place) for place in places) if one]
        if not found:
            return None
        sums = [sum(one[0][rank] for one in found) for rank in range(len(terms))]
        is_partial = not is_complete or len(found) < len(places) or any(one[1] for one in found)
        return sums, is_partial, len(found) / len(places)

    def _read_one(self, terms: Sequence[Term], place: str) -> tuple[list[float], bool] | None:
        """All the terms from one way; where none knows them all, each from the first that knows it."""
        for ways in ([way] for way in self.ways):
            found = [self._first(ways, term, place) for term in terms]
            if all(found):
                break
        else:
            found = [self._first(self.ways, term, place) for term in terms]
        known = [one for one in found if one]
        return ([one[0] for one in known], not all(one[1] for one in known)) if len(known) == len(terms) else None

    def _first(self, ways: Sequence[Counts], term: Term, place: str) -> tuple[float, bool] | None:
        measure, segment, period = term
        return next((one for one in (way.get(measure, segment, place, period) for way in ways) if one), None)

    def shares(self, code: str) -> Iterator[Segment]:
        """Every share that an indicator can be read by: counted above and below, and not the one it is itself about."""
        indicator = self._describe(code)
        parts = [indicator[part] for part in ("numerator", "denominator") if part in indicator]
        own = {axis for part in parts for axis in part.get("segment", {})}
        if {part["measure"] for part in parts} == {"sorties_positives", "sorties"}:
            # Every motive is all positive or not at all.
            own |= {"motif", "categorie"}
        lists = [{s for way in self.ways for s in way.segments(part["measure"]) if len(s) == 1} for part in parts]
        yield from (share for share in sorted(set.intersection(*lists)) if share[0][0] not in own)


def _make(found: tuple[list[float], bool] | None) -> Second | None:
    if found is None:
        return None
    return Second(found[0][0], found[0][1] if len(found[0]) > 1 else None, found[1])
