"""The text of a label in; what each of its words names (measure, segment, time, territory, role) out.

Every word must be explained: the words left over make a label unexplained, and its numbers a finding.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, TypeAlias

from conventions.text import expand_saint, normalise
from conventions.values import Axis, Convention, Source
from conventions.vocabulary import Vocabulary
from etl.moments import Moment, read_moment, read_rank
from etl.places import PlaceReader, kinds_said, place_names

Entry: TypeAlias = tuple[str, Any]
"""What a sequence of words is: a kind (measure, segment, place, total, neutral, ...) and the code it names."""
LABEL_ROLES = frozenset({"territoire", "identifiant", "periode", "annee", "mesure", "segment"})
"""What the header of a column of row labels announces."""
_NAMING = ("measure", "segment", "place")
ASIDE = frozenset({"rate", "objective", "evolution", "cumul", "reminder", "note"})

# Words that join others: « Orientés vers PLIE » says what « Orientés vers le PLIE » says.
_LINKS = frozenset([
    "a", "au", "aux", "d", "dans", "de", "des", "du", "en", "et", "l", "la", "le", "les", "ou", "par", "pour", "sur",
    "un", "une", "vers",
])  # fmt: skip
_LISTED = re.compile(r"\s*(?:\d{1,2}|[A-Za-z])\s*[.):°–-]+\s*(?=[^\W\d]|1er)")
_CALL = re.compile(r"\s*(?:\*|\((?:\d|\*)\))")


@dataclass(frozen=True)
class Reading:
    """What one label names. `kind` is total, or one of `ASIDE` for figures that are not loaded; `rest` the
    words that nothing explains; `how` and `confidence` say why the reading is believed."""

    text: str
    measures: tuple[str, ...] = ()
    segments: Mapping[str, str] = field(default_factory=dict)
    moment: Moment = Moment()
    place: str | None = None
    role: str | None = None
    kind: str | None = None
    rest: tuple[str, ...] = ()
    has_conflict: bool = False
    how: str = ""
    confidence: float = 1.0

    @property
    def axes(self) -> frozenset[str]:
        """The axes named: mesure, territoire, annee, part, and those of the segments."""
        found = {"mesure"} if self.measures else set()
        found |= {"territoire"} if self.place else set()
        found |= {"annee"} if self.moment.year else set()
        found |= {"part"} if self.moment.has_part else set()
        return frozenset(found | set(self.segments))

    @property
    def is_explained(self) -> bool:
        """Whether every word was explained without contradiction."""
        return not self.rest and not self.has_conflict


def _core(words: str) -> str:
    """The words of a label without those that join them."""
    return " ".join(word for word in words.split() if word not in _LINKS)


def _index_cores(table: Mapping[str, Entry]) -> dict[str, Entry]:
    """The spellings without their joining words, where that leaves one meaning."""
    found: dict[str, set[Entry]] = defaultdict(set)
    for words, entry in table.items():
        # A territory is named exactly, to the word.
        if entry[0] in ("measure", "segment") and _core(words):
            found[_core(words)].add(entry)
    return {core: next(iter(entries)) for core, entries in found.items() if len(entries) == 1}


class Lexicon:
    """The spellings in force for one convention, compiled once; `read` is cached by text."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        convention: Convention | None,
        sources: Sequence[Source],
        places: PlaceReader,
        axes: Mapping[str, Axis],
    ) -> None:
        self._vocabulary = vocabulary
        self._axes = {code: normalise(axis.label) for code, axis in axes.items()}
        self.places = places
        self._neutral = vocabulary.words["neutral"]
        # A call such as « (1) » is told by its brackets: the bare number begins many a label (« 3 à 5 mois »).
        self._notes = frozenset(note for note in vocabulary.words["note"] if not note.isdecimal())
        self._table: dict[str, Entry] = {}
        self._compile(convention, sources)
        self._cores = _index_cores(self._table)
        self._longest = max(len(words.split()) for words in self._table)
        self.read = lru_cache(maxsize=65536)(self._read)

    def axis_of(self, header: str, texts: Collection[str]) -> str | None:
        """The axis whose values stand under a header: the one it names, else the only one that knows them all."""
        named = [axis for axis, label in self._axes.items() if label == normalise(header)]
        if named or not texts:
            return named[0] if named else None
        knowing = [axis for axis in self._axes if all(self._vocabulary.value(axis, text) for text in texts)]
        return knowing[0] if len(knowing) == 1 else None

    def read_value(self, axis: str, text: str) -> Reading:
        """A label under a header that says the axis: « F » under « Sexe »."""
        value = self._vocabulary.value(axis, text)
        return self.read(text) if value is None else Reading(text, segments={axis: value}, how="valeur de l’axe")

    def read_rank(self, header: str, text: str) -> Reading:
        """A label under a header that says what it counts in time: « 2 » under « Trimestre »."""
        moment = read_rank(normalise(header), text)
        return self.read(text) if moment is None else Reading(text, moment=moment, how="rang dans l’année")

    def _compile(self, convention: Convention | None, sources: Sequence[Source]) -> None:
        """One table of word sequences; what is added later does not replace what is there."""
        add = self._table.setdefault
        for place in (convention.territory, *convention.places) if convention else ():
            for name in place_names(place):
                add(name, ("place", place.code))
        # Who supplies or signs is no territory: « France Travail Martigues » does not name the commune.
        parties = (*convention.partners, *convention.signatories) if convention else ()
        for text in (*parties, *(text for source in sources for text in (source.label, *source.aliases))):
            add(normalise(text), ("neutral", text))
        for category in convention.exits if convention else ():
            for motif, label in category.motifs.items():
                add(normalise(label), ("segment", ("motif", motif)))
        for words, measure in self._vocabulary.measures.items():
            add(words, ("measure", measure))
        for words, pair in self._vocabulary.segments.items():
            add(words, ("segment", pair))
        for kind in ("rate", "objective", "evolution", "cumul", "reminder", "total", "neutral"):
            for words in self._vocabulary.words[kind]:
                add(words, (kind, words))

    def _read(self, text: str) -> Reading:
        reading = self._read_plain(text)
        listed = None if reading.is_explained else _LISTED.match(text)
        if listed is None:
            return reading
        # « 1. DE orientés », « 2) Martigues »: a rank in a list, unless the words have a use for it.
        other = self._read_plain(text[listed.end() :])
        return replace(other, text=text) if other.is_explained else reading

    def _read_plain(self, text: str) -> Reading:
        words = normalise(text)
        role = self._vocabulary.axes.get(words)
        if role is not None:
            return Reading(text, role=role, how="intitulé d’axe")
        if self._is_note(words, text):
            return Reading(text, kind="note", how="note")
        words = expand_saint(words)
        whole = self._table.get(words)
        if whole is None or whole[0] not in _NAMING:
            whole = self._cores.get(_core(words))
        if whole is not None and "%" not in text:
            return self._collect(text, [whole], [], Moment(), "graphie connue")
        moment, left = read_moment(words)
        found, rest = self._check_place(*self._consume(left.split()))
        if "%" in text:
            found.append(("rate", "%"))
        return self._collect(text, found, rest, moment, "mots reconnus")

    def _is_note(self, words: str, text: str) -> bool:
        if _CALL.match(text):
            return True
        return any(words == note or words.startswith(note + " ") for note in self._notes)

    def _consume(self, tokens: list[str]) -> tuple[list[Entry], list[str]]:
        """Take the longest known sequences out of the words, longest first; what one takes, no other sees."""
        found: list[tuple[int, Entry]] = []
        left: list[str | None] = list(tokens)
        for length in range(min(self._longest, len(left)), 0, -1):
            for start in range(len(left) - length + 1):
                piece = [word for word in left[start : start + length] if word is not None]
                entry = self._table.get(" ".join(piece)) if len(piece) == length else None
                if entry is not None:
                    found.append((start, entry))
                    left[start : start + length] = [None] * length
        rest = [word for word in left if word is not None and word not in self._neutral]
        return [entry for _, entry in sorted(found, key=lambda item: item[0])], rest

    def _check_place(self, entries: list[Entry], rest: list[str]) -> tuple[list[Entry], list[str]]:
        """« Agence de Martigues » is not the commune: a place of another kind than said becomes unexplained."""
        said = kinds_said(" ".join(str(value) for kind, value in entries if kind == "neutral"))
        wrong = [entry for entry in entries if entry[0] == "place" and not self.places.is_of(str(entry[1]), said)]
        return [entry for entry in entries if entry not in wrong], rest + [str(value) for _, value in wrong]

    def _collect(self, text: str, found: list[Entry], rest: list[str], moment: Moment, how: str) -> Reading:
        measures = tuple(dict.fromkeys(str(value) for kind, value in found if kind == "measure"))
        places = tuple(dict.fromkeys(str(value) for kind, value in found if kind == "place"))
        segments: dict[str, str] = {}
        has_conflict = len(measures) > 1 or len(places) > 1
        for kind, value in found:
            if kind == "segment":
                axis, code = value
                has_conflict = has_conflict or segments.get(axis, code) != code
                segments[axis] = code
        kinds = [kind for kind, _ in found if kind in ASIDE or kind == "total"]
        aside = next((kind for kind in kinds if kind in ASIDE), None)
        return Reading(
            text=text,
            measures=measures,
            segments=segments,
            moment=moment,
            place=places[0] if len(places) == 1 else None,
            kind=aside or (kinds[0] if kinds else None),
            rest=() if aside else tuple(rest),
            has_conflict=has_conflict and not aside,
            how=how if not rest else "mots inexpliqués",
            confidence=1.0 if how == "graphie connue" else 0.95,
        )
