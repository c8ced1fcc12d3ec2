"""The recorded months of the accompagnement global in; the workbook of its individual paths, one row each, out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

from conventions.agreements import load_conventions
from demo.accompagnement_global import CONVENTION, MONTHS, SOURCE, list_motifs, list_places, record_months
from demo.accompagnement_social import split_exactly
from demo.samples import Sample
from demo.sheets import Cell, Labels, open_book, tabulate, write_page

SIGNED = (1, 12)
"""Days from the first interview to the contract, at least and at most."""


@dataclass(frozen=True)
class Course:
    """A contract: when it was prescribed, prepared, signed, and why it ended if it did."""

    prescription: date
    entretien: date
    contrat: date
    sortie: date | None = None
    motif: str = ""


COLUMNS: Mapping[str, Callable[[Course], Cell]] = {
    "Date de prescription": lambda course: course.prescription,
    "Date du premier entretien": lambda course: course.entretien,
    "Date de signature du contrat": lambda course: course.contrat,
    "Date de sortie": lambda course: course.sortie,
    "Motif de sortie": lambda course: course.motif or None,
}


def draw_courses(seed: int) -> list[Course]:
    """The contracts prescribed and signed under the convention: their days of delay and their exits are those that the
    returns count.

    The people followed or prescribed before it have no row: they leave among the others, the oldest likelier.
    """
    random, recorded = Random(f"accompagnement-parcours-{seed}"), record_months(seed)
    ended: list[Course] = []
    for place in list_places():
        before = recorded["en_cours", place, MONTHS[0].code]
        is_open: list[Course | None] = [None] * int(before)
        for month in MONTHS:
            first = month.start
            is_open += _sign(random, recorded, place, month.code, first)
            for motif in list_motifs():
                for _ in range(int(recorded[motif, place, month.code])):
                    leaver = is_open.pop(_pick_leaver(random, is_open, first))
                    if leaver is not None:
                        last = (month.end - max(leaver.contrat, first)).days
                        day = max(leaver.contrat, first) + timedelta(days=random.randint(0, last))
                        ended.append(replace(leaver, sortie=day, motif=motif))
        ended += [course for course in is_open if course is not None]
    start = load_conventions()[CONVENTION].start
    known = [course for course in ended if course.prescription >= start]
    return sorted(known, key=lambda course: (course.contrat, course.prescription, course.entretien))


def _sign(
    random: Random, recorded: Mapping[tuple[str, str, str], float], place: str, month: str, first: date
) -> list[Course]:
    """The contracts of a place in a month, their delays adding up to the days that its return gives."""
    size = int(recorded["entrees", place, month])
    weights = [random.triangular(4, 45, 14) for _ in range(size)]
    days = split_exactly(int(recorded["delai_demarrage_jours", place, month]), weights) if size else []
    courses = []
    for delay in days:
        contrat = first + timedelta(days=random.randrange(28))
        entretien = contrat - timedelta(days=random.randint(*SIGNED))
        courses.append(Course(entretien - timedelta(days=delay), entretien, contrat))
    return courses


def _pick_leaver(random: Random, is_open: list[Course | None], day: date) -> int:
    """The rank of who leaves: the longer the contract, the likelier; the first ones have no date and are old."""
    ages = [max(1, (day - course.contrat).days) if course is not None else 240 for course in is_open]
    return random.choices(range(len(is_open)), [age**1.6 for age in ages])[0]


def write_accompagnement_parcours(out: Path, seed: int) -> list[Sample]:
    """Write the contracts in the order of their signature, on one sheet."""
    path = out / "CD35_accompagnement_global_parcours_2023-2025.xlsx"
    rows: dict[Labels, Course] = {(f"AG-{rank:05d}",): course for rank, course in enumerate(draw_courses(seed), 1)}
    columns: dict[Labels, Callable[[Course], Cell]] = {(header,): read for header, read in COLUMNS.items()}
    table = replace(tabulate(rows, columns, lambda course, read: read(course)), corner=("N° dossier",))
    with open_book(path) as book:
        write_page(book, "Contrats", table, widths=(14, 20))
    return [Sample(path, CONVENTION, SOURCE)]
