"""Curves and delays in; what their cards write and draw, for producers and for a committee, out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from etl.load import load_report
from indicators.cohorts import CurveRequest, Maturation, compute_maturation
from indicators.delays import Bin, Delay, DelayRequest, compute_delays
from store.database import Database, open_database
from tests.deliveries import path, report
from tests.test_ui_charts import bars, poles, texts
from ui import palette
from ui.charts.delays import draw_delays
from ui.charts.durations import Column, draw_durations
from ui.charts.maturation import COMPARED, NEWEST, OTHER, draw_maturation
from ui.delays import (
    DURATION,
    WHOLE,
    build_bar,
    build_bars,
    build_columns,
    make_table,
    name_delay,
    write_duration_title,
    write_limit,
    write_shares,
    write_title,
)
from ui.journey.cohorts import build_lines, choose_cohorts, describe_stage
from ui.journey.cohorts import make_table as make_cohorts
from ui.journey.cohorts import write_title as write_finding
from ui.tables import render

MARTIGUES = "plie-martigues"
QUARTERS = (date(2023, 1, 10), date(2023, 4, 10), date(2023, 7, 10), date(2023, 10, 10), date(2024, 1, 10))


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    """Twenty people oriented each quarter: half integrated in 40 days, of whom half leave after 300."""
    sent = []
    for quarter, day in enumerate(QUARTERS):
        for rank in range(20):
            facts: dict[str, object] = {"date_orientation": day}
            if rank % 2:
                facts["date_integration"] = day + timedelta(40 + quarter)
            if rank % 4 == 1:
                facts["date_sortie"] = day + timedelta(340)
            sent.append(path(f"p{quarter}-{rank}", row=rank + 2, **facts))
    last = path("fin", prescripteur="autre", date_orientation="2025-01-20", row=99)
    with open_database(tmp_path / "jalons.duckdb") as opened:
        load_report(opened, report(paths=[*sent, last]))
        yield opened


def mature(db: Database, audience: str = "producteur") -> Maturation:
    found = compute_maturation(db, CurveRequest(MARTIGUES, audience=audience))
    assert found is not None
    return found


def delays(db: Database, audience: str = "producteur") -> dict[tuple[str, str], Delay]:
    found = compute_delays(db, DelayRequest(MARTIGUES, audience=audience))
    return {(one.stage_from, one.stage_to): one for one in found}


def test_title_compares_the_newest_cohort_with_the_one_a_year_before(db: Database) -> None:
    newest, before = choose_cohorts(mature(db))
    assert newest is not None
    assert before is not None
    assert (newest.period.code, before.period.code) == ("2024-T1", "2023-T1")
    assert write_finding(mature(db)) == (
        "9\u00a0mois après leur orientation, 50\u00a0% des orientés (1ᵉʳ\u00a0trimestre 2024) sont intégrés, "
        "contre 50\u00a0% un an plus tôt"
    )


def test_lines_stop_where_a_cohort_is_not_followed_and_the_newest_stands_out(db: Database) -> None:
    lines = build_lines(mature(db), "date_integration")
    assert [one.role for one in lines] == [COMPARED, OTHER, OTHER, OTHER, NEWEST]
    assert [one.steps[-1].months for one in lines] == [21, 18, 15, 12, 9]
    assert lines[-1].steps[-1].text == "50\u00a0% (10/20)"
    written = texts(draw_maturation(lines))
    assert "T1\u00a02024" in written
    assert "T1\u00a02023" in written
    assert "T2\u00a02023" not in written
    assert "9 mois" in describe_stage(mature(db), "date_integration")


def test_table_says_what_still_matures(db: Database) -> None:
    table = render(make_cohorts(mature(db)))
    assert "en cours" in table
    assert "Premier contact" in table
    assert table.count('scope="row"') == 20


def test_committee_sees_what_is_left_and_the_word_secret(db: Database) -> None:
    load_report(db, report(paths=[path("seul", date_orientation="2022-05-05")], file="b.xlsx"))
    found = mature(db, "comite")
    assert found.grain == "annee"
    assert "secret" in render(make_cohorts(found))


def test_delays_say_median_quartiles_and_who_waits(db: Database) -> None:
    delay = delays(db)[WHOLE]
    assert write_title([delay]) == (
        "Une intégration sur deux vient en 41 jours\u202f; 51\u00a0personnes restent sans suite à ce jour, "
        "dont 50 depuis plus de 12\u00a0mois"
    )
    bar = build_bar(delay)
    assert (bar.text, bar.waiting) == ("41\u00a0j (de 40 à 42)", "51 sans suite, dont 50 depuis plus de 12\u00a0mois")
    written = texts(draw_delays([bar]))
    assert "Orientation → intégration" in written
    assert any("41\u00a0j" in text for text in written)
    assert "Médiane, attente comprise" in render(make_table([delay]))


def test_delays_take_the_words_of_the_convention(db: Database) -> None:
    delay = replace(delays(db)[WHOLE], words={"date_orientation": "prescription", "date_integration": "entrée"})
    assert name_delay(delay) == "Prescription → entrée"
    assert write_title([delay]).startswith("Une entrée sur deux vient en 41 jours")


def test_bins_become_columns_by_people_a_day() -> None:
    columns = build_columns([Bin(0, 7, 7), Bin(7, 21, 28), Bin(21, None, 3)])
    assert columns == [(0, 7, 0.5), (7, 21, 1.0)]


def test_durations_say_who_is_past_the_limit(db: Database) -> None:
    reading = delays(db)[DURATION].limit
    assert reading is not None
    assert write_duration_title(reading) == "10\u00a0parcours ouverts ont dépassé 18\u00a0mois"
    assert "18\u00a0mois, et 6 de plus si la prolongation est validée" in write_limit(reading)
    assert write_shares(reading) == "Aucun parcours n’est encore assez ancien pour être jugé."
    bars_of = build_bars(reading)
    assert sum(one.ended for one in bars_of) == 25
    assert sum(one.still for one in bars_of) == 25
    assert [one.low for one in bars_of] == [*range(0, 24, 2), 24]


def test_durations_are_coloured_by_limit_and_grey_where_a_column_holds_one() -> None:
    columns = [Column(0, 17, 9), Column(17, 19, 6), Column(19, 24, 7, still=2), Column(24, None, 8)]
    figure = draw_durations(columns, limits=(18, 24))
    colours = [trace.marker.color for trace in bars(figure)]
    assert colours == [palette.PETROL, palette.GHOST, palette.LIGHT_PETROL, palette.BRICK]
    assert poles(figure) == 2
    assert "18\u00a0mois" in texts(figure)
    assert "□ encore ouverts" in texts(figure)[-1]


def test_committee_is_told_when_counts_are_too_small(db: Database) -> None:
    found = [path(f"x{rank}", date_integration="2022-01-01", date_sortie="2022-02-01") for rank in range(2)]
    load_report(db, report(paths=found, file="b.xlsx"))
    delay = delays(db, "comite")[DURATION]
    assert delay.limit is not None
    assert delay.limit.begun is None
    assert "trop petits" in write_duration_title(delay.limit)
    assert "secret" in write_shares(delay.limit)
