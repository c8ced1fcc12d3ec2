"""Drawn tables whose periods and segments stand in many places in; the same figures out."""

from __future__ import annotations

import pytest

from etl.report import Options
from tests.drawn import draw, figures, parts, read, read_sheets

MARTIGUES_T2 = {("orientes", "13056", "2024-T2", 12)}
TABLE = "Commune | DE orientés\nMartigues | 12"


@pytest.mark.parametrize(
    "period", ["T2 2024", "2e trimestre 2024", "2024T2", "avril à juin 2024", "2T24", "Trim. 2 2024"]
)
def test_a_period_stands_in_a_title_a_sheet_a_file_or_a_header(period: str) -> None:
    assert figures(read(f"Suivi {period}\n{TABLE}")) == MARTIGUES_T2
    assert figures(read(TABLE, f"Retour {period}")) == MARTIGUES_T2
    assert figures(read(TABLE, file=f"PLIE {period}.xlsx")) == MARTIGUES_T2
    assert figures(read(f"Indicateur | {period}\nDE orientés | 12", "Martigues")) == MARTIGUES_T2


def test_a_year_over_its_quarters_is_inherited_from_a_merged_cell() -> None:
    table = """
    Commune   | 2023 |    | 2024 |
              | T1   | T2 | T1   | T2
    Martigues | 1    | 2  | 3    | 4
    """
    expected = {("orientes", "13056", f"{year}-T{quarter}", value) for year, quarter, value in
                ((2023, 1, 1), (2023, 2, 2), (2024, 1, 3), (2024, 2, 4))}  # fmt: skip
    assert figures(read(table, "Orientations PLIE", merges=((0, 1, 0, 2), (0, 3, 0, 4)))) == expected


def test_a_year_beside_its_quarters_is_inherited_from_a_merged_cell() -> None:
    table = """
    Année | Trimestre | DE orientés
    2024  | T1        | 3
          | T2        | 12
    """
    found = figures(read(table, "Martigues", merges=((1, 0, 2, 0),)))
    assert found == {("orientes", "13056", "2024-T1", 3), *MARTIGUES_T2}


def test_a_quarter_on_the_sheet_takes_its_year_from_the_file() -> None:
    report = read_sheets(draw(TABLE, "2e trimestre"), file="Retour PLIE 2024.xlsx")
    assert figures(report) == MARTIGUES_T2


def test_ages_cross_sexes() -> None:
    table = """
    Personnes intégrées | Hommes           |                | Femmes           |
    Territoire          | Moins de 26 ans  | 26 ans et plus | Moins de 26 ans  | 26-44 ans
    Martigues           | 1                | 9              | 3                | 4
    """
    report = read(table, "T1 2024", merges=((0, 1, 0, 2), (0, 3, 0, 4)))
    assert parts(report) == {
        ("integres", (("age", "moins_26"), ("sexe", "homme"))): 1,
        ("integres", (("age", "moins_26"), ("sexe", "femme"))): 3,
        ("integres", (("age", "26_44"), ("sexe", "femme"))): 4,
    }
    assert "26 ans et plus" in {label.text for label in report.labels if label.confidence == 0}


def test_motives_categories_publics_and_types_are_segments() -> None:
    table = """
    Indicateur                         | T1 2024
    Sorties : CDI                      | 1
    Sorties pour raison administrative | 2
    Participants en parcours, RSA      | 3
    Participants en parcours, QPV      | 4
    Mesures et prestations : AFPR      | 5
    """
    assert parts(read(table, "Martigues")) == {
        ("sorties", (("motif", "cdi"),)): 1,
        ("sorties", (("categorie", "administrative"),)): 2,
        ("participants", (("public", "rsa"),)): 3,
        ("participants", (("public", "qpv"),)): 4,
        ("mesures_prestations", (("type", "afpr"),)): 5,
    }


@pytest.mark.parametrize(
    ("key", "table", "place"),
    [
        ("rouen", "Agence | DEFM catégorie A\nSt Sever | 12", "saint-sever"),
        ("rouen", "UTS | Rencontres avec les UTS\nUTS 1 | 12", "uts-1"),
        ("metz", "Quartier | Accueillis\nQuartier de Borny | 12", "borny"),
        ("troyes", "Commune | Accompagnés\nLa Chapelle-St-Luc | 12", "10081"),
    ],
)
def test_each_convention_reads_its_own_places(key: str, table: str, place: str) -> None:
    report = read(table, "T1 2020", options=Options(key, None))
    assert [one.territory for one in report.observations] == [place]
