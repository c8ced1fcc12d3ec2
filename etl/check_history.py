"""Known figures in; periods outside the convention and values far from the usual, out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import partial
from statistics import median

from conventions.catalogue import Catalogue
from conventions.periods import parse_period
from conventions.reading import Table
from etl.check_known import NAMES, Figure, Finder, Hit, Known, length, point, show

PERIOD_NAMES = NAMES | {"debut", "fin"}
USUAL_NAMES = NAMES | {"habituel", "facteur"}


def find_outside(known: Known) -> Iterator[Hit]:
    """The first figure of each period that lies wholly outside the years of the convention."""
    if known.convention is None:
        return
    start, end = known.convention.start, known.convention.end
    firsts: dict[str, Hit | None] = {}
    for one in known.fresh:
        if one.is_context or one.period in firsts:
            continue
        period = parse_period(one.period)
        is_outside = period.end < start or period.start > end
        years = {"debut": f"{start:%d/%m/%Y}", "fin": f"{end:%d/%m/%Y}"}
        firsts[one.period] = Hit(one, known.words(one, one) | years) if is_outside else None
    yield from (hit for hit in firsts.values() if hit is not None)


def read_usual(table: Table, catalogue: Catalogue) -> Finder:
    """`factor` times the usual is too far; under `least`, let be; so many `others` make a usual."""
    return partial(
        find_unusual,
        factor=table.number("factor"),
        least=table.number("least"),
        others=table.integer("others"),
    )


def find_unusual(known: Known, *, factor: float, least: float, others: int) -> Iterator[Hit]:
    """A value far above the median of the other periods, or far below that of the earlier ones.

    Low is judged by the past alone: the modest start of a scheme that grew later is no mistake.
    A sum kept for a mean is let be: it follows the number of those it sums over.
    """
    series: dict[tuple[object, ...], list[Figure]] = defaultdict(list)
    for one in known.figures.values():
        measure = known.measure(one)
        if one.value is not None and measure is not None and measure.kind != "somme":
            series[one.measure, one.territory, one.segment, length(one.period)].append(one)
    for same in series.values():
        values = [one.value or 0.0 for one in same]
        if len(same) > others and max(values) >= least and max(values) > factor * min(values):
            yield from _compare(known, sorted(same, key=lambda one: one.period), factor, least, others)


def _compare(known: Known, same: Sequence[Figure], factor: float, least: float, others: int) -> Iterator[Hit]:
    values = [one.value or 0.0 for one in same]
    for rank, one in enumerate(same):
        at, value = point(one), values[rank]
        if at is None:
            continue
        usual, past = median(values[:rank] + values[rank + 1 :]), values[:rank]
        is_high = value >= least and 0 < usual * factor < value
        if not is_high and len(past) >= others:
            usual = median(past)
        is_low = not is_high and len(past) >= others and usual >= least and value * factor < usual
        if is_high or is_low:
            yield Hit(at, known.words(at, at) | {"habituel": show(usual), "facteur": show(factor)})
