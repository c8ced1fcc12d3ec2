"""What a committee sees: no small count of people, and none that the shown ones would give away."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import pytest

from conventions.agreements import load_conventions
from conventions.values import Segment, make_segment
from etl.load import load_report
from indicators.figures import Request, compute_figures
from store.database import Database, open_database
from tests.attacks import open_cube
from tests.deliveries import figure, report

PLIE, TROYES = load_conventions()["plie-martigues"], load_conventions()["troyes"]
COMMUNES = ("13056", "13077", "13098")
COUNTERS = tuple(place.code for place in TROYES.places if place.kind == "pce")
QUARTERS = ("2024-T1", "2024-T2", "2024-T3", "2024-T4")

Cell = tuple[str, str, str, Segment]
"""Measure, territory, period and group."""


def cell(measure: str = "orientes", territory: str = "13056", period: str = "2024-T1", **segment: str) -> Cell:
    """A count of the PLIE's return."""
    return measure, territory, period, make_segment(segment)


def hold(counts: Mapping[Cell, float | None], convention: str = "plie-martigues") -> Database:
    """A database that holds these counts; None is one that its producer kept secret."""
    source = load_conventions()[convention].sources[0].code
    return open_cube([
        (convention, source, "retour", "flux", measure, territory, period,
         ";".join(f"{axis}={value}" for axis, value in segment), value, "ok" if value is not None else "secret")
        for (measure, territory, period, segment), value in counts.items()
    ])  # fmt: skip


def show(database: Database, *by: str, convention: str = "plie-martigues", indicator: str = "orientes",
         periods: Sequence[str] = ("2024-T1",)) -> list[float | None]:  # fmt: skip
    """The values that a committee sees; what it does not see says so and nothing else."""
    asked = Request(convention, tuple(periods), by, (indicator,))
    figures = compute_figures(database, replace(asked, audience="comite"))
    for before, after in zip(compute_figures(database, asked), figures, strict=True):
        hidden = after.state, after.numerator, after.denominator, after.value, after.leaves, after.missing
        assert after == before or hidden == ("secret", None, None, None, (), ())
    return [one.value for one in figures]


def by_counter(*values: float | None, measure: str = "positionnes_offres") -> Database:
    """Counts of the six places of Troyes."""
    cells = (cell(measure, place, "2020-T1") for place in COUNTERS)
    return hold(dict(zip(cells, values, strict=True)), "troyes")


def show_counters(*values: float | None, measure: str = "positionnes_offres") -> list[float | None]:
    database = by_counter(*values, measure=measure)
    return show(database, "territoire", convention="troyes", indicator=measure, periods=("2020-T1",))


@pytest.mark.parametrize(("value", "shown"), [(0, 0), (1, None), (2, None), (4, None), (4.5, None), (5, 5), (120, 120)])
def test_counts_from_one_to_four_are_hidden(value: float, shown: float | None) -> None:
    assert show(hold({cell(): value})) == [shown]


@pytest.mark.parametrize(("threshold", "shown"), [(1, 9), (9, 9), (10, None)])
def test_threshold_is_the_convention_s(threshold: int, shown: float | None, monkeypatch: pytest.MonkeyPatch) -> None:
    known = {"plie-martigues": replace(PLIE, secrecy_threshold=threshold)}
    monkeypatch.setattr("indicators.request.load_conventions", lambda: known)
    assert show(hold({cell(): 9})) == [shown]


@pytest.mark.parametrize(("convention", "measure", "shown"), [
    ("plie-martigues", "accompagnateurs", 3), ("troyes", "ateliers", 3), ("rouen", "rencontres_uts", 3),
    ("rouen", "pec_signes", None), ("accompagnement-global-35", "freins_leves", None),
])  # fmt: skip
def test_meetings_and_full_time_equivalents_are_no_persons(convention: str, measure: str, shown: float | None) -> None:
    place = load_conventions()[convention].territory.code
    assert show(hold({cell(measure, place): 3}, convention), convention=convention, indicator=measure) == [shown]


def test_small_count_alone_among_places_hides_the_smallest_other() -> None:
    assert show_counters(30, 12, 3, 40, 50, 60) == [30, None, None, 40, 50, 60]


def test_two_small_counts_that_make_enough_hide_no_third() -> None:
    assert show_counters(30, 2, 3, 40, 50, 60) == [30, None, None, 40, 50, 60]


def test_two_small_counts_that_make_less_than_the_threshold_hide_a_third() -> None:
    """Their sum would say too much of each."""
    assert show_counters(30, 1, 2, 40, 50, 60) == [None, None, None, 40, 50, 60]


def test_zero_is_not_taken_as_second() -> None:
    assert show_counters(0, 12, 3, 40, 50, 60) == [0, None, None, 40, 50, 60]


def test_table_that_would_be_mostly_hidden_is_read_at_the_coarser_level() -> None:
    database = by_counter(3, 2, 1, 4, 50, 60)
    asked = {"convention": "troyes", "indicator": "positionnes_offres", "periods": ("2020-T1",)}
    assert show(database, "territoire", **asked) == [None] * 6  # type: ignore[arg-type]
    assert show(database, **asked) == [120]  # type: ignore[arg-type]


def explain(database: Database, *by: str, **asked: str) -> list[str]:
    """Why each figure of a committee has no value."""
    request = Request(asked["convention"], (asked["period"],), by, (asked["indicator"],), audience="comite")
    return [one.reason for one in compute_figures(database, request)]


def test_secret_says_what_to_read_in_its_place() -> None:
    asked = {"convention": "troyes", "indicator": "positionnes_offres", "period": "2020-T1"}
    assert explain(by_counter(3, 2, 1, 4, 50, 60), "territoire", **asked) == [
        "Secret : plus de la moitié des chiffres de ce tableau seraient masqués. Lisez l’ensemble de la convention."
    ] * 6
    # Small, or hidden because of another: to tell which would tell more.
    hidden = "Secret : effectif de 1 à 4, ou masqué pour qu’on ne puisse pas le déduire des autres."
    assert explain(by_counter(30, 12, 3, 40, 50, 60), "territoire", **asked) == ["", hidden, hidden, "", "", ""]


def test_secret_of_a_split_or_of_short_periods_names_the_coarser_table() -> None:
    motives = {cell("sorties", motif=code): 2 for code in ("cdi", "cdd_6_mois", "certification", "abandon")}
    split = explain(hold({cell("sorties"): 8, **motives}), "motif", convention="plie-martigues",
                    indicator="sorties", period="2024-T1")  # fmt: skip
    assert {text.rpartition(". ")[2] for text in split} == {"Lisez le total, sans ce découpage."}
    quarters = hold({cell("orientes", PLIE.territory.code, code): 2 for code in QUARTERS})
    alone = explain(quarters, convention="plie-martigues", indicator="orientes", period="2024-T1")
    assert [text.rpartition(". ")[2] for text in alone] == ["Lisez une période plus longue."]


def test_count_received_secret_says_that_the_file_keeps_it() -> None:
    kept = hold({cell(): None})
    told = compute_figures(kept, Request("plie-martigues", ("2024-T1",), ("territoire",), ("orientes",)))
    assert [(one.state, one.reason.partition(" ")[0]) for one in told] == [("secret", "Secret")]
    assert "le fichier reçu" in told[0].reason


def test_nobody_in_the_whole_says_nobody_in_its_parts() -> None:
    assert show_counters(0, 0, 0, 0, 0, 0) == [0] * 6


def test_small_quarter_hides_its_neighbour_and_the_year_stays() -> None:
    database = hold({cell(period=code): value for code, value in zip(QUARTERS, (3, 20, 9, 15), strict=True)})
    assert show(database, "periode", periods=("2024",)) == [47]
    # The first semester is shown, so that the second quarter would tell the first.
    assert show(database, "periode", periods=("2024-S1", "2024-S2")) == [23, 24]
    assert show(database, "periode", periods=QUARTERS) == [None, None, 9, 15]


def test_requests_made_one_by_one_hide_the_same_counts() -> None:
    """The quarter asked for alone, among others, or as the rest of two sums since January."""
    database = hold({cell(period=code): value for code, value in zip(QUARTERS, (30, 20, 3, 15), strict=True)})
    assert [show(database, periods=(code,)) for code in QUARTERS] == [[30], [20], [None], [None]]
    assert show(database, periods=QUARTERS[:2]) == [50]
    assert show(database, periods=QUARTERS[:3]) == [None]
    assert show(database, periods=("2024-T2", "2024-T3")) == [None]
    assert show(database, periods=("2024-T3", "2024-T4")) == [18]


def test_months_do_not_tell_a_small_quarter() -> None:
    values = dict(zip(("2024-01", "2024-02", "2024-03"), (1, 2, 1), strict=True))
    database = hold({cell(period=code): value for code, value in {**values, "2024-04": 30}.items()})
    assert show(database, "periode", periods=tuple(values)) == [None, None, None]


def test_head_counts_do_not_add_up_over_time() -> None:
    counts = {cell("participants", period=code): value for code, value in zip(QUARTERS, (3, 20, 9, 15), strict=True)}
    assert show(hold(counts), "periode", indicator="participants", periods=QUARTERS) == [None, 20, 9, 15]


def test_head_counts_entries_and_exits_do_not_tell_one_another() -> None:
    """Twenty, and nine who came, less what is left: three went out."""
    place = PLIE.territory.code
    counts: dict[Cell, float | None] = {
        cell("participants", place, "2023-T4"): 20, cell("participants", place): 26,
        cell("integres", place): 9, cell("sorties", place): 3,
    }  # fmt: skip
    database = hold(counts)
    assert show(database, indicator="sorties") == [None]
    assert None in show(database, indicator="participants") + show(database, indicator="integres")


@pytest.mark.parametrize("order", [("2023-12", "2024-T1"), ("2024-T1", "2023-12")])
def test_head_count_that_paths_alone_give_for_december_opens_no_balance(order: tuple[str, str]) -> None:
    """Returns say 21 at the end of the year and paths 20: with 9 who came and 26 left, three went out."""
    place = PLIE.territory.code
    paths = {("participants", "2023-12"): 20, ("participants", "2024-03"): 26,
             ("integres", "2024-T1"): 9, ("sorties", "2024-T1"): 3}  # fmt: skip
    rows = [("parcours", *key, value) for key, value in paths.items()] + [("retour", "participants", "2023-T4", 21)]
    database = open_cube([
        (PLIE.key, "plie", origin, "flux", measure, place, period, "", float(value), "ok")
        for origin, measure, period, value in rows
    ])  # fmt: skip
    shown = {
        (measure, period): show(database, indicator=measure, periods=(period,))[0]
        for period in order
        for measure in ("participants", "integres", "sorties")
    }
    assert shown["sorties", "2024-T1"] is None
    assert None in (shown["participants", "2023-12"], shown["participants", "2024-T1"], shown["integres", "2024-T1"])


def test_count_kept_secret_by_its_producer_calls_for_a_second() -> None:
    counts: dict[Cell, float | None] = {cell(territory=place): value
                                        for place, value in zip(COMMUNES, (30, 12, None), strict=True)}
    counts[cell(territory=PLIE.territory.code)] = 51
    shown = show(hold(counts), "territoire")
    assert shown.count(None) >= 2


@pytest.mark.parametrize(("values", "shown"), [((30, 4), [None, None]), ((30, 6), [30, 6])])
def test_small_value_of_a_partition_hides_another(values: tuple[int, int], shown: list[float | None]) -> None:
    counts = {cell(sexe=sexe): value for sexe, value in zip(("homme", "femme"), values, strict=True)}
    assert show(hold(counts), "sexe") == shown


def test_publics_overlap_and_hide_no_other() -> None:
    publics = {cell(public=code): value for code, value in zip(("rsa", "deld", "qpv"), (3, 20, 9), strict=True)}
    assert show(hold({cell(): 60, **publics}), "public") == [None, 20, 9]


def test_part_of_a_shown_count_is_hidden_when_the_rest_is_small() -> None:
    counts = {cell("integres"): 30, cell("integres", prescripteur="france_travail"): 28}
    assert show(hold(counts), indicator="part_prescription_ft") == [None]
    counts[cell("integres", prescripteur="france_travail")] = 20
    assert show(hold(counts), indicator="part_prescription_ft") == [20 / 30]


@pytest.mark.parametrize(("positive", "shown"), [(18, None), (16, None), (15, 0.75), (20, 1.0), (3, None), (0, 0.0)])
def test_rate_is_hidden_when_its_rest_is_small(positive: int, shown: float | None) -> None:
    """18 positive exits of 20 say that two were not."""
    database = hold({cell("sorties"): 20, cell("sorties_positives"): positive})
    assert show(database, indicator="taux_sorties_positives") == [shown]


def test_steps_of_a_flux_are_not_parts_of_each_other() -> None:
    """People present this quarter were not all oriented in it: no group is left over."""
    database = hold({cell("orientes"): 20, cell("presents"): 18})
    assert show(database, indicator="taux_presence") == [0.9]


def test_motives_do_not_tell_their_category_nor_positive_exits() -> None:
    motives = {"cdi": 9, "cdd_6_mois": 2, "certification": 12, "abandon": 8, "demenagement": 11}
    counts = {cell("sorties", motif=code): value for code, value in motives.items()}
    database = hold({cell("sorties"): 42, cell("sorties_positives"): 23, **counts})
    assert show(database, indicator="sorties") == [42]
    assert show(database, "categorie", indicator="sorties").count(None) == 0
    # The category in jobs is 11, so that 9 would tell 2.
    assert show(database, "motif", indicator="sorties") == [None, None, 12, 11, 8]


def test_mean_over_few_people_is_hidden_with_them() -> None:
    place = load_conventions()["accompagnement-global-35"].territory.code
    asked = {"convention": "accompagnement-global-35", "indicator": "delai_moyen_demarrage"}
    for entries, shown in ((3, None), (9, 10.0)):
        counts = {cell("entrees", place): entries, cell("delai_demarrage_jours", place): entries * 10}
        assert show(hold(counts, "accompagnement-global-35"), **asked) == [shown]


def test_cumuls_do_not_tell_a_small_month() -> None:
    place, months = load_conventions()["accompagnement-global-35"].territory.code, ("2024-01", "2024-02", "2024-03")
    counts = {cell("entrees", place, code): value for code, value in zip(months, (20, 3, 17), strict=True)}
    database = hold(counts, "accompagnement-global-35")
    cumuls, alone = (
        show(database, "periode", convention="accompagnement-global-35", indicator=code, periods=months)
        for code in ("entrees_cumulees", "entrees")
    )
    assert alone[1] is None
    assert cumuls[2] == 40
    assert None in cumuls[:2]


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterable[Database]:
    """Two quarters of three communes, the third one small."""
    steps = {"orientes": (40, 20, 6), "presents": (30, 12, 3), "diagnostics": (25, 10, 0)}
    rows = [
        figure(measure, value, territory=place, period=period)
        for measure, values in steps.items()
        for place, value in zip(COMMUNES, values, strict=True)
        for period in QUARTERS[:2]
    ]
    with open_database(tmp_path_factory.mktemp("secret") / "jalons.duckdb") as opened:
        load_report(opened, report(*rows))
        yield opened


@pytest.mark.parametrize("by", [(), ("territoire",), ("periode",), ("territoire", "periode")])
def test_producers_see_every_count(database: Database, by: tuple[str, ...]) -> None:
    request = Request("plie-martigues", by=by, indicators=("orientes", "presents", "taux_presence"))
    assert "secret" not in {one.state for one in compute_figures(database, request)}


def test_committee_sees_no_small_count_and_no_rate_of_one(database: Database) -> None:
    request = Request(
        "plie-martigues",
        by=("territoire", "periode"),
        indicators=("orientes", "presents", "diagnostics", "taux_presence", "taux_passage_diagnostic"),
        audience="comite",
    )
    states = {(one.indicator, one.territory): one.state for one in compute_figures(database, request)}
    assert states["presents", "13098"] == states["taux_presence", "13098"] == "secret"
    assert states["presents", "13077"] == states["taux_passage_diagnostic", "13077"] == "secret"
    # Two communes of three would be hidden: people present are told of the whole alone.
    assert states["presents", "13056"] == states["taux_presence", "13056"] == "secret"
    assert states["orientes", "13056"] == "ok"
    assert states["diagnostics", "13098"] == states["orientes", "13098"] == "ok"


def test_hidden_figure_leads_to_no_row(database: Database) -> None:
    request = Request("plie-martigues", by=("territoire",), indicators=("presents",), periods=("2024-T1",))
    hidden = compute_figures(database, replace(request, audience="comite"))[-1]
    assert (hidden.state, hidden.leaves, hidden.missing) == ("secret", (), ())
