"""The rows of a sheet in; the columns whose header announces personal data, out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import lru_cache

from conventions.privacy_rules import load_privacy_rules
from conventions.text import normalise
from etl.cells import Raw
from etl.privacy_sample import HEADER_ROWS, IDENTIFYING, Column, Verdict

_LONGEST_HEADER = 80


@lru_cache(maxsize=16384)
def kind_of_header(text: str) -> str | None:
    """The kind of personal data that a header announces."""
    if len(text) > _LONGEST_HEADER:
        return None
    words = normalise(text)
    return next((k.code for k in load_privacy_rules().kinds.values() if k.header.fullmatch(words)), None)


def judge_headers(
    rows: Sequence[Sequence[Raw]], columns: Sequence[Column], aside: Collection[int]
) -> dict[int, Verdict]:
    """The first header of each column that announces personal data, in a row that holds no figure."""
    found: dict[int, Verdict] = {}
    kinds = load_privacy_rules().kinds
    for r, row in enumerate(rows[:HEADER_ROWS]):
        said = {
            c: kind
            for c, value in enumerate(row)
            if isinstance(value, str) and (kind := kind_of_header(value)) is not None
        }
        if not said or r in aside or _has_figures(row):
            continue
        named = set(said.values()) & (IDENTIFYING | {"initiales"})
        for c, kind in said.items():
            below = Column(tuple(cell for cell in columns[c].cells if cell[0] > r))
            if c in found or not _announces(kind, below, beside=named - {kind}):
                continue
            found[c] = Verdict(c, kind, r, (r, c), is_doubtful=not kinds[kind].is_sure and not named - {"adresse"})
    return found


def _has_figures(row: Sequence[Raw]) -> bool:
    """Whether a row holds numbers other than years: then it is no row of headers."""
    return any(
        isinstance(v, int | float) and not isinstance(v, bool) and not 1900 <= v <= 2100 for v in row
    )


def _announces(kind: str, below: Column, beside: Collection[str]) -> bool:
    """Whether what stands under a header can be what it announces."""
    rule = load_privacy_rules().kinds[kind]
    if not below.cells or rule.can_count and below.counts * 2 > len(below.cells):
        return False
    if kind == "nom_seul":
        return bool(beside)
    if kind == "referent":
        return any(not any(char.isdigit() for char in text) for text in below.texts)
    if kind == "texte_libre":
        return bool(beside and below.texts) or any(len(text.split()) > 3 for text in below.texts)
    return True
