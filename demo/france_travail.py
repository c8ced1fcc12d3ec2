"""The invented paths in; what France Travail recorded of the same quarters, and its returns, out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

from conventions.catalogue import load_catalogue
from conventions.periods import Period
from demo.chance import draw_part, share_out
from demo.counts import count
from demo.samples import Sample
from demo.sheets import Book, Labels, open_book, tabulate, write_page
from demo.world import COMMUNES, QUARTERS, Dossier

CONVENTION, SOURCE = "plie-martigues", "france-travail"
LINES = {
    "orientes": "DE orientés vers le PLIE",
    "convoques": "DE convoqués aux informations collectives",
    "presents_ic": "DE présents aux informations collectives",
    "services_delivres": "Services délivrés",
}
# Some people sent by an agence never reach the PLIE's own register.
UNKNOWN_TO_PLIE, SUMMONED, CAME, SERVED = 0.045, 0.78, 0.6, 0.55
# The agence of this commune had not sent its last quarter when the workbook was made.
LATE_COMMUNE, LATE_QUARTER = "13077", "2026-T3"

Key = tuple[str, str, str]
"""Line (or type of service), quarter and commune."""


def record_quarters(dossiers: Sequence[Dossier], seed: int) -> Mapping[Key, int]:
    """France Travail's own counts, close to the PLIE's and never quite the same."""
    random = Random(f"france-travail-{seed}")
    recorded: dict[Key, int] = {}
    for quarter in QUARTERS:
        for commune in COMMUNES:
            sent = count(dossiers, "orientes", quarter, commune=commune)
            sent += draw_part(random, sent, UNKNOWN_TO_PLIE)
            summoned = draw_part(random, sent, SUMMONED)
            served = draw_part(random, 2 * count(dossiers, "participants", quarter, commune=commune), SERVED)
            values = (sent, summoned, draw_part(random, summoned, CAME), served)
            counts = dict(zip(LINES, values, strict=True)) | share_out(random, served, list_prestations())
            recorded |= {(line, quarter.code, commune): value for line, value in counts.items()}
    return recorded


def list_prestations() -> list[str]:
    """The types of services and measures, as the catalogue names them."""
    return list(load_catalogue().axes["type"].values.values())


def write_france_travail(out: Path, dossiers: Sequence[Dossier], seed: int) -> list[Sample]:
    """Write the returns of the agence: a workbook a year."""
    recorded = record_quarters(dossiers, seed)
    layouts = {2023: _write_rows, 2024: _write_rows, 2025: _write_groups, 2026: _write_sheets}
    samples = []
    for year, write in layouts.items():
        name = "Pole_emploi" if year < 2024 else "France_Travail"
        path = out / f"{name}_Martigues_PLIE_{year}.xlsx"
        quarters = tuple(quarter for quarter in QUARTERS if quarter.year == year)
        with open_book(path) as book:
            write(book, recorded, quarters)
            _write_prestations(book, recorded, quarters)
            _write_services(book, recorded, quarters)
        samples.append(Sample(path, CONVENTION, SOURCE))
    return samples


def _write_rows(book: Book, recorded: Mapping[Key, int], quarters: Sequence[Period]) -> None:
    """One row per commune and quarter."""
    agency = "France Travail" if quarters[0].year > 2023 else "Pôle emploi"
    rows: dict[Labels, tuple[str, str]] = {
        (name, quarter.label): (quarter.code, commune)
        for quarter in quarters
        for commune, name in COMMUNES.items()
    }
    columns: dict[Labels, str] = {(label,): line for line, label in LINES.items()}
    table = tabulate(rows, columns, lambda key, line: recorded[line, *key])
    table = replace(table, corner=("Commune", "Trimestre"))
    titles = [f"{agency} Martigues – retour vers le PLIE"]
    notes = [f"Source : {agency}, extraction de l'agence de Martigues."]
    write_page(book, "Retour", table, titles=titles, notes=notes, widths=(28, 22, 24))


def _write_groups(book: Book, recorded: Mapping[Key, int], quarters: Sequence[Period]) -> None:
    """Communes merged above measures, periods in rows."""
    columns: dict[Labels, tuple[str, str]] = {
        (name, label): (line, commune) for commune, name in COMMUNES.items() for line, label in LINES.items()
    }
    rows: dict[Labels, str] = {(quarter.label,): quarter.code for quarter in quarters}
    table = tabulate(rows, columns, lambda quarter, key: recorded[key[0], quarter, key[1]])
    titles = ["France Travail Martigues – retour vers le PLIE"]
    write_page(book, "Retour", replace(table, corner=("Trimestre",)), titles=titles, widths=(22, 24))


def _communes_of(quarter: Period) -> dict[str, str]:
    late = LATE_COMMUNE if quarter.code == LATE_QUARTER else None
    return {commune: name for commune, name in COMMUNES.items() if commune != late}


def _write_sheets(book: Book, recorded: Mapping[Key, int], quarters: Sequence[Period]) -> None:
    """A sheet per quarter, measures × communes; one commune is late."""
    lines: dict[Labels, str] = {(label,): line for line, label in LINES.items()}
    for quarter in quarters:
        communes: dict[Labels, str] = {(name,): commune for commune, name in _communes_of(quarter).items()}

        def value(line: str, commune: str, code: str = quarter.code) -> int:
            return recorded[line, code, commune]

        table = tabulate(lines, communes, value)
        titles = [f"France Travail Martigues – retour vers le PLIE, {quarter.label}"]
        is_whole = len(communes) == len(COMMUNES)
        notes = [] if is_whole else [f"Note : {COMMUNES[LATE_COMMUNE]}, retour attendu."]
        table = replace(table, corner=("Indicateur",))
        write_page(book, quarter.code, table, titles=titles, notes=notes, widths=(44, 26))


NAMED = ("Atelier (prestation)", "Aides à la mobilité")
OTHERS = "Autre type"


def _write_services(book: Book, recorded: Mapping[Key, int], quarters: Sequence[Period]) -> None:
    """Services by type, quarters above communes: those of the other table, all but two of its types taken together."""
    places = [(quarter, commune) for quarter in quarters for commune in _communes_of(quarter)]
    shared = {}
    for quarter, commune in places:
        where = quarter.code, commune
        counts = {kind: recorded[kind, *where] for kind in NAMED}
        shared[where] = {**counts, OTHERS: recorded["services_delivres", *where] - sum(counts.values())}
    columns: dict[Labels, tuple[str, str]] = {
        (quarter.label, COMMUNES[commune]): (quarter.code, commune) for quarter, commune in places
    }
    kinds: dict[Labels, str] = {(kind,): kind for kind in (*NAMED, OTHERS)}
    table = tabulate(kinds, columns, lambda kind, key: shared[key][kind])
    titles = [f"{LINES['services_delivres']}, par type"]
    write_page(book, "Services par type", replace(table, corner=("Type",)), titles=titles, widths=(52, 26))


def _write_prestations(book: Book, recorded: Mapping[Key, int], quarters: Sequence[Period]) -> None:
    """Services and measures by type, quarters above communes."""
    columns: dict[Labels, tuple[str, str]] = {
        (quarter.label, name): (quarter.code, commune)
        for quarter in quarters
        for commune, name in _communes_of(quarter).items()
    }
    kinds: dict[Labels, str] = {(kind,): kind for kind in list_prestations()}
    table = tabulate(kinds, columns, lambda kind, key: recorded[kind, *key])
    titles = ["Mesures et prestations mobilisées, par type"]
    write_page(
        book, "Mesures et prestations", replace(table, corner=("Type",)), titles=titles, widths=(52, 26)
    )
