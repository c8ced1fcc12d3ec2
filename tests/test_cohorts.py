"""Paths in; the curves of their cohorts out: the same as plain pandas gives, nested, monotone, told when followed."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from random import Random

import pandas as pd
import pytest

from conventions.catalogue import EVENTS
from conventions.periods import Period, parse_period
from etl.load import load_report
from indicators.cohorts import MONTHS, Cohort, CurveRequest, Maturation, add_months, compute_maturation, count_followed
from indicators.request import RequestError
from store.database import Database, open_database
from tests.deliveries import PathRecord, path, report
from tests.test_store_counting import invent_path
from tests.test_store_delays import find_horizon

MARTIGUES = "plie-martigues"


@pytest.fixture(scope="module")
def paths() -> list[PathRecord]:
    draw = Random(11)
    return [invent_path(rank, draw) for rank in range(500)]


@pytest.fixture(scope="module")
def loaded(paths: list[PathRecord], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    with open_database(tmp_path_factory.mktemp("cohorts") / "jalons.duckdb") as opened:
        load_report(opened, report(paths=paths))
        yield opened


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with open_database(tmp_path / "jalons.duckdb") as opened:
        yield opened


def read(
    db: Database, grain: str = "trimestre", *, territory: str | None = None, audience: str = "producteur"
) -> Maturation:
    found = compute_maturation(db, CurveRequest(MARTIGUES, grain, territory, audience=audience))
    assert found is not None
    return found


def tabulate(paths: list[PathRecord], territory: str | None) -> pd.DataFrame:
    """Those whom France Travail oriented, and when each stage or a later one came."""
    table = pd.DataFrame([vars(one) for one in paths])
    for event in EVENTS:
        table[event] = pd.to_datetime(table[event])
    sent = table["prescripteur"].isin(["france_travail", None]) & table[EVENTS[0]].notna()
    if territory:
        sent &= table["territory"] == territory
    table = table[sent]
    for rank, event in enumerate(EVENTS[1:], start=1):
        table[f"by_{event}"] = table[list(EVENTS[rank:])].min(axis=1)
    return table


def count_by(table: pd.DataFrame, stage: str, months: int) -> int:
    deadline = table[EVENTS[0]] + pd.DateOffset(months=months)
    return int((table[f"by_{stage}"] <= deadline).sum())


@pytest.mark.parametrize(
    ("grain", "territory"),
    [("mois", None), ("trimestre", None), ("semestre", None), ("annee", None), ("annee", "13077")],
)
def test_curves_are_what_pandas_counts(
    loaded: Database, paths: list[PathRecord], grain: str, territory: str | None
) -> None:
    table, found = tabulate(paths, territory), read(loaded, grain, territory=territory)
    assert found.horizon == find_horizon(paths)
    told = 0
    for cohort in found.cohorts:
        start, end = pd.Timestamp(cohort.period.start), pd.Timestamp(cohort.period.end)
        own = table[table[EVENTS[0]].between(start, end)]
        assert cohort.size == len(own)
        assert [curve.stage for curve in cohort.curves] == list(EVENTS[1:])
        for curve in cohort.curves:
            for point in curve.points:
                is_followed = end + pd.DateOffset(months=point.months) <= pd.Timestamp(found.horizon)
                expected = count_by(own, curve.stage, point.months) if is_followed else None
                assert (point.reached, point.state) == (expected, "ok" if is_followed else "maturation")
                told += is_followed
    assert told > 20
    assert sum(cohort.size or 0 for cohort in found.cohorts) == len(table)


def known(cohort: Cohort) -> list[list[int]]:
    return [[point.reached for point in curve.points if point.reached is not None] for curve in cohort.curves]


@pytest.mark.parametrize("grain", ["mois", "trimestre", "annee"])
def test_curves_never_come_down_and_stages_nest(loaded: Database, grain: str) -> None:
    for cohort in read(loaded, grain).cohorts:
        curves = known(cohort)
        for curve in curves:
            assert curve == sorted(curve)
            assert all(count <= (cohort.size or 0) for count in curve)
        for before, after in pairwise(curves):
            assert all(later <= sooner for sooner, later in zip(before, after, strict=True))


def test_last_point_of_an_old_cohort_is_the_reading_cohorte_of_its_figures(db: Database) -> None:
    days = [("2023-01-10", "2023-02-01"), ("2023-01-20", "2023-09-30"), ("2023-03-31", None)]
    sent = [path(f"p{rank}", date_orientation=one, date_integration=two) for rank, (one, two) in enumerate(days)]
    load_report(db, report(paths=[*sent, path("p9", date_orientation="2026-06-30")]))
    cohort = read(db).cohorts[0]
    (curve,) = [one for one in cohort.curves if one.stage == "date_integration"]
    assert (cohort.size, cohort.followed) == (3, MONTHS)
    assert [point.reached for point in curve.points] == [0, *[1] * 8, *[2] * 16]
    assert cohort.share(curve.points[24]) == pytest.approx(2 / 3)


def test_cohort_is_followed_from_its_last_day_to_the_last_known_date() -> None:
    quarter = parse_period("2024-T1")
    assert count_followed(quarter, date(2024, 3, 30)) is None
    assert count_followed(quarter, date(2024, 3, 31)) == 0
    assert count_followed(quarter, date(2024, 4, 29)) == 0
    assert count_followed(quarter, date(2024, 4, 30)) == 1
    assert count_followed(quarter, date(2030, 1, 1)) == MONTHS
    assert add_months(date(2023, 11, 30), 3) == date(2024, 2, 29)


def test_stage_that_the_source_never_dates_has_no_curve(db: Database) -> None:
    load_report(db, report(paths=[path(date_orientation="2024-01-05", date_premier_contact="2024-01-20")]))
    assert [curve.stage for curve in read(db).cohorts[0].curves] == ["date_premier_contact"]


def test_nothing_loaded_has_no_curve(db: Database) -> None:
    assert compute_maturation(db, CurveRequest(MARTIGUES)) is None


def collect(cohort: Cohort) -> dict[tuple[int, int], int]:
    return {
        (rank, point.months): point.reached
        for rank, curve in enumerate(cohort.curves, start=1)
        for point in curve.points
        if point.reached is not None
    }


def test_committee_reads_no_small_count_nor_two_that_differ_by_as_little(
    loaded: Database, paths: list[PathRecord]
) -> None:
    table, found = tabulate(paths, None), read(loaded, "mois", audience="comite")
    assert found.grain in ("trimestre", "annee")
    shown = 0
    for cohort in found.cohorts:
        counts = {(0, 10**6): cohort.size or 0} | collect(cohort)
        own = table[table[EVENTS[0]].between(pd.Timestamp(cohort.period.start), pd.Timestamp(cohort.period.end))]
        counts |= {(rank, 10**6): int(own[f"by_{EVENTS[rank]}"].notna().sum()) for rank in range(1, len(EVENTS))}
        shown += len(collect(cohort))
        for (stage, months), count in collect(cohort).items():
            assert count == 0 or count >= 5
            for (other, later), larger in counts.items():
                if other <= stage and later >= months:
                    assert larger == count or larger - count >= 5
    assert shown > 20


def test_committee_reads_by_year_when_a_quarter_is_thin(db: Database) -> None:
    sent = [path(f"p{rank}", date_orientation="2024-01-05") for rank in range(9)]
    thin = [path(f"q{rank}", date_orientation="2024-04-05") for rank in range(2)]
    load_report(db, report(paths=[*sent, *thin, path("r", date_integration="2026-02-01")]))
    found = read(db, audience="comite")
    assert (found.grain, found.is_rolled_up) == ("annee", True)
    assert [(cohort.period, cohort.size) for cohort in found.cohorts] == [(Period(2024, 1, 12), 11)]


def test_cohort_too_small_even_by_year_is_hidden_whole(db: Database) -> None:
    sent = [path(f"p{rank}", date_orientation="2024-01-05", date_integration="2024-02-05") for rank in range(3)]
    load_report(db, report(paths=[*sent, path("r", date_integration="2026-02-01")]))
    (cohort,) = read(db, audience="comite").cohorts
    assert (cohort.size, cohort.state) == (None, "secret")
    assert {point.state for curve in cohort.curves for point in curve.points} <= {"secret", "maturation"}


def test_request_that_would_tell_too_much_or_that_is_not_kept_is_refused(loaded: Database) -> None:
    with pytest.raises(RequestError, match="producteurs"):
        read(loaded, "annee", territory="13056", audience="comite")
    with pytest.raises(RequestError, match="annee"):
        read(loaded, "mois", territory="13056")
    with pytest.raises(RequestError, match="semaine"):
        read(loaded, "semaine")
