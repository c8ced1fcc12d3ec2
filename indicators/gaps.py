"""A convention in; what two of its sources give of the same count, side by side, the largest gap first, out.

Nothing is averaged nor added up: the gap is the other source less the one in use, where both leave nothing out or leave
out the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from conventions.catalogue import load_catalogue
from conventions.periods import Period, parse_period
from conventions.values import Convention
from indicators.figures import compute_figures
from indicators.request import Request, find_convention
from indicators.retained import Retained, read_retained
from indicators.values import Figure
from store.database import Database
from store.facts import Fact, read_facts

REASON_FACT = "raison_ecart"
_SHARED = """
select measure from cube where convention = ? and reading = 'flux'
group by measure having count(distinct source) > 1 order by measure
"""
_FEWEST = 2


@dataclass(frozen=True)
class Gap:
    """One count as two sources give it, in one territory (None: the whole) over one period.

    `retained` is the source that the partners chose for it, if they did: `used` is then that one. `reasons` are the
    facts that explain the gap, oldest first.
    """

    indicator: str
    territory: str | None
    period: str
    used: Figure
    other: Figure
    retained: str | None = None
    reasons: tuple[Fact, ...] = ()

    @property
    def is_comparable(self) -> bool:
        """Whether both are known and count the same field."""
        is_known = self.used.value is not None and self.other.value is not None
        return is_known and self.used.missing == self.other.missing

    @property
    def absolute(self) -> float | None:
        """The other source less the one in use."""
        if not self.is_comparable or self.used.value is None or self.other.value is None:
            return None
        return self.other.value - self.used.value

    @property
    def relative(self) -> float | None:
        """The gap as a share of what the source in use gives; none of zero."""
        return self.absolute / self.used.value if self.absolute is not None and self.used.value else None

    @property
    def lacking(self) -> tuple[str, ...]:
        """The sources that give nothing here, or only a part of it."""
        sides = (self.used, self.other)
        return tuple(one.source or "" for one in sides if one.value is None or one.state == "partiel")


def list_shared(database: Database, convention: Convention) -> tuple[str, ...]:
    """The counts of the convention that more than one source gives."""
    with database.cursor() as cursor:
        shared = {row[0] for row in cursor.execute(_SHARED, [convention.key]).fetchall()}
    catalogue = load_catalogue()
    counts = [code for code in convention.indicators if code in catalogue.measures]
    return tuple(code for code in counts if code in shared)


def read_gaps(database: Database, request: Request) -> list[Gap]:
    """The gaps of every shared count over each period of a request, largest first; those that cannot be told, last.

    By territory when the request says so, else of the whole. What a committee may not see has no value.
    """
    convention = find_convention(request.convention)
    shared = list_shared(database, convention)
    asked = tuple(code for code in shared if not request.indicators or code in request.indicators)
    if not asked:
        return []
    by = tuple(dict.fromkeys(("source", "periode", *request.by)))
    figures = compute_figures(database, replace(request, indicators=asked, by=by))
    facts, retained = read_facts(database, convention.key, REASON_FACT), read_retained(database, convention.key)
    return sorted(_pair(figures, facts, retained), key=_rank)


def compare_sources(database: Database, request: Request) -> list[Gap]:
    """The gaps over the periods of a request taken together, in the order of the convention; `period` is then empty."""
    convention = find_convention(request.convention)
    by = tuple(dict.fromkeys(("source", *request.by)))
    figures = compute_figures(database, replace(request, by=by))
    facts, retained = read_facts(database, convention.key, REASON_FACT), read_retained(database, convention.key)
    own = [parse_period(code) for code in request.periods]
    return list(_pair([replace(one, period=None) for one in figures], facts, retained, own))


def _pair(
    figures: Sequence[Figure], facts: Sequence[Fact], retained: Retained, span: Sequence[Period] = ()
) -> Iterator[Gap]:
    """Two by two; `span` is the time of figures that say none."""
    groups: dict[tuple[str, str | None, str], list[Figure]] = defaultdict(list)
    for one in figures:
        groups[one.indicator, one.territory, one.period or ""].append(one)
    for (indicator, territory, period), group in groups.items():
        if not any(one.value is not None or one.state == "secret" for one in group) or len(group) < _FEWEST:
            continue
        own = [parse_period(period)] if period else span
        chosen, reasons = retained.find(indicator, own), list_reasons(facts, indicator, territory, own)
        # The one retained first, then in the order of the convention.
        ordered = sorted(group, key=lambda one: one.source != chosen)
        for used, other in combinations(ordered, 2):
            yield Gap(indicator, territory, period, used, other, chosen, reasons)


def list_reasons(
    facts: Sequence[Fact], indicator: str, territory: str | None, periods: Sequence[Period]
) -> tuple[Fact, ...]:
    """The facts that explain a gap: those of its territory or of all, about a part of its time or more.

    The gap of the whole is made of those of the territories: all their reasons explain it.
    """
    own = [one for one in facts if one.about == indicator and (territory is None or one.territory in (None, territory))]
    return tuple(one for one in own if any(_overlaps(parse_period(one.period or ""), period) for period in periods))


def _overlaps(first: Period, other: Period) -> bool:
    return first.contains(other) or other.contains(first)


def _rank(gap: Gap) -> tuple[bool, float, str, str]:
    return gap.absolute is None, -abs(gap.absolute or 0), gap.period, gap.territory or ""
