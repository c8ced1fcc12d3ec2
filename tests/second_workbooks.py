"""A raw workbook of counts in; its numbers, each named by the labels around it, out: openpyxl alone reads it.

Nothing of the product is used: labels are looked up in the data files of the catalogue and of the convention. A label
beside a number that nothing explains is an error, so that no number is left out silently.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from tests.second_words import Lexicon, Meaning, Segment, normalise

NUMBER = re.compile(r"^\s*\d+(?:[\s\u00a0\u202f]\d{3})*(?:,\d+)?[\s\u00a0]*(?:\(\d+\))?\s*$")
UNKNOWN = {"n c", "n d", "nd", "nc", "nr", "s", "secret", "non concerne", ""}
MARGINS = ("total", "taux")
NEUTRAL = {
    "nombre", "valeur", "indicateur", "territoire", "commune", "quartier", "action", "code insee", "motif", "type",
    "motif de sortie", "type de frein", "parcours", "trimestre", "periode", "point conseil emploi",
}  # fmt: skip


@dataclass(frozen=True)
class Fact:
    """A count: whose, of what, where, when, of whom."""

    measure: str
    territory: str
    period: tuple[int, int]
    segment: Segment
    value: float
    where: str = field(default="", compare=False)


class UnreadLabelError(AssertionError):
    """A label beside a number says nothing that the data files know."""


def read_facts(path: Path, words: Lexicon) -> list[Fact]:
    """Every count of a workbook."""
    book = openpyxl.load_workbook(path, data_only=True)
    return [fact for sheet in book for fact in _read_sheet(path.name, sheet.title, fill(sheet), words)]


def fill(sheet: Worksheet) -> list[list[object]]:
    """The values of a sheet, a merged cell repeated over its range."""
    rows: list[list[object]] = [list(row) for row in sheet.iter_rows(min_row=1, min_col=1, values_only=True)]
    for area in sheet.merged_cells.ranges:
        for row, column in ((r, c) for r, c in area.cells):
            rows[row - 1][column - 1] = sheet.cell(area.min_row, area.min_col).value
    return rows


def number(value: object) -> float | None:
    """A cell as a number, whether typed as one or as a French text with the mark of a footnote."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    if isinstance(value, str) and NUMBER.match(value):
        return float(re.sub(r"\(\d+\)|[\s\u00a0\u202f]", "", value).replace(",", "."))
    return None


def _read_sheet(file: str, title: str, rows: list[list[object]], words: Lexicon) -> Iterator[Fact]:
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            value = number(cell)
            labels = [*_labels_above(rows, at, column), *_labels_left(row, column)]
            if value is None or _is_aside(labels):
                continue
            code = _find_code(rows, at)
            labels = labels if code is None else [one for one in labels if one not in row]
            where = f"{file} › {title} › ligne {at + 1}, colonne {column + 1}"
            meaning = _merge(labels, words, where) | Meaning(territory=code) | _context(title, rows, at, words)
            if not (meaning.measure and meaning.period):
                raise UnreadLabelError(f"{where} : ni mesure ni période dans {labels}")
            yield Fact(
                meaning.measure,
                meaning.territory or words.whole,
                meaning.period,
                words.choose(meaning),
                value,
                where,
            )


def _is_aside(labels: list[str]) -> bool:
    """A total or a rate, that the other cells say already, or a code beside its name."""
    normal = [normalise(label) for label in labels]
    return not labels or any(one.startswith(MARGINS) or one == "code insee" for one in normal)


def _is_label(cell: object) -> bool:
    return isinstance(cell, str) and number(cell) is None and normalise(cell) not in UNKNOWN


def _labels_left(row: list[object], column: int) -> list[str]:
    return [str(cell) for cell in row[:column] if _is_label(cell)]


def _labels_above(rows: list[list[object]], at: int, column: int) -> list[str]:
    """The headers of a column, up to a blank row; « dont ... » is read with the header it belongs to."""
    found: list[str] = []
    for row in reversed(rows[:at]):
        if not any(_is_label(cell) or number(cell) is not None for cell in row):
            break
        if _is_label(row[column]) and not _is_alone(row):
            found += [str(row[column]), *_owner(row, column)]
    return found


def _owner(row: list[object], column: int) -> list[str]:
    """For « dont ... », the nearest header on the left that is not one."""
    if not str(row[column]).startswith("dont "):
        return []
    before = [str(cell) for cell in row[:column] if _is_label(cell)]
    return [next(one for one in reversed(before) if not one.startswith("dont "))]


def _find_code(rows: list[list[object]], at: int) -> str | None:
    """The code of the commune of a row that gives it beside its name."""
    header = next((row for row in reversed(rows[:at]) if row[0] == "Code INSEE"), None)
    return str(rows[at][0]) if header and number(rows[at][0]) else None


def _is_alone(row: list[object]) -> bool:
    return sum(cell is not None and cell != "" for cell in row) == 1 and row[0] is not None


def _merge(labels: list[str], words: Lexicon, where: str) -> Meaning:
    """What the labels of a number say together; one that says nothing is an error."""
    meaning = Meaning()
    for label in labels:
        said = words.read(label)
        if not said and normalise(label) not in NEUTRAL:
            raise UnreadLabelError(f"{where} : « {label} » ne dit rien de connu")
        meaning |= said
    return meaning


def _context(title: str, rows: list[list[object]], at: int, words: Lexicon) -> Meaning:
    """What the titles above say, the nearest first, then the name of the sheet."""
    meaning = Meaning()
    for row in reversed(rows[:at]):
        if _is_alone(row):
            meaning |= words.read_title(str(row[0]))
    return meaning | words.read_title(title)
