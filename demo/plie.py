"""The invented paths in; the PLIE's quarterly returns, laid out differently each year, out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from conventions.periods import Period
from demo.counts import count
from demo.plie_annexes import write_clauses, write_entretiens, write_publics
from demo.plie_sorties import write_motifs, write_moyens, write_refus
from demo.samples import Sample
from demo.sheets import (
    Book,
    Cell,
    Labels,
    Rate,
    open_book,
    retype,
    tabulate,
    write_crosstab,
    write_lines,
    write_page,
)
from demo.world import COMMUNES, QUARTERS, Dossier

CONVENTION, SOURCE = "plie-martigues", "plie"
PLIE = "PLIE Pays de Martigues"
LINES = {
    "orientes": "DE orientés vers le PLIE",
    "presents": "DE présents / reçus en premier accueil",
    "diagnostics": "DE entrés en phase de diagnostic",
    "integres": "Personnes intégrées au dispositif",
    "integres_france_travail": "Personnes intégrées au dispositif, prescripteur France Travail",
    "sorties": "Sorties totales",
    "sorties_positives": "Sorties positives",
    "participants": "Participants en parcours",
    "participants_rsa": "Participants en parcours, allocataires du RSA",
}
# The headers of the first year, when the agence was still called Pôle emploi.
HEADERS_2023 = {
    "orientes": "DE orientés",
    "presents": "DE présents",
    "diagnostics": "Entrées en diagnostic",
    "integres": "Intégrations",
    "integres_france_travail": "dont prescripteur Pôle emploi",
    "sorties": "Sorties totales",
    "sorties_positives": "Sorties positives",
    "participants": "Participants en parcours (file active)",
    "participants_rsa": "dont allocataires du RSA",
}
NAMES_2023 = {"13056": "Martigues ", "13077": "Port de Bouc", "13098": "St-Mitre-les-Remparts"}
# The first edition of a workbook of 2025 counted people of Port-de-Bouc twice.
COUNTED_TWICE = ("orientes", "2025-T2", "13077", 6)


@dataclass(frozen=True)
class Counts:
    """The paths, and how many more a mistaken edition counts for one line, quarter and commune."""

    dossiers: Sequence[Dossier]
    mistakes: Mapping[tuple[str, str, str], int]

    def value(self, line: str, quarter: Period, commune: str) -> int:
        """What a cell of the return says."""
        mistake = self.mistakes.get((line, quarter.code, commune), 0)
        return count(self.dossiers, line, quarter, commune=commune) + mistake


def write_plie(out: Path, dossiers: Sequence[Dossier]) -> list[Sample]:
    """Write the returns of 2023 to the third quarter of 2026, in the order in which they were sent."""
    counts = Counts(dossiers, {})
    *cell, excess = COUNTED_TWICE
    first_edition = Counts(dossiers, {(str(cell[0]), str(cell[1]), str(cell[2])): int(excess)})
    paths = [
        _write_2023(out / "PLIE_Pays_de_Martigues_suivi_2023.xlsx", counts),
        _write_2024(out / "PLIE_Pays_de_Martigues_suivi_2024.xlsx", counts),
        _write_2025(out / "PLIE_Pays_de_Martigues_suivi_2025_T1_T2.xlsx", first_edition, parts=(1, 2)),
        _write_2025(out / "PLIE_Pays_de_Martigues_suivi_2025_T1_T2_v2.xlsx", counts, parts=(1, 2)),
        _write_2025(out / "PLIE_Pays_de_Martigues_suivi_2025_T3_T4.xlsx", counts, parts=(3, 4)),
        *(
            _write_2026(out / f"PLIE_Pays_de_Martigues_{quarter.code}.xlsx", counts, quarter)
            for quarter in _quarters(2026)
        ),
    ]
    return [Sample(path, CONVENTION, SOURCE) for path in paths]


def _quarters(year: int) -> tuple[Period, ...]:
    return tuple(quarter for quarter in QUARTERS if quarter.year == year)


def _write_annexes(book: Book, counts: Counts, quarters: Sequence[Period]) -> None:
    write_motifs(book, counts.dossiers, quarters)
    write_refus(book, counts.dossiers, quarters)
    write_moyens(book, counts.dossiers, quarters)
    write_publics(book, counts.dossiers, quarters)
    write_entretiens(book, counts.dossiers, quarters)
    write_clauses(book, quarters)


def _write_2023(path: Path, counts: Counts) -> Path:
    """A sheet per quarter, communes × measures, with totals by formula and a rate."""
    with open_book(path) as book:
        for quarter in _quarters(2023):
            _write_quarter(book, counts, quarter)
        _write_annexes(book, counts, _quarters(2023))
    return path


def _write_quarter(book: Book, counts: Counts, quarter: Period) -> None:
    rows: dict[Labels, str] = {(int(code), name): code for code, name in NAMES_2023.items()}
    columns: dict[Labels, str] = {(label,): line for line, label in HEADERS_2023.items()}
    table = tabulate(rows, columns, lambda commune, line: counts.value(line, quarter, commune))
    # In the second quarter a commune had not counted who was present.
    if quarter.code == "2023-T2":
        table = retype(table, {(2, 1): "n.c. "})
    table = replace(
        table, corner=("Code INSEE", "Commune"), total=("", "Total"), rates=_rates(columns.values())
    )
    titles = [f"PLIE PAYS DE MARTIGUES – Suivi {quarter.label}"]
    notes = ["Source : PLIE, suivi des participants.", "Lecture : un taux se lit en flux, sur le trimestre."]
    name = f"T{(quarter.month + 2) // 3}"
    write_page(book, name, table, titles=titles, notes=notes, widths=(12, 28, 15))


def _rates(lines: Iterable[str]) -> tuple[Rate, ...]:
    order = list(lines)
    return (
        Rate("Taux de présence (%)", order.index("presents"), order.index("orientes")),
        Rate("Taux de sorties positives (%)", order.index("sorties_positives"), order.index("sorties")),
    )


def _write_2024(path: Path, counts: Counts) -> Path:
    """One sheet, a block per commune, measures × quarters."""
    with open_book(path) as book:
        sheet = book.add_sheet("Suivi 2024", widths=(62, 12))
        top = write_lines(book, sheet, [f"{PLIE} – suivi trimestriel 2024"], top=0, style="title")
        for commune, name in COMMUNES.items():
            top = write_lines(book, sheet, [f"Commune de {name}"], top=top + 1, style="title")
            rows: dict[Labels, str] = {(label,): line for line, label in LINES.items()}
            columns: dict[Labels, Period] = {(_short(quarter),): quarter for quarter in _quarters(2024)}

            def value(line: str, quarter: Period, commune: str = commune) -> Cell:
                return counts.value(line, quarter, commune)

            table = tabulate(rows, columns, value)
            # Two counts typed as text, one with a no-break space behind it.
            if commune == "13056":
                table = retype(table, {(0, 1): f"{table.cells[0][1]}", (1, 1): f"{table.cells[1][1]}\u00a0"})
            top = write_crosstab(book, sheet, replace(table, corner=("Indicateur",)), top=top)
        write_lines(book, sheet, ["Source : PLIE. Données arrêtées au 31/12/2024."], top=top + 1)
        _write_annexes(book, counts, _quarters(2024))
    return path


def _short(quarter: Period) -> str:
    return f"T{(quarter.month + 2) // 3} {quarter.year}"


def _write_2025(path: Path, counts: Counts, *, parts: tuple[int, ...]) -> Path:
    """Quarters merged above communes, measures in rows, an empty column between two quarters."""
    quarters = tuple(quarter for quarter in _quarters(2025) if (quarter.month + 2) // 3 in parts)
    with open_book(path) as book:
        rows: dict[Labels, str] = {(label,): line for line, label in LINES.items()}
        columns: dict[Labels, tuple[Period, str] | None] = {}
        for quarter in quarters:
            columns |= {("", ""): None} if columns else {}
            columns |= {(_short(quarter), name): (quarter, commune) for commune, name in COMMUNES.items()}
        table = tabulate(rows, columns, lambda line, key: counts.value(line, *key) if key else None)
        titles = [f"{PLIE} : tableau de bord trimestriel"]
        notes = [
            "Champ : personnes orientées vers le PLIE et participants en parcours.",
            "(1) Y compris un contrat reçu après la fin du trimestre.",
        ]
        table = replace(retype(table, {(3, 0): f"{table.cells[3][0]} (1)"}), corner=("Indicateur",))
        write_page(book, "Tableau de bord", table, titles=titles, notes=notes, widths=(62, 14))
        _write_annexes(book, counts, quarters)
    return path


def _write_2026(path: Path, counts: Counts, quarter: Period) -> Path:
    """A long table: territory, period, indicator, value."""
    with open_book(path) as book:
        rows: dict[Labels, tuple[str, str]] = {
            (name, quarter.code, label): (line, commune)
            for line, label in LINES.items()
            for commune, name in COMMUNES.items()
        }
        table = tabulate(rows, {("Valeur",): None}, lambda row, _: counts.value(row[0], quarter, row[1]))
        table = replace(table, corner=("Territoire", "Période", "Indicateur"))
        write_page(book, "Données", table, widths=(28, 14, 62, 12))
        _write_annexes(book, counts, (quarter,))
    return path
