"""A convention and a day in; each count owed by then, received or not, how fresh each source is, and the coverage, out.

A secret cell, or one that does not concern the place, is received; « n. d. » is not, and is told apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from conventions.catalogue import load_catalogue
from conventions.periods import Period
from conventions.values import Convention
from indicators.owed import Owed, find_next, find_rhythm, list_owed
from indicators.request import find_convention
from indicators.said import NATIONAL, Said, read_said
from store.database import Database

RECEIVED, MISSING, DENIED = "reçu", "manquant", "n.d."
_LOADED = "select source, max(loaded_at) from active_imports where convention = ? group by source"


@dataclass(frozen=True)
class Cell:
    """A count owed, and whether it was received, is missing, or was said not to be available."""

    owed: Owed
    state: str

    @property
    def is_received(self) -> bool:
        """Whether there is an answer."""
        return self.state == RECEIVED


@dataclass(frozen=True)
class Freshness:
    """The last period of which a source gave something, and the day of its last file; None when it gave none."""

    source: str
    period: Period | None
    loaded_on: date | None


@dataclass(frozen=True)
class Completeness:
    """What was owed by a day, at a rhythm (a grain); `coming` is the period that will be owed next, None once the
    convention has ended."""

    as_of: date
    cells: tuple[Cell, ...]
    sources: tuple[Freshness, ...]
    coming: Period | None = None
    rhythm: str = "trimestre"

    @property
    def expected(self) -> int:
        """How many counts were owed."""
        return len(self.cells)

    @property
    def received(self) -> int:
        """How many of them have an answer."""
        return sum(cell.is_received for cell in self.cells)

    @property
    def is_whole(self) -> bool:
        """Whether nothing lacks."""
        return self.received == self.expected

    @property
    def last(self) -> Period | None:
        """The latest period owed, the longest of those that end together."""
        return max((cell.owed.period for cell in self.cells), key=lambda one: (one.end, one.length), default=None)

    def within(self, periods: Sequence[Period]) -> Completeness:
        """What was owed of the time from the first of these periods to the end of the last."""
        first, last = min(one.start for one in periods), max(one.end for one in periods)
        inside = [one for one in self.cells if first <= one.owed.period.start and one.owed.period.end <= last]
        return replace(self, cells=tuple(inside))

    def ending(self, period: Period) -> Completeness:
        """What came to be owed with the end of a period."""
        return replace(self, cells=tuple(one for one in self.cells if one.owed.period.end == period.end))

    def of(self, source: str | None) -> Completeness:
        """What one source owed; None: what any of them could give."""
        return replace(self, cells=tuple(one for one in self.cells if one.owed.source == source))

    def after(self, period: Period) -> Completeness:
        """What came to be owed since the end of a period."""
        return replace(self, cells=tuple(one for one in self.cells if one.owed.period.start > period.end))


def read_completeness(database: Database, convention: str, *, as_of: date | None = None) -> Completeness:
    """The completeness of a convention on a day."""
    agreed, day = find_convention(convention), as_of or date.today()
    said = read_said(database, agreed)
    cells = tuple(Cell(one, _judge(said, one, agreed)) for one in list_owed(said, agreed, day))
    with database.cursor() as cursor:
        loaded = {who: when.date() for who, when in cursor.execute(_LOADED, [agreed.key]).fetchall()}
    sources = tuple(_date(said, one.code, loaded.get(one.code)) for one in agreed.sources)
    return Completeness(day, cells, sources, find_next(said, agreed, day), find_rhythm(said, agreed))


def _judge(said: Said, owed: Owed, convention: Convention) -> str:
    kind = load_catalogue().measures[owed.measure].kind
    speakers = sorted(said.speakers(owed.measure)) if owed.source is None else [owed.source]
    keys = [(who, owed.measure, owed.territory) for who in (*speakers, NATIONAL)]
    if any(said.is_known(key, owed.period, kind=kind, convention=convention) for key in keys):
        return RECEIVED
    return DENIED if any(said.is_denied(key, owed.period) for key in keys) else MISSING


def _date(said: Said, source: str, loaded_on: date | None) -> Freshness:
    given = said.given([source], *[{key[rank] for key in said.codes} for rank in (1, 2)])
    last = max(given, key=lambda one: (one.end, one.length), default=None)
    return Freshness(source, last, loaded_on)
