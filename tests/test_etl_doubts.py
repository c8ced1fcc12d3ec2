"""Drawn tables with numbers that nothing names, or that say two things, in; a finding for each, never a guess, out."""

from dataclasses import replace

from tests.drawn import codes, draw, figures, read, read_sheets

QUARTER = "T1 2024"


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


def test_a_number_inside_a_text_is_told_and_never_read() -> None:
    report = read(
        """
        Commune de Martigues
        Personnes intégrées     | 3

        DE orientés : 1 212
        DE présents = 9
        Réunion du 4 : salle 12
        """,
        QUARTER,
    )
    assert figures(report) == {("integres", "13056", "2024-T1", 3)}
    told = [finding for finding in report.findings if finding.code == "nombre_dans_un_texte"]
    assert [(one.cell, one.message.count("A4 à A5")) for one in told] == [("A4", 1)]
