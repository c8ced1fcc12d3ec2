"""Known figures in; head counts at odds with entries and exits, or with another of that day, out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache, partial

from conventions.catalogue import Catalogue
from conventions.periods import parse_period
from conventions.reading import Table
from etl.check_known import NAMES, TOLERANCE, Figure, Finder, Hit, Known, cite, point, show

BALANCE_NAMES = NAMES | {"depart", "entrees", "sorties", "attendu"}
END_NAMES = NAMES | {"autre", "autre_periode"}


def read_balances(table: Table, catalogue: Catalogue) -> Finder:
    """`balances`: a stock, its entries, its exits."""
    balances = table.lists("balances")
    for balance in balances:
        if len(balance) != 3:
            raise table.error("balances", f"{list(balance)} : un stock, ses entrées et ses sorties attendus.")
        for code in balance:
            table.require("balances", code, catalogue.measures)
        if catalogue.measures[balance[0]].kind != "stock":
            raise table.error("balances", f"« {balance[0]} » : un stock attendu.")
    return partial(find_imbalances, balances=balances)


def find_imbalances(known: Known, *, balances: Sequence[Sequence[str]]) -> Iterator[Hit]:
    """A stock that is not that of the day before the period, plus entries, minus exits; no segment."""
    for stock, entered, left in balances:
        stocks: dict[tuple[str, date], Figure] = {}
        entries: list[Figure] = []
        for one in known.figures.values():
            if one.measure == stock and not one.segment:
                stocks.setdefault((one.territory, _end(one.period)), one)
            elif one.measure == entered and not one.segment:
                entries.append(one)
        told: dict[int, float] = {}
        for one in sorted(entries, key=lambda one: one.period):
            before = stocks.get((one.territory, parse_period(one.period).start - timedelta(days=1)))
            after = stocks.get((one.territory, _end(one.period)))
            hit, gap = _weigh(known, before, one, known.value(left, one), after)
            # One wrong stock upsets two periods, by the same number: the first tells it.
            if hit is not None and abs(told.get(id(before), 0.0) + gap) > TOLERANCE:
                told[id(after)] = gap
                yield hit


def _weigh(
    known: Known, before: Figure | None, entered: Figure, left: Figure | None, after: Figure | None
) -> tuple[Hit | None, float]:
    """The finding when a period is out of balance, and by how many."""
    if before is None or left is None or after is None:
        return None, 0.0
    if before.value is None or entered.value is None or left.value is None or after.value is None:
        return None, 0.0
    expected = before.value + entered.value - left.value
    gap = after.value - expected
    at = point(after, left, entered, before)
    if at is None or abs(gap) <= TOLERANCE:
        return None, 0.0
    terms = {"depart": cite(before, at), "entrees": cite(entered, at), "sorties": cite(left, at)}
    period = {"periode": parse_period(entered.period).label}
    words = known.words(after, at) | terms | period | {"attendu": show(expected)}
    return Hit(at, words, beside=(after, before, entered, left)), gap


def find_two_ends(known: Known) -> Iterator[Hit]:
    """Two values for one stock on one day: that of December, of the fourth quarter and of the year."""
    stocks: dict[tuple[object, ...], list[Figure]] = defaultdict(list)
    for one in known.figures.values():
        measure = known.measure(one)
        if one.value is not None and measure is not None and measure.kind == "stock":
            stocks[one.measure, one.territory, one.segment, _end(one.period)].append(one)
    for same in stocks.values():
        for one, other in zip(same, same[1:], strict=False):
            at = point(one, other)
            if at is not None and abs((one.value or 0) - (other.value or 0)) > TOLERANCE:
                past = other if at is one else one
                words = {"autre": cite(past, at), "autre_periode": parse_period(past.period).label}
                yield Hit(at, known.words(at, at) | words, beside=(past,))


@lru_cache(maxsize=4096)
def _end(period: str) -> date:
    return parse_period(period).end
