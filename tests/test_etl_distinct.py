"""Workbooks in; the same grids out, whether their sheets are read whole or cut into their distinct cells."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from etl import distinct, prescan
from etl.cells import Raw
from etl.distinct import CellScan, CellTable, NotPlainError
from etl.grid import Grid, is_blank
from etl.reader import parse_workbook
from etl.workbook import Rows, UnreadableError, Workbook
from tests.workbook_bytes import make_xlsx

FOLDER = os.environ.get("JALONS_WORKBOOKS")
FILES = sorted(Path(FOLDER).rglob("*.xlsx")) if FOLDER else []
SHEET = b'<worksheet><sheetData>%b</sheetData><mergeCells count="0"/></worksheet>'
ROW = b'<row r="2"><c r="A2" t="s"><v>3</v></c>\n<c r="BC2" s="1"><v>12</v></c></row>'


@pytest.fixture
def read_cut(monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes], Workbook]:
    """Reads a workbook with every sheet cut, whatever its size."""

    def read(content: bytes) -> Workbook:
        with monkeypatch.context() as patch:
            patch.setattr(prescan, "BIG", 0)
            return parse_workbook("retour.xlsx", content)

    return read


def trim(rows: Rows) -> list[list[tuple[type, Raw]]]:
    """The values with their types, without the blanks at the end of rows and of the sheet."""
    trimmed = []
    for row in rows:
        last = max((c for c, value in enumerate(row) if not is_blank(value)), default=-1)
        trimmed.append([(type(value), value) for value in row[: last + 1]])
    while trimmed and not trimmed[-1]:
        trimmed.pop()
    return trimmed


def check_same(whole: Workbook, cut: Workbook) -> int:
    """Every sheet is the same in both; how many were cut."""
    for one, other in zip(whole.sheets, cut.sheets, strict=True):
        assert trim(other.rows) == trim(one.rows)
        assert (other.name, other.merges, other.uncached) == (one.name, one.merges, one.uncached)
    return sum(isinstance(sheet.rows, Grid) for sheet in cut.sheets)


def write_everything() -> bytes:
    """A workbook with every kind of cell, merges, gaps, columns beyond Z and two sheets."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet, other = book.add_worksheet("L’été & <l'hiver>"), book.add_worksheet("T2")
    day, hour = (book.add_format({"num_format": form}) for form in ("dd/mm/yyyy hh:mm", "[h]:mm"))
    share = book.add_format({"num_format": "0.0%", "bold": True})
    for row, value in enumerate((0, 1, 59, 60, 61, 45356, 45356.4, 45356.99999999, -5, 1e6)):
        sheet.write(row, 0, value, day)
        sheet.write(row, 1, value, hour)
        sheet.write(row, 2, value, share)
        sheet.write(row, 3, value)
    sheet.write_column(0, 30, ["  x & <y> é\n", "3e5", "001", "_x000D_", "a\r\nb", "<c r=\"A1\"><v>7</v></c>"])
    sheet.write_rich_string(0, 700, "a ", share, " b\n c")
    sheet.write_formula(20, 4, "=1/0", None, "#DIV/0!")
    sheet.write_formula(20, 5, '="a&b"', None, "a&b")
    sheet.write_formula(20, 6, "=1+1", None, "")
    sheet.write_boolean(20, 7, True)
    sheet.write_blank(40, 40, None, day)
    sheet.merge_range(30, 1, 31, 3, "T1 2024")
    sheet.data_validation(0, 0, 5, 5, {"validate": "list", "source": ["oui", "non"]})
    other.write_row(3, 3, ["oui", 12])
    book.close()
    return stream.getvalue()


def test_every_kind_of_cell_reads_the_same_cut_or_whole(read_cut: Callable[[bytes], Workbook]) -> None:
    content = write_everything()
    assert check_same(parse_workbook("retour.xlsx", content), read_cut(content)) == 2


def test_what_another_library_writes_reads_the_same(read_cut: Callable[[bytes], Workbook]) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in ((1, "deux", None, 3.5), (date(2024, 6, 1), datetime(2024, 6, 1, 9, 30), time(8, 0), True), ("=A1+1",)):
        sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    assert check_same(parse_workbook("retour.xlsx", stream.getvalue()), read_cut(stream.getvalue())) == 1


@given(
    st.lists(
        st.lists(
            st.one_of(st.none(), st.floats(allow_nan=False, allow_infinity=False), st.text("aé<&>\"' 1", max_size=3)),
            max_size=30,
        ),
        max_size=8,
    )
)
def test_any_rows_read_the_same(rows: list[list[str | float | None]]) -> None:
    content = make_xlsx(rows)
    whole = parse_workbook("retour.xlsx", content)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(prescan, "BIG", 0)
        check_same(whole, parse_workbook("retour.xlsx", content))


if FILES:

    def test_workbooks_made_by_others_read_the_same(
        read_cut: Callable[[bytes], Workbook], record_property: Callable[[str, object], None]
    ) -> None:
        read = cut = 0
        for path in FILES:
            try:
                whole = parse_workbook("retour.xlsx", path.read_bytes())
            except UnreadableError:
                continue
            cut += check_same(whole, read_cut(path.read_bytes()))
            read += 1
        record_property("files", f"{read} files, {cut} sheets cut")
        assert cut


def scan(text: bytes, size: int = 1 << 20) -> CellTable:
    """The cells of a sheet given by pieces of a size."""
    with ThreadPoolExecutor(2) as cutters:
        cells = CellScan(cutters)
        for start in range(0, len(text), size):
            cells.feed(text[start : start + size])
        return cells.finish()


@pytest.mark.parametrize("size", [1, 7, 40, 1000])
def test_pieces_of_any_size_give_the_same_cells(size: int) -> None:
    table = scan(SHEET % (ROW + ROW.replace(b"2", b"3")), size)
    assert table.rows.tolist() == [1, 1, 2, 2]
    assert table.columns.tolist() == [0, 54, 0, 54]
    assert table.ranks.tolist() == [0, 1, 0, 2]
    assert table.distinct[0] == b'" t="s"><v>3</v></c>\n'


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"<worksheet/>",
        b"<worksheet><sheetData/></worksheet>",
        SHEET % b"",
        (SHEET % ROW)[:-40],
        SHEET % ROW.replace(b"<v>", b"<!-- <c --><v>"),
        SHEET % ROW.replace(b"<v>3", b"<v><![CDATA[<c r=]]>3"),
        SHEET % ROW.replace(b'r="A2"', b"r='A2'"),
        SHEET % ROW.replace(b'r="A2" t="s"', b't="s" r="A2"'),
        SHEET % ROW.replace(b'r="A2" ', b""),
        SHEET % ROW.replace(b"A2", b"a2"),
        SHEET % ROW.replace(b"A2", b"A0"),
        SHEET % ROW.replace(b"A2", b"AAAA2"),
        SHEET % ROW.replace(b"A2", b"A2000000"),
        SHEET % ROW.replace(b"A2", b"XFE2"),
        SHEET % b'<row><c r="</row>',
        SHEET % ROW.replace(b"<c ", b"<x:c "),
        SHEET % (ROW + b"</sheetData>" + ROW),
    ],
)
def test_a_sheet_not_written_as_spreadsheets_do_is_not_cut(text: bytes) -> None:
    with pytest.raises(NotPlainError):
        scan(text)


def test_a_sheet_that_cannot_be_cut_is_read_whole(read_cut: Callable[[bytes], Workbook]) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(make_xlsx([["Commune", 12.0]]))) as archive, zipfile.ZipFile(stream, "w") as out:
        for part in archive.namelist():
            out.writestr(part, archive.read(part).replace(b"<row", b"<!-- note --><row"))
    (sheet,) = read_cut(stream.getvalue()).sheets
    assert not isinstance(sheet.rows, Grid)
    assert sheet.rows == [["Commune", 12.0]]


def test_a_cell_very_far_refuses_a_sheet_that_is_cut(read_cut: Callable[[bytes], Workbook]) -> None:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write(0, 0, 1)
    sheet.write(1_048_575, 16_383, 1)
    book.close()
    with pytest.raises(UnreadableError) as refusal:
        read_cut(stream.getvalue())
    assert refusal.value.code == "feuille_demesuree"


def test_a_row_without_end_is_refused(
    read_cut: Callable[[bytes], Workbook], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prescan, "MAX_ROW", 1_000)
    monkeypatch.setattr(prescan, "_PIECE", 500)
    monkeypatch.setattr(distinct, "_LONGEST", 1_000)
    with pytest.raises(UnreadableError) as refusal:
        read_cut(make_xlsx([[float(n) for n in range(3_000)]]))
    assert refusal.value.code == "ligne_demesuree"
    assert str(refusal.value).endswith(".")


def test_a_style_very_far_is_harmless(read_cut: Callable[[bytes], Workbook]) -> None:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write(0, 0, 1)
    sheet.write_blank(1_048_575, 16_383, None, book.add_format({"bold": True}))
    book.close()
    assert list(read_cut(stream.getvalue()).sheets[0].rows) == [[1]]
