"""`data/vocabulary.toml` in; the spellings of workbooks, each leading to the one thing it names, out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import combinations
from pathlib import Path

from conventions.catalogue import Catalogue, load_catalogue
from conventions.reading import DATA, Table, read_table
from conventions.text import normalise

HOLE_STATES = ("n.d.", "secret", "sans_objet")
WORD_KINDS = ("neutral", "total", "note", "rate", "objective", "evolution", "cumul", "reminder", "title")
ROLES = ("territoire", "periode", "annee", "mesure", "valeur", "note", "identifiant", "segment")
ONE_MEANING = "une graphie n’a qu’un sens."
FIELDS = (
    "identifiant", "code_commune", "commune", "agence", "date_orientation", "date_premier_contact",
    "date_diagnostic", "date_integration", "date_sortie", "motif", "sexe", "age", "niveau_formation",
    "entretiens", "prescripteur",
)  # fmt: skip


@dataclass(frozen=True)
class Vocabulary:
    """Normalised spelling → what it names.

    `measures` → measure code; `segments` → (axis, value); `cells` → value, by axis, where the column says the
    axis (« F » under « Sexe »); `axes` (headers such as « Commune ») → role; `holes` (« nc », « s.s »; lower
    case) → state; `columns` (headers of tables of paths) → field; `answers` (« oui ») → bool; `words` groups
    those that name nothing: neutral, a kind of figure to set aside (total, note, rate, ...), or, in a title alone,
    what it may say besides. `distinct` are words of their own though close to others; `supplied` names the
    indicator that a header gives already computed; `written` the spelling as
    its author wrote it.
    """

    measures: Mapping[str, str]
    segments: Mapping[str, tuple[str, str]]
    cells: Mapping[str, Mapping[str, str]]
    axes: Mapping[str, str]
    holes: Mapping[str, str]
    columns: Mapping[str, str]
    answers: Mapping[str, bool]
    words: Mapping[str, frozenset[str]]
    distinct: frozenset[str] = frozenset()
    supplied: Mapping[str, str] = field(default_factory=dict)
    written: Mapping[str, str] = field(default_factory=dict, repr=False)

    def value(self, axis: str, text: str) -> str | None:
        """The value that a cell names under a header of that axis; None when it names none."""
        return self.cells[axis].get(normalise(text))

    def write(self, words: str) -> str:
        """A normalised spelling as people write it."""
        return self.written.get(words, words)

    def all_words(self) -> frozenset[str]:
        """Every word that a label may be made of: none of them is a misspelling of another."""
        spellings = (self.measures, self.segments, self.axes, *self.cells.values(), *self.words.values())
        return self.distinct | {word for group in spellings for spelling in group for word in spelling.split()}


def read_vocabulary(path: Path, catalogue: Catalogue) -> Vocabulary:
    """Read and check a vocabulary; the catalogue's own labels and codes are spellings too."""
    table = read_table(path)
    measures = _read_measures(table.table("measures"), catalogue)
    segments = _read_segments(table, catalogue)
    vocabulary = Vocabulary(
        measures=measures,
        segments=segments,
        cells=_read_cells(table, catalogue, segments),
        axes=_read_axes(table.table("axes"), catalogue),
        holes=_spell(table.table("holes"), HOLE_STATES, form=lambda text: text.strip().lower()),
        columns=_spell(table.table("columns"), _fields(catalogue)),
        answers={text: key == "oui" for text, key in _spell(table.table("answers"), ("oui", "non")).items()},
        words=_read_words(table.table("words")),
        distinct=frozenset(normalise(word) for word in table.texts("distinct", [])),
        supplied=_spell(table.table("supplied", {}), _list_means(catalogue)),
        written=_read_written(table, catalogue),
    )
    table.close()
    _refuse_shared(table, vocabulary)
    return vocabulary


def _list_means(catalogue: Catalogue) -> list[str]:
    """A rate may be typed 0,65 or 65, and its counts are asked for: only other ratios are kept as supplied."""
    return [code for code, one in catalogue.indicators.items() if one.denominator and one.unit != "taux"]


def _fields(catalogue: Catalogue) -> tuple[str, ...]:
    return (*FIELDS, *(f"public.{public}" for public in catalogue.axes["public"].values))


def _group(table: Table, allowed: Iterable[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each key of a table with its spellings; a key that is not allowed is an error."""
    allowed = tuple(allowed)
    for key in table.keys():
        table.require(key, key, allowed)
        yield key, table.texts(key)


def _spell(
    table: Table,
    allowed: Iterable[str],
    *,
    own: Iterable[tuple[str, str]] = (),
    form: Callable[[str], str] = normalise,
) -> dict[str, str]:
    """Spelling → key, the catalogue's `own` (key, text) too; one that names two keys or none is an error."""
    named: dict[str, str] = {}
    spoken = [(key, text) for key, texts in _group(table, allowed) for text in texts]
    for key, text in (*own, *spoken):
        words = form(text)
        if not words:
            raise table.error(key, f"« {text} » : une graphie avec une lettre ou un chiffre attendue.")
        if named.setdefault(words, key) != key:
            raise table.error(key, f"« {text} » nomme déjà « {named[words]} » : {ONE_MEANING}")
    return named


def _read_measures(table: Table, catalogue: Catalogue) -> dict[str, str]:
    own = [(code, text) for code, measure in catalogue.measures.items() for text in (code, measure.label)]
    return _spell(table, catalogue.measures, own=own)


def _read_segments(table: Table, catalogue: Catalogue) -> dict[str, tuple[str, str]]:
    """Spellings of every axis together: one of them may not be shared by two axes either."""
    subs = _axis_tables(table, "segments", catalogue)
    found: dict[str, tuple[str, str]] = {}
    for code, axis in catalogue.axes.items():
        own = [(value, label) for value, label in axis.values.items()]
        for words, value in _spell(subs[code], axis.values, own=own).items():
            other, known = found.setdefault(words, (code, value))
            if other != code:
                raise subs[code].error(value, f"« {words} » nomme déjà « {other} = {known} » : {ONE_MEANING}")
    return found


def _read_cells(
    table: Table, catalogue: Catalogue, segments: Mapping[str, tuple[str, str]]
) -> dict[str, dict[str, str]]:
    """By axis, what its segments are called everywhere and what only a column of that axis may call them."""
    subs = _axis_tables(table, "cells", catalogue)
    cells = {}
    for code, axis in catalogue.axes.items():
        own = [(value, words) for words, (of, value) in segments.items() if of == code]
        cells[code] = _spell(subs[code], axis.values, own=own)
    return cells


def _axis_tables(table: Table, key: str, catalogue: Catalogue) -> dict[str, Table]:
    """The sub-table of every axis, empty where the file has none; an unknown axis is an error."""
    parent = table.table(key, {})
    for code in parent.keys():
        parent.require(code, code, catalogue.axes)
    return {code: parent.table(code, {}) for code in catalogue.axes}


def _read_axes(table: Table, catalogue: Catalogue) -> dict[str, str]:
    return _spell(table, ROLES, own=[("segment", axis.label) for axis in catalogue.axes.values()])


def _read_words(table: Table) -> dict[str, frozenset[str]]:
    kinds = _spell(table, WORD_KINDS)
    return {kind: frozenset(words for words, of in kinds.items() if of == kind) for kind in WORD_KINDS}


def _read_written(table: Table, catalogue: Catalogue) -> dict[str, str]:
    """The spellings of measures and segments as they are written, the catalogue's own labels first."""
    own = [measure.label for measure in catalogue.measures.values()]
    own += [label for axis in catalogue.axes.values() for label in axis.values.values()]
    groups = (table.table("measures"), *_axis_tables(table, "segments", catalogue).values())
    spelt = [text for group in groups for key in group.keys() for text in group.texts(key)]
    return {normalise(text): text for text in reversed((*own, *spelt))}


def _refuse_shared(table: Table, vocabulary: Vocabulary) -> None:
    """A label is either a measure, a segment, a header or a word that names nothing: never two of them."""
    groups: dict[str, Iterable[str]] = {
        "measures": vocabulary.measures,
        "segments": vocabulary.segments,
        "words": {words for kind in vocabulary.words.values() for words in kind},
        "axes": vocabulary.axes,
    }
    # A word that names nothing inside a label (« mois ») may well be a header when it stands alone.
    for first, second in combinations(groups, 2):
        if first == "words":
            continue
        shared = sorted(set(groups[first]) & set(groups[second]))
        if shared:
            raise table.error(second, f"« {shared[0]} » est aussi dans « {first} » : {ONE_MEANING}")


@lru_cache(maxsize=1)
def load_vocabulary() -> Vocabulary:
    """The product's own vocabulary, read once."""
    return read_vocabulary(DATA / "vocabulary.toml", load_catalogue())
