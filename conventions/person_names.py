"""A text in; how much it looks like the name of a person out.

A name is words that nothing else explains: neither the vocabulary of returns, nor the territories, nor the ordinary
words of workbooks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from conventions.agreements import load_conventions
from conventions.catalogue import load_catalogue
from conventions.privacy_rules import load_privacy_rules
from conventions.territories import KINDS, load_gazetteer
from conventions.text import expand_saint, normalise
from conventions.values import Convention
from conventions.vocabulary import load_vocabulary

NOTHING, SHAPED, LIKELY, SURE = 0, 1, 2, 3
"""No name; two capitalised words that nothing explains; « NOM Prénom » likewise; a first name beside a name."""
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*\.?")
_SPLIT = re.compile(r"[\s,;]+")
_LONGEST = 60
_MOST_WORDS = 5
SAINTS = ("saint", "sainte", "notre", "st", "ste")


@lru_cache(maxsize=1)
def known_words() -> frozenset[str]:
    """Every word that the vocabulary, the catalogue and the conventions use, and the ordinary ones."""
    vocabulary, catalogue = load_vocabulary(), load_catalogue()
    texts = [*vocabulary.measures, *vocabulary.segments, *vocabulary.axes, *vocabulary.columns, *vocabulary.answers]
    texts += [text for words in vocabulary.words.values() for text in words]
    texts += [text for cells in vocabulary.cells.values() for text in cells]
    texts += [normalise(label) for axis in catalogue.axes.values() for label in (axis.label, *axis.values.values())]
    texts += [normalise(text) for convention in load_conventions().values() for text in _convention_texts(convention)]
    rules = load_privacy_rules()
    spoken = {word for text in texts for word in text.split()} - rules.first_names
    return frozenset(spoken | rules.ordinary | rules.other_names)


def _convention_texts(convention: Convention) -> Iterator[str]:
    yield from (convention.label, convention.title, *convention.partners)
    for place in (convention.territory, *convention.places):
        yield from (place.name, *place.aliases)
    for source in convention.sources:
        yield from (source.label, *source.aliases)


@lru_cache(maxsize=65536)
def is_territory(text: str) -> bool:
    """Whether a text names exactly a commune, EPCI, département or region, or a place of a convention."""
    words = normalise(text)
    return words in _own_places() or bool(load_gazetteer().named(text, kinds=KINDS))


@lru_cache(maxsize=1)
def _own_places() -> frozenset[str]:
    names = {normalise(text) for convention in load_conventions().values() for text in _convention_texts(convention)}
    return frozenset(names | {expand_saint(name) for name in names})


def is_first_name(word: str) -> bool:
    """Whether a word is a first name of the list; a compound one by its first part."""
    first_names = load_privacy_rules().first_names
    norm = normalise(word)
    return norm in first_names or norm.split(" ", 1)[0] in first_names and "-" in word


def rate_name(text: str) -> int:
    """NOTHING, SHAPED, LIKELY or SURE: how much a whole text looks like one person's name."""
    if not 3 <= len(text) <= _LONGEST or any(char.isdigit() for char in text):
        return NOTHING
    words = [word for word in _SPLIT.split(text.strip()) if word]
    if not 2 <= len(words) <= _MOST_WORDS or not all(_WORD.fullmatch(word) for word in words):
        return NOTHING
    particles = load_privacy_rules().cues.particles
    bare = [word for word in words if not (word.islower() and normalise(word) in particles)]
    rated = _rate_words(bare)
    return NOTHING if rated and is_territory(text) else rated


def _rate_words(words: Sequence[str]) -> int:
    if len(words) < 2 or normalise(words[0]).split(" ", 1)[0] in SAINTS:
        return NOTHING
    firsts = [is_first_name(word) for word in words]
    if any(is_known(word) for word, first in zip(words, firsts, strict=True) if not first):
        return NOTHING
    if any(firsts) and (all(word[0].isupper() for word in words) or all(word.islower() for word in words)):
        return SURE if not all(firsts) or len(words) == 2 else LIKELY
    uppers = [word.isupper() and len(word) > 1 for word in words]
    titles = [word[0].isupper() and not word.isupper() for word in words]
    if not all(upper or title for upper, title in zip(uppers, titles, strict=True)):
        return NOTHING
    if any(uppers) and any(titles):
        return LIKELY
    return NOTHING if is_territory(words[0]) else SHAPED


def is_known(word: str) -> bool:
    """Whether the product knows a word; a compound one by all its parts."""
    known = known_words()
    return all(part in known for part in normalise(word).split())


def may_name_someone(text: str) -> bool:
    """Whether a text that nobody understood may be a name: then it is not repeated."""
    return rate_name(text) > NOTHING
