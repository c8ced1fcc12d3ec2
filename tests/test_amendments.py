"""Avenants: what was agreed on each day of a year, and how a year of two values is read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import indicators.request
from conventions.agreements import load_conventions, read_convention
from conventions.amendments import list_in_force, sum_due, weigh
from conventions.catalogue import load_catalogue
from conventions.reading import DATA, DataError
from conventions.values import Convention, Objective
from etl.load import load_report
from indicators.objectives import ObjectiveReading, read_objectives
from store.database import Database, open_database
from tests.deliveries import figure, report

PLIE = "plie-martigues"
MARTIGUES = (DATA / "conventions" / f"{PLIE}.toml").read_text(encoding="utf-8")
AMENDMENT = """
[[amendments]]
number = 1
date = 2025-07-01
article = "M avenant 1"
label = "Avenant inventé"
end = 2028-06-30

[[amendments.objectives]]
code = "integrations"
value = 265
label = "Au moins 265 nouvelles intégrations par an"

[[amendments.objectives]]
code = "sorties_positives"
value = 0.6

[[amendments.commitments]]
code = "copil_plie"
times = 2
"""


def read(tmp_path: Path, text: str) -> Convention:
    path = tmp_path / f"{PLIE}.toml"
    path.write_text(text, encoding="utf-8")
    return read_convention(path, load_catalogue())


@pytest.fixture
def amended(tmp_path: Path) -> Convention:
    """The PLIE's convention with an invented amendment on 1 July 2025."""
    return read(tmp_path, MARTIGUES + AMENDMENT)


def objective(convention: Convention, code: str) -> Objective:
    return next(one for one in convention.objectives if one.code == code)


def test_value_in_force_changes_on_its_day(amended: Convention) -> None:
    first, second = list_in_force(objective(amended, "integrations"), date(2025, 1, 1), date(2025, 12, 31))
    assert (first.value, first.end, first.number) == (225, date(2025, 6, 30), None)
    assert (second.value, second.start, second.number) == (265, date(2025, 7, 1), 1)
    assert second.label == "Au moins 265 nouvelles intégrations par an"


@pytest.mark.parametrize(("year", "value"), [(2024, 225), (2026, 265)])
def test_year_before_or_after_has_one_value(amended: Convention, year: int, value: float) -> None:
    parts = list_in_force(objective(amended, "integrations"), date(year, 1, 1), date(year, 12, 31))
    assert [one.value for one in parts] == [value]


def test_year_of_two_values_counts_each_by_its_days(amended: Convention) -> None:
    parts = list_in_force(objective(amended, "integrations"), date(2025, 1, 1), date(2025, 12, 31))
    assert weigh(parts)[0] == pytest.approx((225 * 181 + 265 * 184) / 365)
    assert weigh(parts)[1] is None
    assert sum_due(parts, date(2025, 6, 30)) == pytest.approx(225 * 181 / 365)
    assert sum_due(parts, date(2025, 9, 30)) == pytest.approx((225 * 181 + 265 * 92) / 365)
    assert sum_due(parts, date(2025, 12, 31)) == pytest.approx(weigh(parts)[0])


def test_label_and_times_that_are_not_said_stay(amended: Convention) -> None:
    rate = objective(amended, "sorties_positives").steps
    assert [(one.value, one.label) for one in rate] == [(0.6, "Au moins 50 % de sorties positives")]
    copil = next(one for one in amended.commitments if one.code == "copil_plie")
    assert [(one.value, one.upper) for one in copil.steps] == [(2, 2)]


def test_end_is_moved_and_the_first_one_kept(amended: Convention) -> None:
    assert (amended.end, amended.first_end) == (date(2028, 6, 30), date(2027, 12, 31))
    assert load_conventions()[PLIE].first_end is None


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("date = 2025-07-01", "date = 2022-07-01", "après le début"),
        ('code = "integrations"\nvalue = 265', 'code = "integration"\nvalue = 265', "vouliez-vous « integrations »"),
        ("value = 265", 'value = "265"', "un nombre attendu"),
        ('"M avenant 1"', '"R avenant 1"', "un article de la convention M attendu"),
    ],
)
def test_mistake_in_an_amendment_is_refused(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in AMENDMENT
    with pytest.raises(DataError, match=said):
        read(tmp_path, MARTIGUES + AMENDMENT.replace(old, new, 1))


@pytest.fixture
def database(tmp_path: Path, amended: Convention, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """A year of integrations and of exits, by quarter, under the amended convention."""
    monkeypatch.setattr(indicators.request, "load_conventions", lambda: {**load_conventions(), PLIE: amended})
    counts = {"integres": (60, 60, 60, 66), "sorties": (20, 20, 20, 20), "sorties_positives": (11, 11, 11, 11)}
    rows = [
        figure(measure, value, territory=PLIE, period=f"2025-T{rank}")
        for measure, values in counts.items()
        for rank, value in enumerate(values, 1)
    ]
    with open_database(tmp_path / "jalons.duckdb") as opened:
        load_report(opened, report(*rows))
        yield opened


def read_one(database: Database, code: str, day: date) -> ObjectiveReading:
    readings = read_objectives(database, PLIE, year=2025, as_of=day)
    return next(one for one in readings if one.objective.code == code)


def test_count_is_read_against_both_values_by_days(database: Database) -> None:
    reading = read_one(database, "integrations", date(2030, 1, 1))
    whole = (225 * 181 + 265 * 184) / 365
    assert reading.objective.value == reading.expected == pytest.approx(whole)
    assert [one.value for one in reading.amended] == [225, 265]
    assert reading.status == "Atteint"
    assert reading.gap == pytest.approx(246 - whole)


def test_trajectory_has_its_step(database: Database) -> None:
    reading = read_one(database, "integrations", date(2025, 9, 30))
    assert reading.expected == pytest.approx((225 * 181 + 265 * 92) / 365)
    dues = [reading.due(day) for day in (date(2025, 6, 30), date(2025, 9, 30), date(2025, 12, 31))]
    assert dues[1] - dues[0] > 92 / 181 * dues[0]
    assert dues[2] == pytest.approx(reading.objective.value)


def test_rate_is_read_with_the_values_of_the_time_read(database: Database) -> None:
    """Half the year at 50 %, a quarter more at 60 %, the year at their mean by days."""
    by_day = {
        day: read_one(database, "sorties_positives", day).objective.value
        for day in (date(2025, 6, 30), date(2025, 9, 30), date(2030, 1, 1))
    }
    assert list(by_day.values()) == [
        0.5,
        pytest.approx((0.5 * 181 + 0.6 * 92) / 273),
        pytest.approx((0.5 * 181 + 0.6 * 184) / 365),
    ]
    assert read_one(database, "sorties_positives", date(2030, 1, 1)).status == "Non atteint"


def test_projection_waits_for_enough_months(database: Database) -> None:
    assert read_one(database, "integrations", date(2025, 3, 31)).projection is None
    found = read_one(database, "integrations", date(2025, 6, 30)).projection
    assert found is not None
    assert found.value == pytest.approx(120 * 365 / 181)
    assert read_one(database, "integrations", date(2030, 1, 1)).projection is None
