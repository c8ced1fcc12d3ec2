"""Drawn tables with headers of several rows, beside or below each other, in; each count with its own labels out."""

from etl.report import INFORMATION
from tests.drawn import codes, figures, parts, read

QUARTER = "T1 2024"


def test_counts_that_look_like_years_make_no_header() -> None:
    report = read(
        """
        Indicateur  | T1 2024 | T2 2024 | T3 2024
        DE orientés | 2019    | 2024    | 2001
        Intégrés    | 1999    | 2023    | 2010
        """,
        "Martigues",
    )
    assert len(figures(report)) == 6
    assert ("integres", "13056", "2024-T3", 2010) in figures(report)


def test_years_above_quarters_make_a_header() -> None:
    report = read(
        """
                    | 2023 |    | 2024 |
        Indicateur  | T1   | T2 | T1   | T2
        DE orientés | 1    | 2  | 3    | 4
        """,
        "Martigues",
    )
    assert figures(report) == {
        ("orientes", "13056", "2023-T1", 1),
        ("orientes", "13056", "2023-T2", 2),
        ("orientes", "13056", "2024-T1", 3),
        ("orientes", "13056", "2024-T2", 4),
    }


def test_a_technical_row_yields_to_the_labels_under_it() -> None:
    report = read(
        """
        CODGEO | NB_ORI      | NB_PRES
        Code   | DE orientés | DE présents
        13056  | 12          | 9
        """,
        QUARTER,
    )
    assert figures(report) == {("orientes", "13056", "2024-T1", 12), ("presents", "13056", "2024-T1", 9)}


def test_a_column_of_one_axis_reads_its_short_values() -> None:
    report = read(
        """
        Sexe  | Personnes intégrées
        F     | 12
        H     | 9
        Total | 21
        """,
        "Martigues T1 2024",
    )
    assert parts(report) == {
        ("integres", (("sexe", "femme"),)): 12,
        ("integres", (("sexe", "homme"),)): 9,
        ("integres", ()): 21,
    }


def test_headers_under_an_axis_read_their_short_values() -> None:
    report = read(
        """
                            | Sexe |
                            | F    | H
        Personnes intégrées | 12   | 9
        """,
        "Martigues T1 2024",
        merges=((0, 1, 0, 2),),
    )
    assert parts(report) == {("integres", (("sexe", "femme"),)): 12, ("integres", (("sexe", "homme"),)): 9}


def test_dont_takes_the_measure_of_the_label_above() -> None:
    report = read(
        """
        Indicateur                   | T1 2024
        Participants en parcours     | 140
        dont allocataires du RSA     | 90
        dont femmes                  | 70
        """,
        "Martigues",
    )
    assert parts(report) == {
        ("participants", ()): 140,
        ("participants", (("public", "rsa"),)): 90,
        ("participants", (("sexe", "femme"),)): 70,
    }


def test_dont_takes_the_measure_of_the_nearest_header_to_its_left() -> None:
    report = read(
        """
        Commune   | Personnes intégrées | dont femmes | Participants en parcours | dont femmes
        Martigues | 12                  | 7           | 140                      | 70
        """,
        QUARTER,
    )
    assert parts(report)["integres", (("sexe", "femme"),)] == 7
    assert parts(report)["participants", (("sexe", "femme"),)] == 70


def test_dont_takes_nothing_from_a_label_that_is_not_understood() -> None:
    report = read(
        """
        Indicateur              | T1 2024
        Personnes intégrées     | 12
        Participants zorglub    | 140
        dont femmes             | 70
        """,
        "Martigues",
    )
    assert parts(report) == {("integres", ()): 12}


def test_notes_below_and_beside_are_left_out() -> None:
    report = read(
        """
        Commune      | DE orientés | Observations
        Martigues    | 12          | 2 absents
        Port-de-Bouc | 7           |

        Source : PLIE, 2023
        Lecture : 12 DE orientés à Martigues
        """,
        QUARTER,
    )
    assert len(figures(report)) == 2
    assert all(finding.severity == INFORMATION for finding in report.findings)


def test_tables_side_by_side_keep_their_own_labels() -> None:
    report = read(
        """
        Commune      | DE orientés |  | Commune      | DE présents
        Martigues    | 12          |  | Port-de-Bouc | 5
        Port-de-Bouc | 7           |  | Martigues    | 9
        """,
        QUARTER,
    )
    assert figures(report) == {
        ("orientes", "13056", "2024-T1", 12),
        ("orientes", "13077", "2024-T1", 7),
        ("presents", "13077", "2024-T1", 5),
        ("presents", "13056", "2024-T1", 9),
    }


def test_bare_numbers_under_a_part_of_the_year_are_its_ranks() -> None:
    rows = read(
        """
        Commune   | Année | Trimestre | DE orientés
        Martigues | 2024  | 1         | 12
        Martigues | 2024  | '2'       | 13
        """
    )
    columns = read(
        """
        Trimestre   | 1  | 2
        DE orientés | 12 | 13
        """,
        "Martigues 2024",
    )
    assert figures(rows) == figures(columns) == {
        ("orientes", "13056", "2024-T1", 12),
        ("orientes", "13056", "2024-T2", 13),
    }  # fmt: skip


def test_the_rank_of_a_label_in_a_list_does_not_count() -> None:
    report = read(
        """
        1. Martigues
        Indicateur      | T1 2024
        1 - DE orientés | 12
        2) Intégrés     | 3
        """
    )
    assert figures(report) == {("orientes", "13056", "2024-T1", 12), ("integres", "13056", "2024-T1", 3)}


def test_a_column_that_numbers_the_rows_is_left_out() -> None:
    report = read(
        """
        N° | Commune      | DE orientés
        1  | Martigues    | 12
        2  | Port-de-Bouc | 7
        """,
        QUARTER,
    )
    assert len(figures(report)) == 2
    assert "nombre_non_nomme" not in codes(report)


def test_the_fields_of_a_form_name_the_tables_under_them() -> None:
    report = read(
        """
        Territoire | Port-de-Bouc
        Année      | 2024
        Trimestre  | T1

        Indicateur  | Valeur
        DE orientés | 12
        """
    )
    assert figures(report) == {("orientes", "13077", "2024-T1", 12)}


def test_tables_below_each_other_keep_their_own_headers() -> None:
    report = read(
        """
        Commune      | DE orientés
        Martigues    | 12

        Sorties par motif
        Motif        | Martigues
        CDI          | 2
        Déménagement | 1
        Total        | 3
        """,
        QUARTER,
    )
    assert parts(report) == {
        ("orientes", ()): 12,
        ("sorties", (("motif", "cdi"),)): 2,
        ("sorties", (("motif", "demenagement"),)): 1,
        ("sorties", ()): 3,
    }


def test_a_heading_under_a_header_leaves_the_header_to_the_table() -> None:
    report = read(
        """
        Indicateur  | T1 2024 | T2 2024
        Orientations
        DE orientés | 12      | 7
        Sorties
        Sorties     | 3       | 2
        """,
        "Martigues",
    )
    assert len(figures(report)) == 4
    assert not {"nombre_non_nomme", "aucun_chiffre"} & codes(report)


def test_a_field_that_says_another_period_than_the_header_above_begins_another_table() -> None:
    report = read(
        """
        Période     | T1 2024
        DE orientés | 12

        Période     | T2 2024
        Commune     | Martigues
        DE présents | 7
        """,
        "Martigues",
    )
    periods = {(measure, period) for measure, _, period, *_ in figures(report)}
    assert periods == {("orientes", "2024-T1"), ("presents", "2024-T2")}


def test_columns_whose_group_lost_its_name_are_not_the_whole() -> None:
    report = read(
        """
                  | DE orientés |              |             |              |             |
                  |             |              | Femmes      |              | Ensemble    |
        Commune   | < 26 ans    | 26 à 44 ans  | < 26 ans    | 26 à 44 ans  | < 26 ans    | 26 à 44 ans
        Martigues | 1           | 2            | 3           | 4            | 4           | 6
        """,
        "T1 2024",
    )
    assert figures(report) == set()
    assert "libelles_contradictoires" in codes(report)


def test_a_lone_number_over_others_is_no_year() -> None:
    report = read(
        """
        Martigues
        T1 2024
        2004
        2006
        12
        """,
        "Feuille",
    )
    assert figures(report) == set()
    assert [area for finding in report.findings for area in finding.areas] == [("Feuille", "A3:A5")]


def test_years_and_codes_of_an_export_have_no_decimals() -> None:
    report = read(
        """
        Code INSEE | 2024.0 | 2025.0 | Rappel 2023
        13056.0    | 12     | 14     | 11
        13077.0    | 7      | 9      | 6
        """,
        "DE orientés",
    )
    assert {(territory, period) for _, territory, period, *_ in figures(report)} == {
        (code, year) for code in ("13056", "13077") for year in ("2024", "2025")
    }
