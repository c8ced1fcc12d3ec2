"""What the labels of a number say and what stands around its table in; the axes that the table lacks out.

The nearest place speaks: titles, the sheet's name, the file's name, the user's options. Two near places that
contradict each other make a conflict; nothing is chosen between them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from conventions.values import Measure
from etl.layout import Title
from etl.moments import Moment
from etl.recognise import Lexicon, Reading

_SHORT = 4
_YEAR = re.compile(r"(?:19|20)\d\d")
_PARTS = re.compile(r"\s+-\s+|\s*[–—:;,|()]\s*")


@dataclass(frozen=True)
class Context:
    """What surrounds the tables of a sheet: its name, the file's, the options; `root` is the whole convention,
    `plain` the words of a title that are the name of no territory."""

    measures: Mapping[str, Measure]
    sheet: Reading
    file: Reading
    option: Moment
    root: str | None = None
    plain: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Around:
    """One text around a table, and the territory it names beyond doubt. A near one (nearest titles, sheet) may
    not be contradicted by another near one; past one that hides places, nothing farther names a territory."""

    reading: Reading
    place: str | None
    is_near: bool
    hides_place: bool = False


def look_around(
    corner: Sequence[Reading], titles: Sequence[Title], lexicon: Lexicon, context: Context
) -> list[Around]:
    """The texts around a row, nearest first: the corner of its table, the titles, sheet and file.

    A title between tables, or a short one, is the heading of a block: a part of it that nothing explains may
    name a territory that nobody knows.
    """
    last = titles[-1].group if titles else 0
    around = [Around(reading, reading.place, True) for reading in corner]
    for title in reversed(titles):
        reading, is_near = lexicon.read(title.text), title.group == last
        if reading.is_explained or (title.group == 0 and len(title.text.split()) > _SHORT):
            around.append(Around(reading, reading.place, is_near))
        else:
            place = _place_of_part(title.text, lexicon)
            is_plain = all(word in context.plain or _YEAR.fullmatch(word) for word in reading.rest)
            hides = place is None and reading.kind != "note" and not is_plain
            around.append(Around(reading, place, is_near, hides))
    return [*around, Around(context.sheet, context.sheet.place, True), Around(context.file, context.file.place, False)]


def _place_of_part(text: str, lexicon: Lexicon) -> str | None:
    """The territory that a part of a title names by itself, between its dashes and commas."""
    places = {reading.place for part in _PARTS.split(text) if (reading := lexicon.read(part)).is_explained}
    known = places - {None}
    return next(iter(known)) if len(known) == 1 else None


def find_place(around: Iterable[Around], root: str | None) -> tuple[str | None, str | None]:
    """The territory and the conflict, if any. The whole convention, in most titles, yields to a part of it."""
    found: Around | None = None
    for one in around:
        place = one.place
        if found is None:
            found = one if place else None
            if one.hides_place and found is None:
                return None, None
        elif place not in (None, root, found.place) and one.is_near:
            if found.place != root:
                return None, f"deux territoires possibles : « {found.reading.text} » et « {one.reading.text} »"
            found = one
    return (found.place if found else None), None


def find_moment(
    moment: Moment, around: Iterable[Around], option: Moment, carried: frozenset[str]
) -> tuple[Moment, str | None]:
    """The time of a number and the conflict, if any: what its labels lack is taken around them."""
    giver: Around | None = None
    for one in around:
        part = _complement(moment, one.reading.moment, carried)
        merged = moment.merge(part)
        if merged is None and giver is not None and one.is_near and giver.is_near:
            return moment, f"deux périodes possibles : « {giver.reading.text} » et « {one.reading.text} »"
        if merged is not None and not part.is_empty:
            moment, giver = merged, giver or one
    return moment.merge(_complement(moment, option, carried)) or moment, None


def _complement(moment: Moment, other: Moment, carried: frozenset[str]) -> Moment:
    """What another text may add: the year when the table carries none, a part when it carries none either.

    A text with its own year dates only tables without years: « au 31 décembre 2024 » says nothing of 2023.
    """
    year = other.year if "annee" not in carried else None
    takes_part = "part" not in carried and (other.year is None or "annee" not in carried)
    return replace(other, year=year) if takes_part else Moment(year)
