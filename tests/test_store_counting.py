"""Paths in; their counts out: the same as plain pandas gives, and a few drawn by hand."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from random import Random

import pandas as pd
import pytest

from conventions.agreements import load_conventions
from conventions.catalogue import EVENTS, load_catalogue
from etl.load import load_report
from store.database import Database, open_database
from store.plan import make_plan
from tests.deliveries import PathRecord, path, read_values, report

ORIENTATION, CONTACT, DIAGNOSTIC, INTEGRATION, SORTIE = EVENTS
START = pd.Timestamp("2023-01-01")
MOTIFS = ["cdi", "certification", "cdd_court", "deces", "abandon", "inconnu_ailleurs", None]
POSITIVE = {"cdi": "positive_emploi", "certification": "positive_formation"}
CATEGORIES = {**POSITIVE, "cdd_court": "dynamique", "deces": "administrative", "abandon": "initiative"}
Keep = Callable[[pd.DataFrame], pd.Series]


def invent_path(rank: int, draw: Random) -> PathRecord:
    """Dates with gaps (a stage can be missing before a known one), holes in every characteristic."""
    day = START + timedelta(draw.randrange(700))
    dates: dict[str, object] = {}
    for event in EVENTS:
        dates[event] = day.date() if draw.random() < 0.7 else None
        day += timedelta(draw.randrange(120))
    return path(
        f"p{rank}",
        **dates,
        territory=draw.choice(["13056", "13077", "13098"]),
        prescripteur=draw.choice(["france_travail", "france_travail", "autre", None]),
        motif=draw.choice(MOTIFS) if dates[SORTIE] else None,
        sexe=draw.choice(["homme", "femme", None]),
        age=draw.choice(["moins_26", "26_44", None]),
        publics=tuple(public for public in ("rsa", "deld") if draw.random() < 0.4),
        niveau_formation=draw.choice(["niv_4", "niv_5", None]),
        row=rank + 2,
    )


@pytest.fixture(scope="module")
def paths() -> list[PathRecord]:
    draw = Random(2024)
    return [invent_path(rank, draw) for rank in range(400)]


@pytest.fixture(scope="module")
def loaded(paths: list[PathRecord], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    with open_database(tmp_path_factory.mktemp("counting") / "jalons.duckdb") as db:
        load_report(db, report(paths=paths))
        yield db


@pytest.fixture(scope="module")
def frame(paths: list[PathRecord]) -> pd.DataFrame:
    table = pd.DataFrame([vars(record) for record in paths])
    for event in EVENTS:
        table[event] = pd.to_datetime(table[event])
    table["sent"] = table[ORIENTATION].notna() & table["prescripteur"].isin(["france_travail", None])
    table["categorie"] = table["motif"].map(CATEGORIES)
    table["positive"] = table["motif"].isin(POSITIVE)
    missing = table["prescripteur"].isna() & table[ORIENTATION].notna()
    table.loc[missing, "prescripteur"] = "france_travail"
    return table


def split(table: pd.DataFrame, month: pd.Series, axes: list[str]) -> dict[tuple[str, ...], int]:
    """Plain counts by territory, month and segment: whole, each axis, each public."""
    table = table.assign(month=month.dt.strftime("%Y-%m"), whole="")
    counts: dict[tuple[str, ...], int] = {}
    for axis in ("whole", *axes):
        for key, group in table.groupby(["territory", "month", axis]):
            territory, when, value = map(str, key)
            counts[territory, when, f"{axis}={value}" if value else ""] = len(group)
    for public in ("rsa", "deld"):
        having = table[[public in publics for publics in table["publics"]]]
        for key, group in having.groupby(["territory", "month"]):
            territory, when = map(str, key)
            counts[territory, when, f"public={public}"] = len(group)
    return counts


def known(values: dict[tuple[str, ...], float]) -> dict[tuple[str, ...], float]:
    return {key: value for key, value in values.items() if value}


PEOPLE = ["sexe", "age", "niveau_formation"]
EXITS = [*PEOPLE, "prescripteur", "motif", "categorie"]
FLUX: dict[str, tuple[str, Keep, list[str]]] = {
    "orientes": (ORIENTATION, lambda table: table["sent"], PEOPLE),
    "presents": (CONTACT, lambda table: table[CONTACT].notna(), [*PEOPLE, "prescripteur"]),
    "diagnostics": (DIAGNOSTIC, lambda table: table[DIAGNOSTIC].notna(), [*PEOPLE, "prescripteur"]),
    "integres": (INTEGRATION, lambda table: table[INTEGRATION].notna(), [*PEOPLE, "prescripteur"]),
    "sorties": (SORTIE, lambda table: table[SORTIE].notna(), EXITS),
    "sorties_positives": (SORTIE, lambda table: table[SORTIE].notna() & table["positive"], EXITS),
}


@pytest.mark.parametrize("measure", FLUX)
def test_flux_is_what_pandas_counts(loaded: Database, frame: pd.DataFrame, measure: str) -> None:
    event, keep, axes = FLUX[measure]
    kept = frame[keep(frame)]
    assert known(read_values(loaded, measure)) == split(kept, kept[event], axes)


@pytest.mark.parametrize("measure", FLUX)
def test_cohort_is_what_pandas_counts(loaded: Database, frame: pd.DataFrame, measure: str) -> None:
    event, _, axes = FLUX[measure]
    reached = frame[list(EVENTS[EVENTS.index(event) :])].notna().any(axis=1)
    is_positive = frame["positive"] | (measure != "sorties_positives")
    kept = frame[frame["sent"] & reached & is_positive]
    assert known(read_values(loaded, measure, "cohorte")) == split(kept, kept[ORIENTATION], axes)


def test_stock_is_what_pandas_counts_at_month_ends(loaded: Database, frame: pd.DataFrame) -> None:
    entered = frame[frame[INTEGRATION].notna()]
    last = frame[list(EVENTS)].max().max()
    expected: dict[tuple[str, ...], int] = {}
    for month in pd.period_range(entered[INTEGRATION].min(), last, freq="M"):
        end = month.end_time
        kept = entered[(entered[INTEGRATION] <= end) & ~(entered[SORTIE] <= end)]
        counted = split(kept, pd.Series(end, index=kept.index), [*PEOPLE, "prescripteur"])
        expected |= counted
    assert known(read_values(loaded, "participants")) == expected
    assert min(key[1] for key in read_values(loaded, "participants")) == str(entered[INTEGRATION].min())[:7]


def test_every_month_territory_and_segment_of_the_source_has_a_count(loaded: Database) -> None:
    values = read_values(loaded)
    territories, periods, segments = ({key[rank] for key in values} for rank in range(3))
    assert len(values) == len(territories) * len(periods) * len(segments)
    assert sorted(periods)[:2] == ["2023-01", "2023-02"]
    assert segments == {
        "", "public=rsa", "public=deld", "sexe=homme", "sexe=femme", "age=moins_26", "age=26_44",
        "niveau_formation=niv_4", "niveau_formation=niv_5",
    }  # fmt: skip


def test_stages_of_a_cohort_nest(loaded: Database) -> None:
    stages = [read_values(loaded, measure, "cohorte") for measure in FLUX]
    for key in stages[0]:
        counts = [stage[key] for stage in stages]
        assert counts == sorted(counts, reverse=True)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with open_database(tmp_path / "jalons.duckdb") as opened:
        yield opened


def test_month_without_event_is_zero_between_the_first_and_the_last(db: Database) -> None:
    sent = [path("p1", date_orientation="2024-01-31"), path("p2", date_orientation="2024-03-01")]
    load_report(db, report(paths=sent))
    assert sorted(read_values(db).items()) == [
        (("13056", "2024-01", ""), 1),
        (("13056", "2024-02", ""), 0),
        (("13056", "2024-03", ""), 1),
    ]


def test_stage_that_the_source_never_dates_has_no_count(db: Database) -> None:
    load_report(db, report(paths=[path(date_orientation="2024-01-31", date_integration="2024-02-01")]))
    assert read_values(db, "diagnostics") == {}
    assert read_values(db, "sorties") == {}
    assert read_values(db, "integres")["13056", "2024-02", ""] == 1
    assert read_values(db, "diagnostics", "cohorte")["13056", "2024-01", ""] == 1


def test_positive_exits_are_unknown_without_any_motive_and_zero_with_other_motives(db: Database) -> None:
    load_report(db, report(paths=[path(date_sortie="2024-05-02")], file="a.xlsx"))
    assert read_values(db, "sorties_positives") == {}
    load_report(db, report(paths=[path(date_sortie="2024-05-02", motif="abandon")], file="b.xlsx"))
    assert read_values(db, "sorties_positives") == {("13056", "2024-05", ""): 0}


def test_prescriber_is_not_supposed_when_the_source_names_none(db: Database) -> None:
    facts = {"date_orientation": "2024-01-05", "date_premier_contact": "2024-01-20"}
    load_report(db, report(paths=[path("p1", **facts)], file="a.xlsx"))
    assert set(read_values(db, "presents")) == {("13056", "2024-01", "")}
    load_report(db, report(paths=[path("p2", **facts, prescripteur="autre")], file="b.xlsx"))
    assert read_values(db, "presents") == {
        ("13056", "2024-01", ""): 2,
        ("13056", "2024-01", "prescripteur=france_travail"): 1,
        ("13056", "2024-01", "prescripteur=autre"): 1,
    }
    assert read_values(db) == {("13056", "2024-01", ""): 1}


def test_exit_in_the_month_of_the_integration_or_before_it_is_never_in_the_stock(db: Database) -> None:
    sent = [
        path("p1", date_integration="2024-01-05", date_sortie="2024-01-20"),
        path("p2", date_integration="2024-02-05", date_sortie="2024-01-20"),
        path("p3", date_integration="2024-01-31", date_sortie="2024-02-29"),
        path("p4", date_integration="2024-02-10"),
    ]
    load_report(db, report(paths=sent))
    assert read_values(db, "participants") == {("13056", "2024-01", ""): 1, ("13056", "2024-02", ""): 1}


def test_accompagnement_global_counts_entries_and_open_paths(db: Database) -> None:
    sent = path("p1", territory="35", date_integration="2024-01-05", date_sortie="2024-03-01", motif="emploi")
    load_report(db, report(paths=[sent], convention="accompagnement-global-35", source="departement"))
    assert read_values(db, "entrees")["35", "2024-01", ""] == 1
    assert [count for _, count in sorted(read_values(db, "en_cours").items())] == [1, 1, 0]
    assert read_values(db, "sorties")["35", "2024-03", "categorie=emploi"] == 1


def test_every_planned_measure_of_every_convention_can_be_counted(db: Database) -> None:
    allowed = [convention for convention in load_conventions().values() if convention.is_paths_allowed]
    assert len(allowed) == 2
    for convention in allowed:
        whole = path(**dict.fromkeys(EVENTS, "2024-01-05"), motif=next(iter(convention.motifs)))
        load_report(db, report(paths=[whole], convention=convention.key))
        with db.cursor() as cursor:
            counted = cursor.execute(
                "select distinct measure from cube where convention = ?", [convention.key]
            ).fetchall()
        planned = make_plan(convention, load_catalogue()).counts
        assert {row[0] for row in counted} == {count.measure for count in planned}
