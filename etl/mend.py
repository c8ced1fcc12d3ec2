"""The labels of a band, read exactly, in; the same with near misspellings and named partners settled, out.

Within one line of labels two texts never become the same thing by likeness alone: both stay unexplained.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from conventions.text import normalise
from conventions.values import Measure
from etl.labels import Label, Line, line_of
from etl.recognise import Lexicon, Reading

MANY_UNKNOWN = 5
"""More labels than this that nobody knows, in one column of row labels, may be names of people."""
_NOT_COUNTED = frozenset({"territoire", "annee", "part"})
Meaning: TypeAlias = tuple[object, ...]


@dataclass(frozen=True)
class LabelLine:
    """The different labels of one header row or one column of row labels, by their normalised text."""

    line: Line
    labels: Mapping[str, Label]

    @property
    def names_counts(self) -> bool:
        """Whether a label of the line names a measure or a segment."""
        return any(label.reading.axes - _NOT_COUNTED for label in self._explained)

    @property
    def names_else(self) -> bool:
        """Whether its labels name territories or times and nothing else: a label there is no measure."""
        return bool(self._explained) and not self.names_counts

    @property
    def unexplained(self) -> dict[str, Label]:
        """The labels of which words are left over."""
        return {text: label for text, label in self.labels.items() if label.reading.rest}

    @property
    def has_many_unknown(self) -> bool:
        """Whether so many labels are unexplained that they may be names of people, or another subject."""
        return len(self.unexplained) > MANY_UNKNOWN

    @property
    def _explained(self) -> list[Label]:
        return [label for label in self.labels.values() if label.reading.is_explained and label.reading.axes]


def find_lines(labels: Iterable[Label], headers: Collection[int]) -> dict[Line, LabelLine]:
    """The lines in which some labels stand."""
    found: dict[Line, dict[str, Label]] = defaultdict(dict)
    for label in labels:
        found[line_of(label, headers)].setdefault(normalise(label.text), label)
    return {line: LabelLine(line, texts) for line, texts in found.items()}


def mend_labels(
    labels: Iterable[Label], headers: Collection[int], lexicon: Lexicon, measures: Mapping[str, Measure]
) -> Callable[[Label], Label]:
    """How to settle each label of a band: as it was read, unless its line and the lexicon say better."""
    lines = find_lines(labels, headers)
    near = {line: _settle_line(found, lexicon) for line, found in lines.items()}

    def mend(label: Label) -> Label:
        reading = near.get(line_of(label, headers), {}).get(normalise(label.text))
        if reading is not None:
            return replace(label, reading=replace(reading, text=label.text))
        return replace(label, reading=_credit_parties(label.reading, lexicon, measures))

    return mend


def _settle_line(line: LabelLine, lexicon: Lexicon) -> dict[str, Reading]:
    """The readings by likeness of one line, those that would name one thing twice left out."""
    if line.names_else or (line.line[0] == "left" and line.has_many_unknown):
        return {}
    found = {
        text: reading
        for text, label in line.unexplained.items()
        if (reading := lexicon.read_near(label.text)) is not None
    }
    exact = (label.reading for label in line.labels.values() if label.reading.is_explained)
    taken = Counter(_meaning(reading) for reading in (*exact, *found.values()))
    return {text: reading for text, reading in found.items() if taken[_meaning(reading)] == 1}


def _meaning(reading: Reading) -> Meaning:
    return reading.measures, tuple(sorted(reading.segments.items())), reading.moment.astuple(), reading.place


def _credit_parties(reading: Reading, lexicon: Lexicon, measures: Mapping[str, Measure]) -> Reading:
    """« Intégrés France Travail » : a partner beside a measure that is counted by partner names a part of it."""
    segments = dict(reading.segments)
    for axis in sorted({axis for code in reading.measures for axis in measures[code].axes} - segments.keys()):
        values = {value for party in reading.parties if (value := lexicon.vocabulary.value(axis, party))}
        if len(values) == 1:
            segments[axis] = values.pop()
    return reading if len(segments) == len(reading.segments) else replace(reading, segments=segments)
