"""Paths in; delays, survival and durations against the limits out: the same as computed apart, person by person."""

from collections.abc import Iterator
from datetime import date
from math import ceil
from pathlib import Path
from random import Random

import numpy as np
import pandas as pd
import pytest

from conventions.catalogue import EVENTS
from etl.load import load_report
from indicators.delays import Bin, Delay, DelayRequest, compute_delays, make_bins, measure_spread
from indicators.request import RequestError
from indicators.survival import estimate_survival
from store.database import Database, open_database
from tests.deliveries import PathRecord, path, report
from tests.test_store_counting import invent_path
from tests.test_store_delays import PAIRS, find_horizon

INTEGRATION, SORTIE = EVENTS[3:]
Durations = list[tuple[pd.Timestamp, pd.Timestamp | None]]


@pytest.fixture(scope="module")
def paths() -> list[PathRecord]:
    draw = Random(5)
    return [invent_path(rank, draw) for rank in range(600)]


@pytest.fixture(scope="module")
def loaded(paths: list[PathRecord], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    with open_database(tmp_path_factory.mktemp("delays") / "jalons.duckdb") as opened:
        load_report(opened, report(paths=paths))
        yield opened


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with open_database(tmp_path / "jalons.duckdb") as opened:
        yield opened


def read(db: Database, convention: str = "plie-martigues", **asked: str) -> dict[tuple[str, str], Delay]:
    delays = compute_delays(db, DelayRequest(convention, **asked))
    return {(one.stage_from, one.stage_to): one for one in delays}


def list_durations(paths: list[PathRecord], start: str, end: str) -> Durations:
    """The two dates of each path that has begun; no second date when it waits. Contradictions are left out."""
    found: Durations = []
    for one in paths:
        began, ended = getattr(one, start), getattr(one, end)
        later = [getattr(one, event) for event in EVENTS[EVENTS.index(end) + 1 :]]
        if began is None or (ended is not None and ended < began) or (ended is None and any(later)):
            continue
        found.append((pd.Timestamp(began), pd.Timestamp(ended) if ended else None))
    return found


def estimate_by_hand(days: list[tuple[int, bool]]) -> int | None:
    """Kaplan and Meier's product, day by day."""
    part = 1.0
    for day in sorted({day for day, is_reached in days if is_reached}):
        at_risk = sum(one >= day for one, _ in days)
        part *= 1 - sum(one == day and is_reached for one, is_reached in days) / at_risk
        if part <= 0.5 + 1e-12:
            return day
    return None


@pytest.mark.parametrize(("start", "end"), PAIRS)
def test_delays_are_what_a_count_by_person_gives(
    loaded: Database, paths: list[PathRecord], start: str, end: str
) -> None:
    delay, horizon = read(loaded)[start, end], pd.Timestamp(find_horizon(paths))
    durations = list_durations(paths, start, end)
    maturity = 24 if (start, end) == (INTEGRATION, SORTIE) else 12
    month_ends = [(began + pd.offsets.MonthEnd(0)) + pd.DateOffset(months=maturity) for began, _ in durations]
    old = sorted(
        (ended - began).days
        for (began, ended), ready in zip(durations, month_ends, strict=True)
        if ended is not None and ready <= horizon
    )
    assert delay.reached == sum(ended is not None for _, ended in durations)
    assert delay.waiting == sum(ended is None for _, ended in durations)
    begun = sum(getattr(one, start) is not None for one in paths)
    assert delay.set_aside == begun - len(durations)
    assert delay.maturity == maturity
    assert delay.spread is not None
    quartiles = [old[ceil(len(old) * part) - 1] for part in (0.25, 0.5, 0.75)]
    assert [delay.spread.lower, delay.spread.median, delay.spread.upper] == quartiles
    assert delay.spread.paths == len(old)
    assert delay.spread.mean == pytest.approx(float(np.mean(old)))
    followed = [((ended or horizon) - began, ended is not None) for began, ended in durations]
    assert delay.survival.median == estimate_by_hand([(gap.days, is_reached) for gap, is_reached in followed])
    assert sum(one.paths for one in delay.bins) == delay.reached


def test_duration_against_its_limit_is_what_calendars_say(loaded: Database, paths: list[PathRecord]) -> None:
    reading = read(loaded)[INTEGRATION, SORTIE].limit
    horizon = pd.Timestamp(find_horizon(paths))
    durations = list_durations(paths, INTEGRATION, SORTIE)

    def is_within(began: pd.Timestamp, ended: pd.Timestamp, months: int) -> bool:
        return bool(ended <= began + pd.DateOffset(months=months))

    old = [
        (began, ended)
        for began, ended in durations
        if (began + pd.offsets.MonthEnd(0)) + pd.DateOffset(months=24) <= horizon
    ]
    within = sum(ended is not None and is_within(began, ended, 18) for began, ended in old)
    within_all = sum(ended is not None and is_within(began, ended, 24) for began, ended in old)
    waiting = [began for began, ended in durations if ended is None]
    assert reading is not None
    assert (reading.limit.value, reading.limit.extension) == (18, 6)
    assert (reading.begun, reading.within, reading.extended) == (len(old), within, within_all - within)
    assert reading.beyond == len(old) - within_all
    assert reading.open == len(waiting)
    assert reading.open_past == sum(not is_within(began, horizon, 18) for began in waiting)
    assert reading.open_past_extension == sum(not is_within(began, horizon, 24) for began in waiting)


def test_accompagnement_global_is_read_against_nine_and_three_months(db: Database) -> None:
    ends = ["2024-10-15", "2024-10-16", "2025-01-15", "2025-01-16", None]
    sent = [
        path(f"p{rank}", territory="35", date_integration="2024-01-15", date_sortie=end)
        for rank, end in enumerate(ends)
    ]
    last = path("p9", territory="35", date_integration="2026-01-31")
    load_report(db, report(paths=[*sent, last], convention="accompagnement-global-35", source="departement-35"))
    (delay,) = read(db, "accompagnement-global-35").values()
    found = delay.limit
    assert found is not None
    assert (found.limit.value, found.limit.extension, found.limit.article) == (9, 3, "I 3")
    assert (found.begun, found.within, found.extended, found.beyond) == (5, 1, 2, 2)
    assert (found.open, found.open_past, found.open_past_extension) == (2, 1, 1)


def test_survival_is_later_than_the_median_of_those_who_are_through() -> None:
    reached, waiting = {10: 4, 20: 4}, {30: 10}
    assert measure_spread(reached) is not None
    assert estimate_survival({10: 10, 20: 2}, {30: 6}).median == 10
    assert estimate_survival(reached, waiting).median is None
    assert estimate_survival({}, waiting).median is None
    assert estimate_survival(reached, {}).median == 10


def test_survival_steps_and_interval_hold_the_median() -> None:
    found = estimate_survival(dict.fromkeys(range(1, 101), 3), {50: 20})
    assert found.median is not None
    assert found.low is not None
    assert found.high is not None
    assert found.low < found.median < found.high
    parts = [part for _, part in found.steps]
    assert parts == sorted(parts, reverse=True)


def test_survival_of_a_crowd_is_that_of_one_in_so_many() -> None:
    reached, waiting = {day: 300 + day for day in range(1, 400)}, dict.fromkeys(range(1, 500), 80)
    few = estimate_survival(reached, waiting).median
    many = estimate_survival(
        {day: 40 * paths for day, paths in reached.items()}, {day: 40 * paths for day, paths in waiting.items()}
    ).median
    assert few is not None
    assert many is not None
    assert abs(few - many) <= 1


def test_bins_have_one_width_and_hold_everyone() -> None:
    bins = make_bins({3: 2, 40: 5, 41: 1, 400: 1})
    assert sum(one.paths for one in bins) == 9
    assert bins[0].low == 0
    assert all(before.high == after.low for before, after in zip(bins, bins[1:], strict=False))
    assert make_bins({}) == ()
    assert make_bins({0: 1, 1: 2}) == (Bin(0, 1, 1), Bin(1, 2, 2))


def load_group(db: Database, *, waiting: int, reached: int = 30) -> None:
    began = date(2023, 1, 10)
    done = [
        path(f"p{rank}", date_integration=began, date_sortie=date(2023, 3 + rank % 9, 1 + rank // 2))
        for rank in range(reached)
    ]
    open_ones = [path(f"w{rank}", date_integration=began) for rank in range(waiting)]
    load_report(db, report(paths=[*done, *open_ones, path("z", date_orientation="2026-02-01")]))


def test_committee_reads_no_count_when_one_is_small(db: Database) -> None:
    load_group(db, waiting=3)
    delay = read(db, audience="comite")[INTEGRATION, SORTIE]
    assert (delay.reached, delay.waiting, delay.set_aside, delay.state) == (None, None, None, "secret")
    assert delay.bins == ()
    assert delay.limit is not None
    assert (delay.limit.begun, delay.limit.beyond, delay.limit.state) == (None, None, "secret")
    assert delay.spread is not None


def test_committee_reads_large_counts_in_bins_that_are_not_small(db: Database) -> None:
    load_group(db, waiting=12)
    delay = read(db, audience="comite")[INTEGRATION, SORTIE]
    assert (delay.reached, delay.waiting) == (30, 12)
    assert delay.bins == ()
    assert delay.limit is not None
    assert all(one.paths == 0 or one.paths >= 5 for one in delay.limit.ended_bins)
    assert sum(one.paths for one in delay.limit.ended_bins) == 30
    assert delay.survival.steps == ()
    assert delay.survival.median is not None


def test_committee_reads_no_bin_that_tells_of_the_few_too_young_to_be_judged(db: Database) -> None:
    load_group(db, waiting=12)
    young = [path(f"y{rank}", date_integration="2025-01-10", date_sortie="2025-06-10") for rank in range(2)]
    load_report(db, report(paths=young, file="b.xlsx"))
    reading = read(db, audience="comite")[INTEGRATION, SORTIE].limit
    assert reading is not None
    assert (reading.begun, reading.within) == (42, 30)
    assert reading.ended_bins == ()


def test_committee_reads_no_median_of_a_small_group(db: Database) -> None:
    load_group(db, waiting=20, reached=4)
    delay = read(db, audience="comite")[INTEGRATION, SORTIE]
    assert delay.spread is None
    assert delay.survival.median is None
    assert read(db)[INTEGRATION, SORTIE].spread is not None


def test_committee_is_refused_the_delays_of_a_territory(loaded: Database) -> None:
    with pytest.raises(RequestError, match="producteurs"):
        read(loaded, audience="comite", territory="13056")
    assert read(loaded, territory="13056")[INTEGRATION, SORTIE].reached


def test_order_of_rows_changes_nothing(loaded: Database, paths: list[PathRecord], db: Database) -> None:
    load_report(db, report(paths=Random(9).sample(paths, len(paths))))
    assert read(db) == read(loaded)
