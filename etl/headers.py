"""A band in; the header texts above each of its columns, groups spread over what they span, out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from etl.cells import EMPTY, NUMBER, TEXT, Cell
from etl.layout import Band, Layout
from etl.rows import is_year

Spot = tuple[int, int]


@dataclass(frozen=True)
class Header:
    """One header text above a column and the cell it stands in."""

    text: str
    spot: Spot


@dataclass(frozen=True)
class ColumnHeaders:
    """The headers above each column, top first; `doubtful` columns stand under a group whose span is uncertain."""

    above: dict[int, tuple[Header, ...]]
    doubtful: dict[int, Header]


def read_headers(band: Band, layout: Layout) -> ColumnHeaders:
    """Spread each header row over the columns it names; a technical row of identifiers is dropped."""
    rows = _drop_technical(band.headers, layout)
    width = max((len(layout.cells[row]) for row in (*band.headers, *band.rows)), default=0)
    above: dict[int, list[Header]] = {c: [] for c in range(width)}
    doubtful: dict[int, Header] = {}
    for rank, row in enumerate(rows):
        is_group = rank < len(rows) - 1
        under = _texts(rows[-1], layout, width) if is_group else []
        spread = _spread(row, layout, width, under)
        for column, header in spread.items():
            above[column].append(header)
        if is_group and not _row_has_merges(row, layout):
            doubtful |= _doubtful(row, layout, width, under)
        doubtful |= _groupless(spread, under)
    doubtful |= _headless(above, band, layout)
    return ColumnHeaders({c: _unique(headers) for c, headers in above.items()}, doubtful)


def _headless(above: dict[int, list[Header]], band: Band, layout: Layout) -> dict[int, Header]:
    """Headers that most often have numbers without header beside them: groups that lost their labels."""
    numbers = [c for c in above if any(layout.at(row, c).kind == NUMBER for row in band.rows)]
    headed = [c for c in numbers if above[c]]
    suspect = [c for c in headed if c + 1 in numbers and not above[c + 1]]
    return {c: above[c][-1] for c in suspect} if 2 * len(suspect) >= len(headed) else {}


def _groupless(spread: Mapping[int, Header], under: Sequence[str]) -> dict[int, Header]:
    """Columns labelled as those of the groups beside them, under no group: one that lost its name, or the whole."""
    labels = {under[column]: header for column, header in spread.items() if column < len(under) and under[column]}
    return {c: labels[text] for c, text in enumerate(under) if text in labels and c not in spread}


def _unique(headers: list[Header]) -> tuple[Header, ...]:
    """A vertical merge gives the same header twice."""
    return tuple(dict.fromkeys(headers))


def _texts(row: int, layout: Layout, width: int) -> list[str]:
    return [layout.at(row, c).text for c in range(width)]


def _is_label(cell: Cell) -> bool:
    return cell.kind == TEXT or is_year(cell) or (cell.kind != EMPTY and cell.number is not None)


def _drop_technical(rows: list[int], layout: Layout) -> list[int]:
    """Two rows that name the same columns, each one apart, the first by identifiers: the second says it for people."""
    if len(rows) < 2:
        return rows
    first, second = ({c: cell.text for c, cell in enumerate(layout.cells[r]) if _is_label(cell)} for r in rows[-2:])
    is_bare = all(len(text.split()) == 1 and not text.isdecimal() for text in first.values())
    is_coded = all("_" in text for text in first.values())
    # A column that was set aside may leave its identifier behind.
    is_over = first.keys() >= second.keys() if is_coded else first.keys() == second.keys()
    are_twins = len(second) >= 3 and is_over
    named = (first,) if is_coded else (first, second)
    are_apart = all(len(set(texts.values())) == len(texts) for texts in named)
    return [*rows[:-2], rows[-1]] if is_bare and are_twins and are_apart else rows


def _row_has_merges(row: int, layout: Layout) -> bool:
    return any(merge[0] == row and merge[3] > merge[1] for merge in layout.merges.values())


def _spread(row: int, layout: Layout, width: int, under: list[str]) -> dict[int, Header]:
    """Each text over its merged range or, in a row without merges, up to the next text of that row."""
    spread: dict[int, Header] = {}
    has_merges = _row_has_merges(row, layout)
    current: Header | None = None
    corner = next(filter(None, under), None)
    for column in range(width):
        cell = layout.at(row, column)
        if under and under[column] == corner and not _is_label(cell):
            # The first header of the table again: another table begins beside it.
            current = None
        elif _is_label(cell):
            current = Header(cell.text, (row, column))
            merge = layout.merges.get((row, column))
            for covered in range(column, (merge[3] if merge else column) + 1):
                spread[covered] = current
        elif current is None or not under or has_merges or column in spread:
            continue
        elif under[column] and under[current.spot[1]]:
            # A first column of row labels is no group: its title does not spread.
            spread[column] = current
    return spread


def _doubtful(row: int, layout: Layout, width: int, under: list[str]) -> dict[int, Header]:
    """Columns under an unmerged group that the labels beneath do not confirm.

    Groups over the same labels must each start where those labels start again; a column that only one of
    otherwise equal groups holds may stand outside it.
    """
    groups: list[tuple[Header, list[int]]] = []
    for column, header in sorted(_spread(row, layout, width, under).items()):
        if groups and groups[-1][0] == header:
            groups[-1][1].append(column)
        else:
            groups.append((header, [column]))
    wide = [(header, columns) for header, columns in groups if len(columns) > 1]
    if len(wide) < 2:
        return {}
    labels = [[under[column] for column in columns] for _, columns in wide]
    common = set(labels[0]).intersection(*labels[1:])
    if not common:
        return {}
    doubtful: dict[int, Header] = {}
    starts = {names[0] for names in labels}
    if len(starts) > 1 or _begins_before(wide, under, common):
        return {column: header for header, columns in wide for column in columns}
    for (header, columns), names in zip(wide, labels, strict=True):
        for column, name in zip(columns, names, strict=True):
            if name not in common and sum(name in other for other in labels) == 1:
                doubtful[column] = header
    return doubtful


def _begins_before(wide: list[tuple[Header, list[int]]], under: list[str], common: set[str]) -> bool:
    """Whether labels that the groups repeat also stand to the left of the first group: then it is centred."""
    return any(under[column] in common for column in range(wide[0][1][0]))
