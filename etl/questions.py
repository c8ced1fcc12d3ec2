"""The numbers that wait for the meaning of a label in; one question for each text, with what it could mean, out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from conventions.catalogue import Catalogue
from conventions.person_names import LIKELY, rate_name
from conventions.values import make_segment
from etl.address import cell_name
from etl.cells import TEXT
from etl.labels import AMBIGUOUS_PLACE, UNKNOWN_PLACE, Label, line_of
from etl.lessons import lesson_key, name_meaning
from etl.mend import LabelLine, find_lines
from etl.naming import Named
from etl.recognise import Lexicon
from etl.report import Proposal, Question
from etl.spellings import Entry
from store.answers import COLUMN, LABEL, Meaning

_MOST_PROPOSED = 4
_LONGEST = 120
_SHOWN = 6
# What the convention follows goes before what is a little nearer.
_FOLLOWED = 10.0
_PLACES = frozenset({UNKNOWN_PLACE, AMBIGUOUS_PLACE})


@dataclass(frozen=True)
class Asker:
    """Asks what the labels of a sheet mean, for one convention; measures `followed` are preferred."""

    sheet: str
    catalogue: Catalogue
    lexicon: Lexicon
    followed: Collection[str]

    def ask(self, kept: Sequence[Named], headers: Iterable[int]) -> dict[str, Question]:
        """The questions of one band by the key of their text; a label asked about is the only thing that its
        numbers lack."""
        rows = frozenset(headers)
        lines = find_lines((label for named in kept for label in named.labels), rows)
        waiting: dict[str, list[Named]] = defaultdict(list)
        for named in kept:
            label = named.problem
            if label is not None and _is_waiting(named) and _is_askable(label):
                waiting[lesson_key(label.text)].append(named)
        found = {}
        for key, cells in waiting.items():
            question = self._question(cells)
            line = lines[line_of(_label(cells), rows)]
            if key and _is_worth_asking(question, line):
                found[key] = question
        return found

    def _question(self, cells: Sequence[Named]) -> Question:
        label = _label(cells)
        # What the label names itself is no other label's word.
        measure = None if label.reading.measures else cells[0].measure
        return Question(
            kind=LABEL,
            sheet=self.sheet,
            cell=cell_name(*label.spot),
            text=label.text,
            cells=tuple((self.sheet, cell_name(*named.spot)) for named in cells),
            sample=tuple(named.cell.text for named in cells[:_SHOWN]),
            proposals=self._propose(label, measure),
            measure=measure,
        )

    def _propose(self, label: Label, measure: str | None) -> tuple[Proposal, ...]:
        """What a label could mean, best first: what it resembles, alone or beside what is already read in it."""
        found: dict[Meaning, float] = {}
        for entries, score in self._guess(label):
            meaning = _join(entries)
            if meaning is not None and self._goes_with(meaning, measure):
                found[meaning] = max(score, found.get(meaning, 0.0))
        ranked = sorted(found, key=lambda one: -found[one] - _FOLLOWED * (one.measure in (None, *self.followed)))
        return tuple(
            Proposal(meaning.code, name_meaning(meaning, self.catalogue), found[meaning])
            for meaning in ranked[:_MOST_PROPOSED]
        )

    def _guess(self, label: Label) -> Iterator[tuple[list[Entry], float]]:
        reading, near = label.reading, self.lexicon.near
        for likeness in near.compare(self.lexicon.strip(label.text)[1]):
            yield [likeness.entry], likeness.score
        own: list[Entry] = [("measure", code) for code in reading.measures]
        own += [("segment", pair) for pair in reading.segments.items()]
        rest = " ".join(reading.rest)
        if own:
            yield from (([*own, likeness.entry], likeness.score) for likeness in near.compare(rest))
        # « FT » and « F » say something beside their measure or under it, though not by themselves.
        for axis, values in self.lexicon.vocabulary.cells.items():
            if rest in values:
                yield [*own, ("segment", (axis, values[rest]))], 100.0

    def _goes_with(self, meaning: Meaning, measure: str | None) -> bool:
        """Whether the figures would count something: one measure, and parts that it is counted by."""
        counted = measure or meaning.measure
        if counted is None or (measure is not None and meaning.measure is not None):
            return False
        return {axis for axis, _ in meaning.segment} <= self.catalogue.measures[counted].axes


def _label(cells: Sequence[Named]) -> Label:
    return next(named.problem for named in cells if named.problem is not None)


def _join(entries: Sequence[Entry]) -> Meaning | None:
    """What some entries say together; None when they contradict each other."""
    measures = {str(value) for kind, value in entries if kind == "measure"}
    pairs: set[tuple[str, str]] = {value for kind, value in entries if kind == "segment"}
    segment = dict(pairs)
    if len(measures) > 1 or len(segment) < len(pairs):
        return None
    return Meaning(next(iter(measures), None), make_segment(segment))


def _is_askable(label: Label) -> bool:
    reading = label.reading
    is_unknown = bool(reading.rest) and not reading.has_conflict and reading.how not in _PLACES
    return is_unknown and len(label.text) <= _LONGEST and rate_name(label.text) < LIKELY


def _is_worth_asking(question: Question, line: LabelLine) -> bool:
    """Whether a label stands where counts are named; without a proposal, among few others that are understood."""
    if line.names_else or (line.has_many_unknown and line.line[0] == "left"):
        return False
    return bool(question.proposals) or (line.names_counts and not line.has_many_unknown)


def _is_waiting(named: Named) -> bool:
    """Whether a number lacks nothing but the meaning of one label."""
    unexplained = {label.text for label in named.labels if not label.reading.is_explained}
    is_number = named.cell.kind != TEXT and not named.cell.is_percent
    is_alone = len(unexplained) == 1 and not named.conflict and named.kind is None
    return is_number and is_alone and not set(named.missing) - {"mesure"}


def ask_columns(sheet: str, doubts: Iterable[tuple[str, str]]) -> tuple[Question, ...]:
    """One question for each column set aside on a doubt: its header, and the cell where it stands."""
    return tuple(Question(COLUMN, sheet, cell, header) for header, cell in doubts)


def gather_questions(found: Iterable[Question]) -> tuple[Question, ...]:
    """One question for each text of a file, wherever it stands."""
    gathered: dict[tuple[str, str], Question] = {}
    for question in found:
        key = question.kind, lesson_key(question.text)
        gathered[key] = gathered[key].join(question) if key in gathered else question
    return tuple(gathered.values())
