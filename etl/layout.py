"""A grid of classified cells in; its titles, and its bands (header rows over data rows), out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from etl.cells import BLANK, EMPTY, HOLE, NUMBER, TEXT, Cell, classify
from etl.recognise import LABEL_ROLES, Lexicon, Reading
from etl.rows import kind_of_row
from etl.workbook import Range, Sheet


@dataclass(frozen=True)
class Title:
    """A row with one text: it names what the tables under it do not. Titles without data between are a group."""

    row: int
    column: int
    text: str
    group: int


@dataclass
class Band:
    """Header rows over data rows; `titles` in force by data row, nearest last; `bottom` its last row, blank or not."""

    headers: list[int] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    titles: dict[int, tuple[Title, ...]] = field(default_factory=dict)
    bottom: int = -1

    def add(self, row: int, titles: tuple[Title, ...]) -> None:
        """One more data row, under these titles."""
        self.rows.append(row)
        self.titles[row] = titles
        self.bottom = row


@dataclass
class Layout:
    """The classified cells of a sheet, with its bands in order."""

    cells: list[list[Cell]]
    bands: list[Band]
    merges: dict[tuple[int, int], Range]
    has_merges: bool

    def at(self, row: int, column: int) -> Cell:
        """The cell at an address, blank outside the grid."""
        line = self.cells[row]
        return line[column] if column < len(line) else BLANK


def read_layout(sheet: Sheet, lexicon: Lexicon, holes: Mapping[str, str]) -> Layout:
    """Find the bands of a sheet. Nothing is dropped: what is no band is a title, a note or blank."""
    cells = [[classify(raw, holes) for raw in row] for row in sheet.rows]
    merges = {(r, c): merge for merge in sheet.merges for r, c in [(merge[0], merge[1])]}
    layout = Layout(cells, [], merges, sheet.has_merges)
    kinds: list[str] = []
    headers: set[tuple[str, ...]] = set()
    for index, row in enumerate(cells):
        texts = tuple(cell.text for cell in row)
        is_again = texts in headers and sum(cell.kind == TEXT for cell in row) > 1
        kind = kind_of_row(layout.cells, index, lexicon, bool(kinds) and kinds[-1] == "data")
        kinds.append("header" if is_again else kind)
        headers |= {texts} if kind == "header" else set()
    _settle_lone_texts(kinds, layout)
    _fill_bands(kinds, layout, lexicon)
    return layout


def _settle_lone_texts(kinds: list[str], layout: Layout) -> None:
    """A lone text is a title, unless it stands over columns of numbers: then it is a header of a group."""
    for index in reversed(range(len(kinds))):
        if kinds[index] == "field" and _next_kind(kinds, index) == "data":
            # Right over numbers it is the header of their column.
            kinds[index] = "header"
        if kinds[index] != "lone":
            continue
        column = next(c for c, cell in enumerate(layout.cells[index]) if cell.kind == TEXT)
        below = _next_row(kinds, index)
        is_over_band = below is not None and kinds[below] in ("header", "data") and below == index + 1
        first = _first_number_column(kinds, layout, index) if is_over_band else None
        kinds[index] = "header" if first is not None and column >= first > 0 else "title"


def _next_kind(kinds: list[str], index: int) -> str | None:
    return kinds[index + 1] if index + 1 < len(kinds) else None


def _next_row(kinds: Sequence[str], index: int) -> int | None:
    return next((row for row in range(index + 1, len(kinds)) if kinds[row] != "empty"), None)


def _first_number_column(kinds: list[str], layout: Layout, index: int) -> int | None:
    """The first column of numbers in the rows just under, where a label stands to their left."""
    for row in range(index + 1, min(index + 8, len(kinds))):
        if kinds[row] == "data":
            columns = [c for c, cell in enumerate(layout.cells[row]) if cell.kind in (NUMBER, HOLE)]
            has_label = any(cell.kind == TEXT for cell in layout.cells[row][: columns[0]])
            return columns[0] if has_label else None
    return None


def _fill_bands(kinds: list[str], layout: Layout, lexicon: Lexicon) -> None:
    """Give each data row its header rows and the titles in force; a blank row or a title ends a header."""
    in_force: tuple[Title, ...] = ()
    group, is_after_data = 0, False
    band = Band()
    pending: list[int] = []
    for index, kind in enumerate(kinds):
        if kind in ("title", "field"):
            # Of a field, the value names; of a title, its only text.
            column, cell = [(c, cell) for c, cell in enumerate(layout.cells[index]) if cell.kind != EMPTY][-1]
            group += is_after_data
            is_after_data, pending = False, pending if _is_heading(index, pending, kinds, layout) else []
            in_force = (*in_force, Title(index, column, cell.text, group))
            if band.rows and _contradicts(cell.text, band, layout, lexicon):
                band = Band()
        elif kind == "header" and not pending and _continues(index, band, layout, lexicon):
            band.add(index, in_force)
        elif kind == "header":
            pending = [*pending, index] if pending and pending[-1] == index - 1 else [index]
            is_under_data = len(pending) == 1 and band.headers and index == band.bottom + 1
            if is_under_data and _is_blank_data(index, band.headers, band.rows, layout, lexicon):
                band.bottom, pending = index, []
        elif kind == "data":
            headers = _drop_blank_data(pending, index, layout, lexicon)
            if headers and not _is_page_break(headers, band, layout):
                band = Band(headers=headers)
            if not layout.bands or layout.bands[-1] is not band:
                layout.bands.append(band)
            pending, is_after_data = [], True
            band.add(index, in_force)


def _is_heading(index: int, pending: Sequence[int], kinds: Sequence[str], layout: Layout) -> bool:
    """A lone text between a header and the numbers under that header: the heading of a part of the table."""
    below = _next_row(kinds, index)
    if kinds[index] != "title" or not pending or pending[-1] != index - 1 or below is None or kinds[below] != "data":
        return False
    numbers = {c for c, cell in enumerate(layout.cells[below]) if cell.kind in (NUMBER, HOLE)}
    headed = {c for row in pending for c, cell in enumerate(layout.cells[row]) if cell.kind != EMPTY}
    return len(numbers & headed) > len(numbers - headed)


def _contradicts(text: str, band: Band, layout: Layout, lexicon: Lexicon) -> bool:
    """Whether a title names something else than the headers of the table above it: then another table begins."""
    title = _values(lexicon.read(text))
    cells = (cell for row in band.headers for cell in layout.cells[row] if cell.kind != EMPTY)
    headers = [_values(reading) for cell in cells if (reading := lexicon.read(cell.text)).kind is None]
    named = {axis: {values[axis] for values in headers if axis in values} for axis in title}
    return any(values and title[axis] not in values for axis, values in named.items())


def _values(reading: Reading) -> dict[str, object]:
    """What a label says, by axis."""
    moment = reading.moment
    found = {"mesure": reading.measures, "territoire": reading.place, "annee": moment.year,
             "part": (moment.half, moment.quarter, moment.month) if moment.has_part else None}  # fmt: skip
    return {axis: value for axis, value in found.items() if value}


def _continues(index: int, band: Band, layout: Layout, lexicon: Lexicon) -> bool:
    """A row of texts right under data that begins as the row above does: data whose numbers are unreadable."""
    if not band.rows or index != band.bottom + 1:
        return False
    own, above = (_first(row, layout) for row in (index, band.bottom))
    if own is None or above is None or own[0] != above[0]:
        return False
    one, other = lexicon.read(own[1]), lexicon.read(above[1])
    return bool(one.axes) and one.is_explained and one.axes == other.axes


def _first(row: int, layout: Layout) -> tuple[int, str] | None:
    """The column and the text of the first filled cell of a row."""
    return next(((c, cell.text) for c, cell in enumerate(layout.cells[row]) if cell.kind != EMPTY), None)


def _drop_blank_data(pending: list[int], index: int, layout: Layout, lexicon: Lexicon) -> list[int]:
    """Header rows without those at their end that are data with nothing in it yet (a total above its parts)."""
    headers = list(pending)
    while len(headers) > 1 and _is_blank_data(headers[-1], headers[:-1], [index], layout, lexicon):
        headers.pop()
    return headers


def _is_blank_data(index: int, headers: Sequence[int], rows: Sequence[int], layout: Layout, lexicon: Lexicon) -> bool:
    """A row of texts that all stand over row labels, while a header stands over the numbers to their right."""
    filled = {c: cell for c, cell in enumerate(layout.cells[index]) if cell.kind != EMPTY}
    header = {c: cell.text for row in headers for c, cell in enumerate(layout.cells[row]) if cell.kind == TEXT}
    labels = {c for c, text in header.items() if lexicon.read(text).role in LABEL_ROLES}
    values = {c for row in rows for c, cell in enumerate(layout.cells[row]) if cell.kind in (NUMBER, HOLE)} - labels
    is_left = bool(values & header.keys()) and max(filled) < min(values)
    return is_left and not any(lexicon.read(cell.text).role for cell in filled.values())


def _is_page_break(pending: list[int], band: Band, layout: Layout) -> bool:
    """The same header again, with no blank row or title before it: a page break, not a new table."""
    if len(pending) != len(band.headers) or not band.rows or pending[0] != band.bottom + 1:
        return False

    def texts(row: int) -> list[str]:
        return [cell.text for cell in layout.cells[row]]

    return all(texts(one) == texts(other) for one, other in zip(pending, band.headers, strict=True))
