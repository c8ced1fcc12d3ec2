"""One raw value of a grid in; what it is (empty, number, hole, text) and its number or state out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from math import inf, isfinite
from typing import TypeAlias

Raw: TypeAlias = None | str | float | int | bool | date | datetime

EMPTY, NUMBER, HOLE, TEXT = "empty", "number", "hole", "text"
_SPACES = re.compile(r"[\s\u00a0\u202f\u2009]+")
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
_GROUPS = re.compile(r"[+-]?\d{1,3}(?:[\s\u00a0\u202f\u2009'’]\d{3})+(?:[.,]\d+)?")
_NO_DECIMALS = re.compile(r"[.,]0+$")
_FOOTNOTE = re.compile(r"(?<=[^\s(])\s*(?:\(\d\)|[*†‡¹²³]+)(?:\s*:)?$")


@dataclass(frozen=True)
class Cell:
    """A classified value: `number` for numbers (`is_percent` with the sign), `state` for holes, `text` as read."""

    kind: str
    text: str = ""
    number: float | None = None
    state: str | None = None
    is_percent: bool = False


BLANK = Cell(EMPTY)


def clean_text(text: str) -> str:
    """The text with every run of spaces (no-break ones and newlines included) as one space."""
    return _SPACES.sub(" ", text).strip()


def drop_footnote(text: str) -> str:
    """The text without the call of a footnote at its end: `Orientés (1)`, `12*`, `Sorties¹ :`."""
    return _FOOTNOTE.sub("", text)


def parse_number(text: str) -> float | None:
    """The number a French text writes (`1 234`, `12,5`, `1 017 (1)`), or None; never a guess on other words."""
    bare = drop_footnote(text.strip()).replace("\u2212", "-")
    if _GROUPS.fullmatch(bare):
        bare = re.sub(r"[\s\u00a0\u202f\u2009'’]", "", bare)
    number = float(bare.replace(",", ".")) if _NUMBER.fullmatch(bare) else inf
    return number if isfinite(number) else None


def classify(raw: Raw, holes: Mapping[str, str]) -> Cell:
    """The kind of one raw value; `holes` maps the spellings of absent values to their state."""
    if raw is None:
        return BLANK
    if isinstance(raw, bool):
        return Cell(TEXT, "oui" if raw else "non")
    if isinstance(raw, int | float) and not isfinite(raw):
        return Cell(TEXT, str(raw))
    if isinstance(raw, int | float):
        return Cell(NUMBER, str(int(raw)) if float(raw).is_integer() else str(raw), float(raw))
    if isinstance(raw, date):
        # A month typed by itself (« juin 2024 ») is kept by spreadsheets as the first of that month.
        return Cell(TEXT, raw.strftime("%m/%Y" if raw.day == 1 else "%d/%m/%Y"))
    text = drop_footnote(clean_text(raw))
    if not text:
        return BLANK
    number = parse_number(text)
    if number is not None:
        # An export writes a year or a code as « 2024.0 ».
        return Cell(NUMBER, _NO_DECIMALS.sub("", text), number)
    if text.endswith("%") and (share := parse_number(text[:-1].strip())) is not None:
        return Cell(NUMBER, text, share, is_percent=True)
    state = holes.get(text.lower())
    return Cell(HOLE, text, state=state) if state else Cell(TEXT, text)
