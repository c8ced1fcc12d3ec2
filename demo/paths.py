"""The invented paths in; the workbook of individual paths, one row each, out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from conventions.catalogue import load_catalogue
from demo.plie_sorties import name_motif
from demo.samples import Sample
from demo.sheets import Cell, Labels, open_book, retype, tabulate, write_page
from demo.world import COMMUNES, Dossier

RENAMED = date(2024, 1, 1)
PUBLICS = {"RSA": "rsa", "ASS": "ass", "DELD": "deld", "RQTH": "rqth", "QPV": "qpv",
           "Chef de famille monoparentale": "monoparental", "RSA socle": "rsa_socle", "RSA majoré": "rsa_majore",
           "AAH": "aah", "Jeune sans qualification": "jeune_sans_qualification", "Senior": "seniors",
           "Sous main de justice": "justice"}  # fmt: skip


def _agence(dossier: Dossier) -> str | None:
    if dossier.orientation is None:
        return None
    return f"{'France Travail' if dossier.orientation >= RENAMED else 'Pôle emploi'} Martigues"


def _label(axis: str, code: str) -> str:
    return load_catalogue().axes[axis].values[code]


def _has(public: str) -> Callable[[Dossier], Cell]:
    return lambda dossier: "oui" if public in dossier.publics else "non"


COLUMNS: Mapping[str, Callable[[Dossier], Cell]] = {
    "Code INSEE": lambda dossier: int(dossier.person.commune),
    "Commune": lambda dossier: COMMUNES[dossier.person.commune],
    "Agence": _agence,
    "Prescripteur": lambda dossier: dossier.prescripteur,
    "Date d'orientation": lambda dossier: dossier.orientation,
    "Date du premier contact": lambda dossier: dossier.contact,
    "Date d'entrée en diagnostic": lambda dossier: dossier.diagnostic,
    "Date d'intégration": lambda dossier: dossier.integration,
    "Date de sortie": lambda dossier: dossier.sortie,
    "Motif de sortie": lambda dossier: name_motif(dossier) or None,
    "Sexe": lambda dossier: _label("sexe", dossier.person.sexe),
    "Tranche d'âge": lambda dossier: _label("age", dossier.person.age),
    **{header: _has(public) for header, public in PUBLICS.items()},
    "Niveau de formation": lambda dossier: _label("niveau_formation", dossier.person.niveau),
    "Nombre d'entretiens": lambda dossier: dossier.entretiens or None,
}
# One row in so many was typed otherwise: a date as text, an answer in capitals, a space too many.
ODDITIES: Mapping[str, tuple[int, Callable[[Cell], Cell]]] = {
    "Date d'orientation": (
        211,
        lambda value: value.strftime("%d/%m/%Y") if isinstance(value, date) else value,
    ),
    "RSA": (173, lambda value: str(value).upper()),
    "Commune": (149, lambda value: f"{value} "),
}


def write_paths(out: Path, dossiers: Sequence[Dossier]) -> list[Sample]:
    """Write the individual paths in the order of arrival, on one sheet."""
    path = out / "PLIE_Pays_de_Martigues_parcours_2023-2026.xlsx"
    rows: dict[Labels, Dossier] = {(dossier.number,): dossier for dossier in dossiers}
    columns: dict[Labels, Callable[[Dossier], Cell]] = {(header,): read for header, read in COLUMNS.items()}
    table = tabulate(rows, columns, lambda dossier, read: read(dossier))
    order = list(COLUMNS)
    typed = {
        (row, order.index(header)): change(table.cells[row][order.index(header)])
        for header, (step, change) in ODDITIES.items()
        for row in range(step, len(dossiers), step)
    }
    with open_book(path) as book:
        table = replace(retype(table, typed), corner=("N° dossier",))
        write_page(book, "Parcours", table, widths=(14, 12, 26, 26, 18, 18))
    return [Sample(path, "plie-martigues", "plie")]
