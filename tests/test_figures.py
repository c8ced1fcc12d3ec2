"""Figures as they are asked for: what a request may say, what it gets by default, and the command line."""

import json
import random
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conventions.agreements import load_conventions
from conventions.catalogue import load_catalogue
from conventions.periods import Period, parse_period
from conventions.values import Term
from etl.load import load_report, undo_import
from indicators.__main__ import main
from indicators.figures import Request, RequestError, compute_figures
from indicators.refusals import PLACES
from indicators.spans import codes_within, cover, since_january
from indicators.values import Figure
from store.database import Database, open_database
from tests.deliveries import figure, path, report

COMMUNES = ("13056", "13077", "13098")
QUARTERS = ("2024-T1", "2024-T2", "2024-T3", "2024-T4")


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Database]:
    """A database that received nothing."""
    with open_database(tmp_path / "vide.duckdb") as opened:
        yield opened


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """Three communes over a year, with women and men for one measure, and a few paths."""
    rows = [
        figure(measure, 10 * rank + part, territory=place, period=quarter)
        for rank, measure in enumerate(("presents", "orientes"), 1)
        for part, (place, quarter) in enumerate(product(COMMUNES, QUARTERS))
    ]
    rows += [figure("integres", 6, period="2024-T1", sexe=sexe) for sexe in ("femme", "homme")]
    paths = [path(f"p{rank}", date_orientation="2024-02-03", sexe="femme") for rank in range(3)]
    with open_database(tmp_path_factory.mktemp("chiffres") / "jalons.duckdb") as opened:
        load_report(opened, report(*rows))
        load_report(opened, report(paths=paths, file="parcours.xlsx"))
        yield opened


def ask(database: Database, **asked: object) -> list[Figure]:
    """The figures of the PLIE's convention, read long after."""
    request = Request("plie-martigues", as_of=date(2030, 1, 1))
    return compute_figures(database, replace(request, **asked))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"convention": "plie"}, "La convention « plie » n’existe pas. Attendu : accompagnement-global-35, "),
        ({"by": ("commune",)}, "L’axe « commune » n’existe pas. Attendu : age, anciennete, "),
        (
            {"indicators": ("presence",)},
            "L’indicateur « presence » n’existe pas. Attendu : accompagnateurs, ",
        ),
        ({"reading": "stock"}, "La lecture « stock » n’existe pas. Attendu : cohorte, flux."),
        ({"audience": "public"}, "L’audience « public » n’existe pas. Attendu : comite, producteur."),
        ({"source": "metz"}, "La source « metz » n’existe pas. Attendu : france-travail, plie."),
        ({"periods": ("2024-T5",)}, "« 2024-T5 » n'est pas une période : attendu 2024, 2024-S1, 2024-T2"),
    ],
)
def test_unknown_word_is_refused_with_what_was_expected(
    empty: Database, asked: dict[str, object], message: str
) -> None:
    with pytest.raises(RequestError) as refused:
        ask(empty, **asked)
    assert str(refused.value).startswith(message)


def test_nothing_received_gives_no_figure_by_default(empty: Database) -> None:
    assert ask(empty) == []


def test_nothing_received_is_not_available_over_a_given_period(empty: Database) -> None:
    found = ask(empty, periods=("2024-T1",), indicators=("orientes", "taux_presence"))
    assert [(one.value, one.state, one.source) for one in found] == [(None, "n.d.", "plie")] * 2


def test_default_indicators_are_the_convention_s_in_its_order(database: Database) -> None:
    asked = tuple(one.indicator for one in ask(database))
    assert asked == load_conventions()["plie-martigues"].indicators


def test_cohort_offers_only_what_people_oriented_reach(database: Database) -> None:
    offered = {one.indicator for one in ask(database, reading="cohorte")}
    assert {"orientes", "integres", "taux_presence", "taux_sorties_positives"} <= offered
    assert offered.isdisjoint(
        {"participants", "part_rsa", "part_prescription_ft", "taux_presence_ic", "services_delivres"}
    )


def test_indicator_asked_twice_is_given_once(database: Database) -> None:
    found = ask(database, indicators=("orientes", "orientes"), by=("territoire", "territoire"))
    assert [one.territory for one in found] == list(COMMUNES)


def test_figures_come_by_indicator_territory_then_period(database: Database) -> None:
    found = ask(database, indicators=("presents", "orientes"), by=("territoire", "periode"))
    assert [(one.indicator, one.territory, one.period) for one in found] == list(
        product(("presents", "orientes"), COMMUNES, QUARTERS)
    )


def test_one_period_names_the_figure_even_when_not_split(database: Database) -> None:
    alone, together = (
        ask(database, indicators=("orientes",), periods=periods)[0] for periods in (QUARTERS[:1], QUARTERS)
    )
    assert (alone.period, together.period) == ("2024-T1", None)


def test_default_periods_are_at_the_convention_s_rhythm(database: Database) -> None:
    """Paths are counted by month, but this convention goes by quarters."""
    periods = [one.period for one in ask(database, indicators=("orientes",), by=("periode",))]
    assert periods == list(QUARTERS)


def test_default_periods_are_the_received_ones_when_none_is_at_the_rhythm(empty: Database) -> None:
    load_report(empty, report(*(figure(period=code) for code in ("2024-S1", "2024-06", "2024-07"))))
    found = ask(empty, indicators=("orientes",), by=("territoire", "periode"))
    assert [one.period for one in found] == ["2024-06", "2024-07"]


def test_period_to_come_on_the_day_of_reading_is_not_a_default(database: Database) -> None:
    found = ask(database, indicators=("orientes",), by=("periode",), as_of=date(2024, 7, 1))
    assert [(one.period, one.state) for one in found] == [
        ("2024-T1", "ok"),
        ("2024-T2", "ok"),
        ("2024-T3", "provisoire"),
    ]


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (date(2024, 3, 30), "provisoire"),
        (date(2024, 3, 31), "ok"),
        (date(2023, 1, 1), "provisoire"),
        (date(2031, 1, 1), "ok"),
    ],
)
def test_count_is_provisional_until_its_period_ends(database: Database, day: date, state: str) -> None:
    assert ask(database, indicators=("orientes",), periods=("2024-T1",), as_of=day)[0].state == state


@pytest.mark.parametrize(
    ("day", "state"),
    [(date(2024, 9, 29), "provisoire"), (date(2024, 9, 30), "ok"), (date(2024, 3, 31), "provisoire")],
)
def test_positive_exits_are_provisional_for_six_whole_months(empty: Database, day: date, state: str) -> None:
    load_report(empty, report(figure("sorties", 10), figure("sorties_positives", 5)))
    found = ask(
        empty, indicators=("taux_sorties_positives",), periods=("2024-T1",), by=("territoire",), as_of=day
    )
    assert [one.state for one in found] == [state]


def test_reading_day_is_today_by_default(database: Database) -> None:
    code = str(date.today().year)
    found = compute_figures(database, Request("plie-martigues", periods=(code,), indicators=("orientes",)))
    assert found[0].state == "n.d."


def test_figure_says_which_segment_its_numerator_was_read_by(empty: Database) -> None:
    """The reserve of a rate over people oriented: were those present told apart by prescriber?"""
    load_report(
        empty,
        report(
            figure(value=20),
            figure("presents", 12),
            figure("presents", 10, prescripteur="france_travail"),
            figure(value=20, period="2024-T2"),
            figure("presents", 12, period="2024-T2"),
        ),
    )
    restricted, plain = ask(
        empty, indicators=("taux_presence",), by=("territoire", "periode"), periods=QUARTERS[:2]
    )
    assert (restricted.numerator, restricted.terms[0]) == (
        10,
        Term("presents", (("prescripteur", "france_travail"),)),
    )
    assert (plain.numerator, plain.terms[0].segment) == (12, ())


def values(found: list[Figure]) -> dict[tuple[str, str | None, str | None], float | None]:
    """Values by indicator, territory and period."""
    return {(one.indicator, one.territory, one.period): one.value for one in found}


def test_whole_is_the_sum_of_its_territories(database: Database) -> None:
    whole = values(ask(database, indicators=("orientes", "presents"), by=("periode",)))
    parts = values(ask(database, indicators=("orientes", "presents"), by=("territoire", "periode")))
    for (indicator, _, period), value in whole.items():
        assert value == sum(parts[indicator, place, period] or 0 for place in COMMUNES)


def test_count_that_does_not_add_up_over_territories_is_refused_with_its_reason(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogue = load_catalogue()
    apart = replace(catalogue.measures["orientes"], adds_over=frozenset({"periode"}))
    changed = replace(catalogue, measures={**catalogue.measures, "orientes": apart})
    monkeypatch.setattr("indicators.figures.load_catalogue", lambda: changed)
    asked = {"indicators": ("orientes",), "periods": ("2024-T1",)}
    for group in ((), COMMUNES[:2]):
        (whole,) = ask(database, territories=group, **asked)
        assert (whole.value, whole.state, whole.reason) == (None, "n.d.", PLACES)
    assert [one.reason for one in ask(database, by=("territoire",), **asked)] == [""] * 3


def test_year_is_the_sum_of_its_quarters(database: Database) -> None:
    year = ask(database, indicators=("orientes",), by=("territoire",), periods=("2024",))
    quarters = ask(database, indicators=("orientes",), by=("territoire", "periode"))
    for one in year:
        assert one.value == sum(part.value or 0 for part in quarters if part.territory == one.territory)


def test_order_of_rows_and_of_files_changes_no_figure(tmp_path: Path) -> None:
    rows = [
        figure(measure, rank, territory=place, period=period)
        for rank, (measure, place, period) in enumerate(
            product(("orientes", "presents", "integres"), COMMUNES, QUARTERS)
        )
    ]
    shuffled = random.Random(7).sample(rows, len(rows))
    deliveries = {
        "une": [report(*rows)],
        "melee": [report(*shuffled)],
        "deux": [report(*rows[:17], file="a"), report(*rows[17:], file="b")],
        "inverse": [report(*rows[17:], file="b"), report(*rows[:17], file="a")],
    }
    found = {}
    for name, files in deliveries.items():
        with open_database(tmp_path / f"{name}.duckdb") as opened:
            for one in files:
                load_report(opened, one)
            found[name] = ask(opened, by=("territoire", "periode"))
    assert found["une"]
    assert found["une"] == found["melee"] == found["deux"] == found["inverse"]


def test_undo_gives_back_the_figures_of_before(empty: Database) -> None:
    load_report(empty, report(figure(value=12), figure("presents", 6), file="premier.xlsx"))
    before = ask(empty, by=("territoire",))
    second = load_report(empty, report(figure(value=20), figure(value=9, period="2024-T2"), file="second"))
    changed = ask(empty, by=("territoire",))
    assert second.import_id is not None
    undo_import(empty, second.import_id)
    assert changed != before
    assert ask(empty, by=("territoire",)) == before


@given(st.sets(st.integers(0, 35), min_size=1))
@settings(deadline=None)
def test_cover_holds_each_month_once(months: set[int]) -> None:
    asked = [Period(2022 + month // 12, month % 12 + 1, 1) for month in months]
    pieces = cover(asked)
    assert [month for piece in pieces for month in piece.parts("mois")] == sorted(asked)
    assert all(
        not (first.length == second.length and cover((first, second)) != (first, second))
        for first, second in zip(pieces, pieces[1:], strict=False)
    )


@pytest.mark.parametrize(
    ("code", "pieces"),
    [
        ("2024-01", ["2024-01"]),
        ("2024-05", ["2024-T1", "2024-04", "2024-05"]),
        ("2024-T3", ["2024-S1", "2024-T3"]),
        ("2024-S1", ["2024-S1"]),
        ("2024-11", ["2024-S1", "2024-T3", "2024-10", "2024-11"]),
        ("2024", ["2024"]),
    ],
)
def test_since_january_takes_the_fewest_periods(code: str, pieces: list[str]) -> None:
    assert [piece.code for piece in since_january(parse_period(code))] == pieces


def test_codes_within_a_quarter_are_itself_and_its_months() -> None:
    assert codes_within(parse_period("2024-T2")) == {"2024-T2", "2024-04", "2024-05", "2024-06"}


def run(database: Database, capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    """The exit code and what the command says."""
    capsys.readouterr()
    code = main([*arguments, "--database", str(database.path)])
    return code, capsys.readouterr().out


def test_command_gives_figures_in_json(database: Database, capsys: pytest.CaptureFixture[str]) -> None:
    code, text = run(
        database, capsys, "figures", "--convention", "plie-martigues", "--indicator", "taux_presence",
        "--period", "2024-T1,2024-T2", "--by", "territoire,periode", "--json",
    )  # fmt: skip
    first = json.loads(text)[0]
    assert (code, len(json.loads(text))) == (0, 6)
    assert list(first) == [
        "indicator", "territory", "period", "source", "segment", "numerator", "denominator", "value", "state",
        "missing", "window", "reason",
    ]  # fmt: skip
    assert first == {
        "indicator": "taux_presence", "territory": "13056", "period": "2024-T1", "source": "plie",
        "segment": {}, "numerator": 10, "denominator": 20, "value": 0.5, "state": "ok", "missing": [],
        "window": "periode", "reason": "",
    }  # fmt: skip


def test_command_tells_what_is_missing(database: Database, capsys: pytest.CaptureFixture[str]) -> None:
    code, text = run(
        database, capsys, "figures", "--convention", "plie-martigues", "--indicator", "integres",
        "--period", "2024-T1", "--json",
    )  # fmt: skip
    (one,) = json.loads(text)
    assert (code, one["territory"], one["value"], one["state"]) == (0, None, 12, "partiel")
    assert one["missing"] == [{"territory": place, "period": "2024-T1"} for place in COMMUNES[1:]]


def test_command_reads_a_window(database: Database, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("--convention", "plie-martigues", "--indicator", "orientes", "--period", "2024-T3")
    rolling = ("--window", "glissant", "--by", "territoire")
    code, text = run(database, capsys, "figures", *asked, "--window", "cumul", "--by", "territoire")
    since = "DE orientés vers le PLIE, Martigues, cumul du 1er janvier à fin septembre 2024 (PLIE) : 63"
    assert (code, text.splitlines()[0]) == (0, since)
    _, text = run(database, capsys, "figures", *asked, *rolling)
    over = "DE orientés vers le PLIE, Martigues, 12 mois glissants à fin septembre 2024 (PLIE) : n.d."
    assert text.splitlines()[0] == f"{over} ; il manque Martigues (4e trimestre 2023)"
    cells = ("--territory", "13056", "--window", "cumul", "--json")
    _, text = run(database, capsys, "trace", *asked, *cells)
    assert [one["period"] for one in json.loads(text)] == ["2024-T1", "2024-T2", "2024-T3"]


def test_command_speaks_french_without_json(database: Database, capsys: pytest.CaptureFixture[str]) -> None:
    common = ("figures", "--convention", "plie-martigues", "--period", "2024-T1", "--indicator")
    rate = "Taux de présence au premier contact, Pays de Martigues, 1er trimestre 2024 (PLIE) :"
    women = "Personnes intégrées au dispositif, Femmes, Pays de Martigues, 1er trimestre 2024 (PLIE)"
    absent = "il manque Port-de-Bouc (1er trimestre 2024), Saint-Mitre-les-Remparts (1er trimestre 2024)"
    assert run(database, capsys, *common, "taux_presence") == (0, f"{rate} 58,3\xa0% (42 / 72)\n")
    _, text = run(database, capsys, *common, "integres", "--by", "sexe")
    assert text.splitlines()[1] == f"{women} : 6 [partiel] ; {absent}"
    _, text = run(database, capsys, *common, "participants")
    assert text.startswith("Participants en parcours, Pays de Martigues, 1er trimestre 2024 (PLIE) : n.d.")
    assert run(database, capsys, *common, "orientes", "--by", "public") == (
        0, "Aucun chiffre pour cette demande.\n",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--convention", "nulle-part"], "La convention « nulle-part » n’existe pas."),
        (
            ["--convention", "metz", "--reading", "x"],
            "La lecture « x » n’existe pas. Attendu : cohorte, flux.",
        ),
        (
            ["--convention", "metz", "--window", "x"],
            "La fenêtre « x » n’existe pas. Attendu : annee, annee_convention, cumul, glissant, mois, periode, ",
        ),
        (["--convention", "metz", "--audience", "x"], "L’audience « x » n’existe pas."),
        (
            ["--convention", "metz", "--as-of", "hier"],
            "« hier » n’est pas un jour de lecture : attendu AAAA-MM-JJ",
        ),
        (["--convention", "metz", "--period", "été"], "« été » n'est pas une période"),
    ],
)
def test_command_refuses_with_a_sentence(
    database: Database, capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    code, text = run(database, capsys, "figures", *arguments)
    assert (code, text.startswith(message)) == (2, True)
    code, text = run(database, capsys, "figures", *arguments, "--json")
    assert (code, json.loads(text)["erreur"].startswith(message)) == (2, True)


def test_command_reads_as_of_a_day(database: Database, capsys: pytest.CaptureFixture[str]) -> None:
    common = (
        "figures",
        "--convention",
        "plie-martigues",
        "--indicator",
        "orientes",
        "--by",
        "periode",
        "--json",
    )
    _, text = run(database, capsys, *common, "--as-of", "2024-05-31")
    assert [(one["period"], one["state"]) for one in json.loads(text)] == [
        ("2024-T1", "ok"),
        ("2024-T2", "provisoire"),
    ]


def test_command_hides_small_counts_from_a_committee(
    empty: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    load_report(empty, report(figure(value=3)))
    common = (
        "figures",
        "--convention",
        "plie-martigues",
        "--indicator",
        "orientes",
        "--by",
        "territoire",
        "--json",
    )
    _, text = run(empty, capsys, *common, "--audience", "comite")
    assert [(one["value"], one["state"]) for one in json.loads(text)] == [(None, "secret")]


def test_command_runs_on_the_database_that_the_environment_names(tmp_path: Path) -> None:
    """As scripts run it, in a process of its own."""
    with open_database(tmp_path / "jalons.duckdb") as opened:
        load_report(opened, report(figure(value=12)))
    done = subprocess.run(
        [sys.executable, "-m", "indicators", "figures", "--convention", "plie-martigues",
         "--indicator", "orientes", "--by", "territoire", "--json"],
        env={"JALONS_DATABASE": str(tmp_path / "jalons.duckdb")}, capture_output=True, text=True, check=True,
        cwd=Path(__file__).resolve().parent.parent,
    )  # fmt: skip
    assert [one["value"] for one in json.loads(done.stdout)] == [12]
