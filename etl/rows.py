"""The cells of a sheet and the rank of a row in; what the row is (title, field, header, data, ...) out."""

from __future__ import annotations

from collections.abc import Sequence

from etl.cells import EMPTY, HOLE, NUMBER, TEXT, Cell
from etl.recognise import ASIDE, Lexicon

_YEARS = range(1990, 2101)
# What the value of a field must name, for each role that its label announces.
_NAMED_BY = {"territoire": {"territoire"}, "periode": {"annee", "part"}, "annee": {"annee"}, "mesure": {"mesure"}}


def is_year(cell: Cell) -> bool:
    """Whether a number could be a year."""
    return cell.kind == NUMBER and cell.number is not None and cell.number in _YEARS


def kind_of_row(cells: Sequence[Sequence[Cell]], index: int, lexicon: Lexicon, is_after_data: bool) -> str:
    """empty, note, lone (one text), field (a label and its value), header (texts, years or codes) or data."""
    filled = [cell for cell in cells[index] if cell.kind != EMPTY]
    if not filled:
        return "empty"
    texts = [cell for cell in filled if cell.kind == TEXT]
    numbers = [cell for cell in filled if cell.kind == NUMBER]
    if texts and lexicon.read(texts[0].text).kind == "note" and not numbers and filled[0] is texts[0]:
        return "note"
    if len(filled) == 2 and _is_field(filled[0], filled[1], lexicon):
        return "field"
    if numbers:
        if len(filled) == 1 and _is_in_column(cells, index):
            return "data"
        is_header = _is_header_of_numbers(filled, lexicon, is_after_data) or _is_over_numbers(cells, index)
        return "header" if is_header else "data"
    if any(cell.kind == HOLE for cell in filled):
        return "data"
    return "lone" if len(texts) == 1 else "header"


def _is_in_column(cells: Sequence[Sequence[Cell]], index: int) -> bool:
    """Whether the row above or below has its only number in the column where this row has its own."""
    column = next(c for c, cell in enumerate(cells[index]) if cell.kind != EMPTY)
    near = (cells[row] for row in (index - 1, index + 1) if 0 <= row < len(cells))
    return any([c for c, cell in enumerate(row) if cell.kind == NUMBER] == [column] for row in near)


def _is_field(label: Cell, value: Cell, lexicon: Lexicon) -> bool:
    """« Période | T1 2024 » : a label and what reads under it."""
    role, reading = lexicon.read(label.text).role, lexicon.read(value.text)
    return bool(reading.axes & _NAMED_BY.get(role or "", set())) and reading.is_explained


def _is_header_of_numbers(filled: Sequence[Cell], lexicon: Lexicon, is_after_data: bool) -> bool:
    """Years in a row make a header, and so do codes of the convention, where no text there names numbers.

    Just under data a label that nobody knows is taken for the label of a row: its numbers may look like years.
    """
    numbers = [cell for cell in filled if cell.kind == NUMBER]
    texts = [cell for cell in filled if cell.kind == TEXT]
    named = [lexicon.read(cell.text) for cell in texts]
    before = named[: next(rank for rank, cell in enumerate(filled) if cell.kind == NUMBER)]
    # « Rappel 2022 » after 2023 and 2024 is one more header.
    if any(reading.axes or reading.kind in ASIDE for reading in before):
        return False
    if any(reading.axes and reading.kind not in ASIDE for reading in named):
        return False
    if is_after_data and any(not reading.role for reading in before):
        return False
    if _are_ranks(numbers) and len(named) == 1 and before and before[0].role == "periode":
        return True
    if _are_years(numbers):
        return not any(reading.kind == "total" or (len(numbers) == 1 and reading.rest) for reading in before)
    codes = [lexicon.places.read_own(cell.text).code for cell in numbers]
    is_role = all(reading.role or reading.kind == "total" for reading in named)
    return len(numbers) > 1 and all(codes) and len(set(codes)) == len(codes) and is_role


def _is_over_numbers(cells: Sequence[Sequence[Cell]], index: int) -> bool:
    """Whether texts outnumber the numbers of a row, over the columns where the next row has numbers."""
    below = next((row for row in cells[index + 1 :] if any(cell.kind != EMPTY for cell in row)), [])
    over = [cell.kind for cell, under in zip(cells[index], below, strict=False) if under.kind == NUMBER]
    return over.count(TEXT) > over.count(NUMBER) > 0


def _are_ranks(numbers: Sequence[Cell]) -> bool:
    """1, 2, 3, ... : the quarters or the months of a year."""
    return len(numbers) > 1 and [cell.number for cell in numbers] == list(range(1, len(numbers) + 1))


def _are_years(numbers: Sequence[Cell]) -> bool:
    """Years, each next to the one before, or the first again; counts that look like years hardly follow so."""
    years = [cell.number or 0 for cell in numbers]
    pairs = zip(years, years[1:], strict=False)
    steps = {after - before for before, after in pairs if after != years[0]} - {0}
    return all(is_year(cell) for cell in numbers) and steps <= {1, -1}
