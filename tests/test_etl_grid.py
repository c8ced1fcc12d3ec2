"""Cells in; the same cells by column, each distinct value once, and by row again, out."""

from __future__ import annotations

from datetime import date

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from etl.cells import Raw
from etl.grid import Grid, encode, encode_rows
from etl.workbook import Sheet

RAW: st.SearchStrategy[Raw] = st.one_of(
    st.none(), st.text(max_size=3), st.sampled_from([0.0, 1.0, 1, True, False, 12.5, date(2024, 3, 5)])
)
ROWS: list[list[Raw]] = [["Commune", "Total"], ["Martigues", 1.0], ["Martigues", True], [" ", 1]]


@given(st.lists(st.lists(RAW, min_size=3, max_size=3), min_size=1, max_size=12))
def test_rows_come_back_from_columns_with_their_types(rows: list[list[Raw]]) -> None:
    grid = Grid(encode_rows(rows))
    assert [[(type(value), value) for value in row] for row in grid] == [
        [(type(value), value) for value in row] for row in rows
    ]
    assert [grid[index] for index in range(len(grid))] == rows
    assert grid[1:] == rows[1:]


def test_a_short_row_goes_on_with_blanks() -> None:
    assert Grid(encode_rows([["a", "b"], ["c"]]))[1] == ["c", None]


def test_some_rows_of_a_column_hold_their_own_values_only() -> None:
    column = encode(["titre", "oui", "non", "oui", None]).rows(slice(1, None))
    assert column.values == ("oui", "non", None)
    assert column.counts() == [2, 1, 1]
    assert column.filled.tolist() == [True, True, True, False]
    assert column.rows(np.array([True, False, True, False])).values == ("oui",)


def test_a_sheet_without_a_column_is_the_same_held_by_rows_or_by_columns() -> None:
    by_rows, by_columns = (Sheet("T1", held).without({0}) for held in (ROWS, Grid(encode_rows(ROWS))))
    assert list(by_rows.rows) == list(by_columns.rows) == [[None, row[1]] for row in ROWS]


def test_spaces_alone_are_blank() -> None:
    assert Sheet("T1", ROWS).columns[0].filled.tolist() == [True, True, True, False]
