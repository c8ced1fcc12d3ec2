"""Paths in; the histograms of their delays out: the same as plain pandas gives, and a few drawn by hand."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pandas as pd
import pytest

from conventions.catalogue import EVENTS
from etl.load import load_report, undo_import
from store.database import Database, open_database
from store.delays import read_curves, read_delays
from tests.deliveries import PathRecord, dump, path, report
from tests.test_store_counting import invent_path

ORIENTATION, CONTACT, DIAGNOSTIC, INTEGRATION, SORTIE = EVENTS
PAIRS = [
    (ORIENTATION, CONTACT),
    (CONTACT, DIAGNOSTIC),
    (DIAGNOSTIC, INTEGRATION),
    (INTEGRATION, SORTIE),
    (ORIENTATION, INTEGRATION),
]
Histogram = Counter[tuple[object, ...]]


@pytest.fixture(scope="module")
def paths() -> list[PathRecord]:
    draw = Random(77)
    return [invent_path(rank, draw) for rank in range(300)]


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with open_database(tmp_path / "jalons.duckdb") as opened:
        yield opened


@pytest.fixture(scope="module")
def loaded(paths: list[PathRecord], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    with open_database(tmp_path_factory.mktemp("delays") / "jalons.duckdb") as opened:
        load_report(opened, report(paths=paths))
        yield opened


def read_dates(record: PathRecord) -> dict[str, date | None]:
    return {event: getattr(record, event) for event in EVENTS}


def find_horizon(paths: list[PathRecord]) -> date:
    return max(day for record in paths for day in read_dates(record).values() if day is not None)


def count_months(began: date, until: date) -> int:
    """The fewest calendar months after which a day is past, by pandas."""
    return next(k for k in range(600) if pd.Timestamp(began) + pd.DateOffset(months=k) >= pd.Timestamp(until))


def count_delays(paths: list[PathRecord], start: str, end: str) -> Histogram:
    """(state, days, months) of each path that has the first date."""
    horizon, counts = find_horizon(paths), Histogram()
    for record in paths:
        dates = read_dates(record)
        began, ended = dates[start], dates[end]
        if began is None:
            continue
        later = [dates[event] for event in EVENTS[EVENTS.index(end) + 1 :]]
        if ended is not None and ended >= began:
            counts["atteint", (ended - began).days, count_months(began, ended)] += 1
        elif ended is None and not any(later):
            counts["en_attente", (horizon - began).days, count_months(began, horizon)] += 1
        else:
            counts["ecarte", None, None] += 1
    return counts


@pytest.mark.parametrize(("start", "end"), PAIRS)
def test_delays_are_what_pandas_counts(loaded: Database, paths: list[PathRecord], start: str, end: str) -> None:
    found = Histogram()
    for row in read_delays(loaded, "plie-martigues", source=None, territory=None):
        if (row.stage_from, row.stage_to) == (start, end):
            found[row.state, row.days, row.months] += row.paths
            assert row.horizon == find_horizon(paths)
    expected = count_delays(paths, start, end)
    assert {"atteint", "en_attente", "ecarte"} >= {str(state) for state, *_ in expected}
    assert found == expected


@pytest.mark.parametrize("stage", EVENTS[1:])
def test_curves_are_what_pandas_counts(loaded: Database, paths: list[PathRecord], stage: str) -> None:
    horizon, expected = find_horizon(paths), Histogram()
    for record in paths:
        dates = read_dates(record)
        began = dates[ORIENTATION]
        if began is None or record.prescripteur == "autre":
            continue
        known = [day for event in EVENTS[EVENTS.index(stage) :] if (day := dates[event]) is not None]
        reached = max(min(known), began) if known else horizon
        state = "atteint" if known else "en_attente"
        expected[f"{began:%Y-%m}", state, count_months(began, reached)] += 1
    rows = read_curves(loaded, "plie-martigues", source="plie", territory=None)
    found = {(row.cohort, row.state, row.months): row.paths for row in rows if row.stage == stage}
    assert found == expected


def test_territories_by_year_add_up_to_the_whole_by_month(loaded: Database) -> None:
    places = ("13056", "13077", "13098")
    whole = Histogram()
    for row in read_curves(loaded, "plie-martigues", source=None, territory=None):
        whole[row.stage, row.cohort[:4], row.state, row.months] += row.paths
    parts = Histogram()
    for place in places:
        for row in read_curves(loaded, "plie-martigues", source=None, territory=place):
            parts[row.stage, row.cohort, row.state, row.months] += row.paths
    assert whole == parts


def test_end_of_a_short_month_is_one_month_after_the_end_of_a_long_one(db: Database) -> None:
    days = {"p1": "2024-02-29", "p2": "2024-03-01"}
    sent = [path(one, date_integration="2024-01-31", date_sortie=day) for one, day in days.items()]
    load_report(db, report(paths=sent))
    rows = read_delays(db, "plie-martigues", source=None, territory=None)
    assert [(row.days, row.months) for row in rows] == [(29, 1), (30, 2)]


def test_dates_a_century_apart_are_counted(db: Database) -> None:
    load_report(db, report(paths=[path(date_integration="1951-01-01", date_sortie="2099-12-31")]))
    (row,) = read_delays(db, "plie-martigues", source=None, territory=None)
    assert (row.days, row.months) == ((date(2099, 12, 31) - date(1951, 1, 1)).days, 149 * 12)


def test_path_past_a_stage_without_its_date_is_set_aside_and_not_awaited(db: Database) -> None:
    load_report(db, report(paths=[path(date_orientation="2024-01-05", date_sortie="2024-06-05")]))
    rows = read_delays(db, "plie-martigues", source=None, territory=None)
    assert {(row.stage_to, row.state, row.days) for row in rows} == {
        (CONTACT, "ecarte", None),
        (INTEGRATION, "ecarte", None),
    }


def test_months_of_the_first_date_bound_what_is_read(db: Database) -> None:
    sent = [path(f"p{rank}", date_integration=date(2024, rank, 3)) for rank in (1, 2, 3)]
    load_report(db, report(paths=sent))
    rows = read_delays(db, "plie-martigues", source=None, territory=None, since="2024-02", until="2024-02")
    assert [(row.state, row.days) for row in rows] == [("en_attente", 29)]


def test_order_of_rows_changes_nothing(loaded: Database, paths: list[PathRecord], db: Database) -> None:
    mixed = Random(3).sample(paths, len(paths))
    load_report(db, report(paths=mixed))
    assert dump(db, ("delays",)) == dump(loaded, ("delays",))


def test_undo_restores_and_loading_twice_changes_nothing(db: Database, paths: list[PathRecord]) -> None:
    load_report(db, report(paths=paths[:150], file="a.xlsx"))
    before = dump(db, ("delays",))
    load_report(db, report(paths=paths[:150], file="a.xlsx"))
    assert dump(db, ("delays",)) == before
    day = paths[0].date_orientation or date(2024, 1, 1)
    changed = [path("p0", date_orientation=day, date_premier_contact=day + timedelta(900))]
    second = load_report(db, report(paths=changed, file="b.xlsx"))
    assert dump(db, ("delays",)) != before
    undo_import(db, second.import_id or "")
    assert dump(db, ("delays",)) == before


def test_convention_without_orientation_has_durations_and_no_curve(db: Database) -> None:
    sent = path("p1", territory="35", date_integration="2024-01-05", date_sortie="2024-03-01", motif="emploi")
    load_report(db, report(paths=[sent], convention="accompagnement-global-35", source="departement-35"))
    assert read_curves(db, "accompagnement-global-35", source=None, territory=None) == []
    (row,) = read_delays(db, "accompagnement-global-35", source=None, territory=None)
    assert (row.stage_from, row.stage_to, row.days, row.months) == (INTEGRATION, SORTIE, 56, 2)
