"""Drawn returns and paths in; what must hold of their figures, whatever was drawn, out."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import pairwise, product
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.load import load_report, undo_import
from etl.report import Observation
from indicators.figures import Request, compute_figures
from indicators.values import Figure
from store.database import Database, open_database
from tests.deliveries import PathRecord, figure, path, report

COMMUNES = ("13056", "13077", "13098")
MONTHS = tuple(f"2024-{month:02d}" for month in range(1, 13))
QUARTERS = tuple(f"2024-T{rank}" for rank in range(1, 5))
FUNNEL = ("orientes", "presents", "diagnostics", "integres", "sorties", "sorties_positives")
RATES = (
    "taux_presence", "taux_passage_diagnostic", "taux_integration_diagnostic", "taux_integration_reception",
    "taux_integration_orientation", "taux_sorties_positives",
)  # fmt: skip
CELLS = tuple(product(FUNNEL, COMMUNES, MONTHS))
TODAY = date(2030, 12, 31)
# Each example writes a database of its own, in tens of milliseconds.
few = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
Asked = dict[tuple[str, str | None, str | None], Figure]


@contextmanager
def fresh() -> Iterator[Database]:
    """An empty database, gone afterwards."""
    with tempfile.TemporaryDirectory() as folder, open_database(Path(folder) / "jalons.duckdb") as database:
        yield database


def ask(database: Database, *indicators: str, **asked: object) -> Asked:
    """Figures of the PLIE by indicator, territory and period."""
    settled = {"convention": "plie-martigues", "by": ("territoire", "periode"), "as_of": TODAY, **asked}
    request = Request(indicators=indicators, **settled)  # type: ignore[arg-type]
    return {(one.indicator, one.territory, one.period): one for one in compute_figures(database, request)}


@st.composite
def full_years(draw: st.DrawFn) -> list[Observation]:
    """Every month of 2024 of the funnel, in the three communes."""
    values = draw(st.lists(st.integers(0, 60), min_size=len(CELLS), max_size=len(CELLS)))
    return [
        figure(measure, float(value), territory=place, period=period)
        for (measure, place, period), value in zip(CELLS, values, strict=True)
    ]


@st.composite
def some_rows(draw: st.DrawFn) -> list[Observation]:
    """Some months of the funnel, in any order, holes among them."""
    cells = draw(st.lists(st.sampled_from(CELLS), min_size=2, max_size=40, unique=True))
    return [
        figure(measure, draw(st.none() | st.integers(0, 60).map(float)), territory=place, period=period)
        for measure, place, period in cells
    ]


@st.composite
def journeys(draw: st.DrawFn) -> list[PathRecord]:
    """People oriented in 2024, who stop anywhere; a date between two known ones may be missing."""
    names = ("date_orientation", "date_premier_contact", "date_diagnostic", "date_integration", "date_sortie")
    paths = []
    for rank in range(draw(st.integers(1, 25))):
        day = date(2024, 1, 1) + timedelta(days=draw(st.integers(0, 365)))
        facts: dict[str, object] = {"territory": draw(st.sampled_from(COMMUNES)), "prescripteur": "france_travail"}
        for name in names[: draw(st.integers(1, len(names)))]:
            if name == "date_orientation" or draw(st.integers(0, 9)):
                facts[name] = day
            day += timedelta(days=draw(st.integers(0, 120)))
        if "date_sortie" in facts:
            facts["motif"] = draw(st.sampled_from(("cdi", "abandon", "certification", "demenagement")))
        paths.append(path(f"p{rank}", **facts))
    return paths


def hide_holes(rows: Sequence[Observation]) -> Sequence[Observation]:
    """A count that is not given is told so."""
    return [one if one.value is not None else figure_without_value(one) for one in rows]


def figure_without_value(one: Observation) -> Observation:
    """The same cell, said to be not available."""
    return figure(one.measure, None, territory=one.territory, period=one.period, state="n.d.")


@few
@given(full_years())
def test_wholes_are_sums_and_rates_ratios_of_sums(rows: list[Observation]) -> None:
    with fresh() as database:
        load_report(database, report(*rows))
        parts = ask(database, *FUNNEL, periods=MONTHS)
        whole = ask(database, *FUNNEL, *RATES, by=("periode",), periods=(*MONTHS, *QUARTERS, "2024"))
    for measure, (rank, quarter) in product(FUNNEL, enumerate(QUARTERS)):
        months = MONTHS[3 * rank : 3 * rank + 3]
        cells = [parts[measure, place, month].value or 0 for place in COMMUNES for month in months]
        assert whole[measure, None, quarter].value == sum(cells)
        assert sum(whole[measure, None, month].value or 0 for month in months) == sum(cells)
    for rate, period in product(RATES, (*QUARTERS, "2024")):
        one = whole[rate, None, period]
        counts = {found.value for (code, _, at), found in whole.items() if code in FUNNEL and at == period}
        assert {one.numerator, one.denominator} <= counts
        assert one.value == (one.numerator or 0) / one.denominator if one.denominator else one.value is None


@few
@given(some_rows(), st.randoms(use_true_random=False), st.integers(0, 40))
def test_order_of_rows_and_of_files_without_common_cells_changes_nothing(
    rows: list[Observation], chance: object, cut: int
) -> None:
    rows = list(hide_holes(rows))
    shuffled = rows.copy()
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    first, second = report(*rows[:cut], file="a"), report(*rows[cut:], file="b")
    found = []
    for files in ([report(*rows)], [report(*shuffled)], [first, second], [second, first]):
        with fresh() as database:
            for one in files:
                load_report(database, one)
            found.append(ask(database, by=("territoire", "periode"), periods=(*MONTHS, *QUARTERS)))
    assert found[0]
    assert all(one == found[0] for one in found)


@few
@given(some_rows(), some_rows(), journeys())
def test_undo_gives_back_every_figure(
    rows: list[Observation], later: list[Observation], paths: list[PathRecord]
) -> None:
    with fresh() as database:
        load_report(database, report(*hide_holes(rows), file="a"))
        before = [ask(database, periods=(*MONTHS, "2024")), ask(database, periods=QUARTERS, reading="cohorte")]
        result = load_report(database, report(*hide_holes(later), paths=paths, file="b"))
        undo_import(database, str(result.import_id))
        after = [ask(database, periods=(*MONTHS, "2024")), ask(database, periods=QUARTERS, reading="cohorte")]
    assert after == before


@few
@given(some_rows(), st.data())
def test_correction_is_a_revision_and_what_it_retires_is_as_never_sent(
    rows: list[Observation], data: st.DataObject
) -> None:
    rows = list(hide_holes(rows))
    kept = rows[: data.draw(st.integers(1, len(rows)))]
    corrected = [figure(one.measure, 99.0, territory=one.territory, period=one.period) for one in kept]
    with fresh() as database, fresh() as alone:
        load_report(database, report(*rows, file="a"))
        result = load_report(database, report(*corrected, file="b"), retire_absent=True)
        load_report(alone, report(*corrected, file="b"))
        asked = {"periods": (*MONTHS, "2024")}
        found, expected = ask(database, **asked), ask(alone, **asked)
        history = result.changed, len(result.absent), result.superseded
        undo_import(database, str(result.import_id))
        restored = ask(database, **asked)
    assert found == expected
    assert history == (len(kept), len(rows) - len(kept), ("I000001",))
    assert all(restored[one.measure, one.territory, one.period].value == one.value for one in rows)


@few
@given(journeys())
def test_cohort_stages_are_nested_and_no_rate_exceeds_one(paths: list[PathRecord]) -> None:
    with fresh() as database:
        load_report(database, report(paths=paths))
        found = ask(database, *FUNNEL, *RATES, reading="cohorte", periods=(*MONTHS, *QUARTERS, "2024"))
        whole = ask(database, *FUNNEL, reading="cohorte", by=("periode",), periods=MONTHS)
    for (measure, _, month), one in whole.items():
        parts = [found.get((measure, place, month)) for place in COMMUNES]
        assert (one.value or 0) == sum(part.value or 0 for part in parts if part)
    for place, period in {(place, period) for _, place, period in found}:
        values = {code: one.value or 0 for (code, *where), one in found.items() if where == [place, period]}
        stages = [values.get(measure, 0) for measure in FUNNEL]
        assert all(after <= before for before, after in pairwise(stages))
        assert all(values.get(rate, 0) <= 1 for rate in RATES)


@few
@given(st.lists(st.integers(0, 40), min_size=12, max_size=12))
def test_cumul_since_january_never_goes_down_and_ends_at_the_year(values: list[int]) -> None:
    key, source = "accompagnement-global-35", "departement-35"
    rows = [
        figure("entrees", float(value), territory="35", period=month, source=source)
        for month, value in zip(MONTHS, values, strict=True)
    ]
    with fresh() as database:
        load_report(database, report(*rows, convention=key, source=source))
        asked = {"convention": key, "by": ("periode",), "periods": (*MONTHS, "2024")}
        found = ask(database, "entrees_cumulees", "entrees", **asked)
    cumul = [found["entrees_cumulees", None, month].value or 0 for month in MONTHS]
    assert all(after >= before for before, after in pairwise(cumul))
    assert cumul[-1] == found["entrees", None, "2024"].value == sum(values)
