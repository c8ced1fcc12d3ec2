"""Words that no spelling explains in; the known spellings that they resemble, and whether one is beyond doubt, out.

A likeness is taken alone only when one word is misspelt inside: French says much in the first letter (présents,
absents) and in the endings (conseillers, conseillés), so a letter changed there is asked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from etl.spellings import LOADED, Entry, core, stem

TAKEN, ASKED = 90.0, 75.0
_MARGIN = 5.0
_LEAST_WORD = 5
_COMPARED = 40


@dataclass(frozen=True)
class Likeness:
    """A known spelling, what it names, and how close it is (0 to 100)."""

    words: str
    entry: Entry
    score: float


class NearReader:
    """Compares words with the spellings of measures, segments and motives.

    `known` words are never misspellings; only `followed` measures are taken alone (any when None).
    """

    def __init__(
        self, table: Mapping[str, Entry], known: Iterable[str], followed: Collection[str] | None = None
    ) -> None:
        self._spelt = [(words, entry) for words, entry in table.items() if entry[0] in LOADED]
        self._cores = [core(words) for words, _ in self._spelt]
        self._known, self._followed = frozenset(known), followed
        self.compare = lru_cache(maxsize=4096)(self._compare)

    def _compare(self, words: str) -> tuple[Likeness, ...]:
        """The spellings worth asking about, the best of each meaning, best first."""
        found = process.extract(
            core(words), self._cores, scorer=fuzz.token_sort_ratio, score_cutoff=ASKED, limit=_COMPARED
        )
        best: dict[Entry, Likeness] = {}
        for _, score, rank in found:
            spelling, entry = self._spelt[rank]
            best.setdefault(entry, Likeness(spelling, entry, float(score)))
        return tuple(sorted(best.values(), key=lambda one: -one.score))

    def settle(self, words: str) -> Likeness | None:
        """The one spelling that these words misspell, when nothing else comes near it."""
        likenesses = self.compare(words)
        if not likenesses or likenesses[0].score < TAKEN:
            return None
        first, *others = likenesses
        if any(other.score > first.score - _MARGIN for other in others):
            return None
        kind, code = first.entry
        if kind == "measure" and self._followed is not None and code not in self._followed:
            return None
        return first if is_misspelt(words, first.words, self._known) else None


def is_misspelt(words: str, spelling: str, known: Collection[str]) -> bool:
    """Whether the words are that spelling but for one typing error, in a word that means nothing itself."""
    mine, theirs = core(words).split(), core(spelling).split()
    left = list((Counter(mine) - Counter(theirs)).elements())
    right = list((Counter(theirs) - Counter(mine)).elements())
    if len(left) != len(right):
        # « Premiersaccueils », « Dia gnostics ».
        return "".join(mine) == "".join(theirs)
    pairs = _pair(left, right)
    errors = [(one, other) for one, other in pairs if stem(one) != stem(other)]
    return len(errors) <= 1 and all(_is_error(one, other, known) for one, other in errors)


def _pair(left: Sequence[str], right: Sequence[str]) -> list[tuple[str, str]]:
    """Each word with the one it resembles most."""
    rest, pairs = list(right), []
    for word in left:
        other = min(rest, key=lambda one: OSA.distance(word, one))
        rest.remove(other)
        pairs.append((word, other))
    return pairs


def _is_error(word: str, other: str, known: Collection[str]) -> bool:
    """One letter missing, added, changed or swapped, inside a long word."""
    if word in known or min(len(word), len(other)) < _LEAST_WORD or not (word + other).isalpha():
        return False
    is_inside = word[0] == other[0] and stem(word)[-1] == stem(other)[-1]
    return is_inside and OSA.distance(word, other) <= 1
