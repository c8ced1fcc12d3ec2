"""Drawn tables of paths in; pseudonymised paths, and findings without any content, out."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from conventions.vocabulary import load_vocabulary
from etl.cells import Raw
from etl.records import find_path_table, parse_date
from etl.report import Options, Report
from etl.workbook import Sheet
from tests.drawn import PLIE, codes, draw, figures, read_sheets

HEADERS = (
    "N° dossier", "Code INSEE", "Commune", "Date d'orientation", "Date du premier contact",
    "Date d'entrée en diagnostic", "Date d'intégration", "Date de sortie", "Motif de sortie", "Sexe", "Tranche d'âge",
    "RSA", "QPV", "Nb entretiens",
)  # fmt: skip
PATH: tuple[Raw, ...] = (
    "A-1", 13056.0, "Martigues", "05/01/2024", "12/01/2024", "01/02/2024", "01/03/2024", "30/09/2024", "CDI", "F",
    "26 à 44 ans", "oui", "non", 7.0,
)  # fmt: skip


def sheet_of(*rows: tuple[Raw, ...], headers: tuple[str, ...] = HEADERS) -> Sheet:
    """A sheet with these headers over these rows."""
    return Sheet("Parcours", [list(headers), *(list(row) for row in rows)])


def read_paths(*rows: tuple[Raw, ...], headers: tuple[str, ...] = HEADERS, options: Options = PLIE) -> Report:
    """The report of a sheet of paths."""
    return read_sheets(sheet_of(*rows, headers=headers), options=options)


def change(name: str, value: Raw) -> tuple[Raw, ...]:
    """The path with another value under one header."""
    return tuple(value if header == name else old for header, old in zip(HEADERS, PATH, strict=True))


def only(report: Report) -> dict[str, object]:
    """The one path of a report."""
    rows: list[dict[str, object]] = report.paths.to_pylist()
    assert len(rows) == 1
    return rows[0]


def test_a_path_is_read_by_its_headers() -> None:
    path = only(read_paths(PATH))
    assert path["territory"] == "13056"
    assert path["date_orientation"] == date(2024, 1, 5)
    assert path["date_sortie"] == date(2024, 9, 30)
    assert (path["motif"], path["sexe"], path["age"], path["publics"], path["entretiens"]) == (
        "cdi", "femme", "26_44", ["rsa"], 7,
    )  # fmt: skip
    assert path["row"] == 2
    assert "A-1" not in str(path)


def test_columns_may_come_in_any_order() -> None:
    order = (9, 3, 13, 0, 7, 1, 11, 8, 5, 2, 12, 6, 10, 4)
    shuffled = read_paths(tuple(PATH[i] for i in order), headers=tuple(HEADERS[i] for i in order))
    straight, mixed = only(read_paths(PATH)), only(shuffled)
    assert {key: value for key, value in mixed.items() if key != "pseudonym"} == {
        key: value for key, value in straight.items() if key != "pseudonym"
    }


@pytest.mark.parametrize(
    "value",
    ["05/03/2024", "5/3/2024", "05-03-2024", "05.03.2024", "2024-03-05", "2024-03-05 00:00:00", "2024-03-05T00:00:00",
     "05/03/24",
     date(2024, 3, 5), datetime(2024, 3, 5, 9, 30), 45356.0, 45356],
)  # fmt: skip
def test_a_date_is_read_however_it_is_typed(value: Raw) -> None:
    assert parse_date(value) == date(2024, 3, 5)


@pytest.mark.parametrize("value", ["", "mars 2024", "31/02/2024", "12", 12.0, "05/03/0204", True, "inconnu", 1e9])
def test_what_is_no_date_is_none(value: Raw) -> None:
    assert parse_date(value) is None


@pytest.mark.parametrize(
    ("name", "value", "what"),
    [
        ("Motif de sortie", "Gagnant au loto", "valeur inconnue"),
        ("Date de sortie", "bientôt", "date illisible"),
        ("Date de sortie", "01/01/2023", "date antérieure"),
        ("Date de sortie", "30/09/2094", "date postérieure au jour de la lecture"),
        ("Commune", "Zorglub", "territoire inconnu"),
        ("RSA", "peut-être", "réponse illisible"),
        ("Nb entretiens", "beaucoup", "nombre illisible"),
        ("Nb entretiens", "inf", "nombre illisible"),
        ("Sexe", "Dupont", "valeur inconnue"),
    ],
)
def test_a_cell_not_understood_is_told_by_its_address_alone(name: str, value: str, what: str) -> None:
    report = read_paths(change(name, value))
    finding = next(finding for finding in report.findings if finding.code == "cellule_de_parcours")
    column = HEADERS.index(name)
    assert what in finding.message
    assert finding.cell == f"{chr(65 + column)}2"
    assert value not in finding.message
    assert only(report)["pseudonym"]


def test_what_has_not_come_yet_is_no_event() -> None:
    today = date.today()
    ends = [only(read_paths(change("Date de sortie", day)))["date_sortie"] for day in (today, today + timedelta(1))]
    assert ends == [today, None]


def test_a_row_without_identifier_is_left_out_and_told() -> None:
    report = read_paths(PATH, change("N° dossier", None), change("N° dossier", "  "))
    assert report.paths.num_rows == 1
    message = next(finding.message for finding in report.findings if finding.code == "cellule_de_parcours")
    assert "2 cellule(s)" in message
    assert "sans identifiant" in message


def test_blank_rows_are_no_paths() -> None:
    report = read_paths(PATH, tuple(None for _ in HEADERS), change("N° dossier", "A-2"))
    assert report.paths["row"].to_pylist() == [2, 4]


@pytest.mark.parametrize(
    "headers",
    [
        tuple("Identifiant" if header == "Sexe" else header for header in HEADERS),
        tuple("Remarque libre" if header == "N° dossier" else header for header in HEADERS),
    ],
)
def test_no_identifier_or_two_refuse_the_table(headers: tuple[str, ...]) -> None:
    report = read_paths(PATH, headers=headers)
    assert not report.accepted
    assert "colonnes_de_parcours" in codes(report)
    assert report.paths.num_rows == 0


def test_columns_that_the_catalogue_does_not_know_are_left_out_and_told() -> None:
    report = read_paths((*PATH, "bavard"), headers=(*HEADERS, "Caractère"))
    finding = next(finding for finding in report.findings if finding.code == "colonnes_ecartees")
    assert finding.cell == "O1"
    assert "bavard" not in str(report.paths.to_pylist()) + finding.message


def test_a_convention_that_takes_no_paths_refuses_them() -> None:
    report = read_paths(PATH, options=Options("rouen", "ccas-rouen"))
    assert not report.accepted
    assert "parcours_refuses" in codes(report)
    assert report.paths.num_rows == 0


def test_counts_under_the_names_of_steps_are_no_paths() -> None:
    table = draw(
        """
        Code INSEE | Commune   | Trimestre | Premier accueil | Diagnostic | Intégration | Sortie
        13056      | Martigues | T1 2024   | 12              | 9          | 5           | '3'
        """
    )
    assert find_path_table(table, load_vocabulary()) is None
    report = read_sheets(table)
    assert ("integres", "13056", "2024-T1", 5) in figures(report)


def test_the_same_person_keeps_one_pseudonym_in_a_convention_only() -> None:
    first = read_paths(PATH, change("N° dossier", " a-1 "), change("N° dossier", "A-2"))
    one, same, other = first.paths["pseudonym"].to_pylist()
    assert one == same != other
