"""Figures of the demonstration, recomputed from its workbooks by pandas: the product counts nothing here."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import pandas as pd
import pytest

from indicators.figures import Request, compute_figures
from indicators.objectives import read_objectives
from indicators.values import Figure
from store.database import Database, open_database

COMMUNES = {"13056": "Martigues", "13077": "Port-de-Bouc", "13098": "Saint-Mitre-les-Remparts"}
POSITIVE = {
    "CDI", "CDD de 6 mois et plus", "Création d’activité", "Titularisation",
    "Mission d’intérim de 6 mois et plus", "Titre professionnel ou diplôme obtenu",
}  # fmt: skip
STEPS = ["Date d'orientation", "Date du premier contact", "Date d'entrée en diagnostic", "Date d'intégration"]


@dataclass(frozen=True)
class Demonstration:
    """The workbooks as they were written, and the database that they were loaded into."""

    folder: Path
    database: Database

    def grid(self, name: str, sheet: str) -> pd.DataFrame:
        """The cells of a sheet, without header."""
        file = self.folder / f"{name}.xlsx"
        return pd.read_excel(file, sheet_name=sheet, header=None, dtype=object, engine="openpyxl")

    def paths(self) -> pd.DataFrame:
        """The paths, their dates read whether typed as dates or as French text."""
        frame = pd.read_excel(
            self.folder / "PLIE_Pays_de_Martigues_parcours_2023-2026.xlsx", dtype=object, engine="openpyxl"
        )
        for column in (*STEPS, "Date de sortie"):
            frame[column] = pd.to_datetime(frame[column].map(read_day, na_action="ignore"))
        return frame

    def ask(self, convention: str, indicator: str, *periods: str, **asked: object) -> Figure:
        """The one figure of an indicator."""
        request = Request(convention, periods, indicators=(indicator,), as_of=date(2026, 11, 22), **asked)  # type: ignore[arg-type]
        (found,) = compute_figures(self.database, request)
        return found

    def plie_2024(self, label: str) -> float:
        """The four quarters of the three communes of a line of the PLIE's return of 2024."""
        grid = self.grid("PLIE_Pays_de_Martigues_suivi_2024", "Suivi 2024")
        return total(grid[grid[0] == label].iloc[:, 1:5].to_numpy().ravel())


def read_day(value: object) -> object:
    """A date, or a text « 03/05/2024 »."""
    return datetime.strptime(value, "%d/%m/%Y") if isinstance(value, str) else value


def number(cell: object) -> float:
    """A cell as a number: spaces and the mark of a footnote set aside."""
    return float("".join(str(cell).replace("(1)", "").split()))


def total(cells: Iterable[object]) -> float:
    """The sum of cells."""
    return sum(number(cell) for cell in cells)


def months(days: pd.Series, first: str, last: str) -> pd.Series:
    """Which days lie between two."""
    return days.between(pd.Timestamp(first), pd.Timestamp(last))


@pytest.fixture(scope="module")
def demonstration(own_demonstration: Path) -> Iterator[Demonstration]:
    """Every workbook written, read and loaded as a partner's deposit is."""
    with open_database(own_demonstration / "jalons.duckdb") as database:
        yield Demonstration(own_demonstration / "classeurs", database)


def test_orientes_of_2024(demonstration: Demonstration) -> None:
    expected = demonstration.plie_2024("DE orientés vers le PLIE")
    assert demonstration.ask("plie-martigues", "orientes", "2024").value == expected > 500


def test_presence_rate_of_2024(demonstration: Demonstration) -> None:
    found = demonstration.ask("plie-martigues", "taux_presence", "2024")
    presents = demonstration.plie_2024("DE présents / reçus en premier accueil")
    orientes = demonstration.plie_2024("DE orientés vers le PLIE")
    assert (found.numerator, found.denominator, found.value) == (presents, orientes, presents / orientes)


def test_integration_rate_of_2024_counts_those_france_travail_sent(demonstration: Demonstration) -> None:
    found = demonstration.ask("plie-martigues", "taux_integration_orientation", "2024")
    sent = demonstration.plie_2024("Personnes intégrées au dispositif, prescripteur France Travail")
    assert (found.numerator, found.denominator) == (sent, demonstration.plie_2024("DE orientés vers le PLIE"))


def test_share_of_france_travail_in_2024(demonstration: Demonstration) -> None:
    found = demonstration.ask("plie-martigues", "part_prescription_ft", "2024")
    everyone = demonstration.plie_2024("Personnes intégrées au dispositif")
    sent = demonstration.plie_2024("Personnes intégrées au dispositif, prescripteur France Travail")
    assert found.value == pytest.approx(sent / everyone)


def test_presence_of_a_commune_in_one_quarter_of_2023(demonstration: Demonstration) -> None:
    """Saint-Mitre had not counted: its rate comes from the paths, that of Martigues from the return."""
    row = demonstration.grid("PLIE_Pays_de_Martigues_suivi_2023", "T2").iloc[3]
    assert str(row[0]) == "13056"
    asked = Request("plie-martigues", ("2023-T2",), ("territoire",), ("taux_presence",))
    found = {one.territory: one for one in compute_figures(demonstration.database, asked)}
    assert (found["13056"].numerator, found["13056"].denominator) == (number(row[3]), number(row[2]))
    paths = demonstration.paths()
    own = paths[paths["Code INSEE"].astype(str).str.startswith("13098")]
    expected = [int(months(own[step], "2023-04-01", "2023-06-30").sum()) for step in STEPS[:2]]
    assert [found["13098"].denominator, found["13098"].numerator] == expected


def test_positive_exits_of_2023(demonstration: Demonstration) -> None:
    found = demonstration.ask("plie-martigues", "taux_sorties_positives", "2023")
    rows = [
        demonstration.grid("PLIE_Pays_de_Martigues_suivi_2023", f"T{rank}").iloc[3:6] for rank in (1, 2, 3, 4)
    ]
    positive, exits = (total(cell for grid in rows for cell in grid[column]) for column in (8, 7))
    assert (found.numerator, found.denominator, found.value) == (positive, exits, positive / exits)


def test_orientes_of_2025_take_the_corrected_workbook(demonstration: Demonstration) -> None:
    names = ("PLIE_Pays_de_Martigues_suivi_2025_T1_T2_v2", "PLIE_Pays_de_Martigues_suivi_2025_T3_T4")
    grids = [demonstration.grid(name, "Tableau de bord") for name in names]
    lines = [grid[grid[0] == "DE orientés vers le PLIE"].iloc[0, 1:].dropna() for grid in grids]
    expected = total(cell for line in lines for cell in line)
    assert demonstration.ask("plie-martigues", "orientes", "2025").value == expected


def test_share_of_rsa_at_the_end_of_2025(demonstration: Demonstration) -> None:
    grid = demonstration.grid("PLIE_Pays_de_Martigues_suivi_2025_T3_T4", "Tableau de bord").set_index(0)
    rsa, everyone = (
        total(grid.loc[label].dropna().iloc[-3:])
        for label in ("Participants en parcours, allocataires du RSA", "Participants en parcours")
    )
    found = demonstration.ask("plie-martigues", "part_rsa", "2025")
    assert (found.numerator, found.denominator) == (rsa, everyone)


def test_participants_per_counsellor_is_a_mean_over_2024(demonstration: Demonstration) -> None:
    grid = demonstration.grid("PLIE_Pays_de_Martigues_suivi_2024", "Suivi 2024")
    participants = grid[grid[0] == "Participants en parcours"].iloc[:, 1:5].astype(float).to_numpy().sum()
    means = demonstration.grid("PLIE_Pays_de_Martigues_suivi_2024", "Moyens")
    counsellors = means[means[0] == "PLIE Pays de Martigues"].iloc[0, 1:].astype(float).sum()
    found = demonstration.ask("plie-martigues", "participants_par_accompagnateur", "2024")
    assert found.value == pytest.approx(participants / counsellors)
    assert (found.numerator, found.denominator) == (participants, counsellors)


def test_permanent_contracts_of_2024(demonstration: Demonstration) -> None:
    grid = demonstration.grid("PLIE_Pays_de_Martigues_suivi_2024", "Sorties par motif")
    expected = total(grid[grid[0] == "CDI"].iloc[0, 1:].dropna())
    asked = Request("plie-martigues", ("2024",), ("motif",), ("sorties",))
    found = {one.segment: one.value for one in compute_figures(demonstration.database, asked)}
    assert found[(("motif", "cdi"),)] == expected


def test_france_travail_s_own_counts_of_2024(demonstration: Demonstration) -> None:
    grid = demonstration.grid("France_Travail_Martigues_PLIE_2024", "Retour")
    own = grid[grid[0].isin(COMMUNES.values())]
    orientes, convoques, presents = (own[column].astype(float).sum() for column in (2, 3, 4))
    theirs = demonstration.ask("plie-martigues", "orientes", "2024", source="france-travail")
    assert theirs.value == orientes
    rate = demonstration.ask("plie-martigues", "taux_presence_ic", "2024")
    assert (rate.numerator, rate.denominator) == (presents, convoques)


def test_cohort_of_2024_follows_those_oriented(demonstration: Demonstration) -> None:
    paths = demonstration.paths()
    sent = paths[
        (paths["Prescripteur"] == "France Travail") & months(paths[STEPS[0]], "2024-01-01", "2024-12-31")
    ]
    counts = [int(sent[step].notna().sum()) for step in STEPS]
    exits = sent[sent["Date de sortie"].notna()]
    measures = ("orientes", "presents", "diagnostics", "integres", "sorties")
    found = [demonstration.ask("plie-martigues", code, "2024", reading="cohorte").value for code in measures]
    assert found == [*counts, len(exits)]
    assert counts == sorted(counts, reverse=True)
    rate = demonstration.ask("plie-martigues", "taux_sorties_positives", "2024", reading="cohorte")
    assert rate.numerator == int(exits["Motif de sortie"].isin(POSITIVE).sum())
    assert demonstration.ask(
        "plie-martigues", "taux_integration_orientation", "2024", reading="cohorte"
    ).value == (counts[3] / counts[0])


def test_women_integrated_in_2024(demonstration: Demonstration) -> None:
    """The returns do not say it: the paths do."""
    paths = demonstration.paths()
    expected = (months(paths[STEPS[3]], "2024-01-01", "2024-12-31") & (paths["Sexe"] == "Femmes")).sum()
    asked = Request("plie-martigues", ("2024",), ("sexe",), ("integres",))
    found = {one.segment: one.value for one in compute_figures(demonstration.database, asked)}
    assert found[(("sexe", "femme"),)] == expected > 0


def test_objective_of_integrations_in_2024(demonstration: Demonstration) -> None:
    readings = read_objectives(demonstration.database, "plie-martigues", year=2024, as_of=date(2026, 11, 22))
    reading = next(one for one in readings if one.objective.code == "integrations")
    done = demonstration.plie_2024("Personnes intégrées au dispositif")
    assert (reading.expected, reading.gap) == (225, done - 225)


def block(grid: pd.DataFrame, label: str) -> pd.DataFrame:
    """The eight centres × twelve months below a label."""
    first = grid.index[grid[0] == label][0] + 2
    return grid.iloc[first : first + 8, 1:13].astype(float)


def test_accompagnement_global_of_2024(demonstration: Demonstration) -> None:
    grid = demonstration.grid("CD35_accompagnement_global_2024", "Tableau mensuel")
    entries = block(grid, "Entrées en accompagnement global")
    delays = block(grid, "Délai de démarrage : somme des jours, de la prescription au premier entretien")
    open_paths = block(grid, "DE en cours d'accompagnement").iloc[:, -1].sum()
    advisers = block(grid, "Conseillers dédiés (ETP)").iloc[:, -1].sum()
    convention = "accompagnement-global-35"
    assert demonstration.ask(convention, "entrees", "2024").value == entries.to_numpy().sum()
    assert (
        demonstration.ask(convention, "entrees_cumulees", "2024-09").value
        == entries.iloc[:, :9].to_numpy().sum()
    )
    delay = demonstration.ask(convention, "delai_moyen_demarrage", "2024")
    assert delay.value == pytest.approx(delays.to_numpy().sum() / entries.to_numpy().sum())
    assert demonstration.ask(convention, "taille_moyenne_portefeuille", "2024").value == open_paths / advisers
    assert demonstration.ask(convention, "entrees_par_conseiller", "2024").value == pytest.approx(
        entries.to_numpy().sum() / advisers
    )


def test_exits_of_the_accompagnement_global_towards_a_job_in_2024(demonstration: Demonstration) -> None:
    grid = demonstration.grid("CD35_accompagnement_global_2024", "Sorties")
    asked = Request("accompagnement-global-35", ("2024",), ("motif",), ("sorties",))
    found = {one.segment: one.value for one in compute_figures(demonstration.database, asked)}
    assert found[(("motif", "emploi"),)] == total(grid[grid[0] == "Emploi"].iloc[0, 1:])


def test_people_received_in_metz_in_2022_are_not_those_of_two_semesters(demonstration: Demonstration) -> None:
    year = demonstration.grid("Metz_emploi_bilan_2022", "Année").iloc[3:9, 1].astype(int).sum()
    semesters = [
        demonstration.grid(f"Metz_emploi_2022-S{rank}", "Quartiers").iloc[3:9, 1].astype(int).sum()
        for rank in (1, 2)
    ]
    found = demonstration.ask("metz", "accueillis", "2022")
    assert (found.value, found.state) == (year, "partiel")
    assert year < sum(semesters)


def test_city_of_rouen_in_2024(demonstration: Demonstration) -> None:
    grid = demonstration.grid("France_Travail_Rouen_2024", "DEFM")
    months_row, categories = grid.iloc[3].ffill(), grid.iloc[4]
    column = next(
        at for at in grid.columns if months_row[at] == "juin 2024" and categories[at] == "Catégories A, B, C"
    )
    city = grid[grid[0] == "Rouen"].iloc[0]
    assert demonstration.ask("rouen", "defm", "2024-06").value == number(city[column])
    periods = demonstration.grid("France_Travail_Rouen_2024", "PMSMP").iloc[3:6, 1:5]
    assert demonstration.ask("rouen", "pmsmp", "2024").value == total(periods.to_numpy().ravel())


def test_people_followed_in_troyes_in_2020(demonstration: Demonstration) -> None:
    expected = total(demonstration.grid("Troyes_PCE_2020", "Année").iloc[3:9, 1])
    assert demonstration.ask("troyes", "accompagnes", "2020").value == expected
