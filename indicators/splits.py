"""A measure and a segment in; the lists of finer counts, each of which adds up to it, out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from conventions.catalogue import Catalogue
from conventions.values import Axis, Convention, Segment
from indicators.counts import EXITS, POSITIVE_EXITS, Counts

Part = tuple[str, Segment]
"""A measure and a segment."""
# The workbooks cross three axes at most.
_MAX_AXES = 3


def list_splits(
    counts: Counts, convention: Convention, catalogue: Catalogue, *, measure: str, segment: Segment
) -> Iterator[list[Part]]:
    """Each list of parts from which a count can be rebuilt, the convention's own rules of exits first."""
    yield from _split_exits(counts, convention, measure, dict(segment))
    yield from _split_groups(catalogue, measure, dict(segment))
    taken = dict(segment).keys()
    if len(taken) >= _MAX_AXES:
        return
    for code in sorted(catalogue.measures[measure].adds_over & catalogue.axes.keys() - taken):
        for values in _list_partitions(counts, catalogue.axes[code], measure, segment):
            yield [(measure, with_value(segment, code, value)) for value in values]


def with_value(segment: Segment, axis: str, value: str) -> Segment:
    """A segment, split further."""
    return tuple(sorted({**dict(segment), axis: value}.items()))


def _split_exits(counts: Counts, convention: Convention, measure: str, pairs: dict[str, str]) -> Iterator[list[Part]]:
    """Positive exits are those of the positive categories; the exits of a category, those of its motives."""
    category, motif = pairs.get("categorie"), pairs.get("motif")
    if measure == POSITIVE_EXITS:
        positive = {one.code for one in convention.exits if one.is_positive}
        asked = category or convention.motifs.get(motif or "")
        segment = tuple(pairs.items())
        if asked in positive:
            yield [(EXITS, segment)]
        elif asked is None:
            yield [(EXITS, with_value(segment, "categorie", code)) for code in sorted(positive)]
    elif measure == EXITS and category and motif is None:
        base = tuple(pair for pair in pairs.items() if pair[0] != "categorie")
        counted = counts.segments(EXITS)
        motifs = [with_value(base, "motif", code) for code, of in convention.motifs.items() if of == category]
        yield [(EXITS, one) for one in motifs if one in counted]


def _split_groups(catalogue: Catalogue, measure: str, pairs: dict[str, str]) -> Iterator[list[Part]]:
    """A value that the catalogue says to be made of finer ones (45 ans et plus) is their sum."""
    for axis in sorted(pairs.keys() & catalogue.measures[measure].adds_over):
        finer = catalogue.axes[axis].groups.get(pairs[axis])
        if finer:
            yield [(measure, with_value(tuple(pairs.items()), axis, value)) for value in finer]


def _list_partitions(counts: Counts, axis: Axis, measure: str, segment: Segment) -> Sequence[tuple[str, ...]]:
    """The lists of values that make the whole: the catalogue's or, for an open axis, all those counted."""
    known = {
        dict(one)[axis.code]
        for one in counts.segments(measure)
        if axis.code in dict(one) and tuple(pair for pair in one if pair[0] != axis.code) == segment
    }
    if axis.is_open:
        return [tuple(sorted(known))] if known else []
    return [values for values in axis.partitions if known.issuperset(values)]
