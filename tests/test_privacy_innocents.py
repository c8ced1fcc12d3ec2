"""Sheets that only look as if they named people in; each passes whole, with nothing set aside."""

from __future__ import annotations

from datetime import date

import pytest

from etl.cells import Raw
from etl.privacy import inspect_sheet
from etl.privacy_names import hide_in_file_name, hide_in_sheet_names
from etl.workbook import Sheet

LOOK_ALIKES: tuple[tuple[str | None, tuple[Raw, Raw, Raw]], ...] = (
    ("Nom de la structure", ("Emmaüs Provence", "AFPA Istres", "Secours Populaire")),
    ("Nom du territoire", ("Martigues", "Port-de-Bouc", "Istres")),
    ("Nb RQTH", (4.0, 12.0, 7.0)),
    ("Nom de la commune", ("Saint-Martin", "Martin-Église", "Saint-Denis")),
    ("Référentiel", ("ROME M1805", "ROME K1201", "ROME A1203")),
    ("Code postal", ("13500", "13110", "13920")),
    ("Adresse du site (territoire)", ("12 rue des Lilas", "3 avenue du Port", "5 place du Marché")),
    ("Agence", ("Saint-Sever", "Luciline", "Beauvoisine")),
    ("Agence", ("Rennes Cleunay", "Rennes Poterie", "Saint-Malo Théodore Monod")),
    ("Commune", ("Martin-Église", "Saint-Martin", "Bernay")),
    ("Motif de sortie", ("CDI", "Déménagement", "Création d'activité")),
    ("Date d'orientation", (date(2024, 1, 3), date(2024, 2, 4), date(2024, 3, 5))),
    ("Date de création", (date(1985, 1, 3), date(1990, 2, 4), date(1978, 3, 5))),
    ("SIRET", ("20006925000012", "20002341400018", "26130008100022")),
    ("SIREN", (200069250.0, 200023414.0, 261300081.0)),
    ("SIREN", ("200069250", "200023414", "261300081")),
    ("Code INSEE", ("13056", "13077", "13098")),
    ("Code INSEE", (13056.0, 13077.0, 13098.0)),
    ("Budget en euros", (612345.0, 712346.0, 123456.0)),
    ("Dépenses", ("1 234 567", "2 345 678", "3 456 789")),
    ("Prescripteur", ("France Travail", "Mission locale", "CCAS")),
    ("Téléphone", (12.0, 5.0, 8.0)),
    ("Mails", (120.0, 56.0, 81.0)),
    ("Modalité", ("Téléphone", "Mail", "Présentiel")),
    ("Nom", ("Martigues", "Port-de-Bouc", "Istres")),
    ("Code UAI", ("0131234A", "0132345B", "0133456C")),
    ("N° FINESS", ("130001234", "130002345", "130003456")),
    ("QPV", ("QP013001", "QP013002", "QN01303M")),
    ("Quartier", ("Paul Langevin", "Canto Perdrix", "Mas de Pouane")),
    ("Public", ("Hommes", "Femmes", "Jeunes de moins de 26 ans")),
    ("Conseiller", ("C01", "C02", "C03")),
    ("Conseillers (ETP)", (1.5, 2.0, 0.5)),
    ("Accompagnateurs-emploi (ETP)", (3.0, 4.0, 2.5)),
    ("Atelier", ("Atelier CV", "Atelier numérique", "Job dating")),
    ("Lieu", ("Espace Simone Veil", "Centre social Jean Moulin", "Lycée Paul Langevin")),
    (None, ("CC du Canton de Pierre de Bresse", "CA Pays de Martigues", "Métropole Rouen Normandie")),
    ("Type de sortie", ("Abandon", "Maternité", "Durée maximale")),
    ("Trimestre", ("T1 2024", "T2 2024", "T3 2024")),
    ("Partenaire", ("Initiative Emploi", "Croix Rouge", "Mission Locale Ouest")),
    ("Formation", ("CAP Petite Enfance", "BTS Comptabilité", "Titre Professionnel Soudeur")),
)


def test_there_are_forty_of_them() -> None:
    assert len(LOOK_ALIKES) == 40


@pytest.mark.parametrize("rank", range(len(LOOK_ALIKES)))
def test_a_look_alike_passes_whole(rank: int) -> None:
    header, values = LOOK_ALIKES[rank]
    rows: list[list[Raw]] = [["PLIE Pays de Martigues, T1 2024"], ["Territoire", header, "DE orientés", "DE présents"]]
    places = ("Martigues", "Port-de-Bouc", "Saint-Mitre-les-Remparts")
    rows += [[place, value, 12.0 + n, 7.0] for n, (place, value) in enumerate(zip(places, values, strict=True))]
    sheet = Sheet("T1 2024", rows)
    found = inspect_sheet(sheet, today=date(2026, 1, 1))
    assert [(finding.code, finding.cell) for finding in found.findings] == []
    assert [list(row) for row in found.sheet.rows] == rows
    assert not found.is_list


@pytest.mark.parametrize(
    "name",
    ["PLIE_Pays_de_Martigues_suivi_2024.xlsx", "France Travail Rouen 2023.xlsx", "DEFM_par_EPCI_2017-12.xlsx",
     "Bilan Saint-Martin T1 2024.ods", "retour.csv", "Tableau de bord AG35 juin 2024.xlsx"],
)  # fmt: skip
def test_a_file_name_that_names_nobody_is_kept(name: str) -> None:
    assert hide_in_file_name(name) == name


def test_sheet_names_that_name_nobody_are_kept() -> None:
    names = ["T1 2024", "Sorties par motif", "Canto Perdrix", "Saint-Eloy", "Metz Borny", "Récap Annuel", "Feuil1"]
    assert hide_in_sheet_names(names) == names
