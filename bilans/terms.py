"""A convention's codes in; its definitions and the words for places, segments, articles and holes out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bilans.values import Definition
from conventions.catalogue import Catalogue
from conventions.periods import parse_period
from conventions.values import Convention, Indicator, Segment, Term
from ui.french import FIXED, join_words, set_typography, upper_first, write_period, write_short_period
from ui.wording import name_place, name_source

WHOLE = "Ensemble"
_MOST_NAMED = 4
_READINGS = {
    "flux": "événements de la période",
    "stock": "effectif à la fin de la période",
    "somme": "somme sur la période",
    "distinct": "personnes différentes : ne s’additionne pas dans le temps",
}
_TIMES = {"cumul": "cumul depuis le 1ᵉʳ janvier", "moyenne": "moyenne sur les dates connues de la période"}


@dataclass(frozen=True)
class Terms:
    """The words of one convention."""

    convention: Convention
    catalogue: Catalogue

    def place(self, code: str | None) -> str:
        """The name of a place; the whole convention is « Ensemble »."""
        return WHOLE if code is None else name_place(code, self.convention)

    def level(self, code: str | None) -> str:
        """The kind of places that a place belongs to: « Communes »."""
        kind = next((place.kind for place in self.convention.places if place.code == code), "")
        return next((level.label for level in self.convention.levels if level.kind == kind), "")

    def source(self, code: str | None) -> str:
        """The name of who supplies a figure."""
        return name_source(code, self.convention)

    def period(self, code: str) -> str:
        """« 3ᵉ trimestre 2026 »."""
        return write_period(parse_period(code))

    def axes(self, segment: Segment) -> str:
        """The name of the axes of a segment: « Motif »."""
        return join_words([self.catalogue.axes[axis].label for axis, _ in segment])

    def segment(self, segment: Segment) -> str:
        """A part of the people in words: « Allocataires du RSA »."""
        return join_words([self._part(axis, value) for axis, value in segment])

    def _part(self, axis: str, value: str) -> str:
        motifs = {
            code: label for category in self.convention.exits for code, label in category.motifs.items()
        }
        known = self.catalogue.axes[axis].values
        return known.get(value) or (motifs.get(value) if axis == "motif" else None) or value

    def missing(self, pairs: Iterable[tuple[str, str]], *, is_known: bool = False) -> str:
        """What a figure lacks: « Port-de-Bouc (T3 2026) »; either side of a pair may be unsaid.

        A known figure that lacks the whole territory is the sum of places that do not cover it.
        """
        root = ("", self.convention.territory.code)
        given = list(pairs)
        if is_known and given and all(place == root[1] for place, _ in given):
            return f"le reste du territoire ({self.convention.territory.name})"
        # A hole of one place is a hole of the whole too: only the place is told.
        named = [pair for pair in given if pair[0] not in root] or given
        places: dict[str, list[str]] = defaultdict(list)
        for place, period in dict.fromkeys(named):
            places[period].append(place)
        return join_words([self._hole(codes, period) for period, codes in places.items()])

    def _hole(self, codes: Sequence[str], period: str) -> str:
        """The places that lack a period, counted when many; the period alone when all of them lack it."""
        when = write_short_period(parse_period(period)) if period else ""
        where = join_words([name_place(code, self.convention) for code in codes if code])
        if len(codes) > _MOST_NAMED:
            where = f"{len(codes)} territoires"
        if when and any(set(codes) >= set(level) for level in self._full_levels()):
            return when
        return f"{where} ({when})" if where and when else where or when

    def _full_levels(self) -> list[list[str]]:
        """The places of each level that covers the whole territory."""
        kinds = [level.kind for level in self.convention.levels if level.complete]
        return [[place.code for place in self.convention.places if place.kind == kind] for kind in kinds]

    def articles(self, articles: Sequence[str]) -> str:
        """« Art. 3-1 et 7 »: those of this convention, whose letter goes without saying."""
        own = [one.partition(" ")[2] for one in articles if one.split()[0] == self.convention.letter]
        numbered = [one for one in own if one[:1].isdigit()]
        others = [upper_first(one) or "Convention" for one in own if not one[:1].isdigit()]
        return join_words([*([f"Art.{FIXED}{join_words(numbered)}"] if numbered else []), *others])

    def definition(self, indicator: Indicator) -> Definition:
        """What an indicator is, in words."""
        measure = self.catalogue.measures[indicator.numerator.measure]
        return Definition(
            code=indicator.code,
            label=set_typography(indicator.label),
            definition=set_typography(indicator.definition),
            unit="" if indicator.unit in ("taux", "ratio") else indicator.unit,
            kind=_find_kind(indicator),
            numerator=self._term(indicator.numerator),
            denominator=self._term(indicator.denominator) if indicator.denominator else "",
            reading=set_typography(_TIMES.get(indicator.time) or _READINGS[measure.kind]),
            articles=self.articles(indicator.articles),
            sources=join_words([self.source(code) for code in indicator.sources]),
            provisional_months=indicator.provisional_months,
            is_distinct=measure.kind == "distinct",
        )

    def _term(self, term: Term) -> str:
        label = self.catalogue.measures[term.measure].label
        fixed = f" ({self.segment(term.segment)})" if term.segment else ""
        preferred = f", si possible {self.segment(term.prefer)}" if term.prefer else ""
        return set_typography(f"{label}{fixed}{preferred}")


def _find_kind(indicator: Indicator) -> str:
    if indicator.unit == "taux":
        return "taux"
    if indicator.denominator is None:
        return "compte"
    return "jours" if indicator.unit == "jours" else "moyenne"
