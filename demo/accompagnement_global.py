"""A seed in; the monthly returns of the accompagnement global, by centre d'action sociale, out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from conventions.agreements import load_conventions
from conventions.catalogue import load_catalogue
from conventions.periods import Period, parse_period
from demo.chance import draw_count, draw_part, share_out
from demo.samples import Sample
from demo.sheets import Book, Labels, open_book, tabulate, write_crosstab, write_lines, write_page

CONVENTION, SOURCE = "accompagnement-global-35", "departement-35"
MONTHS = tuple(
    month
    for year in (2023, 2024, 2025)
    for month in parse_period(str(year)).parts("mois")
    if "2023-07" <= month.code <= "2025-06"
)
DEPARTEMENT = "Ille-et-Vilaine"
LINES = {
    "entrees": "Entrées en accompagnement global",
    "delai_demarrage_jours": "Délai de démarrage : somme des jours, de la prescription au premier entretien",
    "en_cours": "DE en cours d'accompagnement",
    "conseillers": "Conseillers dédiés (ETP)",
    "accompagnement_social_exclusif": "Personnes en accompagnement social exclusif",
}
ETP = 10.0
ENTREES_BY_ETP = 127 / 12
PORTFOLIO, FULL_PORTFOLIO = 84, 112
SEASON = (1.05, 1.0, 1.1, 1.0, 0.9, 1.05, 0.8, 0.6, 1.3, 1.2, 1.1, 0.9)

Key = tuple[str, str, str]
"""Line, place and month; for exits and freins the line is the motive or the type."""


@dataclass(frozen=True)
class Year:
    """What was recorded, and the months that one workbook tells."""

    recorded: Mapping[Key, float]
    months: tuple[Period, ...]


def list_places() -> dict[str, str]:
    """The places that make the département, by code."""
    convention = load_conventions()[CONVENTION]
    kind = next(level.kind for level in convention.levels if level.complete)
    return {place.code: place.name for place in convention.places if place.kind == kind}


def list_motifs() -> list[str]:
    """Motives of exit, in the words of the convention."""
    return [label for category in load_conventions()[CONVENTION].exits for label in category.motifs.values()]


def list_freins() -> list[str]:
    """Types of obstacle, in the words of the catalogue."""
    return list(load_catalogue().axes["frein"].values.values())


def list_parcours() -> list[str]:
    """The three paths of the experimental territory, in the words of the catalogue."""
    return list(load_catalogue().axes["parcours"].values.values())


def share_etp(places: Sequence[str]) -> dict[str, float]:
    """The ten advisers over the places, by halves; the last place has the least and follows too many."""
    halves = [int(2 * ETP) // len(places)] * len(places)
    for rank in range(int(2 * ETP) - sum(halves)):
        halves[rank] += 1
    return {place: half / 2 for place, half in zip(places, halves, strict=True)}


def record_months(seed: int) -> Mapping[Key, float]:
    """Every count of the two years, such that a month's stock is the last one's plus entries less exits."""
    random = Random(f"accompagnement-global-{seed}")
    recorded: dict[Key, float] = {}
    places = share_etp(list(list_places()))
    crowded = list(places)[-1]
    for place, etp in places.items():
        target = etp * (FULL_PORTFOLIO if place == crowded else PORTFOLIO)
        stock = draw_count(random, target)
        for month in MONTHS:
            entrees = draw_count(random, etp * ENTREES_BY_ETP * SEASON[month.month - 1])
            sorties = min(stock, max(0, entrees + round(0.3 * (stock - target) + random.gauss(0, 2))))
            stock += entrees - sorties
            delay = sum(int(random.triangular(4, 45, 14)) for _ in range(entrees))
            values = (entrees, delay, stock, etp, draw_count(random, stock / 12))
            recorded |= {(line, place, month.code): value for line, value in zip(LINES, values, strict=True)}
            recorded |= _record_people(random, (place, month.code), entrees=entrees, sorties=sorties)
    return recorded


def _record_people(random: Random, where: tuple[str, str], *, entrees: int, sorties: int) -> dict[Key, float]:
    """Motives of those who leave; obstacles of those who enter, of which some are lifted."""
    found: dict[Key, float] = {}
    for motif, size in share_out(random, sorties, list_motifs()).items():
        found[motif, *where] = size
    for frein, size in share_out(random, 2 * entrees, list_freins()).items():
        found[f"{frein} identifié", *where] = size
        found[f"{frein} levé", *where] = draw_part(random, size, 0.45)
    for parcours, size in share_out(random, entrees, list_parcours()).items():
        found[parcours, *where] = size
    return found


def write_accompagnement_global(out: Path, seed: int) -> list[Sample]:
    """Write a workbook a year, two of them with a sheet per month, one with the months in columns."""
    recorded, samples = record_months(seed), []
    for year in (2023, 2024, 2025):
        told = Year(recorded, tuple(month for month in MONTHS if month.year == year))
        path = out / f"CD35_accompagnement_global_{year}.xlsx"
        with open_book(path) as book:
            if year == 2024:
                _write_blocks(book, told)
            else:
                _write_months(book, told)
            _write_sorties(book, told)
            _write_freins(book, told)
            _write_experiment(book, told)
        samples.append(Sample(path, CONVENTION, SOURCE))
    return samples


def _write_months(book: Book, told: Year) -> None:
    """A sheet per month, places × measures."""
    rows: dict[Labels, str] = {(name,): code for code, name in list_places().items()}
    columns: dict[Labels, str] = {(label,): line for line, label in LINES.items()}
    for month in told.months:

        def value(place: str, line: str, month: str = month.code) -> float:
            return told.recorded[line, place, month]

        table = tabulate(rows, columns, value)
        table = replace(table, corner=("Territoire",), total=("Total du département",))
        titles = [f"Accompagnement global – {DEPARTEMENT} – {month.label}"]
        write_page(book, month.label.capitalize(), table, titles=titles, widths=(46, 24))


def _write_blocks(book: Book, told: Year) -> None:
    """One sheet, a block per measure, places × months."""
    sheet = book.add_sheet("Tableau mensuel", widths=(46, 16))
    title = f"Accompagnement global – {DEPARTEMENT} – année {told.months[0].year}"
    top = write_lines(book, sheet, [title], top=0, style="title")
    rows: dict[Labels, str] = {(name,): code for code, name in list_places().items()}
    columns: dict[Labels, str] = {(month.label,): month.code for month in told.months}
    for line, label in LINES.items():

        def value(place: str, month: str, line: str = line) -> float:
            return told.recorded[line, place, month]

        top = write_lines(book, sheet, [label], top=top + 1, style="title")
        table = tabulate(rows, columns, value)
        top = write_crosstab(book, sheet, replace(table, corner=("Territoire",)), top=top)


def _sum_places(told: Year, line: str, months: Sequence[Period]) -> float:
    return sum(told.recorded[line, place, month.code] for place in list_places() for month in months)


def _write_sorties(book: Book, told: Year) -> None:
    """Exits of the whole département: motives × months."""
    rows: dict[Labels, str] = {(motif,): motif for motif in list_motifs()}
    columns: dict[Labels, Period] = {(month.label,): month for month in told.months}
    table = tabulate(rows, columns, lambda motif, month: _sum_places(told, motif, (month,)))
    table = replace(table, corner=("Motif de sortie",))
    write_page(book, "Sorties", table, titles=[f"Sorties par motif – {DEPARTEMENT}"], widths=(58, 16))


def _write_freins(book: Book, told: Year) -> None:
    """Obstacles of the whole département: types × quarters, identified and lifted."""
    quarters = parse_period(str(told.months[0].year)).parts("trimestre")
    columns: dict[Labels, tuple[str, tuple[Period, ...]]] = {
        (quarter.label, f"Freins {state}s"): (state, quarter.parts("mois"))
        for quarter in quarters
        if set(quarter.parts("mois")) <= set(told.months)
        for state in ("identifié", "levé")
    }
    rows: dict[Labels, str] = {(frein,): frein for frein in list_freins()}
    table = tabulate(rows, columns, lambda frein, key: _sum_places(told, f"{frein} {key[0]}", key[1]))
    table = replace(table, corner=("Type de frein",))
    write_page(book, "Freins", table, titles=[f"Freins périphériques – {DEPARTEMENT}"], widths=(40, 20))


def _write_experiment(book: Book, told: Year) -> None:
    """Entries on the experimental territory, a part of the last place: paths × months."""
    convention, last = load_conventions()[CONVENTION], list(list_places())[-1]
    place = next(place for place in convention.places if place.kind == "agence_departementale")
    rows: dict[Labels, str] = {(parcours,): parcours for parcours in list_parcours()}
    columns: dict[Labels, str] = {(month.label,): month.code for month in told.months}
    table = tabulate(rows, columns, lambda parcours, month: told.recorded[parcours, last, month] // 2)
    titles = [f"{LINES['entrees']} – {place.name}"]
    write_page(book, "Expérimentation", replace(table, corner=("Parcours",)), titles=titles, widths=(40, 16))
