"""What the journey says of a file: findings, observations, labels understood, and the report that holds them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

import pyarrow as pa

from conventions.values import Segment
from etl.address import Spot, cover, parse_range
from store.rows import PATHS

BLOCKING, WARNING, INFORMATION = "bloquant", "avertissement", "information"
_SHOWN = 5


@dataclass(frozen=True)
class Options:
    """What the user says of a file, for what the file itself does not say."""

    convention: str | None = None
    source: str | None = None
    period: str | None = None


Area = tuple[str, str]
"""A sheet and a range of its cells: « B3:B300 », or one cell."""


@dataclass(frozen=True)
class Finding:
    """Something to know about a file; blocking ones refuse the file.

    `cell` is where to go first (the label to mend); `areas` are all the cells concerned, where they are several.
    """

    severity: str
    code: str
    message: str
    sheet: str | None = None
    cell: str | None = None
    areas: tuple[Area, ...] = ()

    @property
    def marks(self) -> tuple[Area, ...]:
        """Every cell to mark: where to go first, then the cells concerned."""
        first = ((self.sheet, self.cell),) if self.sheet and self.cell else ()
        return tuple(dict.fromkeys((*first, *self.areas)))


def areas_of(sheet: str, spots: Iterable[Spot]) -> tuple[Area, ...]:
    """The ranges of some cells of a sheet, given by zero-based row and column."""
    return tuple((sheet, area) for area in cover(spots))


def name_areas(areas: Sequence[str]) -> str:
    """« B3 à B300, D7 » ; the first ones when they are many."""
    shown = ", ".join(area.replace(":", " à ") for area in areas[:_SHOWN])
    return shown + (", …" if len(areas) > _SHOWN else "")


@dataclass(frozen=True)
class Observation:
    """One count, fully named, and the cell it stands in. `value` is None for a hole (n.d., secret, sans_objet)."""

    measure: str
    territory: str
    period: str
    source: str
    segment: Segment
    value: float | None
    state: str
    sheet: str
    cell: str
    is_context: bool = False


def list_areas(observations: Iterable[Observation]) -> tuple[Area, ...]:
    """The cells of some observations, whatever their sheets."""
    sheets: dict[str, list[Spot]] = {}
    for one in observations:
        if (spot := parse_range(one.cell)) is not None:
            sheets.setdefault(one.sheet, []).append(spot[:2])
    return tuple(area for sheet, spots in sheets.items() for area in areas_of(sheet, spots))


@dataclass(frozen=True)
class LabelNote:
    """What one label of a sheet was taken for, how, and how sure (0 to 1)."""

    sheet: str
    cell: str
    text: str
    axis: str
    meaning: str
    how: str
    confidence: float


@dataclass(frozen=True)
class Proposal:
    """What a text could mean: its code (`store.answers.Meaning`), in French, and how close it is (0 to 100)."""

    code: str
    label: str
    score: float


@dataclass(frozen=True)
class Question:
    """What the reading asks: of a label (`libelle`), a sheet (`feuille`) or a column (`colonne`), where it first
    stands, the cells (sheet, address) whose figures wait for the answer, and what it could mean, best first.
    `measure` is what other labels already say that the figures count."""

    kind: str
    sheet: str
    cell: str
    text: str
    cells: tuple[tuple[str, str], ...] = ()
    sample: tuple[str, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    measure: str | None = None

    @property
    def waiting(self) -> int:
        """How many figures wait."""
        return len(self.cells)

    def join(self, other: Question) -> Question:
        """The same question, asked in another place too."""
        return replace(self, cells=(*self.cells, *other.cells))


@dataclass(frozen=True)
class SheetReport:
    """What was made of one sheet; `layout` is crosstab, records or ignored."""

    sheet: str
    layout: str
    observations: int = 0
    records: int = 0


def no_paths() -> pa.Table:
    """A table of no path; made so, Arrow does not load pandas for it, a quarter of a second."""
    return pa.Table.from_batches([], schema=PATHS)


@dataclass(frozen=True)
class Report:
    """Everything understood of one file; nothing is written yet. `paths` has the schema `store.rows.PATHS`."""

    file: str
    file_hash: str
    convention: str | None
    source: str | None
    options: Options
    sheets: Sequence[SheetReport] = ()
    findings: Sequence[Finding] = ()
    observations: Sequence[Observation] = ()
    paths: pa.Table = field(default_factory=no_paths, repr=False)
    labels: Sequence[LabelNote] = field(default=(), repr=False)
    questions: tuple[Question, ...] = ()

    @property
    def accepted(self) -> bool:
        """Whether the file may be loaded: no blocking finding."""
        return not any(finding.severity == BLOCKING for finding in self.findings)
