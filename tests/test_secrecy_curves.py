"""Paths are drawn, what a committee sees of their curves, their delays and the cube's cohorts is put together, and
every hidden count is bounded by linear programming: none may be found."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise
from math import inf
from pathlib import Path
from random import Random

import numpy as np
import pytest
from scipy.optimize import linprog

from conventions.catalogue import EVENTS, load_catalogue
from conventions.periods import Period, parse_period
from etl.load import load_report
from indicators.cohorts import MONTHS, CurveRequest, Maturation, compute_maturation
from indicators.delays import DelayRequest, compute_delays
from indicators.figures import Request, compute_figures
from store.database import Database, open_database
from tests.deliveries import PathRecord, report
from tests.sweep import pick
from tests.test_store_counting import invent_path

MARTIGUES, BASES, LONG_AFTER = "plie-martigues", pick(6), date(2100, 1, 1)
STEPS = {one.event: code for code, one in load_catalogue().measures.items()
         if code in ("orientes", "presents", "diagnostics", "integres", "sorties")}  # fmt: skip

Count = tuple[Period, str, float]
"""Those of a quarter who reached a stage, within so many months or ever."""


@dataclass
class Seen:
    """Sums of counts that are shown, with their value, and those that are not."""

    shown: dict[frozenset[Count], float] = field(default_factory=dict)
    hidden: set[frozenset[Count]] = field(default_factory=set)

    def note(self, period: Period, stage: str, months: float, value: float | None) -> None:
        """Keep a count of a cohort as that of its quarters."""
        sum_ = frozenset((quarter, stage, months) for quarter in period.parts("trimestre"))
        if value is None:
            self.hidden.add(sum_)
        else:
            self.shown[sum_] = value


def look(database: Database) -> Seen:
    """What a committee sees of the curves, and of the same people in the figures read by cohort."""
    seen = Seen()
    found = compute_maturation(database, CurveRequest(MARTIGUES, audience="comite"))
    assert found is not None
    for cohort in found.cohorts:
        seen.note(cohort.period, EVENTS[0], inf, cohort.size)
        for curve in cohort.curves:
            for point in curve.points:
                if point.state != "maturation":
                    seen.note(cohort.period, curve.stage, point.months, point.reached)
    for grain in ("annee", "semestre", "trimestre"):
        periods = tuple(dict.fromkeys(part.code for year in list_years(found) for part in year.parts(grain)))
        codes = tuple(STEPS.values())
        request = Request(MARTIGUES, periods, ("periode",), codes, "cohorte", None, "comite", LONG_AFTER)
        for figure in compute_figures(database, request):
            stage = next(event for event, code in STEPS.items() if code == figure.indicator)
            if figure.state != "n.d.":
                seen.note(parse_period(figure.period or ""), stage or "", inf, figure.value)
    seen.hidden -= seen.shown.keys()
    return seen


def list_years(found: Maturation) -> list[Period]:
    years = sorted({cohort.period.year for cohort in found.cohorts})
    return [Period(year, 1, 12) for year in years]


def count_truth(database: Database) -> dict[Count, int]:
    """The counts themselves, by quarter of orientation."""
    found = compute_maturation(database, CurveRequest(MARTIGUES))
    assert found is not None
    with database.cursor() as cursor:
        ever = cursor.execute(
            """select stage_to, cohort, sum(paths) filter (state = 'atteint')::integer from delays
            where convention = ? and reading = 'courbe' and territory is null group by all""",
            [MARTIGUES],
        ).fetchall()
    truth: dict[Count, int] = {}
    for cohort in found.cohorts:
        truth[cohort.period, EVENTS[0], inf] = cohort.size or 0
        for curve in cohort.curves:
            months = (parse_period(code) for stage, code, _ in ever if stage == curve.stage)
            inside = {month.code for month in months if cohort.period.contains(month)}
            truth[cohort.period, curve.stage, inf] = sum(
                paths or 0 for stage, code, paths in ever if stage == curve.stage and code in inside
            )
            truth |= {(cohort.period, curve.stage, point.months): point.reached
                      for point in curve.points if point.reached is not None}  # fmt: skip
    return truth


def attack(truth: Mapping[Count, int], seen: Seen) -> tuple[list[frozenset[Count]], int]:
    """The hidden sums that are found: counts only grow with time, and later stages hold fewer."""
    rank = {count: column for column, count in enumerate(truth)}
    shown = {one: value for one, value in seen.shown.items() if one <= truth.keys()}
    known = np.zeros((len(shown), len(rank)))
    for place, sum_ in enumerate(shown):
        known[place, [rank[count] for count in sum_]] = 1
    orders = np.zeros((0, len(rank)))
    for low, high in list_orders(truth):
        row = np.zeros((1, len(rank)))
        row[0, rank[low]], row[0, rank[high]] = 1, -1
        orders = np.vstack([orders, row])
    found = []
    hidden = [one for one in seen.hidden if one <= truth.keys()]
    for sum_ in hidden:
        target = np.zeros(len(rank))
        target[[rank[count] for count in sum_]] = 1
        ends = [linprog(sign * target, A_ub=orders, b_ub=np.zeros(len(orders)), A_eq=known,
                        b_eq=list(shown.values()), bounds=(0, None), method="highs") for sign in (1, -1)]  # fmt: skip
        assert all(one.status in (0, 3) for one in ends), ends
        least, most = (sign * (-inf if one.fun is None else one.fun) for sign, one in zip((1, -1), ends, strict=True))
        if most - least < 1 - 1e-6:
            found.append(sum_)
    return found, len(hidden)


def list_orders(truth: Mapping[Count, int]) -> Iterator[tuple[Count, Count]]:
    """Pairs of which the first is never more than the second."""
    stages = [event for event in EVENTS if any(stage == event for _, stage, _ in truth)]
    for quarter in {quarter for quarter, _, _ in truth}:
        for stage in stages:
            times = sorted(months for one, other, months in truth if (one, other) == (quarter, stage))
            yield from (((quarter, stage, low), (quarter, stage, high)) for low, high in pairwise(times))
        for wide, narrow in pairwise(stages):
            for months in (*range(MONTHS + 1), inf):
                pair = (quarter, narrow, months), (quarter, wide, months)
                if set(pair) <= truth.keys():
                    yield pair


def draw_paths(seed: int) -> list[PathRecord]:
    """Few people in some quarters of two years, many in others."""
    draw = Random(seed)
    paths = [invent_path(rank, draw) for rank in range(draw.choice((60, 120, 240)))]
    return [one for one in paths if one.date_orientation]


@pytest.fixture(scope="module")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Database]]:
    folder = tmp_path_factory.mktemp("curves")
    opened = [open_database(folder / f"{seed}.duckdb") for seed in range(BASES)]
    for seed, database in enumerate(opened):
        load_report(database, report(paths=draw_paths(seed)))
    yield opened
    for database in opened:
        database.close()


def test_no_hidden_count_is_found_from_curves_and_cohorts(
    databases: list[Database], tell: Callable[[str], None]
) -> None:
    tried, shown = 0, 0
    for database in databases:
        seen = look(database)
        found, hidden = attack(count_truth(database), seen)
        assert found == []
        tried, shown = tried + hidden, shown + len(seen.shown)
    assert tried > len(databases)
    tell(f"curves: {len(databases)} bases, {shown} counts shown, {tried} hidden, none found")


def test_delays_say_no_count_that_the_figures_of_a_year_hide(tmp_path: Path) -> None:
    """Forty went in during a year and three the next: of all of them, 43 would tell the three."""
    paths = [
        replace(one, pseudonym=f"p{rank}", prescripteur="france_travail", date_orientation=date(year, 1, 15),
                date_premier_contact=None, date_diagnostic=None, date_integration=date(year, 2, 15), date_sortie=None)
        for rank, (year, one) in enumerate([(2023, draw_paths(1)[0])] * 40 + [(2024, draw_paths(1)[0])] * 3)
    ]  # fmt: skip
    with open_database(tmp_path / "jalons.duckdb") as database:
        load_report(database, report(paths=paths))
        asked = (DelayRequest(MARTIGUES, audience=audience) for audience in ("producteur", "comite"))
        producers, committee = (compute_delays(database, one) for one in asked)
    assert [one.reached for one in producers] == [43]
    assert [(one.reached, one.spread, one.bins, one.state) for one in committee] == [(None, None, (), "secret")]
