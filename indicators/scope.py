"""A request and its counts in; the sources, territories, segments and periods it leads to out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product

from conventions.catalogue import Catalogue
from conventions.periods import Period, parse_period
from conventions.values import Convention, Indicator, Segment
from conventions.versions import list_all_terms
from indicators.counts import EXITS, POSITIVE_EXITS, Counts, family_of
from indicators.request import BASE_AXES, Request
from indicators.retained import Retained
from indicators.rules import can_split
from indicators.spans import cover
from indicators.windows import PERIOD, Window, open_window


@dataclass(frozen=True)
class Scope:
    """All that the figures of one request depend on; `periods` are those asked for, or those received."""

    request: Request
    convention: Convention
    catalogue: Catalogue
    counts: Sequence[Counts]
    periods: tuple[Period, ...]
    as_of: date
    retained: Retained

    def windows(self) -> list[Window]:
        """The time of each figure: one by one, or all together without overlap."""
        kind, periods = self.request.window, list(dict.fromkeys(self.periods))
        if "periode" in self.request.by or len(periods) == 1:
            return _keep_last([open_window(kind, period, self.convention) for period in periods])
        if not periods:
            return []
        if kind == PERIOD:
            return [Window(kind, None, cover(periods), "")]
        return [open_window(kind, max(periods, key=lambda one: one.end), self.convention)]

    def sources(self, indicator: Indicator) -> list[str]:
        """Those that know the indicator when asked by source, else the first of the convention that does."""
        if self.request.source is not None:
            return [self.request.source]
        best = self._list_best(indicator)
        return best if "source" in self.request.by else best[:1]

    def choose_source(self, indicator: Indicator, source: str, periods: Sequence[Period]) -> str:
        """The source of one figure: when none is asked for, that which the partners retained, if it knows as much."""
        if self.request.source is not None or "source" in self.request.by:
            return source
        chosen = self.retained.find(indicator.code, periods)
        return chosen if chosen is not None and chosen in self._list_best(indicator) else source

    def _list_best(self, indicator: Indicator) -> list[str]:
        """The sources that know the most of what an indicator is made of; the first, when none knows anything."""
        order = list(dict.fromkeys([*(one.code for one in self.convention.sources), *(c.source for c in self.counts)]))
        allowed = [code for code in order if not indicator.sources or code in indicator.sources] or order
        measures = {term.measure for term in list_all_terms(indicator, self.convention)}
        known = [{one for one in measures if self._knows(code, one)} for code in allowed]
        most = max(map(len, known))
        if not most:
            # Some returns give only the mean or the rate, under the indicator's own code.
            return [code for code in allowed if self._knows(code, indicator.code)] or allowed[:1]
        return [code for code, measures in zip(allowed, known, strict=True) if len(measures) == most]

    def _knows(self, source: str, measure: str) -> bool:
        return any(one.source == source and one.territories(measure) for one in self.counts)

    def places(self, indicator: Indicator) -> list[str | None]:
        """The convention's territories of which something is known, in its own order; the only one asked for, known or
        not; None for the whole."""
        if "territoire" not in self.request.by:
            return [*self.request.territories] if len(self.request.territories) == 1 else [None]
        measures = (indicator.code, *(term.measure for term in list_all_terms(indicator, self.convention)))
        seen = {code for one in self.counts for measure in measures for code in one.territories(measure)}
        order = [*(place.code for place in self.convention.places), self.convention.territory.code]
        return [code for code in order if code in seen]

    def segments(self, indicator: Indicator) -> list[Segment]:
        """The values of each axis asked for, as far as the indicator is counted by it; else its headline. The group of
        the request is in all of them."""
        headline = (*self.catalogue.measures[indicator.numerator.measure].headline, *self.request.segment)
        axes = [axis for axis in dict.fromkeys(self.request.by) if axis not in BASE_AXES]
        values = [self._values(indicator, axis) for axis in axes]
        segments = [{**dict(headline), **dict(zip(axes, one, strict=True))} for one in product(*values)]
        return [tuple(sorted(pairs.items())) for pairs in segments]

    def _values(self, indicator: Indicator, axis: str) -> list[str]:
        if not can_split(indicator, axis, self.catalogue):
            return []
        measure = indicator.numerator.measure
        seen = self._counted(measure, axis)
        if measure in (EXITS, POSITIVE_EXITS) and axis == "categorie":
            motifs = self.convention.motifs
            seen |= {motifs[motif] for motif in self._counted(measure, "motif") if motif in motifs}
        if measure == POSITIVE_EXITS and axis in ("motif", "categorie"):
            positive = [one for one in self.convention.exits if one.is_positive]
            seen &= {code for one in positive for code in (one.code, *one.motifs)}
        order = list(self.catalogue.axes[axis].values)
        return sorted(seen, key=lambda value: (order.index(value) if value in order else len(order), value))

    def _counted(self, measure: str, axis: str) -> set[str]:
        segments = {one for counts in self.counts for code in family_of(measure) for one in counts.segments(code)}
        return {value for segment in segments for name, value in segment if name == axis}


def _keep_last(windows: Sequence[Window]) -> list[Window]:
    """Each stretch of time once, read at the last period asked for that lies in it."""
    kept = {one.periods or one.label: one for one in windows}
    return list(kept.values())


def list_received(counts: Sequence[Counts], convention: Convention, as_of: date) -> tuple[Period, ...]:
    """Every period received that has begun, at the convention's own rhythm, else at the one most received."""
    codes = {code for one in counts for code in one.periods()}
    periods = sorted(one for one in map(parse_period, codes) if one.start <= as_of)
    grains = [period.grain for period in periods]
    if not grains:
        return ()
    grain = convention.cadence if convention.cadence in grains else max(sorted(set(grains)), key=grains.count)
    return tuple(period for period in periods if period.grain == grain)
