"""Bytes of workbooks in; grids at their addresses, or a French refusal, out."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, time

import openpyxl
import pytest
import xlsxwriter

from etl.reader import parse_workbook
from etl.workbook import Sheet, UnreadableError
from tests.workbook_bytes import Rows, make_ods, make_protected, make_xls, make_xlsx

ROWS: list[list[str | float]] = [["Commune", "DE orientés"], ["Martigues", 12.0], ["Port-de-Bouc", 7.0]]


def only(content: bytes, file: str = "retour.xlsx") -> Sheet:
    """The one sheet of a file."""
    (sheet,) = parse_workbook(file, content).sheets
    return sheet


@pytest.mark.parametrize("make", [make_xlsx, make_ods, make_xls])
def test_each_format_gives_the_same_grid(make: Callable[[Rows], bytes]) -> None:
    sheet = only(make(ROWS))
    assert (sheet.name, sheet.rows) == ("T1 2024", ROWS)


def test_the_bytes_say_the_format_whatever_the_name() -> None:
    assert only(make_ods(ROWS), "retour.csv").rows == only(make_xls(ROWS), "retour.xlsx").rows == ROWS


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("mark", [";", ",", "\t"])
def test_a_csv_is_read_in_any_encoding_and_with_any_mark(encoding: str, mark: str) -> None:
    text = f"Commune{mark}DE orientés\r\nMartigues{mark}1 234\r\n"
    sheet = only(text.encode(encoding), "retour.csv")
    assert sheet.rows == [["Commune", "DE orientés"], ["Martigues", "1 234"]]


def test_a_quoted_comma_is_no_mark() -> None:
    rows = only(b'code,nom,taux\n"01","Ain","60,2"\n', "f.csv").rows
    assert rows[1] == ["01", "Ain", "60,2"]


def make_book() -> bytes:
    """A workbook with a merge, a hidden sheet, dates, and formulas with and without their value."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet, hidden = book.add_worksheet("L’été & l'hiver"), book.add_worksheet("Listes")
    hidden.hide()
    sheet.merge_range(0, 1, 0, 3, "T1 2024")
    sheet.write_datetime(2, 0, date(2024, 6, 1), book.add_format({"num_format": "mmm yy"}))
    sheet.write_datetime(2, 1, time(9, 30), book.add_format({"num_format": "hh:mm"}))
    sheet.write_formula(3, 0, "=1+2", None, 3)
    sheet.write_formula(3, 1, "=1+2", None, "")
    book.close()
    return stream.getvalue()


def test_blank_rows_and_columns_keep_addresses() -> None:
    sheet = parse_workbook("r.xlsx", make_book()).sheets[0]
    assert sheet.rows[0][1] == "T1 2024"
    assert sheet.rows[3][0] == 3
    assert sheet.rows[2][0] == date(2024, 6, 1)
    assert isinstance(sheet.rows[2][1], str)


def test_merges_and_hidden_sheets_are_told() -> None:
    first, second = parse_workbook("r.xlsx", make_book()).sheets
    assert (first.merges, first.has_merges, first.is_hidden) == (((0, 1, 0, 3),), True, False)
    assert (second.name, second.is_hidden) == ("Listes", True)


def test_a_formula_without_value_is_told_by_its_cell() -> None:
    assert parse_workbook("r.xlsx", make_book()).sheets[0].uncached == ("B4",)


def test_a_formula_that_another_library_wrote_is_told_too() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["A2"], sheet["A3"] = 1, 2, "=SUM(A1:A2)"
    stream = io.BytesIO()
    book.save(stream)
    found = only(stream.getvalue())
    assert found.uncached == ("A3",)
    assert found.rows == [[1], [2]]


@pytest.mark.parametrize(
    ("file", "content", "code"),
    [
        ("vide.xlsx", b"", "fichier_vide"),
        ("~$retour.xlsx", b"\x04Zo\xe9", "fichier_verrou"),
        ("page.xls", b"<html><table><tr><td>1</td></tr></table></html>", "autre_format"),
        ("tronque.xlsx", make_xlsx(ROWS)[:900], "archive_abimee"),
        ("tronque.xls", make_xls(ROWS)[:700], "illisible"),
        ("photo.png", b"\x89PNG\r\n\x1a\n\x00\x00", "autre_format"),
        ("mot.txt", b"bonjour", "format_inconnu"),
        ("long.csv", b'a;"' + b"x" * 200_000, "format_inconnu"),
    ],
)
def test_what_is_no_workbook_is_refused_in_french(file: str, content: bytes, code: str) -> None:
    with pytest.raises(UnreadableError) as refusal:
        parse_workbook(file, content)
    assert refusal.value.code == code
    assert str(refusal.value).endswith(".")


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_a_password_is_told_as_such(kind: str) -> None:
    with pytest.raises(UnreadableError) as refusal:
        parse_workbook(f"retour.{kind}", make_protected(kind))
    assert refusal.value.code == "protege"
    assert "mot de passe" in str(refusal.value)
