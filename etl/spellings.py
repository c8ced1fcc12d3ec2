"""The vocabulary and a convention in; each known sequence of words with what it names out, in three forms: whole,
without its joining words, and without the marks of gender and number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from conventions.text import normalise
from conventions.values import Convention, Source
from conventions.vocabulary import Vocabulary
from etl.places import place_names

Entry: TypeAlias = tuple[str, Any]
"""What a sequence of words is: a kind (measure, segment, place, party, total, neutral, ...) and the code it names."""
LOADED = ("measure", "segment")
_KINDS = ("rate", "objective", "evolution", "cumul", "reminder", "total", "neutral")

# Words that join others: « Orientés vers PLIE » says what « Orientés vers le PLIE » says.
_LINKS = frozenset([
    "a", "au", "aux", "d", "dans", "de", "des", "du", "en", "et", "l", "la", "le", "les", "ou", "par", "pour", "sur",
    "un", "une", "vers",
])  # fmt: skip
_LEAST_STEM = 4


def compile_spellings(
    vocabulary: Vocabulary, convention: Convention | None, sources: Sequence[Source]
) -> dict[str, Entry]:
    """One table of word sequences; what is added later does not replace what is there."""
    table: dict[str, Entry] = {}
    add = table.setdefault
    for place in (convention.territory, *convention.places) if convention else ():
        for name in place_names(place):
            add(name, ("place", place.code))
    # Who supplies or signs is no territory: « France Travail Martigues » does not name the commune.
    parties = (*convention.partners, *convention.signatories) if convention else ()
    for text in (*parties, *(text for source in sources for text in (source.label, *source.aliases))):
        add(normalise(text), ("party", text))
    for category in convention.exits if convention else ():
        for motif, label in category.motifs.items():
            add(normalise(label), ("segment", ("motif", motif)))
    for words, measure in vocabulary.measures.items():
        add(words, ("measure", measure))
    for words, pair in vocabulary.segments.items():
        add(words, ("segment", pair))
    for kind in _KINDS:
        for words in vocabulary.words[kind]:
            add(words, (kind, words))
    return table


def core(words: str) -> str:
    """The words of a label without those that join them."""
    return " ".join(word for word in words.split() if word not in _LINKS)


def stem(word: str) -> str:
    """A word without the marks of gender and number: « orientées », « orientés » and « orienté » are one."""
    if len(word) < _LEAST_STEM or not word.isalpha():
        return word
    return word.rstrip("sx").rstrip("e") or word


def stem_core(words: str) -> str:
    """The stems of the words of a label, joining words left out."""
    return " ".join(stem(word) for word in core(words).split())


def index_cores(table: Mapping[str, Entry]) -> dict[str, Entry]:
    """The spellings without their joining words, where that leaves one meaning."""
    # A territory is named exactly, to the word.
    return _index(((words, entry) for words, entry in table.items() if entry[0] in LOADED), core)


def index_stems(table: Mapping[str, Entry]) -> dict[str, Entry]:
    """The spellings without gender and number, where that leaves one meaning, words that name nothing included."""
    found = _index(table.items(), stem_core)
    return {words: entry for words, entry in found.items() if entry[0] in LOADED}


def _index(spellings: Iterable[tuple[str, Entry]], form: Callable[[str], str]) -> dict[str, Entry]:
    found: dict[str, set[Entry]] = defaultdict(set)
    for words, entry in spellings:
        if form(words):
            found[form(words)].add(entry)
    return {words: next(iter(entries)) for words, entries in found.items() if len(entries) == 1}
