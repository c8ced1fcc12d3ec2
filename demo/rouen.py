"""A seed in; the yearly workbooks of Rouen and its CCAS, by quarter, out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import product
from pathlib import Path
from random import Random

from conventions.agreements import load_conventions
from conventions.catalogue import load_catalogue
from conventions.periods import Period, parse_period
from demo.chance import draw_count
from demo.rouen_suivi import write_follow_up, write_publics
from demo.samples import Sample
from demo.sheets import Book, Cell, Crosstab, Labels, open_book, tabulate, write_page

CONVENTION, SOURCE = "rouen", "france-travail"
QUARTERS = tuple(
    quarter
    for year in (2023, 2024, 2025)
    for quarter in parse_period(str(year)).parts("trimestre")
    if quarter.code >= "2023-T3"
)
DEFM = {"A": 8200.0, "B": 1500.0, "C": 2500.0}
# Usual counts of a quarter, and the axis and values that split a line.
ACTIONS = {
    "pec_signes": 11,
    "tousmobilises": 2,
    "clauses_orientes": 46,
    "clauses_recrutes": 18,
    "tzcld_recenses": 24,
    "tzcld_volontaires": 9,
    "rencontres_uts": 3,
}

SPLITS: Mapping[tuple[str, str], Mapping[str, float]] = {
    ("pmsmp", "objet"): {"decouvrir_metier": 31, "confirmer_projet": 44, "initier_recrutement": 19},
    ("pec_livrets", "moment"): {"mois_1": 10, "mi_parcours": 8, "trois_quarts": 6},
}


def list_places() -> dict[str, str]:
    """The quartiers prioritaires of the convention, by code."""
    return {place.code: place.name for place in load_conventions()[CONVENTION].places if place.kind == "qpv"}


def write_rouen(out: Path, seed: int) -> list[Sample]:
    """Write a workbook per year, from the third quarter of 2023 to the end of 2025."""
    random, samples = Random(f"rouen-{seed}"), []
    for year in (2023, 2024, 2025):
        path = out / f"France_Travail_Rouen_{year}.xlsx"
        quarters = [quarter for quarter in QUARTERS if quarter.year == year]
        with open_book(path) as book:
            seekers = _write_defm(book, random, quarters)
            actions = _write_actions(book, random, quarters)
            splits = {code: _write_split(book, random, quarters, code, axis) for code, axis in SPLITS}
            write_publics(book, quarters, seekers)
            write_follow_up(book, quarters, actions, splits["pec_livrets"])
        samples.append(Sample(path, CONVENTION, SOURCE))
    return samples


def _grouped(value: int) -> Cell:
    """A count as some tools export it: text, with a no-break space in the thousands."""
    return f"{value:,}".replace(",", "\u00a0") if value >= 1000 else value


def _write_defm(book: Book, random: Random, quarters: Sequence[Period]) -> list[int]:
    """Job seekers: the city and its quartiers × categories under the last month of each quarter; those of
    categories A, B, C of the city, by quarter."""
    shares = {"76540": 1.0} | {code: 0.055 / (1 + rank / 4) for rank, code in enumerate(list_places())}
    names, labels = {"76540": "Rouen", **list_places()}, load_catalogue().axes["categorie"].values
    counts: dict[tuple[str, str, str], int] = {}
    for quarter, place in product(quarters, names):
        parts = {code: draw_count(random, usual * shares[place]) for code, usual in DEFM.items()}
        for code, value in (parts | {"ABC": sum(parts.values())}).items():
            counts[place, quarter.code, code] = value
    columns: dict[Labels, tuple[str, str]] = {
        (quarter.parts("mois")[-1].label, labels[code]): (quarter.code, code)
        for quarter in quarters
        for code in (*DEFM, "ABC")
    }
    rows: dict[Labels, str] = {(name,): code for code, name in names.items()}
    table = tabulate(rows, columns, lambda place, key: _grouped(counts[place, *key]))
    titles = [
        "Demandeurs d'emploi en fin de mois (DEFM)",
        "Ville de Rouen et quartiers prioritaires, données brutes",
    ]
    notes = ["Source : France Travail, STMT.", "Champ : inscrits en fin de mois."]
    table = replace(table, corner=("Territoire",))
    write_page(book, "DEFM", table, titles=titles, notes=notes, widths=(40, 16))
    return [counts["76540", quarter.code, "ABC"] for quarter in quarters]


def _write_actions(book: Book, random: Random, quarters: Sequence[Period]) -> list[int]:
    """Actions of the city: measures × quarters; the joint #TousMobilisés actions, by quarter."""
    rows: dict[Labels, float] = {(load_catalogue().measures[code].label,): usual for code, usual in ACTIONS.items()}
    table = _by_quarter(rows, random, quarters, "Indicateur")
    write_page(book, "Actions", table, titles=["Ville de Rouen et CCAS – actions communes"], widths=(62, 22))
    return [int(str(value)) for value in table.cells[list(ACTIONS).index("tousmobilises")]]


def _write_split(book: Book, random: Random, quarters: Sequence[Period], code: str, axis: str) -> Crosstab:
    """One measure of the city, split: values × quarters; the table that was written."""
    labels = load_catalogue().axes[axis].values
    rows: dict[Labels, float] = {(labels[value],): usual for value, usual in SPLITS[code, axis].items()}
    table = _by_quarter(rows, random, quarters, load_catalogue().axes[axis].label)
    titles = [f"{load_catalogue().measures[code].label} – Ville de Rouen"]
    write_page(book, code.upper().replace("_", " "), table, titles=titles, widths=(40, 22))
    return table


def _by_quarter(rows: Mapping[Labels, float], random: Random, quarters: Sequence[Period], corner: str) -> Crosstab:
    columns: dict[Labels, Period] = {(quarter.label,): quarter for quarter in quarters}
    table = tabulate(rows, columns, lambda usual, _: draw_count(random, usual))
    return replace(table, corner=(corner,))
