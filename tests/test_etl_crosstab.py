"""Drawn tables in; the counts that their labels, titles and places name out."""

from tests.drawn import codes, figures, read

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


def test_a_cut_name_yields_to_the_valid_code_beside_it() -> None:
    report = read(
        """
        Code INSEE | Commune        | DE orientés
        13098      | St-Mitre-les-R | 12
        """,
        QUARTER,
    )
    assert figures(report) == {("orientes", "13098", "2024-T1", 12)}
