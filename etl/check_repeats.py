"""Known figures in; periods that repeat another, and files that repeat what is stored, out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import partial

from conventions.catalogue import Catalogue
from conventions.periods import parse_period
from conventions.reading import Table
from etl.check_known import NAMES, TOLERANCE, Figure, Finder, Hit, Known, enumerate_names, show
from etl.report import Observation

REPEAT_NAMES = NAMES | {"autre_periode", "nombre"}
STORED_NAMES = NAMES | {"nombre", "fichiers"}
Pair = tuple[Observation, Figure]
"""A figure of the file and the one of another period that it may repeat."""


def read_repeat(table: Table, catalogue: Catalogue) -> Finder:
    """`least`: so many figures but zeros are no coincidence; `ignored`: measures that stand still."""
    ignored = table.texts("ignored", [])
    for code in ignored:
        table.require("ignored", code, catalogue.measures)
    return partial(find_repeated, least=table.integer("least"), ignored=frozenset(ignored))


def find_repeated(known: Known, *, least: int, ignored: frozenset[str]) -> Iterator[Hit]:
    """A sheet whose figures of a period are those of the period before, or of the same of the year before.

    All of its figures, else those of one territory.
    """
    for code in known.fresh_periods:
        period = parse_period(code)
        for other in (period.previous().code, period.shift(-1).code):
            for pairs in _pair(known, code, other, ignored).values():
                places: dict[str, list[Pair]] = defaultdict(list)
                for pair in pairs:
                    places[pair[0].territory].append(pair)
                groups = [pairs] if _is_repeated(pairs, least) else list(places.values())
                yield from (_tell(known, group, other) for group in groups if _is_repeated(group, least))


def _pair(known: Known, code: str, other: str, ignored: frozenset[str]) -> dict[str, list[Pair]]:
    """By sheet, the file's figures of one period with those of another period for the same places."""
    there = known.by_period.get(other, {})
    sheets: dict[str, list[Pair]] = defaultdict(list)
    for place in [place for place in known.by_period[code] if place in there]:
        for key, one in known.by_period[code][place].items():
            two = there[place].get(key) if one.measure not in ignored else None
            if isinstance(one, Observation) and two is not None and None not in (one.value, two.value):
                sheets[one.sheet].append((one, two))
    return sheets


def _is_repeated(pairs: Sequence[Pair], least: int) -> bool:
    is_same = all(abs((one.value or 0) - (other.value or 0)) <= TOLERANCE for one, other in pairs)
    return is_same and sum(bool(one.value) for one, _ in pairs) >= least


def _tell(known: Known, pairs: Sequence[Pair], other: str) -> Hit:
    first = pairs[0][0]
    places = dict.fromkeys(known.place(one.territory) for one, _ in pairs)
    words = {
        "lieu": enumerate_names([*places]),
        "autre_periode": parse_period(other).label,
        "nombre": show(len(pairs)),
    }
    return Hit(first, known.words(first, first) | words, beside=[one for pair in pairs for one in pair])


def find_stored(known: Known) -> Iterator[Hit]:
    """A file that brings nothing new: every figure is already stored, the same, whatever the file's name."""
    stored = {(one.measure, one.territory, one.period, one.segment): one for one in known.stored}
    files: dict[str, None] = {}
    for one in known.fresh:
        same = stored.get((one.measure, one.territory, one.period, one.segment))
        if same is None or (same.value, same.state) != (one.value, one.state):
            return
        files[same.file] = None
    if known.fresh:
        first = known.fresh[0]
        names = " et ".join(f"« {name} »" for name in files)
        words = {"nombre": show(len(known.fresh)), "fichiers": names}
        yield Hit(first, known.words(first, first) | words)
