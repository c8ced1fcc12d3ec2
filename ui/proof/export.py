"""A proof in; the same as a file (csv, xlsx) out: its citation, then every cell that is listed, secrecy applied."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

import xlsxwriter

from conventions.catalogue import Catalogue
from conventions.periods import parse_period
from conventions.values import parse_segment
from indicators.proof import Proof
from indicators.trace import TracedCell
from ui.proof.words import ROLES, name_segment
from ui.wording import name_place

HEADINGS = (
    "Rôle", "Mesure", "Segment", "Territoire", "Période", "Valeur", "État", "Fichier", "Feuille", "Cellule", "Import",
    "Reçu le", "Déposé par", "Compte dans le chiffre",
)  # fmt: skip
# A spreadsheet takes a text that begins so for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
Value = str | float


def list_rows(proof: Proof, catalogue: Catalogue) -> Iterator[tuple[Value, ...]]:
    """One row a cell, in the order of the dialog."""
    for side in proof.sides:
        for line in side.lines:
            for cell in line.cells:
                yield _write_row(cell, proof, catalogue)


def _write_row(cell: TracedCell, proof: Proof, catalogue: Catalogue) -> tuple[Value, ...]:
    return (
        ROLES[cell.role],
        catalogue.indicator(cell.measure).label,
        name_segment(parse_segment(cell.segment), catalogue),
        name_place(cell.territory, proof.convention),
        parse_period(cell.period).label,
        "" if cell.value is None else cell.value,
        cell.state,
        cell.file,
        cell.sheet or "",
        cell.cell or "",
        cell.import_id,
        f"{cell.loaded_on:%d/%m/%Y}",
        cell.author,
        "oui" if cell.is_current else "non, remplacé",
    )


def write_csv(proof: Proof, catalogue: Catalogue, citation: str) -> bytes:
    """As a French spreadsheet opens it: semicolons, decimal comma, UTF-8 with its mark."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([citation])
    writer.writerow(HEADINGS)
    writer.writerows([_disarm(one) for one in row] for row in list_rows(proof, catalogue))
    return text.getvalue().encode("utf-8-sig")


def _disarm(value: Value) -> str:
    if not isinstance(value, str):
        return str(int(value) if float(value).is_integer() else value).replace(".", ",")
    return f"'{value}" if value.startswith(_FORMULA) else value


def write_xlsx(proof: Proof, catalogue: Catalogue, citation: str) -> bytes:
    """One sheet: the citation, then the cells as a filtered table; no text becomes a formula or a link."""
    content = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(content, options) as book:
        sheet, bold = book.add_worksheet("Preuve"), book.add_format({"bold": True, "bottom": 1})
        sheet.write_string(0, 0, citation)
        sheet.write_row(2, 0, HEADINGS, bold)
        rows = list(list_rows(proof, catalogue))
        for rank, row in enumerate(rows, start=3):
            sheet.write_row(rank, 0, row)
        sheet.autofilter(2, 0, 2 + len(rows), len(HEADINGS) - 1)
        sheet.freeze_panes(3, 0)
        sheet.set_column(0, len(HEADINGS) - 1, 16)
    return content.getvalue()
