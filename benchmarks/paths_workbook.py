"""A number of paths in; the workbook of invented people that a PLIE could export, twenty columns wide, out."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from random import Random

import xlsxwriter

from demo.chance import pick

SEED = 20_230_101
FIRST_DAY, DAYS = date(2023, 1, 1), 1_300
COMMUNES = {"Martigues": 13056, "Port-de-Bouc": 13077, "Saint-Mitre-les-Remparts": 13098}
MOTIFS = {"CDI": 20, "CDD de 6 mois et plus": 18, "Création d'activité": 4, "Formation qualifiante": 12,
          "Déménagement": 9, "Maternité": 3, "Abandon": 16, "Durée maximale": 8}  # fmt: skip
AGES = {"Moins de 26 ans": 18, "26 à 44 ans": 47, "45 à 53 ans": 21, "54 ans et plus": 14}
LEVELS = {"Niveau V": 40, "Niveau IV": 30, "Niveau III": 12, "Niveau VI": 18}
# One date in so many was typed as a text.
TYPED = 211
# From one step to the next: the share of people who reach it, and the most days it takes them.
STEPS = ((0.82, 40), (0.8, 60), (0.7, 90), (0.6, 700))
# The last three are columns that the catalogue does not know.
HEADERS = (
    "N° dossier", "Code INSEE", "Commune", "Agence", "Prescripteur", "Date d'orientation", "Date du premier contact",
    "Date d'entrée en diagnostic", "Date d'intégration", "Date de sortie", "Motif de sortie", "Sexe", "Tranche d'âge",
    "RSA", "QPV", "Niveau de formation", "Nb entretiens", "Modalité de suivi", "Permis B", "Mois d'inscription",
)  # fmt: skip
Cell = str | int | date | None


def write_paths_workbook(path: Path, count: int) -> None:
    """Write `count` paths, always the same ones."""
    random = Random(SEED)
    options = {"default_date_format": "dd/mm/yyyy"}
    with xlsxwriter.Workbook(str(path), options) as book:
        sheet = book.add_worksheet("Parcours")
        sheet.write_row(0, 0, HEADERS)
        for row in range(1, count + 1):
            for column, value in enumerate(draw_path(random, row)):
                if isinstance(value, date) and random.randrange(TYPED):
                    sheet.write_datetime(row, column, value)
                elif value is not None:
                    sheet.write(row, column, f"{value:%d/%m/%Y}" if isinstance(value, date) else value)


def draw_path(random: Random, number: int) -> tuple[Cell, ...]:
    """The cells of one path, in the order of the headers."""
    commune = pick(random, {"Martigues": 60, "Port-de-Bouc": 29, "Saint-Mitre-les-Remparts": 11})
    is_sent = random.random() < 0.85
    dates = draw_dates(random)
    return (
        f"D{dates[0]:%Y}-{number:06d}",
        COMMUNES[commune],
        commune,
        "France Travail Martigues" if is_sent else None,
        "France Travail" if is_sent else pick(random, {"CCAS": 5, "Mission locale": 6, "Département": 4}),
        *dates,
        pick(random, MOTIFS) if dates[-1] else None,
        pick(random, {"Femme": 54, "Homme": 46}),
        pick(random, AGES),
        *(pick(random, {"oui": share, "non": 100 - share}) for share in (58, 24)),
        pick(random, LEVELS),
        random.randrange(1, 30),
        pick(random, {"Renforcé": 30, "Guidé": 50, "Suivi": 20}),
        pick(random, {"oui": 60, "non": 40}),
        random.randrange(1, 60),
    )


def draw_dates(random: Random) -> list[date | None]:
    """The five steps of a path, each after the one before, none after the first that is missed."""
    day: date | None = FIRST_DAY + timedelta(days=random.randrange(DAYS))
    days = [day]
    for share, longest in STEPS:
        is_reached = day is not None and random.random() < share
        day = day + timedelta(days=random.randrange(longest)) if day is not None and is_reached else None
        days.append(day)
    return days
