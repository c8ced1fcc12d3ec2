"""What the journey says of a file: findings, observations, labels understood, and the report that holds them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import pyarrow as pa

from conventions.values import Segment
from store.rows import PATHS

BLOCKING, WARNING, INFORMATION = "bloquant", "avertissement", "information"


@dataclass(frozen=True)
class Options:
    """What the user says of a file, for what the file itself does not say."""

    convention: str | None = None
    source: str | None = None
    period: str | None = None


@dataclass(frozen=True)
class Finding:
    """Something to know about a file, with its address; blocking ones refuse the file."""

    severity: str
    code: str
    message: str
    sheet: str | None = None
    cell: str | None = None


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

    @property
    def accepted(self) -> bool:
        """Whether the file may be loaded: no blocking finding."""
        return not any(finding.severity == BLOCKING for finding in self.findings)
