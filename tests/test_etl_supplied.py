"""Means that a return gives already computed in; kept as supplied where the counts are not given, out."""

from pathlib import Path

from conventions.catalogue import load_catalogue
from etl.lacking import tell_lacking
from etl.load import load_report
from etl.report import Options
from indicators.figures import compute_figures
from indicators.request import Request
from store.changes import Lacking, LackingFigure
from store.database import open_database
from tests.drawn import codes, read
from ui.deposit.effect_tables import render_added

CENTRES = Options("accompagnement-global-35", "departement-35")
TABLE = """
    Centre | Entrées en accompagnement global | Délai moyen (jours) | Portefeuille moyen
    CDAS 1 | 12 | 18.5 | 81.5
    CDAS 2 | 7  | 22   | n.c.
    """


def test_mean_without_its_counts_is_kept_as_supplied_with_its_cell() -> None:
    report = read(TABLE, "T1 2024", options=CENTRES)
    supplied = [one for one in report.observations if one.state == "fourni"]
    assert [(one.measure, one.territory, one.period, one.value, one.cell) for one in supplied] == [
        ("delai_moyen_demarrage", "cdas-1", "2024-T1", 18.5, "C2"),
        ("taille_moyenne_portefeuille", "cdas-1", "2024-T1", 81.5, "D2"),
        ("delai_moyen_demarrage", "cdas-2", "2024-T1", 22, "C3"),
    ]
    (told,) = [one for one in report.findings if one.code == "valeurs_fournies"]
    assert told.message.startswith("3 valeur(s) fournie(s) toute(s) calculée(s) (C2 à D2, C3)")
    assert "« Taille moyenne des portefeuilles »" in told.message


def test_mean_beside_its_counts_is_computed_again_and_not_kept() -> None:
    report = read(
        """
        Centre | DE en cours d'accompagnement | Conseillers dédiés (ETP) | Portefeuille moyen
        CDAS 1 | 160 | 2 | 80
        """,
        "T1 2024",
        options=CENTRES,
    )
    assert {one.state for one in report.observations} == {"ok"}
    assert {"ecarte_rate"} <= codes(report)


def test_mean_of_a_total_of_last_year_or_of_an_objective_is_not_kept() -> None:
    report = read(
        """
        Centre | Délai moyen (jours) | Objectif délai moyen (jours) | Rappel N-1 délai moyen (jours)
        CDAS 1 | 18.5 | 15 | 20
        Total  | 18.5 | 15 | 20
        """,
        "T1 2024",
        options=CENTRES,
    )
    assert [(one.territory, one.cell) for one in report.observations] == [("cdas-1", "B2")]


def test_mean_that_the_convention_does_not_follow_is_not_kept() -> None:
    plie = read(TABLE.replace("CDAS 1", "Martigues").replace("CDAS 2", "Port-de-Bouc"), "T1 2024")
    assert [one for one in plie.observations if one.state == "fourni"] == []


def test_supplied_mean_goes_from_the_table_to_its_figure_with_its_weight(tmp_path: Path) -> None:
    report = read(TABLE, "T1 2024", options=CENTRES)
    with open_database(tmp_path / "jalons.duckdb") as database:
        load_report(database, report)
        asked = Request("accompagnement-global-35", ("2024-T1",), ("territoire",), ("delai_moyen_demarrage",))
        found = compute_figures(database, asked)
    assert [(one.territory, one.denominator, one.value, one.state) for one in found] == [
        ("cdas-1", 12, 18.5, "fourni"),
        ("cdas-2", 7, 22, "fourni"),
    ]


def test_supplied_mean_that_a_later_file_lacks_is_named() -> None:
    absent = LackingFigure(
        "I000001", "avant.xlsx", "departement-35", "delai_moyen_demarrage", "cdas-1", "2024-T1", (), 18.5, "fourni"
    )
    (told,) = tell_lacking(Lacking((absent,), ()), is_retired=False)
    assert "Délai moyen de démarrage (jours), cdas-1, 1er trimestre 2024 : 18,5" in told.message


def test_effect_of_a_deposit_names_supplied_means_and_adds_none() -> None:
    report = read(TABLE, "T1 2024", options=CENTRES)
    html = render_added(report.observations, load_catalogue())
    assert "Délai moyen de démarrage (jours)" in html
    assert "40,5" not in html
