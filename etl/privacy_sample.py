"""The rows of a sheet in; its columns, sampled where it is tall, and where a verdict on one of them stands, out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest

from conventions.privacy_rules import load_privacy_rules
from conventions.text import normalise
from etl.address import Spot
from etl.cells import Raw, parse_number
from etl.grid import Grid, is_blank
from etl.workbook import Sheet

HEADER_ROWS = 200
_SAMPLE = 1000
_WHOLE = 6000
_SMALL = 100_000
IDENTIFYING = frozenset({"nom", "prenom", "naissance", "nir", "identifiant_ft", "email", "telephone", "adresse"})


@dataclass(frozen=True)
class Verdict:
    """A column that names people: what it holds, from which row, where its header stands, and how sure that is.

    `is_doubtful`: the content or a weak header says so, and an answer of the analyst can give it back.
    """

    column: int
    kind: str
    start: int
    header: Spot | None = None
    is_doubtful: bool = False


@dataclass(frozen=True)
class Column:
    """The cells of one column of a sample, with the row of each; blank ones left out."""

    cells: tuple[tuple[int, Raw], ...]

    @cached_property
    def texts(self) -> list[str]:
        """Its texts that are no numbers."""
        return [value for _, value in self.cells if isinstance(value, str) and parse_number(value) is None]

    @property
    def counts(self) -> int:
        """How many of its cells are small numbers."""
        return sum(_is_small(value) for _, value in self.cells)


def _is_small(value: Raw) -> bool:
    number = parse_number(value) if isinstance(value, str) and len(value) < 12 and value[:1] != "0" else value
    return isinstance(number, int | float) and not isinstance(number, bool) and abs(number) < _SMALL


def sample_columns(sheet: Sheet) -> list[Column]:
    """The columns of a sheet; of a tall one, those of its first rows and of rows spread over the rest."""
    height = len(sheet.rows)
    spots = list(range(height))
    if height > _WHOLE:
        spots = [*range(HEADER_ROWS), *range(HEADER_ROWS, height, height // _SAMPLE)]
    if not isinstance(sheet.rows, Grid):
        columns = zip_longest(*(sheet.rows[r] for r in spots))
        pairs = (zip(spots, values, strict=True) for values in columns)
        return [Column(tuple(cell for cell in column if not is_blank(cell[1]))) for column in pairs]
    return [
        Column(tuple((r, held.values[code]) for r, code in zip(spots, held.codes[spots].tolist(), strict=True)
                     if not is_blank(held.values[code])))
        for held in sheet.columns
    ]  # fmt: skip


def read_header(verdict: Verdict, rows: Sequence[Sequence[Raw]]) -> str | None:
    """The header of a column, as it is written; None when it has none."""
    if verdict.header is None:
        return None
    row, column = verdict.header
    return str(rows[row][column])


def place(index: int, kind: str, column: Column, is_hit: Callable[[Raw], bool]) -> Verdict:
    """The verdict of a column by its content: from its first hit, or from the header just above it."""
    start = next(r for r, value in column.cells if is_hit(value))
    above = [(r, value) for r, value in column.cells if r < start]
    header = (above[-1][0], index) if above and isinstance(above[-1][1], str) and start - above[-1][0] < 4 else None
    return Verdict(index, kind, start, header, is_doubtful=not load_privacy_rules().kinds[kind].is_locked)


def says_other(verdict: Verdict, rows: Sequence[Sequence[Raw]], words: Collection[str]) -> bool:
    """Whether the header of a column says that it holds something else."""
    header = read_header(verdict, rows)
    return header is not None and bool(set(normalise(header).split()) & set(words))


def as_text(value: Raw) -> str:
    """A text as it is; a number as its digits, when it is long enough to be an identifier."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) >= 1e8:
        return str(int(value)) if float(value).is_integer() else ""
    return ""


def among(texts: Collection[str]) -> Callable[[Raw], bool]:
    """Whether a cell holds one of some texts."""
    return lambda value: as_text(value) in texts
