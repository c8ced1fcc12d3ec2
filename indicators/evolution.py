"""A request in; each figure beside that of a year or a period before, over the same territories on both sides, out.

A change compares only what was counted alike: the territories known at both dates (numerator and denominator), the
same source, the same length of time and the same definition. What is left out is named, and why.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from conventions.catalogue import load_catalogue
from conventions.periods import Period, parse_period, period_of
from conventions.values import Convention, Indicator
from conventions.versions import Mark, list_marks
from indicators.amounts import SECRET
from indicators.figures import compute_many
from indicators.judge import SUPPLIED
from indicators.refusals import BREAK, CUMUL_BEFORE, LENGTHS, NO_PLACE
from indicators.request import PRODUCER, Request, find_convention
from indicators.values import Figure
from indicators.windows import CUMUL, ROLLING, open_window
from store.database import Database

YEAR_BEFORE, PERIOD_BEFORE = "annee", "periode"


@dataclass(frozen=True)
class LeftOut:
    """A territory that is not compared: it is not known now, or was not before."""

    territory: str
    is_known_now: bool
    is_known_before: bool


@dataclass(frozen=True)
class Evolution:
    """One figure at two dates over the territories `kept` (none named: the whole, complete at both). `reason` says why
    there is no change to tell; `marks` what happened in between, breaks first."""

    indicator: Indicator
    period: Period
    before_period: Period
    now: Figure | None
    before: Figure | None
    kept: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    reason: str = ""
    marks: tuple[Mark, ...] = ()

    @property
    def absolute(self) -> float | None:
        """Now less before, in the indicator's own unit (a rate: in [−1, 1])."""
        values = [one.value for one in (self.now, self.before) if one is not None and one.value is not None]
        return values[0] - values[1] if len(values) == 2 and not self.reason else None

    @property
    def points(self) -> float | None:
        """The change of a rate, in points."""
        is_rate = self.indicator.unit == "taux"
        return 100 * self.absolute if is_rate and self.absolute is not None else None

    @property
    def relative(self) -> float | None:
        """The change as a share of what was before; none of a rate, nor of zero."""
        if self.indicator.unit == "taux" or self.absolute is None or self.before is None or not self.before.value:
            return None
        return self.absolute / self.before.value


def compute_evolutions(
    database: Database, request: Request, *, against: str = YEAR_BEFORE, across_breaks: bool = False
) -> list[Evolution]:
    """The evolution of each indicator of a request at each of its periods, for the whole convention or the territories
    that it names.

    A change across a break is refused unless it is asked for; the break is then told by `marks`.
    """
    convention, catalogue = find_convention(request.convention), load_catalogue()
    found = []
    for code in request.indicators or convention.indicators:
        for period in map(parse_period, request.periods):
            asked = replace(request, indicators=(code,), by=())
            before = _step_back(asked, convention, period, against)
            pair = _Pair(asked, convention, catalogue.indicator(code), period, before)
            found.append(_compare(database, pair, _refuse(pair, against), across_breaks=across_breaks))
    return found


@dataclass(frozen=True)
class _Pair:
    """An indicator and the two periods that it is compared at."""

    request: Request
    convention: Convention
    indicator: Indicator
    now: Period
    before: Period

    @property
    def dates(self) -> tuple[Period, Period]:
        return self.now, self.before

    def ask(self, database: Database, *, territories: tuple[str, ...] = ()) -> tuple[Figure | None, Figure | None]:
        """The figures of the whole, or of these territories together, at both dates."""
        own = territories or self.request.territories
        asked = [replace(self.request, periods=(one.code,), territories=own) for one in self.dates]
        now, before = compute_many(database, asked)
        return next(iter(now), None), next(iter(before), None)

    def ask_places(self, database: Database) -> list[list[Figure]]:
        """The figures of each territory at both dates: which ones are known is no secret, their values stay here."""
        asked = replace(self.request, by=("territoire",), audience=PRODUCER)
        return compute_many(database, [replace(asked, periods=(one.code,)) for one in self.dates])


def _step_back(request: Request, convention: Convention, period: Period, against: str) -> Period:
    """The period of the same length a year before, or that which ends just before the window begins."""
    if against == YEAR_BEFORE:
        return period.shift(-1)
    window = open_window(request.window, period, convention)
    is_own = request.window in (CUMUL, ROLLING) or not window.periods
    start = period.start if is_own else window.periods[0].start
    return period_of(start - timedelta(days=1), period.grain)


def _compare(database: Database, pair: _Pair, reason: str, *, across_breaks: bool) -> Evolution:
    marks = _list_marks(pair)
    broken = next((one for one in marks if one.is_break), None)
    if not reason and broken is not None and not across_breaks:
        reason = f"{BREAK} {broken.sentence}"
    now, before = pair.ask(database)
    if now is not None and before is not None and now.source != before.source:
        # Both sides are read from the source that is used now.
        pair = replace(pair, request=replace(pair.request, source=now.source))
        now, before = pair.ask(database)
    evolution = Evolution(pair.indicator, pair.now, pair.before, now, before, reason=reason, marks=marks)
    if reason or is_even(now, before):
        return evolution
    return _narrow(database, pair, evolution)


def _refuse(pair: _Pair, against: str) -> str:
    """Why two times do not compare, whatever is known of them."""
    kind = pair.request.window
    if against == PERIOD_BEFORE and CUMUL in (kind, pair.indicator.time):
        return CUMUL_BEFORE
    lengths = {sum(one.length for one in open_window(kind, date_, pair.convention).periods) for date_ in pair.dates}
    return LENGTHS if len(lengths - {0}) > 1 else ""


def _list_marks(pair: _Pair) -> tuple[Mark, ...]:
    """Up to the end of the time of now: from that of before for a head count, else from its beginning."""
    catalogue = load_catalogue()
    is_stock = catalogue.measures[pair.indicator.numerator.measure].kind == "stock"
    window = open_window(pair.request.window, pair.before, pair.convention)
    start = pair.before.end if is_stock or not window.periods else window.periods[0].start
    marks = list_marks(
        pair.indicator, pair.convention, catalogue, start=start, end=pair.now.end, segment=pair.request.segment
    )
    return tuple(sorted(marks, key=lambda one: (not one.is_break, one.day)))


def is_even(now: Figure | None, before: Figure | None) -> bool:
    """Whether two figures of the whole are about the same territories, as both are whole, and of one source."""
    is_one_source = now is None or before is None or now.source == before.source
    return is_one_source and _is_complete(now) and _is_complete(before)


def _is_complete(figure: Figure | None) -> bool:
    """Whether both counts are known and leave nothing out, or are kept secret whole."""
    if figure is None or figure.missing:
        return False
    if figure.state in (SECRET, SUPPLIED):
        return True
    return figure.numerator is not None and (figure.denominator is not None or not _has_bottom(figure))


def _has_bottom(figure: Figure) -> bool:
    return load_catalogue().indicator(figure.indicator).denominator is not None


def _narrow(database: Database, pair: _Pair, evolution: Evolution) -> Evolution:
    """The same over the territories of the level of which the most are known at both dates."""
    sides = pair.ask_places(database)
    known = [{one.territory for one in side if _is_complete(one) and one.state != SUPPLIED} for side in sides]
    spoken = {one.territory for side in sides for one in side}
    asked = pair.request.territories
    levels: list[Sequence[str]] = [asked] if asked else list(_list_levels(pair.convention, spoken))
    shares = [len([code for code in codes if all(code in side for side in known)]) / len(codes) for codes in levels]
    if not any(shares):
        return replace(evolution, reason=NO_PLACE)
    codes = levels[shares.index(max(shares))]
    kept = tuple(code for code in codes if all(code in side for side in known))
    left = tuple(LeftOut(code, code in known[0], code in known[1]) for code in codes if code not in kept)
    now, before = pair.ask(database, territories=kept)
    return replace(evolution, now=now, before=before, kept=kept, left_out=left)


def _list_levels(convention: Convention, spoken: set[str | None]) -> Iterator[Sequence[str]]:
    """The territories of each level that ever spoke, those that cover the whole first; then the whole itself."""
    for level in sorted(convention.levels, key=lambda one: not one.complete):
        codes = [place.code for place in convention.places if place.kind == level.kind]
        own = codes if level.complete else [code for code in codes if code in spoken]
        if own and not spoken.isdisjoint(own):
            yield own
    if convention.territory.code in spoken:
        yield [convention.territory.code]
