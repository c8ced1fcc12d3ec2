"""A return in; whether a kind of mess can be seen in its file, whatever its layout, out.

A witness looks at the bytes that were written, not at who wrote them.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import lru_cache
from io import BytesIO

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.workbook import Workbook

from conventions.catalogue import load_catalogue
from conventions.text import normalise
from tests.layout_labels import (
    COMMUNES,
    DECIMAL,
    HOLES,
    MEASURES,
    NAMES,
    NOTES,
    OUTSIDER,
    REMARKS,
    SECTIONS,
    TITLES,
)  # fmt: skip
from tests.layouts import Delivery

_WORDS_ASIDE = {"objectives": ("objectif", "cible"), "cumuls": ("cumul", "depuis"), "evolutions": ("evol",),
               "reminders": ("n 1", "rappel", "precedente", "memoire")}  # fmt: skip


@lru_cache(maxsize=64)
def _open(content: bytes) -> Workbook:
    return load_workbook(BytesIO(content))


def _cells(delivery: Delivery) -> Iterator[Cell]:
    """The filled cells of all sheets."""
    for sheet in _open(delivery.content).worksheets:
        for row in sheet.iter_rows():
            yield from (cell for cell in row if isinstance(cell, Cell) and cell.value is not None)


def _texts(delivery: Delivery) -> list[str]:
    return [cell.value for cell in _cells(delivery) if isinstance(cell.value, str)]


def _counts(delivery: Delivery) -> list[object]:
    """What stands in the cells of counts."""
    book = _open(delivery.content)
    return [book[sheet][cell].value for sheet, cell in delivery.spots]


def _says(*words: str) -> Callable[[Delivery], bool]:
    return lambda delivery: any(normalise(text).startswith(words) for text in _texts(delivery))


def _holds(*words: str) -> Callable[[Delivery], bool]:
    return lambda delivery: any(word in f" {normalise(text)} " for text in _texts(delivery) for word in words)


def _first(delivery: Delivery) -> list[tuple[int, int]]:
    """Row and column where each sheet of counts begins, from 1."""
    names = {sheet for sheet, _ in delivery.spots}
    sheets = [_open(delivery.content)[name] for name in names]
    return [(sheet.min_row, sheet.min_column) for sheet in sheets]


def _gaps(delivery: Delivery, *, by_row: bool) -> bool:
    """A blank row or column between two that hold counts of the same table."""
    lines: dict[str, set[int]] = {}
    filled: dict[str, set[int]] = {}
    for sheet, name in delivery.spots:
        cell = _open(delivery.content)[sheet][name]
        lines.setdefault(sheet, set()).add(cell.row if by_row else cell.column)
    for cell in _cells(delivery):
        filled.setdefault(cell.parent.title, set()).add(cell.row if by_row else cell.column)
    return any(
        line + 1 not in filled[sheet] and line + 2 in found for sheet, found in lines.items() for line in found
    )


def _merges(delivery: Delivery) -> int:
    return sum(len(sheet.merged_cells.ranges) for sheet in _open(delivery.content).worksheets)


def _has_uncached(delivery: Delivery) -> bool:
    """The spreadsheet kept an empty text for a formula, or nothing."""
    with zipfile.ZipFile(BytesIO(delivery.content)) as archive:
        parts = [archive.read(name).decode() for name in archive.namelist() if "worksheets/sheet" in name]
    return any(re.search(r"</f><v></v>|</f></c>", part) for part in parts)


def _rows(delivery: Delivery) -> list[tuple[object, ...]]:
    """The values of the rows of all sheets that can be seen."""
    sheets = [sheet for sheet in _open(delivery.content).worksheets if sheet.sheet_state == "visible"]
    return [tuple(cell.value for cell in row) for sheet in sheets for row in sheet.iter_rows()]


def _has_page_break(delivery: Delivery) -> bool:
    """A header that stands again right under numbers and over numbers."""
    rows = _rows(delivery)
    for above, row, below in zip(rows, rows[1:], rows[2:], strict=False):
        is_between = any(isinstance(value, int) for value in above) and any(isinstance(value, int) for value in below)
        texts = [value for value in row if isinstance(value, str)]
        if is_between and len(texts) > 2 and rows.count(row) > 1 and not set(texts) & (HOLES.keys() | {"Commune"}):
            return True
    return False


def _years(delivery: Delivery) -> list[str]:
    found = {period[:4] for _, _, period, _ in delivery.spots.values()}
    return sorted(found)


def _order(delivery: Delivery, axis: int) -> list[str]:
    """The values of an axis, in the order of the cells: by sheet, then row, then column."""
    book = _open(delivery.content)
    names = book.sheetnames
    at = {spot: (names.index(spot[0]), book[spot[0]][spot[1]].row, book[spot[0]][spot[1]].column)
          for spot in delivery.spots}  # fmt: skip
    spots = sorted(delivery.spots, key=lambda spot: at[spot])
    return list(dict.fromkeys(str(delivery.spots[spot][axis]) for spot in spots))


def _numbers(delivery: Delivery) -> list[float]:
    """The counts that no age nor sex splits."""
    truth = ((key, value) for key, value in delivery.truth.items() if not key[3])
    return [value for _, value in truth if not isinstance(value, str)]


def _sheets(delivery: Delivery) -> list[str]:
    return _open(delivery.content).sheetnames


def _named(delivery: Delivery) -> list[str]:
    """Labels and names of sheets, on one line."""
    return [" ".join(text.split()) for text in (*_texts(delivery), *_sheets(delivery))]


def _has_wide_row(delivery: Delivery, times: int) -> bool:
    """The name of a commune or of a measure so many times in a row of a sheet, with blanks or itself beside."""
    names = {name for names in COMMUNES.values() for name in names[:1]}
    names |= {load_catalogue().measures[code].label for code in MEASURES}
    for row in _rows(delivery):
        found = [value for value in row if value in names]
        if found and found.count(found[0]) == times and len(set(found)) * times == len(found) and _blanks(row, times):
            return True
    return False


def _blanks(row: tuple[object, ...], times: int) -> bool:
    """Whether labels that stand once have a blank beside, where they head a group."""
    filled = [rank for rank, value in enumerate(row) if value is not None]
    return times > 1 or (len(filled) > 1 and filled[1] - filled[0] > 1)


def _under(delivery: Delivery, header: str) -> list[object]:
    """What stands under a header, in the same column."""
    tops = [cell for cell in _cells(delivery) if cell.value == header]
    return [
        cell.value
        for cell in _cells(delivery)
        for top in tops
        if cell.parent is top.parent and cell.column == top.column and cell.row > top.row
    ]


def _alone(delivery: Delivery) -> list[object]:
    """The only text of a row."""
    rows = ([value for value in row if value is not None] for row in _rows(delivery))
    return [row[0] for row in rows if len(row) == 1]


WITNESSES: dict[str, Callable[[Delivery], bool]] = {
    "titles": lambda d: any(text in TITLES for text in _texts(d)),
    "notes": lambda d: any(text in NOTES for text in _texts(d)),
    "totals": lambda d: any(str(cell.value).startswith("=") for cell in _cells(d)),
    "uncached": _has_uncached,
    "rates": _says("taux"),
    "percent format": lambda d: any("%" in cell.number_format for cell in _cells(d)),
    "remarks": lambda d: any(text in REMARKS for text in _texts(d)),
    "holes": lambda d: any(value in HOLES for value in _counts(d)),
    "no-break spaces": lambda d: any(isinstance(v, str) and re.search(r"\d[\u00a0\u202f ]\d", v) for v in _counts(d)),
    "text numbers": lambda d: any(isinstance(v, str) and re.fullmatch(r"\s?\d+\s?", v) for v in _counts(d)),
    "code numbers": lambda d: any(cell.value in (13056, 13077, 13098) for cell in _cells(d)),
    "float texts": lambda d: any(re.fullmatch(r"\d{4,5}\.0", text) for text in _texts(d)),
    "lost zeros": lambda d: any(cell.value == int(OUTSIDER) for cell in _cells(d)),
    "year-like": lambda d: sum(1995 <= v < 2030 for v in _numbers(d)) > 0.1 * len(_numbers(d)),
    "spellings": lambda d: not any("DE orientés vers le PLIE" in text for text in (*_texts(d), *_sheets(d))),
    "abbreviations": lambda d: any(text in {names[2] for names in COMMUNES.values()} for text in _texts(d)),
    "footnotes": lambda d: any(text.rstrip(" :\u00a0").endswith(("*", "(1)", "¹")) for text in _texts(d)),
    "newlines": lambda d: any("\n" in text for text in _texts(d)),
    "spacer rows": lambda d: _gaps(d, by_row=True),
    "spacer columns": lambda d: _gaps(d, by_row=False),
    "offset": lambda d: min(_first(d))[1] > 1,
    "page break": _has_page_break,
    "cover": lambda d: "Présentation" in _sheets(d),
    "hidden": lambda d: any(sheet.sheet_state == "hidden" for sheet in _open(d.content).worksheets),
    "hidden columns": lambda d: any(
        column.hidden for sheet in _open(d.content).worksheets for column in sheet.column_dimensions.values()
    ),
    "two years": lambda d: len(_years(d)) == 2,
    "year apart": lambda d: not any(_years(d)[0] in text and re.search("T[1-4]", text) for text in _named(d)),
    "years alone": lambda d: {len(period) for _, _, period, _ in d.spots.values()} == {4},
    "dates": lambda d: any(isinstance(cell.value, datetime) for cell in _cells(d)),
    "newest first": lambda d: _order(d, 2) == sorted(_order(d, 2), reverse=True),
    "no merges": lambda d: not _merges(d) and _has_wide_row(d, 1),
    "repeated groups": lambda d: not _merges(d) and _has_wide_row(d, 3),
    "header once": lambda d: _texts(d).count("T1 2023") + _texts(d).count("T1 2024") + _texts(d).count("T1 2025") < 3,
    "technical row": lambda d: any(text.startswith("VAR_") for text in _texts(d)),
    "ranks": lambda d: 4 in _under(d, "Trimestre"),
    "fields": lambda d: any(row[:2] == ("Commune", names[0]) for row in _rows(d) for names in NAMES.values()),
    "listed": lambda d: any(re.match(r"\d (-|\.) ?", text) or text.startswith("1. ") for text in _texts(d)),
    "numbered rows": lambda d: "N°" in _texts(d),
    "unsaid": lambda d: "PLIE du Pays de Martigues" in _texts(d),
    "sections": lambda d: any(text in {word for words in SECTIONS.values() for word in words} for text in _alone(d)),
    "swapped": lambda d: next(iter(d.spots.values()))[0] != "orientes" or next(iter(d.spots.values()))[1] != "13056",
    "decimals": lambda d: any(key[0] == DECIMAL for key in d.spots.values()),
} | {kind: _holds(*words) for kind, words in _WORDS_ASIDE.items()}
"""How each kind is seen."""
# Some mess stands on other mess: a percent format needs rates.
COMPANIONS = {"uncached": {"totals"}, "percent format": {"rates"}, "ranks": {"year apart"}}
