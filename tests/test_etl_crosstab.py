"""Drawn tables in; the counts that their labels name, and findings for the others, out."""

from dataclasses import replace

from etl.report import INFORMATION
from tests.drawn import codes, draw, figures, parts, read, read_sheets

QUARTER = "T1 2024"


def test_a_number_is_named_by_what_stands_above_left_and_around() -> None:
    report = read(
        """
        Suivi du 1er trimestre
        Commune      | DE orientés | DE présents
        Martigues    | 12          | 9
        Port-de-Bouc | 7           | n.c.
        """,
        "2024",
    )
    assert figures(report) == {
        ("orientes", "13056", "2024-T1", 12),
        ("presents", "13056", "2024-T1", 9),
        ("orientes", "13077", "2024-T1", 7),
        ("presents", "13077", "2024-T1", "n.d."),
    }
    assert {one.cell for one in report.observations} == {"B3", "C3", "B4", "C4"}


def test_a_form_of_labels_and_values_is_read() -> None:
    report = read(
        """
        Commune de Port-de-Bouc
        DE orientés vers le PLIE  | 12
        Personnes intégrées       | 3
        """,
        QUARTER,
    )
    assert figures(report) == {("orientes", "13077", "2024-T1", 12), ("integres", "13077", "2024-T1", 3)}


def test_an_axis_of_the_table_is_never_taken_from_a_title() -> None:
    report = read(
        """
        Martigues
        Commune   | DE orientés
        Martigues | 12
        Zorglub   | 7
                  | 5
        """,
        QUARTER,
    )
    assert figures(report) == {("orientes", "13056", "2024-T1", 12)}
    assert {"territoire_inconnu", "nombre_non_nomme"} <= codes(report)


def test_a_value_of_one_measure_alone_names_it_and_others_name_none() -> None:
    report = read(
        """
        Demandeurs d’emploi
        Commune   | DEFM toutes catégories | Catégorie A | Hommes
        Martigues | 30                     | 12          | 14
        """,
        "décembre 2024",
    )
    assert figures(report) == {("defm", "13056", "2024-12", 30), ("defm", "13056", "2024-12", 12)}
    assert {one.segment for one in report.observations} == {(("categorie", "ABCDE"),), (("categorie", "A"),)}
    assert "nombre_non_nomme" in codes(report)


def test_an_unknown_block_title_hides_the_titles_above_it() -> None:
    report = read(
        """
        Martigues
        Indicateur  | T1 2024
        DE orientés | 12

        Zorglub
        Indicateur  | T1 2024
        DE orientés | 7
        """
    )
    assert figures(report) == {("orientes", "13056", "2024-T1", 12)}


def test_the_agence_in_a_title_does_not_name_the_commune() -> None:
    report = read(
        """
        Agence de Martigues
        Indicateur  | T1 2024
        DE orientés | 12
        """
    )
    assert figures(report) == set()
    assert "nombre_non_nomme" in codes(report)


def test_the_agence_column_does_not_name_communes() -> None:
    report = read(
        """
        Agence    | DE orientés
        Martigues | 12
        """,
        QUARTER,
    )
    assert figures(report) == set()
    assert "territoire_inconnu" in codes(report)


def test_two_near_places_that_disagree_name_no_period() -> None:
    report = read(
        """
        Bilan 2023
        Commune   | DE orientés
        Martigues | 12
        """,
        "T3 2024",
    )
    assert figures(report) == set()
    assert "libelles_contradictoires" in codes(report)


def test_two_near_places_that_disagree_name_no_territory() -> None:
    report = read(
        """
        Port-de-Bouc
        Indicateur  | T1 2024
        DE orientés | 12
        """,
        "Martigues",
    )
    assert figures(report) == set()
    assert "libelles_contradictoires" in codes(report)


def test_a_part_of_the_convention_wins_over_the_whole_in_titles() -> None:
    report = read(
        """
        Port-de-Bouc
        PLIE du Pays de Martigues
        Indicateur  | T1 2024
        DE orientés | 12
        """
    )
    assert figures(report) == {("orientes", "13077", "2024-T1", 12)}


def test_the_years_of_a_convention_date_nothing() -> None:
    report = read(
        """
        Convention de partenariat 2023-2027
        Commune   | DE orientés
        Martigues | 12
        """,
        QUARTER,
    )
    assert figures(report) == {("orientes", "13056", "2024-T1", 12)}


def test_a_date_in_a_title_dates_head_counts_not_flows() -> None:
    report = read(
        """
        Situation au 31/03/2024
        Commune   | DE orientés | Participants en parcours
        Martigues | 12          | 140
        """
    )
    assert figures(report) == {("participants", "13056", "2024-03", 140)}
    assert "nombre_non_nomme" in codes(report)


def test_a_quarter_that_ends_on_the_date_of_the_title_is_the_period() -> None:
    report = read(
        """
        Situation au 31/03/2024
        Commune   | DE orientés
        Martigues | 12
        """,
        QUARTER,
    )
    assert figures(report) == {("orientes", "13056", "2024-T1", 12)}


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


def test_a_text_among_numbers_is_an_unreadable_value() -> None:
    report = read(
        """
        Commune      | DE orientés
        Martigues    | 12
        Port-de-Bouc | environ douze
        """,
        QUARTER,
    )
    finding = next(finding for finding in report.findings if finding.code == "valeur_illisible")
    assert finding.cell == "B3"
    assert "douze" not in finding.message


def test_numbers_of_a_column_of_remarks_are_told() -> None:
    report = read(
        """
        Commune      | DE orientés | Suite
        Martigues    | 12          | à relancer
        Port-de-Bouc | 7           | vu
        St-Mitre     | 2           | 3
        """,
        QUARTER,
    )
    assert len(figures(report)) == 3
    assert "ecarte_remark" in codes(report)


def test_a_missing_quarter_is_never_the_whole_year() -> None:
    report = read(
        """
        Année | Trimestre | DE orientés
        2024  | T1        | 12
        2024  |           | 7
        """,
        "Martigues",
    )
    assert figures(report) == {("orientes", "13056", "2024-T1", 12)}
    assert "nombre_non_nomme" in codes(report)


def test_headers_that_lost_their_labels_are_refused() -> None:
    report = read(
        """
        Indicateur  | T1 2024 |   | T2 2024 |
        DE orientés | 1       | 2 | 3       | 4
        """,
        "Martigues",
    )
    assert figures(report) == set()
    assert "libelles_contradictoires" in codes(report)


def test_two_values_for_one_name_are_both_withdrawn() -> None:
    report = read(
        """
        Commune   | Trimestre | DE orientés | DE présents
        Martigues | T1 2024   | 12          | 5
        Martigues | T1 2024   | 13          | 5
        Martigues | T2 2024   | 9           | 4
        """
    )
    assert figures(report) == {("orientes", "13056", "2024-T2", 9), ("presents", "13056", "2024-T2", 4)}
    finding = next(finding for finding in report.findings if finding.code == "valeurs_contradictoires")
    assert "C2" in finding.message
    assert "C3" in finding.message


def test_the_same_figure_on_two_sheets_is_kept_once() -> None:
    table = """
        Commune   | DE orientés
        Martigues | 12
        """
    report = read_sheets(draw(table, "T1 2024"), draw(table, "1er trimestre 2024"))
    assert [one.sheet for one in report.observations] == ["T1 2024"]
    assert "chiffre_repete" in codes(report)


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


def test_a_motive_that_the_convention_does_not_sort_is_kept_and_told() -> None:
    report = read(
        """
        Sorties par motif
        Motif                | T1 2024
        CDI                  | 4
        Autonomie suffisante | 2
        """,
        "Martigues",
    )
    assert {one.segment for one in report.observations} == {
        (("motif", "cdi"),), (("motif", "autonomie_suffisante"),),
    }  # fmt: skip
    told = [finding for finding in report.findings if finding.code == "sortie_hors_convention"]
    assert [(finding.cell, "Autonomie suffisante" in finding.message) for finding in told] == [("B4", True)]


def test_a_motive_of_refusal_is_no_motive_of_exit() -> None:
    report = read("Refus d'intégration\nMotif | T1 2024\nRefus de la personne | 4", "Martigues")
    assert [one.measure for one in report.observations] == ["refus_integration"]
    assert "sortie_hors_convention" not in codes(report)


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


def test_a_cut_name_yields_to_the_valid_code_beside_it() -> None:
    report = read(
        """
        Code INSEE | Commune        | DE orientés
        13098      | St-Mitre-les-R | 12
        """,
        QUARTER,
    )
    assert figures(report) == {("orientes", "13098", "2024-T1", 12)}


def test_values_that_cannot_be_counts_are_refused() -> None:
    report = read(
        """
        Commune      | DE orientés | DE présents | Sorties totales
        Martigues    | -3          | 12,5        | 65 %
        Port-de-Bouc | 7           | 5           | 2
        """,
        QUARTER,
    )
    assert {"valeur_negative", "valeur_non_entiere", "pourcentage_pour_un_compte"} <= codes(report)
    assert {territory for _, territory, _, _ in figures(report)} == {"13077"}


def test_a_hidden_sheet_is_told_and_not_read() -> None:
    table = """
        Commune   | DE orientés
        Martigues | 12
        """
    report = read_sheets(draw(table, "T1 2024"), replace(draw(table, "T2 2024"), is_hidden=True))
    assert figures(report) == {("orientes", "13056", "2024-T1", 12)}
    assert "feuille_masquee" in codes(report)


def test_a_sheet_that_names_nothing_is_one_finding() -> None:
    table = """
        Commune   | DE orientés
        Martigues | 12
        """
    form = """
        Version  | 3
        Rédigé   | 2
        """
    report = read_sheets(draw(form, "Garde"), draw(table, "T1 2024"))
    assert [finding.code for finding in report.findings if finding.sheet == "Garde"] == ["feuille_sans_compte"]


def test_many_labels_that_nobody_understands_are_not_repeated() -> None:
    names = [f"Personne{n} Inconnue{n}" for n in range(8)]
    lines = "\n".join(f"{name} | 1" for name in names)
    report = read(f"Suite | DE orientés\nMartigues | 12\n{lines}", QUARTER)
    told = [finding for finding in report.findings if finding.code == "libelles_inconnus"]
    assert [finding.cell for finding in told] == ["A3"]
    assert "Personne" not in str(report.findings) + str(report.labels)


def test_each_label_and_title_tells_what_it_was_taken_for() -> None:
    report = read(
        """
        Suivi du PLIE de Martigues
        Commune   | DE orientés | Taux de présence
        Martigues | 12          | 65 %
        """,
        QUARTER,
    )
    notes = {note.text: (note.axis, note.cell, note.confidence) for note in report.labels}
    assert notes == {
        "Suivi du PLIE de Martigues": ("territoire", "A1", 0.95),
        "DE orientés": ("mesure", "B2", 1.0),
        "Taux de présence": ("écarté", "C2", 0.95),
        "Martigues": ("territoire", "A3", 1.0),
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
