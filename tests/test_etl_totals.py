"""Drawn tables with totals and rates in; margins kept, totals and rates checked and never loaded, out."""

from __future__ import annotations

import pytest

from etl.report import Options
from tests.drawn import codes, draw, figures, parts, read, read_sheets

QUARTER = "T1 2024"


def test_a_total_of_territories_is_checked_and_not_loaded() -> None:
    report = read(
        """
        Commune      | DE orientés
        Martigues    | 12
        Port-de-Bouc | 7
        Total        | 19
        """,
        QUARTER,
    )
    assert {value for *_, value in figures(report)} == {12, 7}
    assert "totaux_verifies" in codes(report)


def test_a_total_that_is_not_the_sum_is_told() -> None:
    report = read(
        """
        Commune      | DE orientés
        Martigues    | 12
        Port-de-Bouc | 7
        Total        | 20
        """,
        QUARTER,
    )
    finding = next(finding for finding in report.findings if finding.code == "total_incoherent")
    assert finding.cell == "B4"
    assert "19" in finding.message


def test_a_total_with_an_unknown_part_is_not_judged() -> None:
    report = read(
        """
        Commune      | DE orientés
        Martigues    | 12
        Port-de-Bouc | n.c.
        Total        | 20
        """,
        QUARTER,
    )
    assert "total_incoherent" not in codes(report)
    assert len(figures(report)) == 2


def test_a_sub_total_adds_up_what_stands_above_it() -> None:
    report = read(
        """
        Trimestre  | DE orientés
        T1 2023    | 1
        T2 2023    | 2
        Total      | 3
        T1 2024    | 4
        T2 2024    | 5
        Total      | 9
        Total      | 12
        """,
        "Martigues",
    )
    assert {value for *_, value in figures(report)} == {1, 2, 4, 5}
    assert "total_incoherent" not in codes(report)


def test_a_total_of_a_year_adds_up_its_own_quarters() -> None:
    report = read(
        """
        Indicateur  | T1 2023 | T2 2023 | T1 2024 | T2 2024 | Total 2023 | Total 2024
        DE orientés | 1       | 2       | 4       | 5       | 3          | 9
        DE présents | 1       | 2       | 4       | 5       | 3          | 12
        """,
        "Martigues",
    )
    assert len(figures(report)) == 8
    assert [finding.cell for finding in report.findings if finding.code == "total_incoherent"] == ["G3"]


def test_a_total_of_a_stock_is_its_last_value() -> None:
    report = read(
        """
        Indicateur               | T2 2024 | T1 2024 | Année 2024
        Participants en parcours | 150     | 140     | 150
        """,
        "Martigues",
    )
    assert {value for *_, value in figures(report)} == {140, 150}
    assert "total_incoherent" not in codes(report)


def test_a_total_of_segments_is_a_count_of_its_own() -> None:
    report = read(
        """
        Personnes intégrées | Femmes | Hommes | Total
        Martigues           | 7      | 5      | 12
        """,
        QUARTER,
    )
    assert parts(report) == {
        ("integres", (("sexe", "femme"),)): 7,
        ("integres", (("sexe", "homme"),)): 5,
        ("integres", ()): 12,
    }


def test_a_total_in_a_long_table_is_judged_by_the_rows_of_its_name() -> None:
    report = read(
        """
        Commune      | Trimestre | Indicateur  | Valeur
        Total        | T1 2024   | DE orientés | 19
        Martigues    | T1 2024   | DE orientés | 12
        Port-de-Bouc | T1 2024   | DE orientés | 7
        Martigues    | T2 2024   | DE orientés | 3
        Total        | T2 2024   | DE orientés | 4
        """
    )
    assert len(figures(report)) == 3
    assert [finding.cell for finding in report.findings if finding.code == "total_incoherent"] == ["D6"]


def test_a_total_whose_words_are_not_understood_is_told() -> None:
    report = read(
        """
        Commune       | DE orientés
        Martigues     | 12
        Total zorglub | 12
        """,
        QUARTER,
    )
    assert {value for *_, value in figures(report)} == {12}
    assert "territoire_inconnu" in codes(report)


def test_the_whole_beside_its_communes_is_a_total() -> None:
    report = read(
        """
        Commune                   | DE orientés
        Martigues                 | 12
        Port-de-Bouc              | 7
        Saint-Mitre-les-Remparts  | 2
        PLIE Pays de Martigues    | 22
        """,
        QUARTER,
    )
    assert {territory for _, territory, _, _ in figures(report)} == {"13056", "13077", "13098"}
    assert "total_incoherent" in codes(report)


def test_the_whole_on_another_sheet_is_a_total_too() -> None:
    communes = draw(
        """
        Commune                   | DE orientés
        Martigues                 | 12
        Port-de-Bouc              | 7
        Saint-Mitre-les-Remparts  | 2
        """,
        QUARTER,
    )
    whole = draw(
        """
        PLIE Pays de Martigues
        Indicateur  | T1 2024 | T2 2024
        DE orientés | 21      | 30
        """,
        "Ensemble",
    )
    report = read_sheets(communes, whole)
    assert ("orientes", "plie-martigues", "2024-T1", 21) not in figures(report)
    assert ("orientes", "plie-martigues", "2024-T2", 30) in figures(report)
    assert "total_de_la_convention" in codes(report)


def test_rates_are_checked_and_not_loaded() -> None:
    report = read(
        """
        Commune      | DE orientés | DE présents | Taux de présence au premier contact
        Martigues    | 12          | 9           | 75 %
        Port-de-Bouc | 8           | 2           | 0.25
        """,
        QUARTER,
    )
    assert len(figures(report)) == 4
    assert {"ecarte_rate"} == codes(report) & {"ecarte_rate", "taux_incoherent"}


def test_a_rate_that_is_not_the_ratio_of_its_counts_is_told_once() -> None:
    report = read(
        """
        Commune      | DE orientés | DE présents | Taux de présence au premier contact
        Martigues    | 12          | 9           | 80 %
        Port-de-Bouc | 8           | 2           | 0.45
        """,
        QUARTER,
    )
    wrong = [finding for finding in report.findings if finding.code == "taux_incoherent"]
    assert [finding.cell for finding in wrong] == ["D2"]
    assert "75,0\u00a0%" in wrong[0].message


def test_a_rate_with_the_words_of_a_count_is_a_rate() -> None:
    report = read(
        """
        Commune   | Sorties totales | Sorties positives | Sorties positives (%)
        Martigues | 10              | 4                 | 40
        """,
        QUARTER,
    )
    assert {value for *_, value in figures(report)} == {10, 4}


def test_objectives_evolutions_and_reminders_are_set_aside() -> None:
    report = read(
        """
        Commune   | Personnes intégrées | Objectif annuel | Évolution | Cumul depuis le 1er janvier | Rappel N-1
        Martigues | 10                  | 225             | 3         | 30                          | 7
        """,
        QUARTER,
    )
    assert {value for *_, value in figures(report)} == {10}
    assert {"ecarte_objective", "ecarte_evolution", "ecarte_cumul", "ecarte_reminder"} <= codes(report)


@pytest.mark.parametrize(
    "title", ["Tableau B1 - Part au 31/12 des personnes orientées vers le PLIE", "Orientations vers le PLIE\nEn %",
              "Délai moyen entre le premier accueil et l'intégration au PLIE, en jours"],
)  # fmt: skip
def test_numbers_under_a_title_of_rate_are_no_counts_of_what_it_names(title: str) -> None:
    table = "\n".join([*(f"{line} |" for line in title.split("\n")), "Commune | 2023 | 2024", "Martigues | 85 | 84"])
    report = read(table)
    assert figures(report) == set()
    assert "ecarte_rate" in codes(report)


def test_a_title_of_counts_nearer_than_one_of_rates_names_its_table() -> None:
    report = read("""
        Suivi des taux d'insertion |
        DE orientés vers le PLIE   |
        Commune                    | 2024
        Martigues                  | 84
    """)
    assert figures(report) == {("orientes", "13056", "2024", 84)}


def test_a_margin_of_two_segments_is_a_count_and_a_total_of_it_is_checked() -> None:
    report = read(
        """
                     | DE orientés |             |          |             |          |
                     | Femmes      |             | Hommes   |             | Ensemble |
        Commune      | < 26 ans    | Total       | < 26 ans | Total       | < 26 ans | Total
        Martigues    | 1           | 3           | 2        | 5           | 3        | 8
        Port-de-Bouc | 1           | 2           | 1        | 1           | 2        | 3
        Total        | 2           | 5           | 3        | 6           | 5        | 12
        """,
        QUARTER,
    )
    assert len(report.observations) == 12
    wrong = [finding for finding in report.findings if finding.code == "total_incoherent"]
    assert [(finding.cell, "(11)" in finding.message) for finding in wrong] == [("G6", True)]


def test_a_title_that_says_the_split_of_its_lines_is_no_title_of_rate() -> None:
    """« par conseiller » above lines of conseillers says what the lines are; without them, it says a ratio."""
    lines = "DE en cours d'accompagnement, par conseiller |\n{head} | T1 2024\n{line} | 84"
    options = Options(convention="accompagnement-global-35", source="departement-35")
    split = read(lines.format(head="Conseiller", line="C01"), "Ille-et-Vilaine", options=options)
    assert parts(split) == {("en_cours", (("conseiller", "c01"),)): 84}
    ratio = read(lines.format(head="Territoire", line="CDAS 1"), "Ille-et-Vilaine", options=options)
    assert figures(ratio) == set()
    assert "ecarte_rate" in codes(ratio)


def test_a_territory_named_like_a_variation_is_a_territory() -> None:
    report = read(
        """
        Département | DEFM catégorie A
        Ain         | 3
        Var         | 5
        83-Var      | 5
        """,
        "Décembre 2017",
    )
    assert {(territory, value) for _, territory, _, value in figures(report)} == {("01", 3), ("83", 5)}
    assert "ecarte_evolution" not in codes(report)
