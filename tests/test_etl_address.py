"""Cells in; their names, and the ranges that hold them and nothing else, out."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.address import cell_name, cover, parse_range

SPOTS = st.sets(st.tuples(st.integers(0, 8), st.integers(0, 30)), max_size=60)


@given(spots=SPOTS)
def test_ranges_hold_the_cells_and_no_other(spots: set[tuple[int, int]]) -> None:
    held: list[tuple[int, int]] = []
    for bounds in map(parse_range, cover(spots)):
        assert bounds is not None
        top, left, bottom, right = bounds
        held += product(range(top, bottom + 1), range(left, right + 1))
    assert sorted(held) == sorted(spots)


@pytest.mark.parametrize(
    ("spots", "ranges"),
    [
        ([], ()),
        ([(0, 0)], ("A1",)),
        ([(row, 1) for row in range(2, 302)], ("B3:B302",)),
        ([*product((2, 3), (1, 2, 3)), (2, 5), (7, 1)], ("B3:D4", "F3", "B8")),
        ([(0, 26), (0, 27)], ("AA1:AB1",)),
    ],
)
def test_neighbours_make_one_range(spots: list[tuple[int, int]], ranges: tuple[str, ...]) -> None:
    assert cover(spots) == ranges


@pytest.mark.parametrize("text", ["", "B", "3", "B0", "B3:", "Feuille!B3"])
def test_what_is_no_range_is_told(text: str) -> None:
    assert parse_range(text) is None


def test_a_name_reads_back() -> None:
    for row, column in product((0, 9, 1_048_575), (0, 25, 26, 16_383)):
        assert parse_range(cell_name(row, column)) == (row, column, row, column)
