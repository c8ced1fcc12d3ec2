"""Workbooks and their findings in; copies with the cells marked and a first sheet of links, out."""

import csv
import io
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.worksheet.datavalidation import DataValidation

from conventions.agreements import load_conventions
from etl.annotate import ALONE, VALUES, WHOLE, annotate, annotated_name
from etl.blank import write_blank
from etl.findings_sheet import FILLS, sort_findings
from etl.memory_writer import save_workbook
from etl.report import BLOCKING, INFORMATION, WARNING, Finding, Options
from etl.run import examine
from tests.workbook_bytes import Rows, make_xlsx

UNKNOWN = Finding(WARNING, "territoire_inconnu", "« Martigue » n’est pas connu.", "T1", "A3")
WRONG = Finding(BLOCKING, "valeur_negative", "Un compte ne peut pas être négatif.", "T1", "B3")
WHOLE_FILE = Finding(WARNING, "deja_charge", "Ce fichier a déjà été chargé.")
SIGHT = Finding(INFORMATION, "ecarte_rate", "Un taux écarté.", "T1", "C3")
DEDUCED = Finding(INFORMATION, "source_deduite", "Source retenue : PLIE.")
FIRST = 6


def make_book() -> Workbook:
    """A return with what a copy must keep: formats, a merge, a rule, a formula, a note, a hidden sheet."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "T1"
    sheet["A1"] = "PLIE – 1er trimestre 2024"
    sheet.merge_cells("A1:C1")
    sheet["A2"], sheet["B2"] = "Commune", "DE orientés"
    sheet["A3"], sheet["B3"] = "Martigue", -4
    sheet["A4"], sheet["B4"] = "Port-de-Bouc", 12
    sheet["A4"].font = Font(bold=True, color="FF0000")
    sheet["B4"].number_format = "#,##0.0"
    sheet["B4"].comment = Comment("Vu avec l’agence.", "Une collègue")
    sheet["B5"] = "=SUM(B3:B4)"
    sheet["C4"] = "=1+1"
    sheet["C4"].data_type = "s"
    rule = DataValidation("whole", operator="greaterThanOrEqual", formula1="0")
    rule.add("B3:B4")
    sheet.add_data_validation(rule)
    book.create_sheet("Listes").sheet_state = "hidden"
    return book


def make(book: Workbook) -> bytes:
    """The bytes of a workbook."""
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def read(content: bytes, findings: Sequence[Finding]) -> Workbook:
    """The annotated copy, opened."""
    return load_workbook(io.BytesIO(annotate(content, findings)), rich_text=True)


def list_lines(book: Workbook) -> list[tuple[object, ...]]:
    """The lines of the first sheet."""
    return list(book.worksheets[0].iter_rows(min_row=FIRST, max_col=3, values_only=True))


def test_copy_opens_on_the_findings_the_gravest_first() -> None:
    book = read(make(make_book()), [SIGHT, WHOLE_FILE, UNKNOWN, WRONG])
    assert book.sheetnames == ["Constats", "T1", "Listes"]
    assert book.active is book.worksheets[0]
    assert [sheet.sheet_view.tabSelected for sheet in book.worksheets] == [True, False, False]
    assert list_lines(book) == [
        ("▼ À corriger", "T1!B3", WRONG.message),
        ("! À vérifier", "tout le fichier", WHOLE_FILE.message),
        ("! À vérifier", "T1!A3", UNKNOWN.message),
        ("i Information", "T1!C3", SIGHT.message),
    ]
    assert [book.worksheets[0][f"A{row}"].value for row in (2, 3)] == [
        "1 à corriger, 2 à vérifier, 1 information.",
        WHOLE,
    ]


def test_address_leads_to_its_cell_inside_the_copy() -> None:
    sheet = read(make(make_book()), [UNKNOWN, WHOLE_FILE]).worksheets[0]
    link = sheet["B6"].hyperlink
    assert link is not None
    assert (link.location, link.target) == ("'T1'!A3", None)
    assert sheet["B7"].hyperlink is None


def test_cell_is_coloured_by_its_gravest_finding_and_tells_all() -> None:
    also = Finding(WARNING, "autre", "Vérifiez aussi.", "T1", "B3")
    cell = read(make(make_book()), [also, WRONG, WRONG])["T1"]["B3"]
    assert cell.fill.fgColor.rgb == f"00{FILLS[BLOCKING]}"
    assert cell.comment is not None
    assert cell.comment.text == f"Jalons : Vérifiez aussi.\n\nJalons : {WRONG.message}"
    assert cell.comment.author == "Jalons"


def test_note_of_the_user_stays_before_ours() -> None:
    comment = read(make(make_book()), [Finding(WARNING, "a", "Un doute.", "T1", "B4")])["T1"]["B4"].comment
    assert comment is not None
    assert (comment.text, comment.author) == ("Vu avec l’agence.\n\nJalons : Un doute.", "Une collègue")


def test_copy_keeps_formats_merges_validations_formulas_and_hidden_sheets() -> None:
    book = read(make(make_book()), [WRONG])
    sheet = book["T1"]
    assert [str(merged) for merged in sheet.merged_cells.ranges] == ["A1:C1"]
    assert [str(rule.sqref) for rule in sheet.data_validations.dataValidation] == ["B3:B4"]
    assert (sheet["A4"].font.b, sheet["A4"].font.color.rgb) == (True, "00FF0000")
    assert (sheet["B4"].number_format, sheet["B4"].value, sheet["B3"].value) == ("#,##0.0", 12, -4)
    assert (sheet["B5"].value, sheet["B5"].data_type) == ("=SUM(B3:B4)", "f")
    assert book["Listes"].sheet_state == "hidden"


def test_text_that_opens_with_an_equal_sign_stays_a_text() -> None:
    named = Finding(WARNING, "a", "=HYPERLINK(1)", "T1", "C4")
    book = read(make(make_book()), [named])
    assert (book["T1"]["C4"].value, book["T1"]["C4"].data_type) == ("=1+1", "s")
    line = book.worksheets[0]["C6"]
    assert (line.value, line.data_type) == ("=HYPERLINK(1)", "s")


def test_finding_inside_a_merged_range_marks_the_cell_that_shows() -> None:
    book = read(make(make_book()), [Finding(WARNING, "a", "Deux années.", "T1", "C1")])
    comment = book["T1"]["A1"].comment
    assert comment is not None
    assert comment.text == "Jalons : Deux années."


def test_hidden_sheet_is_named_without_a_link() -> None:
    book = read(make(make_book()), [Finding(INFORMATION, "a", "Feuille ignorée.", "Listes", "A1")])
    cell = book.worksheets[0]["B6"]
    assert (cell.value, cell.hyperlink) == ("Listes!A1 (feuille masquée)", None)


def test_own_sheet_named_constats_is_kept_beside_ours() -> None:
    given = make_book()
    given.create_sheet("constats")
    assert read(make(given), [WRONG]).sheetnames == ["Constats (2)", "T1", "Listes", "constats"]


def test_findings_of_one_cause_stand_together() -> None:
    findings = [UNKNOWN, Finding(WARNING, "autre", "b"), UNKNOWN, Finding(WARNING, "territoire_inconnu", "c")]
    assert [one.message for one in sort_findings(findings)] == [UNKNOWN.message, UNKNOWN.message, "c", "b"]


@pytest.mark.parametrize(("sheet", "cell"), [("Absente", "A1"), ("T1", "zut"), ("T1", "B3:B4"), (None, "B3")])
def test_address_that_leads_nowhere_is_told_all_the_same(sheet: str | None, cell: str) -> None:
    book = read(make(make_book()), [Finding(WARNING, "a", "Un doute.", sheet, cell)])
    assert list_lines(book)[0][2] == "Un doute."
    assert all(one.comment is None or "Jalons" not in one.comment.text for row in book["T1"] for one in row)


def test_what_was_deduced_of_the_file_is_left_out() -> None:
    assert list_lines(read(make(make_book()), [DEDUCED, UNKNOWN])) == [
        ("! À vérifier", "T1!A3", UNKNOWN.message)
    ]


def test_no_finding_gives_a_copy_that_says_so() -> None:
    book = read(make(make_book()), [])
    assert book.worksheets[0]["A2"].value == "Aucun constat."


def test_csv_comes_back_as_a_workbook_of_its_values() -> None:
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows(
        [["Commune", "Orientés"], ["Martigue", "=12"], ["Port-de-Bouc", "9"]]
    )
    finding = Finding(WARNING, "territoire_inconnu", "« Martigue » n’est pas connu.", "CSV", "A2")
    book = read(text.getvalue().encode("cp1252"), [finding])
    assert book.worksheets[0]["A3"].value == VALUES
    values = book["CSV"]
    assert [cell.value for cell in values["B"]] == ["Orientés", "=12", "9"]
    assert values["B2"].data_type == "s"
    assert values["A2"].comment is not None


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04 tronque",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 vieux classeur abime",
        b"<html>une page</html>",
        bytes(range(256)) * 40,
        make(make_book())[:-700],
        make(make_book())[700:],
    ],
)
def test_file_that_cannot_be_copied_gives_its_findings_alone(content: bytes) -> None:
    book = read(content, [Finding(BLOCKING, "illisible", "Le fichier ne se lit pas.")])
    assert book.sheetnames == ["Constats"]
    assert book.worksheets[0]["A3"].value == ALONE
    assert list_lines(book) == [("▼ À corriger", "tout le fichier", "Le fichier ne se lit pas.")]


def test_workbook_too_large_to_copy_gives_its_findings_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("etl.annotate.MAX_XML", 1000)
    monkeypatch.setattr("etl.annotate.MAX_CELLS", 5)
    assert read(make(make_book()), [WRONG]).sheetnames == ["Constats"]


def test_copy_is_made_without_a_file_on_the_disk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """openpyxl and zipfile would write temporary files: there is no folder to hold one."""
    content = make(make_book())
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "absent"))
    book = read(content, [WRONG])
    assert (book.sheetnames, book.worksheets[0]["A3"].value) == (["Constats", "T1", "Listes"], WHOLE)


def test_copy_says_nothing_that_neither_file_nor_findings_say() -> None:
    given = make_book()
    given.properties.creator = "Une collègue"
    book = read(make(given), [WRONG])
    assert (book.properties.creator, book.properties.lastModifiedBy) == ("Une collègue", None)


def with_macros(content: bytes) -> bytes:
    """The same workbook with a part of macros, as its content types declare it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "[Content_Types].xml":
                data = data.replace(
                    b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
                    b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
                )
            new.writestr(name, data)
        new.writestr("xl/vbaProject.bin", b"des macros")
    return buffer.getvalue()


def test_macros_come_back_under_their_extension() -> None:
    content = with_macros(make(make_book()))
    copy = annotate(content, [WRONG])
    with zipfile.ZipFile(io.BytesIO(copy)) as archive:
        assert archive.read("xl/vbaProject.bin") == b"des macros"
        assert b"macroEnabled" in archive.read("[Content_Types].xml")
    assert annotated_name("suivi.xlsm", content) == "suivi_constats.xlsm"
    assert annotated_name("abime.xlsm", content[:400]) == "abime_constats.xlsx"
    assert annotated_name("suivi.2024.xls", make(make_book())) == "suivi.2024_constats.xlsx"


def test_copy_of_a_return_reads_as_the_return_does() -> None:
    blank = load_workbook(io.BytesIO(write_blank(load_conventions()["troyes"], "france-travail", "2020")))
    blank["PCE"]["C7"], blank["PCE"]["D8"] = 12, 7
    for sheet in blank.worksheets:
        for cell in (one for row in sheet.iter_rows() for one in row if one.data_type == "f"):
            cell.value = " "
    content = save_workbook(blank)
    before = examine("retour.xlsx", content, Options())
    after = examine("retour.xlsx", annotate(content, [*before.findings]), Options())
    assert len(before.observations) == 2
    assert list(after.observations) == list(before.observations)
    assert (after.convention, after.source) == (before.convention, before.source)


def test_every_cell_of_one_cause_is_marked_and_told_once() -> None:
    """A typo in a header takes away the numbers under it: one finding, all of its cells coloured."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Suivi"
    sheet.append(["Commune", "Trimestre", "DE orientés", "DE zorglub"])
    years = range(2023, 2028)
    for name in ("Martigues", "Port-de-Bouc", "Saint-Mitre-les-Remparts"):
        for year in years:
            for quarter in range(1, 5):
                sheet.append([name, f"T{quarter} {year}", 40 + quarter, 30 + quarter])
    content = make(book)
    report = examine("suivi.xlsx", content, Options("plie-martigues", "plie"))
    (typo,) = [finding for finding in report.findings if finding.code == "libelle_inconnu"]
    assert (typo.sheet, typo.cell, typo.areas) == ("Suivi", "D1", (("Suivi", "D2:D61"),))
    assert "60 nombre(s) non retenu(s) (D2 à D61) : « DE zorglub » n’est pas compris" in typo.message
    copy = read(content, [typo])
    marked = [cell for cell in copy["Suivi"]["D"] if cell.fill.fgColor.rgb == f"00{FILLS[WARNING]}"]
    assert len(marked) == 61
    assert [cell.coordinate for cell in marked if cell.comment is not None] == ["D1"]
    assert list_lines(copy)[0][1] == "Suivi!D1 (cellules : D2 à D61)"


def test_an_annotated_copy_deposited_again_is_read_without_its_list_of_findings() -> None:
    rows: Rows = [
        ["PLIE du Pays de Martigues, 1er trimestre 2024", None], ["Commune", "DE orientés vers le PLIE"],
        ["Martigues", 12.0], ["Nulle-Part", 3.0],
    ]  # fmt: skip
    first = examine("retour.xlsx", make_xlsx(rows, "Retour"), Options())
    again = examine("retour_constats.xlsx", annotate(make_xlsx(rows, "Retour"), first.findings), Options())
    assert [(one.sheet, one.cell, one.value) for one in again.observations] == [("Retour", "B3", 12.0)]
    own = [(one.severity, one.sheet) for one in again.findings if one.code == "constats_de_jalons"]
    assert own == [(INFORMATION, "Constats")]
    assert [one for one in again.findings if one.sheet == "Constats" and one.code != "constats_de_jalons"] == []


def test_a_copy_that_holds_the_list_alone_is_refused_in_words() -> None:
    alone = annotate(b"", [Finding(BLOCKING, "illisible", "Le fichier ne se lit pas.")])
    report = examine("constats.xlsx", alone, Options())
    assert {"constats_de_jalons", "cellules_vides"} <= {finding.code for finding in report.findings}
