"""Files that nobody should send, and odd ones that people do send, in; a French refusal of their own, or the return
that they hold, out."""

from __future__ import annotations

import io
import struct
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import openpyxl
import pytest

from etl import children, guard, prescan
from etl.annotate import annotate
from etl.reader import parse_workbook
from etl.refusals import SENTENCES
from etl.report import BLOCKING, Options
from etl.run import examine
from etl.workbook import UnreadableError
from tests.hostile_files import (
    ROWS,
    SHEET,
    TITLE,
    big_rows_xml,
    book,
    cell,
    package,
    png,
    repeated,
    rows_xml,
    sheet_xml,
    strict,
    with_duplicate,
    with_shared_strings,
    with_wrong_checksum,
    zip64,
    zipped,
)
from tests.workbook_bytes import make_ods, make_protected, make_xls

RETURN: list[list[str | float | None]] = [[TITLE], *ROWS]
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
EXTERNAL = HEAD + '<!DOCTYPE x [<!ENTITY e SYSTEM "/etc/hostname">]>'
LAUGHS = HEAD + "<!DOCTYPE x [<!ENTITY a0 'ha'>" + "".join(
    f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10)
) + "]>"  # fmt: skip
CSV = "Trimestre;Commune;DE orientés vers le PLIE\nT1 2024;Martigues;12\nT1 2024;Port-de-Bouc;7\n"
TWELVE = '<c r="B3"><v>12</v></c>'
FAR = '<row r="1048576"><c r="XFD1048576"{}</row>'


@dataclass(frozen=True)
class Refused:
    """A file, the code of its refusal, and words that only its sentence has."""

    file: str
    make: Callable[[], bytes]
    code: str
    words: str


REFUSED = {
    "empty": Refused("r.xlsx", lambda: b"", "fichier_vide", "0 octet"),
    "lock file": Refused("~$r.xlsx", lambda: b"\x05Exemple" + b" " * 157, "fichier_verrou", "verrou"),
    "lock file renamed": Refused("r.xlsx", lambda: b"\x05Exemple" + b" " * 157, "fichier_verrou", "verrou"),
    "lock file of LibreOffice": Refused(".~lock.r.xlsx#", lambda: b",hote,,;", "fichier_verrou", "verrou"),
    "external entity": Refused("r.xlsx", lambda: book(head=EXTERNAL), "entites_xml", "DOCTYPE"),
    "entity bomb": Refused("r.xlsx", lambda: book(head=LAUGHS), "entites_xml", "DOCTYPE"),
    "entity after a megabyte": Refused(
        "r.xlsx", lambda: book(head=f"{HEAD}<!--{'x' * (1024**2 - len(HEAD) - 12)}--><!DOCTYPE x>"), "entites_xml",
        "DOCTYPE",
    ),
    "entity in UTF-16": Refused(
        "r.xlsx",
        lambda: zipped(package(more={"xl/worksheets/sheet1.xml": sheet_xml(head=EXTERNAL).encode("utf-16")})),
        "illisible", "ne se lit pas",
    ),
    "xlsx with a password": Refused("r.xlsx", lambda: make_protected("xlsx"), "protege", "mot de passe"),
    "xls with a password": Refused("r.xls", lambda: make_protected("xls"), "protege", "mot de passe"),
    "ods with a password": Refused("r.ods", lambda: make_protected("ods"), "protege", "mot de passe"),
    "pdf": Refused("r.xlsx", lambda: b"%PDF-1.7\n%%EOF", "autre_format", "document PDF"),
    "picture": Refused("r.xlsx", png, "autre_format", "image PNG"),
    "photograph": Refused("r.xls", lambda: b"\xff\xd8\xff\xe0\0\x10JFIF\0", "autre_format", "image JPEG"),
    "docx": Refused("r.xlsx", lambda: zipped({"word/document.xml": b"<w/>"}), "autre_format", "document Word"),
    "doc": Refused(
        "r.xls", lambda: make_protected("xls").replace(_wide("Workbook"), _wide("WordDocument")[:16]) + _wide(
            "WordDocument"), "autre_format", "document Word",
    ),
    "pptx": Refused("r.xlsx", lambda: zipped({"ppt/presentation.xml": b"<p/>"}), "autre_format", "PowerPoint"),
    "odt": Refused(
        "r.ods", lambda: zipped({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<o/>"}),
        "autre_format", "texte OpenDocument",
    ),
    "numbers": Refused("r.xlsx", lambda: zipped({"Index/Document.iwa": b"\0"}), "autre_format", "Numbers"),
    "archive": Refused("r.xlsx", lambda: zipped({"retour.xlsx": book()}), "autre_format", "archive ZIP"),
    "gzip": Refused("r.xlsx", lambda: b"\x1f\x8b\x08\0" + b"\0" * 20, "autre_format", "archive gzip"),
    "web page": Refused("r.xls", lambda: b"<html><table><tr><td>1</td></tr>", "autre_format", "page web"),
    "old xml": Refused(
        "r.xls", lambda: b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>', "autre_format",
        "XML de 2003",
    ),
    "json": Refused("r.xlsx", lambda: b'[{"commune": "Martigues", "orientes": 12}]', "autre_format", "JSON"),
    "rtf": Refused("r.doc", lambda: b"{\\rtf1 bonjour}", "autre_format", "RTF"),
    "random bytes": Refused("r.xlsx", lambda: bytes(range(256)) * 4, "format_inconnu", "tableau CSV"),
    "text in UTF-32": Refused("r.csv", lambda: CSV.encode("utf-32"), "format_inconnu", "tableau CSV"),
    "truncated xlsx": Refused("r.xlsx", lambda: book()[:900], "archive_abimee", "tronqué"),
    "truncated xls": Refused("r.xls", lambda: make_xls(RETURN)[:1_200], "illisible", "tronqué"),
    "wrong checksum": Refused("r.xlsx", lambda: with_wrong_checksum(book()), "archive_abimee", "archive"),
    "two parts of one name": Refused(
        "r.xlsx", lambda: with_duplicate(book(), "xl/worksheets/sheet1.xml", sheet_xml("").encode()),
        "archive_ambigue", "xl/worksheets/sheet1.xml",
    ),
    "thousands of parts": Refused(
        "r.xlsx", lambda: zipped(package(more={f"xl/media/{n}.xml": b"" for n in range(5_001)})),
        "archive_suspecte", "5006 parties",
    ),
    "two sheets of one name": Refused(
        "r.xlsx", lambda: zipped(_renamed(package({SHEET: sheet_xml(), "Autre": sheet_xml("")}))),
        "feuilles_homonymes", f"« {SHEET} »",
    ),
    "no sheet": Refused("r.xlsx", lambda: zipped(package({})), "aucune_feuille", "aucune feuille"),
    "chart sheets only": Refused(
        "r.xlsx", lambda: zipped(package({"Graphique": "<chartsheet/>"}, kind="chartsheet")), "aucune_grille",
        "feuilles de graphique",
    ),
    "hidden sheet only": Refused(
        "r.xlsx", lambda: zipped(package(states={SHEET: "hidden"})), "feuilles_masquees", "masquées"
    ),
    "very hidden sheet only": Refused(
        "r.xlsx", lambda: zipped(package(states={SHEET: "veryHidden"})), "feuilles_masquees", "masquées"
    ),
    "styled blank cells only": Refused(
        "r.xlsx", lambda: book('<row r="1"><c r="A1" s="0"/><c r="B1" s="0"/></row>'), "cellules_vides", "vides"
    ),
    "no cell": Refused("r.xlsx", lambda: book(""), "cellules_vides", "vides"),
    "texts only": Refused("r.xlsx", lambda: book(f"<row>{cell('A1', 'Bonjour')}</row>"), "aucun_chiffre", "tableau"),
    "two corners": Refused(
        "r.xlsx", lambda: book(rows_xml() + FAR.format("><v>1</v></c>")), "feuille_demesuree", "1048576 lignes"
    ),
    "two corners between apostrophes": Refused(
        "r.xlsx", lambda: book(rows_xml() + FAR.format("><v>1</v></c>").replace('"', "'")), "feuille_demesuree",
        "1048576 lignes",
    ),
    "far cell written before the last of its row": Refused(
        "r.xlsx", lambda: book(rows_xml() + '<row r="9"><c r="ZZ1048576"><v>1</v></c><c r="A9"><v>2</v></c></row>'),
        "feuille_demesuree", "702 colonnes",
    ),
    "one cell forgotten in the last row": Refused(
        "r.xlsx", lambda: book(rows_xml() + '<row r="1048576"><c r="J1048576"><v>1</v></c></row>'),
        "feuille_demesuree", "oubliée",
    ),
    "deflated bytes overwritten": Refused(
        "r.xlsx", lambda: book()[:60] + b"\xff" * 40 + book()[100:], "archive_abimee", "archive"
    ),
    "control characters as they are": Refused(
        "r.xlsx", lambda: book(rows_xml().replace("Commune", "Commune\x01")), "illisible", "ne se lit pas"
    ),
    "broken tag": Refused("r.xlsx", lambda: book(rows_xml().replace("</c>", "</c~", 1)), "illisible", "ne se lit pas"),
    "broken tag in a big sheet": Refused(
        "r.xlsx", lambda: book(big_rows_xml().replace("</c>", "</c~", 1)), "illisible", "ne se lit pas"
    ),
    "impossible address": Refused(
        "r.xlsx", lambda: book(rows_xml() + '<row><c r="ZZZZZZZZZ99999999999"><v>1</v></c></row>'), "illisible",
        "ne se lit pas",
    ),
    "string that does not exist": Refused(
        "r.xlsx", lambda: with_shared_strings("<si><t>a</t></si>", '<row><c r="A1" t="s"><v>9</v></c></row>'),
        "illisible", "ne se lit pas",
    ),
    "row bomb": Refused("r.xlsx", lambda: repeated(b"<row><c><v>1</v></c></row>", 3_000_000), "bombe", "démesuré"),
    "string bomb": Refused(
        "r.xlsx", lambda: with_shared_strings(f"<si><t>{'a' * 70_000_000}</t></si>", ""), "bombe", "démesuré"
    ),
    "csv of too many rows": Refused("r.csv", lambda: b"a;b\n" * 1_100_000, "csv_demesure", "1100000 lignes"),
    "csv of too many columns": Refused("r.csv", lambda: b";" * 20_000, "csv_demesure", "20000 colonnes"),
}  # fmt: skip


def _wide(text: str) -> bytes:
    return text.encode("utf-16-le")


def _at_root(parts: dict[str, bytes]) -> dict[str, bytes]:
    return {name.replace("xl/", ""): text.replace(b"xl/", b"") for name, text in parts.items()}


def _renamed(parts: dict[str, bytes]) -> dict[str, bytes]:
    name = "xl/workbook.xml"
    return parts | {name: parts[name].replace(b'name="Autre"', f'name="{SHEET}"'.encode())}


@pytest.mark.parametrize("name", REFUSED)
def test_a_hostile_or_broken_file_is_refused_in_its_own_words(name: str) -> None:
    case = REFUSED[name]
    report = examine(case.file, case.make(), Options())
    (refusal,) = [finding for finding in report.findings if finding.severity == BLOCKING]
    assert (refusal.code, report.observations) == (case.code, ())
    assert case.words in refusal.message
    assert refusal.message.endswith(".")
    assert "/etc" not in refusal.message


@dataclass(frozen=True)
class Odd:
    """A file that holds the small return, and what is told of it besides."""

    file: str
    make: Callable[[], bytes]
    told: str | None = None


ODD = {
    "plain": Odd("r.xlsx", book),
    "macros": Odd("r.xlsm", lambda: zipped(package(more={"xl/vbaProject.bin": b"\0"})), "macros_ignorees"),
    "links to other files": Odd(
        "r.xlsx", lambda: zipped(package(more={"xl/externalLinks/externalLink1.xml": b"<x/>"})), "liens_externes"
    ),
    "embedded document": Odd(
        "r.xlsx", lambda: zipped(package(more={"xl/embeddings/note.docx": b"PK"})), "objets_incorpores"
    ),
    "xls named xlsx": Odd("r.xlsx", lambda: make_xls(RETURN, SHEET), "extension_trompeuse"),
    "csv named xlsx": Odd("r.xlsx", CSV.encode, "extension_trompeuse"),
    "xlsx named csv": Odd("r.csv", book, "extension_trompeuse"),
    "ods": Odd("r.ods", lambda: make_ods(RETURN, SHEET)),
    "csv in cp1252": Odd("r.csv", lambda: CSV.encode("cp1252")),
    "csv in UTF-16": Odd("r.csv", lambda: CSV.encode("utf-16")),
    "csv between tabs": Odd("r.csv", lambda: CSV.replace(";", "\t").encode()),
    "own data in UTF-16 beside the cells": Odd(
        "r.xlsx", lambda: zipped(package(more={"customXml/item1.xml": '<?xml version="1.0"?><a/>'.encode("utf-16")}))
    ),
    "parts at the root": Odd("r.xlsx", lambda: zipped(_at_root(package()))),
    "strict variant": Odd("r.xlsx", lambda: strict(book())),
    "zip64": Odd("r.xlsx", lambda: zip64(book())),
    "dimension that lies, too large": Odd("r.xlsx", lambda: book(before='<dimension ref="A1:XFD1048576"/>')),
    "dimension that lies, too small": Odd("r.xlsx", lambda: book(before='<dimension ref="A1"/>')),
    "styled blank cell at the end": Odd("r.xlsx", lambda: book(rows_xml() + FAR.format(' s="0"/>'))),
    "a million styled blank rows": Odd(
        "r.xlsx", lambda: repeated(b'<row><c s="0"/></row>', 1_000_000, before=rows_xml().encode())
    ),
    "paths that climb": Odd("r.xlsx", lambda: zipped(package(more={"../../../../tmp/climbed.xml": b"<x/>"}))),
    "control characters": Odd("r.xlsx", lambda: book(rows_xml().replace("Commune", "Commune_x0001__x000B_"))),
    "formula whose value is an empty text": Odd(
        "r.xlsx", lambda: book(rows_xml().replace(TWELVE, TWELVE + '<c r="C3" t="str"><f>""</f><v></v></c>'))
    ),
    "very hidden sheet beside": Odd(
        "r.xlsx", lambda: zipped(package({SHEET: sheet_xml(), "Listes": sheet_xml()}, states={"Listes": "veryHidden"})),
        "feuille_masquee",
    ),
    "cell in the last column": Odd(
        "r.xlsx", lambda: book(rows_xml().replace("</c></row>", f"</c>{cell('XFD2', 'Remarques')}</row>", 2)),
    ),
    "cell of 32,767 characters": Odd(
        "r.xlsx", lambda: book(rows_xml() + f"<row r='9'>{cell('A9', 'mot ' * 8_191)}{cell('B9', 4)}</row>"),
        "territoire_inconnu",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ODD)
def test_an_odd_workbook_loads_and_says_what_is_odd(name: str) -> None:
    odd = ODD[name]
    report = examine(odd.file, odd.make(), Options())
    assert [one.value for one in report.observations] == [12, 7]
    codes = {finding.code for finding in report.findings} - {"convention_deduite", "source_deduite", "source_supposee"}
    assert codes == ({odd.told} if odd.told else set())
    assert all(len(finding.message) < 600 for finding in report.findings)


@pytest.mark.parametrize(
    ("instead", "code"),
    [
        ('<c r="B3"><v>1e308</v></c>', "valeur_demesuree"),
        ('<c r="B3"><v>1e400</v></c>', "aucun_chiffre"),
        ('<c r="B3"><v>NaN</v></c>', "aucun_chiffre"),
        ('<c r="B3"><v>-12</v></c>', "valeur_negative"),
        ('<c r="B3"><v>12.5</v></c>', "valeur_non_entiere"),
        ('<c r="B3"><f>6+6</f></c>', "formule_sans_valeur"),
        ('<c r="B3"><f>6+6</f><v></v></c>', "formule_sans_valeur"),
        ('<c r="B3" t="e"><f>6/0</f><v>#DIV/0!</v></c>', "cellule_en_erreur"),
        ('<c r="B3" t="d"><v>9999-99-99T00:00:00</v></c>', "aucun_chiffre"),
        ('<c r="B3" t="d"><v>1900-02-29T00:00:00</v></c>', "aucun_chiffre"),
        ('<c r="B3" t="b"><v>1</v></c>', "aucun_chiffre"),
    ],
)
def test_a_cell_without_a_count_is_told_and_never_a_zero(instead: str, code: str) -> None:
    report = examine("r.xlsx", book(rows_xml().replace(TWELVE, instead)), Options())
    assert {one.cell: one.value for one in report.observations} in ({"B4": 7}, {})
    assert code in {finding.code for finding in report.findings}


def test_a_file_too_large_is_refused_before_it_is_read() -> None:
    report = examine("r.xlsx", b"PK\x03\x04" + bytes(guard.MAX_BYTES), Options())
    assert [finding.code for finding in report.findings] == ["trop_gros"]
    assert "60 Mo" in report.findings[0].message


def test_more_cells_than_any_return_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prescan, "MAX_CELLS", 2)
    with pytest.raises(UnreadableError) as refusal:
        prescan.scan_archive(book())
    assert refusal.value.code == "trop_de_cellules"
    assert "2 cellules remplies" in str(refusal.value)


def test_one_long_text_in_a_hundred_thousand_cells_dies_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(children, "MEMORY", 1024**3)
    row = "".join(f'<c r="{letter}{{r}}" t="s"><v>0</v></c>' for letter in "ABCDEFGHIJ")
    rows = "".join(f'<row r="{r}">{row.format(r=r)}</row>' for r in range(1, 10_001))
    content = with_shared_strings(f"<si><t>{'a' * 32_767}</t></si>", rows)
    children.dismiss()
    report = examine("r.xlsx", content, Options())
    assert [finding.code for finding in report.findings] == ["trop_de_memoire"]


@pytest.mark.parametrize("make", [book, lambda: make_ods(RETURN), lambda: make_xls(RETURN)], ids=["xlsx", "ods", "xls"])
def test_a_file_truncated_at_any_byte_is_refused_or_whole(make: Callable[[], bytes]) -> None:
    content = make()
    refused: Counter[str] = Counter()
    whole = parse_workbook("r", content).sheets[0].rows
    for end in range(1, len(content), 1 + len(content) // 1_500):
        try:
            assert parse_workbook("r", content[:end]).sheets[0].rows == whole
        except UnreadableError as refusal:
            refused[refusal.code] += 1
    assert refused.keys() <= SENTENCES.keys()
    assert refused.total() > 100


def test_a_label_that_looks_like_a_formula_stays_a_text_in_the_annotated_copy() -> None:
    trick = "=cmd|' /C calc'!A0"
    rows = rows_xml() + f"<row r='5'>{cell('A5', trick)}{cell('B5', 3)}</row>"
    content = zipped(package({"=1+1": sheet_xml(rows)}))
    report = examine("r.xlsx", content, Options())
    assert any(trick in finding.message for finding in report.findings)
    for copied in (content, "\n".join(f"{a};{b}" for a, b in [*ROWS, (trick, 3)]).encode()):
        copy = openpyxl.load_workbook(io.BytesIO(annotate(copied, report.findings)))
        cells = [one for sheet in copy.worksheets for row in sheet.iter_rows() for one in row]
        assert not [one.coordinate for one in cells if one.data_type == "f"]


def test_the_foreign_world_of_a_compound_file_is_not_read_as_cells() -> None:
    """An xls whose records announce impossible lengths is refused, whatever they say."""
    content = bytearray(make_xls(RETURN))
    start = content.find(struct.pack("<HH", 0x809, 16))
    content[start + 2 : start + 4] = b"\xff\xff"
    with pytest.raises(UnreadableError):
        parse_workbook("r.xls", bytes(content))
