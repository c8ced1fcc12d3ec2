"""A convention in; its places by level, their names and how many there are, out."""

from __future__ import annotations

import re

from conventions.values import Convention, Level, Place
from ui.french import FIXED, lower_first, write_count


def main_level(convention: Convention) -> Level | None:
    """The level that covers the whole territory, else the first one."""
    return next((level for level in convention.levels if level.complete), next(iter(convention.levels), None))


def list_places(convention: Convention, level: Level | None) -> list[Place]:
    """The places of a level, in the convention's own order."""
    return [place for place in convention.places if level is not None and place.kind == level.kind]


def lower_label(level: Level) -> str:
    """« communes », « Points Conseil Emploi »: a common noun in lower case, a proper one as it is."""
    words = level.label.split()
    is_proper = any(word[:1].isupper() for word in words[1:])
    return level.label if is_proper else lower_first(level.label)


def name_one(level: Level) -> str:
    """« quartier », « centre départemental d’action sociale »: one place of a level, inside a sentence."""
    words = lower_label(level).split()
    ends = next((rank for rank, word in enumerate(words) if re.match("d[’eu]", word)), len(words))
    return " ".join([*(_make_singular(word) for word in words[:ends]), *words[ends:]])


def _make_singular(word: str) -> str:
    """« communes » is « commune », « départementaux » « départemental », « bureaux » « bureau »."""
    if word.endswith("aux"):
        return word[:-1] if word.endswith("eaux") else f"{word[:-3]}al"
    return word.removesuffix("s")


def count_places(convention: Convention) -> list[str]:
    """« 3 communes »: what the main level holds; nothing without level."""
    level = main_level(convention)
    if level is None:
        return []
    return [f"{write_count(len(list_places(convention, level)))}{FIXED}{lower_label(level)}"]
