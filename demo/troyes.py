"""A seed in; the returns of Troyes Champagne Métropole for 2020, by Point Conseil Emploi, out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from random import Random

from conventions.agreements import load_conventions
from conventions.catalogue import load_catalogue
from conventions.periods import parse_period
from demo.chance import draw_count
from demo.samples import Sample
from demo.sheets import Book, Labels, open_book, tabulate, write_page
from demo.troyes_publics import write_communes, write_publics

CONVENTION, SOURCE = "troyes", "troyes-champagne-metropole"
YEAR = parse_period("2020")
QUARTERS = YEAR.parts("trimestre")
# The spring of 2020 was spent behind closed doors.
OPENING = {"2020-T1": 1.1, "2020-T2": 0.35, "2020-T3": 1.15, "2020-T4": 0.95}
# Usual counts of a quarter for a Point Conseil Emploi of average size.
BY_PCE = {"accompagnes": 48, "ateliers": 6, "positionnes_offres": 61}
SIZES = (1.9, 1.3, 0.9, 0.8, 0.6, 0.5)
BY_EPCI = {"rencontres_direction": (1, 0, 1, 1), "sessions_information": (1, 0, 0, 2)}
# People are often followed over two quarters: a year has fewer different people than its quarters add up to.
DISTINCT = 0.78


def list_pce() -> dict[str, str]:
    """The Points Conseil Emploi of the convention, by code."""
    return {place.code: place.name for place in load_conventions()[CONVENTION].places if place.kind == "pce"}


def record_quarters(random: Random) -> Mapping[tuple[str, str, str], int]:
    """What each Point Conseil Emploi counted: line, place and quarter to count."""
    sizes = dict(zip(list_pce(), SIZES, strict=True))
    return {
        (line, place, quarter.code): draw_count(random, usual * size * OPENING[quarter.code])
        for line, usual in BY_PCE.items()
        for place, size in sizes.items()
        for quarter in QUARTERS
    }


def write_troyes(out: Path, seed: int) -> list[Sample]:
    """Write the four quarters, and the year's own count of different people, in one workbook."""
    recorded = record_quarters(Random(f"troyes-{seed}"))
    path = out / "Troyes_PCE_2020.xlsx"
    with open_book(path) as book:
        _write_quarters(book, recorded)
        _write_year(book, recorded)
        write_communes(book, _count_year(recorded))
        write_publics(book, _count_year(recorded))
        _write_meetings(book)
    return [Sample(path, CONVENTION, SOURCE)]


def _places() -> dict[Labels, str]:
    return {(name,): code for code, name in list_pce().items()}


def _write_quarters(book: Book, recorded: Mapping[tuple[str, str, str], int]) -> None:
    """Places × measures under quarters."""
    labels = load_catalogue().measures
    columns: dict[Labels, tuple[str, str]] = {
        (quarter.label, labels[line].label): (line, quarter.code) for quarter in QUARTERS for line in BY_PCE
    }
    table = tabulate(_places(), columns, lambda place, key: recorded[key[0], place, key[1]])
    table = replace(table, corner=("Point Conseil Emploi",))
    write_page(book, "Trimestres", table, titles=["Points Conseil Emploi – activité"], widths=(40, 20))


def _count_year(recorded: Mapping[tuple[str, str, str], int]) -> dict[str, int]:
    """The different people of the year by place, fewer than the quarters add up to."""
    return {
        place: round(DISTINCT * sum(recorded["accompagnes", place, quarter.code] for quarter in QUARTERS))
        for place in list_pce()
    }


def _write_year(book: Book, recorded: Mapping[tuple[str, str, str], int]) -> None:
    """Places × the different people of the year, which no sum of quarters gives."""
    year = _count_year(recorded)
    columns: dict[Labels, str] = {(load_catalogue().measures["accompagnes"].label,): "accompagnes"}
    table = tabulate(_places(), columns, lambda place, _: year[place])
    table = replace(table, corner=("Point Conseil Emploi",))
    notes = ["Lecture : une personne accompagnée à plusieurs trimestres n'est comptée qu'une fois dans l'année."]
    write_page(book, "Année", table, titles=[f"Année {YEAR.code}"], notes=notes, widths=(40, 30))


def _write_meetings(book: Book) -> None:
    """Meetings of the whole EPCI: measures × quarters."""
    rows: dict[Labels, tuple[int, ...]] = {
        (load_catalogue().measures[line].label,): counts for line, counts in BY_EPCI.items()
    }
    columns: dict[Labels, int] = {(quarter.label,): rank for rank, quarter in enumerate(QUARTERS)}
    table = replace(tabulate(rows, columns, lambda counts, rank: counts[rank]), corner=("Indicateur",))
    write_page(book, "Rencontres", table, titles=["Troyes Champagne Métropole"], widths=(40, 20))
