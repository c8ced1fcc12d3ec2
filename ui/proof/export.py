"""A proof in; its file out: its citation, then every cell that is listed, secrecy applied."""

from __future__ import annotations

from collections.abc import Iterator

from conventions.catalogue import Catalogue
from conventions.periods import parse_period
from conventions.values import parse_segment
from indicators.proof import Proof
from indicators.trace import TracedCell
from ui.export import Sheet, Value
from ui.proof.words import ROLES, name_segment
from ui.wording import name_place

HEADINGS = (
    "Rôle", "Mesure", "Segment", "Territoire", "Période", "Valeur", "État", "Fichier", "Feuille", "Cellule", "Import",
    "Reçu le", "Déposé par", "Compte dans le chiffre",
)  # fmt: skip
SHEET = "Preuve"


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


def build_sheet(proof: Proof, catalogue: Catalogue, citation: str) -> Sheet:
    """The file of a proof."""
    return Sheet(SHEET, [citation], HEADINGS, list(list_rows(proof, catalogue)))
