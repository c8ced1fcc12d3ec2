"""The text of a label in; what each of its words names (measure, segment, time, territory, role) out.

Every word must be explained: the words left over make a label unexplained, and its numbers a finding.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from conventions.returns import list_followed
from conventions.text import expand_saint, normalise
from conventions.values import Axis, Convention, Source
from conventions.vocabulary import Vocabulary
from etl.lessons import Taught, lesson_key
from etl.moments import Moment, read_moment, read_rank
from etl.near import NearReader
from etl.places import PlaceReader, kinds_said
from etl.spellings import Entry, compile_spellings, core, index_cores, index_stems, stem_core

LABEL_ROLES = frozenset({"territoire", "identifiant", "periode", "annee", "mesure", "segment"})
"""What the header of a column of row labels announces."""
_NAMING = ("measure", "segment", "place")
ASIDE = frozenset({"rate", "objective", "evolution", "cumul", "reminder", "note", "unread"})
_SURE, _LIKELY, _STEMMED = 1.0, 0.95, 0.9

_LISTED = re.compile(r"\s*(?:\d{1,2}|[A-Za-z])\s*[.):°–-]+\s*(?=[^\W\d]|1er)")
_CALL = re.compile(r"\s*(?:\*|\((?:\d|\*)\))")


@dataclass(frozen=True)
class Reading:
    """What one label names. `kind` is total, or one of `ASIDE` for figures that are not loaded; `rest` the
    words that nothing explains; `parties` who is named in passing; `how` and `confidence` why it is believed."""

    text: str
    measures: tuple[str, ...] = ()
    segments: Mapping[str, str] = field(default_factory=dict)
    moment: Moment = Moment()
    place: str | None = None
    role: str | None = None
    kind: str | None = None
    rest: tuple[str, ...] = ()
    has_conflict: bool = False
    parties: tuple[str, ...] = ()
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


class Lexicon:
    """The spellings in force for one convention, compiled once; `read` is cached by text."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        convention: Convention | None,
        sources: Sequence[Source],
        places: PlaceReader,
        axes: Mapping[str, Axis],
        lessons: Mapping[str, Taught] | None = None,
    ) -> None:
        self.vocabulary = vocabulary
        self._axes = {code: normalise(axis.label) for code, axis in axes.items()}
        self.places = places
        self._neutral = vocabulary.words["neutral"]
        # A call such as « (1) » is told by its brackets: the bare number begins many a label (« 3 à 5 mois »).
        self._notes = frozenset(note for note in vocabulary.words["note"] if not note.isdecimal())
        self._table = compile_spellings(vocabulary, convention, sources)
        self._cores, self._stems = index_cores(self._table), index_stems(self._table)
        self._lessons = lessons or {}
        followed = frozenset(list_followed(convention)) if convention else None
        self.near = NearReader(self._table, vocabulary.all_words(), followed)
        self._longest = max(len(words.split()) for words in self._table)
        self.read = lru_cache(maxsize=65536)(self._read)

    def axis_of(self, header: str, texts: Collection[str]) -> str | None:
        """The axis whose values stand under a header: the one it names, else the only one that knows them all."""
        named = [axis for axis, label in self._axes.items() if label == normalise(header)]
        if named or not texts:
            return named[0] if named else None
        knowing = [axis for axis in self._axes if all(self.vocabulary.value(axis, text) for text in texts)]
        return knowing[0] if len(knowing) == 1 else None

    def read_value(self, axis: str, text: str) -> Reading:
        """A label under a header that says the axis: « F » under « Sexe »."""
        value = self.vocabulary.value(axis, text)
        return self.read(text) if value is None else Reading(text, segments={axis: value}, how="valeur de l’axe")

    def read_rank(self, header: str, text: str) -> Reading:
        """A label under a header that says what it counts in time: « 2 » under « Trimestre »."""
        moment = read_rank(normalise(header), text)
        return self.read(text) if moment is None else Reading(text, moment=moment, how="rang dans l’année")

    def read_near(self, text: str) -> Reading | None:
        """A label that nothing explains, as the one spelling that it misspells beyond doubt; None without one."""
        moment, words = self.strip(text)
        likeness = None if "%" in text else self.near.settle(words)
        if likeness is None:
            return None
        how = f"proche à {likeness.score:.0f}\u00a0% de « {self.vocabulary.write(likeness.words)} »"
        return _collect(text, [likeness.entry], [], moment, how, likeness.score / 100)

    def strip(self, text: str) -> tuple[Moment, str]:
        """The time that a label says, and its words without it nor its rank in a list."""
        listed = _LISTED.match(text)
        return read_moment(expand_saint(normalise(text[listed.end() :] if listed else text)))

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
        taught = self._lessons.get(lesson_key(text)) if self._lessons else None
        if taught is not None:
            return _collect(text, taught.entries, [], read_moment(expand_saint(words))[0], taught.how, _SURE)
        role = self.vocabulary.axes.get(words)
        if role is not None:
            return Reading(text, role=role, how="intitulé d’axe")
        if self._is_note(words, text):
            return Reading(text, kind="note", how="note")
        words = expand_saint(words)
        whole = self._table.get(words)
        if whole is None or whole[0] not in _NAMING:
            whole = self._cores.get(core(words))
        if whole is not None and "%" not in text:
            return _collect(text, [whole], [], Moment(), "graphie connue", _SURE)
        moment, left = read_moment(words)
        found, rest = self._check_place(*self._consume(left.split()))
        stemmed = self._stems.get(stem_core(left)) if rest else None
        if "%" in text:
            found.append(("rate", "%"))
        elif stemmed is not None:
            return _collect(text, [stemmed], [], moment, "graphie connue, au genre ou au nombre près", _STEMMED)
        return _collect(text, found, rest, moment, "mots reconnus", _LIKELY)

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

    def _is_of(self, place: Entry, said: tuple[str, ...]) -> bool:
        return self.places.is_of(str(place[1]), said, is_one_name=True)

    def _check_place(self, entries: list[Entry], rest: list[str]) -> tuple[list[Entry], list[str]]:
        """« Agence de Martigues » is not the commune: a place of another kind than said becomes unexplained."""
        said = kinds_said(" ".join(str(value) for kind, value in entries if kind in ("neutral", "party")))
        wrong = [entry for entry in entries if entry[0] == "place" and not self._is_of(entry, said)]
        return [entry for entry in entries if entry not in wrong], rest + [str(value) for _, value in wrong]


def _collect(
    text: str, found: Sequence[Entry], rest: Sequence[str], moment: Moment, how: str, confidence: float
) -> Reading:
    """What some entries say together, and the words that are left."""
    measures, places, parties = (
        tuple(dict.fromkeys(str(value) for kind, value in found if kind == wanted))
        for wanted in ("measure", "place", "party")
    )
    segments: dict[str, str] = {}
    has_conflict = len(measures) > 1 or len(places) > 1
    for axis, code in (value for kind, value in found if kind == "segment"):
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
        parties=parties,
        how=how if not rest else "mots inexpliqués",
        confidence=confidence,
    )
