"""Texts of workbooks in; the convention and the source that they name, and how sure that is, out."""

from __future__ import annotations

import pytest

from etl.report import Options, Report
from tests.drawn import codes, draw, read_sheets

TABLE = """
    Commune      | DE orientés vers le PLIE
    Martigues    | 12
    Port-de-Bouc | 7
    """


def settle(*titles: str, name: str = "T1 2024", file: str = "retour.xlsx", options: Options | None = None) -> Report:
    """The report of the table under these titles."""
    return read_sheets(draw("\n".join([*titles, TABLE.strip("\n")]), name), file=file, options=options or Options())


@pytest.mark.parametrize("title", ["PLIE du Pays de Martigues", "Bilan du PLIE de Martigues"])
def test_a_title_names_the_convention(title: str) -> None:
    assert settle(title).convention == "plie-martigues"


def test_the_territories_of_a_table_tell_its_convention() -> None:
    report = settle("Tableau")
    assert report.convention == "plie-martigues"
    assert "convention_deduite" in codes(report)


def test_a_few_places_among_many_tell_no_convention() -> None:
    others = "\n".join(f"Commune {n} | {n}" for n in range(200))
    assert read_sheets(draw(f"{TABLE}\n{others}", "T1 2024"), options=Options()).convention is None


@pytest.mark.parametrize(
    ("titles", "file", "source"),
    [
        (["Source : PLIE"], "retour.xlsx", "plie"),
        (["Source : France Travail, extraction"], "retour.xlsx", "france-travail"),
        (["Retour de Pôle emploi"], "retour.xlsx", "france-travail"),
        ([], "PLIE_suivi.xlsx", "plie"),
        (["Retour vers le PLIE de France Travail"], "France_Travail_2024.xlsx", "france-travail"),
    ],
)
def test_names_notes_and_titles_tell_the_source(titles: list[str], file: str, source: str) -> None:
    report = settle(*titles, file=file)
    assert report.source == source


@pytest.mark.parametrize("file", ["PLIE_suivi.xlsx", "France_Travail.xlsx"])
def test_a_source_named_alone_is_sure(file: str) -> None:
    assert "source_deduite" in codes(settle(file=file))


def test_the_labels_of_figures_name_no_source() -> None:
    """« DE orientés par France Travail » is a line of the PLIE's own return."""
    report = settle("DE orientés par France Travail", file="PLIE_suivi.xlsx")
    assert (report.source, "source_deduite" in codes(report)) == ("plie", True)


def test_a_source_note_wins_over_the_name_of_the_file() -> None:
    assert settle("Source : France Travail", file="PLIE_suivi.xlsx").source == "france-travail"


def test_titles_that_disagree_make_the_source_likely_only() -> None:
    report = settle("Retour du PLIE", "Retour de France Travail")
    assert report.source == "plie"
    assert "source_supposee" in codes(report)


def test_without_a_name_the_first_source_is_supposed_and_told() -> None:
    report = settle("Tableau")
    assert report.source == "plie"
    assert "source_supposee" in codes(report)


def test_options_win_over_the_file() -> None:
    report = settle("Source : PLIE", options=Options("plie-martigues", "france-travail"))
    assert report.source == "france-travail"
    assert {one.source for one in report.observations} == {"france-travail"}


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (Options("plie-marseille"), "convention_inconnue"),
        (Options("plie-martigues", "insee"), "source_inconnue"),
        (Options("plie-martigues", "plie", "trimestre 1"), "periode_inconnue"),
    ],
)
def test_an_option_that_does_not_exist_refuses_the_file(options: Options, code: str) -> None:
    report = settle(options=options)
    assert not report.accepted
    assert code in codes(report)


def test_the_period_of_the_options_completes_the_file_only() -> None:
    said = settle(name="Feuil1", options=Options("plie-martigues", "plie", "2024-T2"))
    assert {one.period for one in said.observations} == {"2024-T2"}
    told = settle(name="T1 2024", options=Options("plie-martigues", "plie", "2024-T2"))
    assert {one.period for one in told.observations} == {"2024-T1"}
