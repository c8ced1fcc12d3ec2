"""Objectives as they are read during a year: what is done, what is due by then, and the status."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import indicators.request
from conventions.agreements import load_conventions
from conventions.values import Objective, make_segment
from etl.load import load_report
from indicators.objectives import ObjectiveReading, find_last_year, read_objectives
from store.database import Database, open_database
from tests.deliveries import figure, report

QUARTERS = ("2024-T1", "2024-T2", "2024-T3", "2024-T4")
WHOLE = "plie-martigues"


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """A database that received nothing yet."""
    with open_database(tmp_path / "jalons.duckdb") as opened:
        yield opened


def load_counts(database: Database, counts: dict[str, dict[str, float]], **segments: str) -> None:
    """Load counts of the whole PLIE, by measure and period."""
    rows = [
        replace(figure(measure, value, territory=WHOLE, period=period), segment=make_segment(segments))
        for measure, values in counts.items()
        for period, value in values.items()
    ]
    load_report(database, report(*rows, file=f"{counts}{segments}"))


def read(database: Database, code: str, *, convention: str = WHOLE, **asked: object) -> ObjectiveReading:
    """One objective, long after unless told otherwise."""
    options = {"as_of": date(2030, 1, 1), **asked}
    readings = read_objectives(database, convention, **options)  # type: ignore[arg-type]
    return next(one for one in readings if one.objective.code == code)


def test_count_is_read_against_the_straight_line_of_its_days(database: Database) -> None:
    load_counts(database, {"integres": {"2024-T1": 60, "2024-T2": 50}})
    reading = read(database, "integrations", year=2024)
    assert [one.code for one in reading.periods] == ["2024-T1", "2024-T2"]
    assert reading.figure is not None
    assert (reading.figure.value, reading.is_whole_year) == (110, False)
    assert reading.expected == pytest.approx(225 * 182 / 366)
    assert reading.gap == pytest.approx(110 - 225 * 182 / 366)
    assert reading.status == "À surveiller"


@pytest.mark.parametrize(("value", "status"), 
    [
        (112, "En bonne voie"),
        (111, "À surveiller"),
        (101, "À surveiller"),
        (100, "Compromis"),
        (224, "En bonne voie"),
        (225, "Atteint"),
    ],
)
def test_status_of_a_count_follows_its_line(database: Database, value: float, status: str) -> None:
    load_counts(database, {"integres": {"2024-T1": value, "2024-T2": 0}})
    assert read(database, "integrations", year=2024).status == status


def test_whole_year_is_read_against_the_whole_objective(database: Database) -> None:
    load_counts(database, {"integres": dict.fromkeys(QUARTERS, 56)})
    reading = read(database, "integrations", year=2024)
    assert (reading.is_whole_year, reading.expected, reading.gap) == (True, 225, -1)
    assert reading.status == "Non atteint"


def test_run_stops_at_the_first_hole(database: Database) -> None:
    load_counts(database, {"integres": {"2024-T1": 60, "2024-T3": 50}})
    reading = read(database, "integrations", year=2024)
    assert [one.code for one in reading.periods] == ["2024-T1"]


def test_year_without_its_first_quarter_is_not_available(database: Database) -> None:
    load_counts(database, {"integres": {"2024-T2": 60}})
    reading = read(database, "integrations", year=2024)
    assert (reading.periods, reading.figure, reading.gap, reading.status) == ((), None, None, "n. d.")


def test_rate_is_read_as_it_is_without_line(database: Database) -> None:
    load_counts(
        database,
        {"sorties": {"2024-T1": 20, "2024-T2": 20}, "sorties_positives": {"2024-T1": 9, "2024-T2": 13}},
    )
    reading = read(database, "sorties_positives", year=2024)
    assert reading.figure is not None
    assert (reading.figure.value, reading.expected, reading.status) == (0.55, None, "En bonne voie")
    assert reading.gap == pytest.approx(0.05)


def test_rate_below_is_said_below(database: Database) -> None:
    load_counts(database, {"participants": {"2024-T1": 200}})
    load_counts(database, {"participants": {"2024-T1": 110}}, public="rsa")
    assert read(database, "part_rsa", year=2024).status == "À surveiller"


def test_mean_runs_to_the_last_date_received(database: Database) -> None:
    load_counts(database, {
        "participants": {"2024-T1": 180, "2024-T2": 190, "2024-T3": 210},
        "accompagnateurs": {"2024-T1": 3, "2024-T3": 3},
    })  # fmt: skip
    reading = read(database, "portefeuille", year=2024)
    assert [one.code for one in reading.periods] == list(QUARTERS[:3])
    assert reading.figure is not None
    assert (reading.figure.value, reading.figure.state, reading.status) == (65, "partiel", "En bonne voie")
    assert reading.figure.missing == ((WHOLE, "2024-T2"),)


def test_previous_is_the_same_part_of_the_year_before(database: Database) -> None:
    load_counts(
        database, {"integres": {"2023-T1": 40, "2023-T2": 45, "2023-T3": 50, "2024-T1": 60, "2024-T2": 50}}
    )
    reading = read(database, "integrations", year=2024)
    assert reading.previous is not None
    assert reading.previous.value == 85


def test_a_year_before_that_lacks_a_part_is_no_comparison(database: Database) -> None:
    counts: dict[str, dict[str, float]] = {"integres": {"2023-T1": 40, "2024-T1": 60, "2024-T2": 50}}
    load_counts(database, counts)
    assert read(database, "integrations", year=2024).previous is None
    load_counts(database, {"integres": counts["integres"] | {"2023-T2": 45}})
    previous = read(database, "integrations", year=2024).previous
    assert previous is not None
    assert previous.value == 85


def test_quarter_not_begun_is_not_read(database: Database) -> None:
    load_counts(database, {"integres": dict.fromkeys(QUARTERS, 60)})
    reading = read(database, "integrations", year=2024, as_of=date(2024, 6, 30))
    assert [one.code for one in reading.periods] == ["2024-T1", "2024-T2"]


@pytest.mark.parametrize(
    ("persons", "gap", "status"),
    [
        (620, -8, "Compromis"),
        (630, -7, "À surveiller"),
        (690, -1, "À surveiller"),
        (700, 0, "En bonne voie"),
        (1000, 0, "En bonne voie"),
        (1010, 1, "À surveiller"),
        (1120, 12, "Compromis"),
    ],
)
def test_band_is_held_between_its_bounds(database: Database, persons: float, gap: float, status: str) -> None:
    rows = [
        figure(measure, value, territory="35", period="2024-01", source="departement-35")
        for measure, value in (("en_cours", persons), ("conseillers", 10))
    ]
    load_report(database, report(*rows, convention="accompagnement-global-35", source="departement-35"))
    reading = read(database, "portefeuille", convention="accompagnement-global-35", year=2024)
    assert reading.gap == pytest.approx(gap)
    assert reading.status == status


def test_objective_of_one_year_is_not_read_in_another(database: Database) -> None:
    codes = {
        year: {one.objective.code for one in read_objectives(database, "accompagnement-global-35", year=year)}
        for year in (2023, 2024)
    }
    assert codes[2023] - codes[2024] == {"entrees_par_conseiller", "entrees_2023"}


def test_first_year_of_a_convention_is_read_from_its_start(database: Database) -> None:
    """Its entries before July 2023 are not awaited; the figure says that it leaves them out."""
    rows = [
        figure("entrees", 90, territory="35", period=f"2023-{month:02d}", source="departement-35")
        for month in range(7, 13)
    ]
    load_report(database, report(*rows, convention="accompagnement-global-35", source="departement-35"))
    reading = read(database, "entrees_2023", convention="accompagnement-global-35", year=2023)
    assert reading.figure is not None
    assert (reading.figure.value, reading.figure.state, reading.expected) == (540, "partiel", 1270)
    assert reading.figure.missing == (("35", "2023-S1"),)


def test_objective_on_a_segment_reads_that_segment(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    agreed = load_conventions()
    women = Objective(
        code="femmes", label="Au moins 100 femmes", indicator="integres", direction=">=", value=100,
        period="annee", article="M 3-1", segment=(("sexe", "femme"),),
    )  # fmt: skip
    convention = replace(agreed[WHOLE], objectives=(women,))
    monkeypatch.setattr(indicators.request, "load_conventions", lambda: {**agreed, WHOLE: convention})
    load_counts(database, {"integres": {"2024-T1": 120}}, sexe="femme")
    load_counts(database, {"integres": {"2024-T1": 80}}, sexe="homme")
    reading = read(database, "femmes", year=2024)
    assert reading.figure is not None
    assert (reading.figure.value, reading.status) == (120, "Atteint")


def test_committee_reads_no_small_count(database: Database) -> None:
    load_counts(database, {"integres": {"2024-T1": 3}})
    reading = read(database, "integrations", year=2024, audience="comite")
    assert (reading.figure, reading.status) == (None, "n. d.")


@pytest.mark.parametrize(
    ("received", "day", "year"),
    [
        (["2023-T4", "2024-T1"], date(2030, 1, 1), 2024),
        (["2023-T4", "2024-T1"], date(2023, 12, 31), 2023),
        ([], date(2025, 5, 5), 2025),
        ([], date(2030, 1, 1), 2027),
        ([], date(2020, 1, 1), 2023),
    ],
)
def test_last_year_is_the_last_one_received(
    database: Database, received: list[str], day: date, year: int
) -> None:
    if received:
        load_counts(database, {"integres": dict.fromkeys(received, 10)})
    assert find_last_year(database, load_conventions()[WHOLE], day) == year
    assert {one.year for one in read_objectives(database, WHOLE, as_of=day)} == {year}
