"""Entries and the words of a reader in; the entries that they find, best first, and near words when none does, out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from conventions.abbreviations import load_abbreviations
from conventions.text import normalise
from conventions.values import Axis
from ui.definitions.entries import Entry

SILENT = frozenset(
    ("a", "au", "aux", "avec", "d", "dans", "de", "des", "du", "en", "et", "l", "la", "le", "les", "ou", "par", "pour",
     "que", "qui", "sur", "un", "une")
)  # fmt: skip
"""Words that find nothing by themselves; « DE » in capitals does."""
LONG_WORD = re.compile(r"[^\W\d_]{4,}")
LABEL, SPELLING, REST = 3, 2, 1


@dataclass(frozen=True)
class Index:
    """Of each entry (by code), the words of its label, of its spellings, and of the rest."""

    words: Mapping[str, tuple[frozenset[str], frozenset[str], frozenset[str]]]


def build_index(entries: Mapping[str, Entry]) -> Index:
    """What a search looks into."""
    return Index({code: _index_entry(entry) for code, entry in entries.items()})


def _index_entry(entry: Entry) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    rest = ["article", entry.indicator.definition, entry.indicator.unit, *entry.indicator.articles]
    for convention in entry.conventions:
        rest += [convention.label, *(one.label for one in convention.objectives if one.indicator == entry.code)]
    return (
        _read_words([entry.indicator.label, entry.code]),
        _read_words(entry.spellings),
        _read_words(rest),
    )


def _read_words(texts: Iterable[str]) -> frozenset[str]:
    """The words of texts, with those that their abbreviations stand for, and the abbreviations of their words."""
    words: set[str] = set()
    for text in texts:
        stems = [_stem(word) for word in normalise(text).split()]
        said = f" {' '.join(stems)} "
        for short, full in load_abbreviations().items():
            long = [_stem(word) for word in full.split()]
            if f" {' '.join(long)} " in said:
                stems.append(short)
            elif short in stems and short not in SILENT:
                stems += long
        words.update(stems)
    return frozenset(words)


def _stem(word: str) -> str:
    """One form for the singular and the plural."""
    return word.rstrip("sx") if len(word) > 3 else word


def read_query(text: str) -> list[str]:
    """The words to find: without those that say nothing, unless they are all there is."""
    spoken = [(raw, word) for raw in text.split() for word in normalise(raw).split()]
    kept = [_stem(word) for raw, word in spoken if word not in SILENT]
    shorts = [word for raw, word in spoken if raw.isupper() and word in load_abbreviations() and word in SILENT]
    return [*shorts, *kept] or [_stem(word) for _, word in spoken]


def find_entries(query: str, entries: Mapping[str, Entry], index: Index) -> list[Entry]:
    """Those that hold every word, in any order, whole or begun; the one of that very name first, then by label, by
    spelling, by definition."""
    words = read_query(query)
    scores = {code: [_score(word, index.words[code]) for word in words] for code in entries}
    found = [code for code, own in scores.items() if own and all(own)]
    order = {code: rank for rank, code in enumerate(entries)}
    ranks = {code: (not _is_named(query, entries[code]), -sum(scores[code]), order[code]) for code in found}
    return [entries[code] for code in sorted(found, key=ranks.__getitem__)]


def _is_named(query: str, entry: Entry) -> bool:
    return normalise(query) in {normalise(text) for text in (entry.indicator.label, *entry.spellings)}


def _score(word: str, groups: Sequence[frozenset[str]]) -> int:
    for weight, group in zip((LABEL, SPELLING, REST), groups, strict=True):
        # Two letters begin too many words: they must be one.
        if word in group or len(word) > 2 and any(one.startswith(word) for one in group):
            return weight
    return 0


def find_values(query: str, axes: Iterable[Axis]) -> list[tuple[Axis, str]]:
    """The values by which counts are split (« Femmes », « Allocataires du RSA ») that hold every word."""
    words = read_query(query)
    told = [(axis, label, _read_words([label])) for axis in axes for label in axis.values.values()]
    return [(axis, label) for axis, label, own in told if words and all(_score(one, (own, own, own)) for one in words)]


def suggest_words(query: str, entries: Mapping[str, Entry]) -> list[str]:
    """Words of labels, spellings and definitions, as they are written, close to those that found nothing."""
    told = [(one.indicator.label, one.indicator.definition, *one.spellings) for one in entries.values()]
    spoken = [word.lower() for texts in told for text in texts for word in LONG_WORD.findall(text)]
    written = {_stem(normalise(word)): word for word in spoken}
    near = [one for word in read_query(query) for one in get_close_matches(word, written, n=2, cutoff=0.75)]
    return list(dict.fromkeys(written[one] for one in near))[:4]
