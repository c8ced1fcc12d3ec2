"""The answers that analysts gave in; what they teach the reading of one convention's and source's returns out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from conventions.catalogue import Catalogue
from conventions.text import expand_saint, normalise
from etl.moments import read_moment
from etl.spellings import Entry
from store.answers import COLUMN, LABEL, SHEET, Answer, Meaning

NOT_READ = "à ne pas lire"


def lesson_key(text: str) -> str:
    """The form under which a text is recognised again, its period set aside: « Reçus T3 2025 » teaches « Reçus T4 ».

    A rate is not the count that it is made of, so the sign of percent counts.
    """
    words = read_moment(expand_saint(normalise(text)))[1]
    return f"{words} %" if "%" in text else words


@dataclass(frozen=True)
class Taught:
    """What a text names by an answer, as entries of the lexicon, and whose answer it is."""

    entries: tuple[Entry, ...]
    how: str


@dataclass(frozen=True)
class Picked:
    """What is taught for the files of one convention and source, by the key of each text."""

    labels: Mapping[str, Taught] = field(default_factory=dict)
    sheets: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)
    left_out: frozenset[str] = frozenset()

    def why_not_read(self, sheet: str) -> str | None:
        """Whose answer says that a sheet is not to be read; None when nobody said so."""
        return self.sheets.get(lesson_key(sheet))

    def is_known_harmless(self, header: str) -> bool:
        """Whether someone answered that a column of that header names nobody."""
        return normalise(header) in self.columns

    def is_settled(self, header: str) -> bool:
        """Whether someone answered whether a column of that header names people."""
        return self.is_known_harmless(header) or normalise(header) in self.left_out


@dataclass(frozen=True)
class Lessons:
    """All the answers that stand, oldest first; each file takes those of its convention and source."""

    answers: tuple[Answer, ...] = ()

    def pick(self, convention: str | None, source: str | None) -> Picked:
        """Those for a file; an answer for its very source wins over one for every source, then the latest."""
        near = [one for one in self.answers if one.convention == convention and one.source in (None, source)]
        kinds: dict[str, dict[str, Answer]] = {LABEL: {}, SHEET: {}, COLUMN: {}}
        for one in sorted(near, key=lambda one: one.source is not None):
            key = normalise(one.text) if one.kind == COLUMN else lesson_key(one.text)
            if key:
                kinds[one.kind][key] = one
        return Picked(
            {key: Taught(_entries(one.meaning), tell_answer(one)) for key, one in kinds[LABEL].items()},
            {key: tell_answer(one) for key, one in kinds[SHEET].items()},
            {key: tell_answer(one) for key, one in kinds[COLUMN].items() if not one.meaning.is_ignored},
            frozenset(key for key, one in kinds[COLUMN].items() if one.meaning.is_ignored),
        )


NO_LESSONS = Lessons()


def tell_answer(answer: Answer) -> str:
    """« réponse de PLIE du 22/11/2026 »."""
    author = f" de {answer.author}" if answer.author else ""
    return f"réponse{author} du {answer.recorded_at:%d/%m/%Y}"


def _entries(meaning: Meaning) -> tuple[Entry, ...]:
    if meaning.is_ignored:
        return (("unread", meaning.code),)
    measure: Sequence[Entry] = [("measure", meaning.measure)] if meaning.measure else []
    return (*measure, *(("segment", pair) for pair in meaning.segment))


def name_meaning(meaning: Meaning, catalogue: Catalogue) -> str:
    """A meaning in French: « Personnes intégrées au dispositif, Femmes »."""
    if meaning.is_ignored:
        return NOT_READ
    parts = [catalogue.measures[meaning.measure].label] if meaning.measure else []
    parts += [catalogue.axes[axis].values.get(value, value) for axis, value in meaning.segment]
    return ", ".join(parts)
