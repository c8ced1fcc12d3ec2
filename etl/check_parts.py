"""Known figures in; measures and segments greater than the count they are a part of, out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import partial

from conventions.catalogue import Catalogue
from conventions.reading import Table
from etl.check_known import NAMES, TOLERANCE, Figure, Finder, Hit, Known, cite, point, without

PART_NAMES = NAMES | {"total", "mesure_totale"}


def read_pairs(table: Table, catalogue: Catalogue) -> Finder:
    """`pairs`: a measure, then the one that it is a part of."""
    pairs = table.lists("pairs")
    for pair in pairs:
        if len(pair) != 2:
            raise table.error("pairs", f"{list(pair)} : deux mesures attendues, la partie puis le tout.")
        for code in pair:
            table.require("pairs", code, catalogue.measures)
    return partial(find_exceeding, pairs=pairs)


def find_exceeding(known: Known, *, pairs: Sequence[Sequence[str]]) -> Iterator[Hit]:
    """A measure greater than the one it is a part of, for the same territory, period and segment."""
    wholes, parts = defaultdict(list), defaultdict(list)
    for small, large in pairs:
        wholes[small].append(large)
        parts[large].append(small)
    for one in known.fresh:
        for large in wholes.get(one.measure, ()):
            yield from _exceed(known, one, known.value(large, one))
        for small in parts.get(one.measure, ()):
            if point(part := known.value(small, one)) is None and part is not None:
                yield from _exceed(known, part, one)


def read_segments(table: Table, catalogue: Catalogue) -> Finder:
    """`axes`: those whose values overlap."""
    axes = table.texts("axes")
    for axis in axes:
        table.require("axes", axis, catalogue.axes)
    return partial(find_exceeding_segments, axes=frozenset(axes))


def find_exceeding_segments(known: Known, *, axes: frozenset[str]) -> Iterator[Hit]:
    """A value of an axis greater than the count without that axis."""
    for one in known.figures.values():
        for axis, _ in one.segment:
            if axis in axes:
                yield from _exceed(known, one, known.figures.get(without(one, axis)))


def _exceed(known: Known, part: Figure, whole: Figure | None) -> Iterator[Hit]:
    if whole is None or part.value is None or whole.value is None or part.value <= whole.value + TOLERANCE:
        return
    if (at := point(part, whole)) is not None:
        total = {"total": cite(whole, at), "mesure_totale": known.label(whole.measure, whole.segment)}
        yield Hit(at, known.words(part, at) | total, beside=(part, whole))
