"""What a committee sees: no small count of people, and none that the shown ones would give away."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conventions.agreements import load_conventions
from conventions.catalogue import load_catalogue
from conventions.values import Segment, Term
from etl.load import load_report
from indicators.figures import Request, compute_figures
from indicators.rules import list_terms
from indicators.secrecy import protect
from indicators.values import Figure
from store.database import Database, open_database
from tests.deliveries import figure, report

PLIE = load_conventions()["plie-martigues"]
CATALOGUE = load_catalogue()
COMMUNES = ("13056", "13077", "13098")
QUARTERS = ("2024-T1", "2024-T2", "2024-T3", "2024-T4")
SEXES: tuple[Segment, ...] = ((("sexe", "homme"),), (("sexe", "femme"),))

Cell = tuple[str | None, str | None, Segment]
"""Territory, period and segment."""


def count(
    value: float | None,
    territory: str | None = "13056",
    period: str | None = "2024-T1",
    segment: Segment = (),
    *,
    indicator: str = "integres",
    state: str = "ok",
) -> Figure:
    """A count of people, as computed."""
    terms = (Term(indicator),)
    return Figure(indicator, territory, period, "plie", segment, value, None, value, state, terms=terms)


def rate(
    indicator: str, numerator: float, denominator: float, territory: str = "13056", period: str = "2024-T1"
) -> Figure:
    """A rate of the catalogue, as computed."""
    terms, value = list_terms(CATALOGUE.indicators[indicator]), numerator / denominator
    counts = (numerator, denominator, value)
    return Figure(indicator, territory, period, "plie", (), *counts, state="ok", terms=terms)


def show(figures: Sequence[Figure], *, is_cohort: bool = False, threshold: int = 5) -> list[float | None]:
    """The values that a committee sees."""
    convention = replace(PLIE, secrecy_threshold=threshold)
    protected = protect(figures, convention=convention, catalogue=CATALOGUE, is_cohort=is_cohort)
    for before, after in zip(figures, protected, strict=True):
        assert after == before or (after.state, after.numerator, after.value) == ("secret", None, None)
    return [one.value for one in protected]


@pytest.mark.parametrize(("value", "shown"), [(0, 0), (1, None), (2, None), (4, None), (4.5, None), (5, 5), (120, 120)])
def test_counts_from_one_to_four_are_hidden(value: float, shown: float | None) -> None:
    assert show([count(value)]) == [shown]


@pytest.mark.parametrize(("threshold", "shown"), [(1, 9), (9, 9), (10, None)])
def test_threshold_is_the_convention_s(threshold: int, shown: float | None) -> None:
    assert show([count(9)], threshold=threshold) == [shown]


def test_counts_of_meetings_and_full_time_equivalents_are_shown() -> None:
    figures = [
        count(3.5, indicator="accompagnateurs"),
        count(2, indicator="ateliers"),
        count(1, indicator="rencontres_uts"),
    ]
    assert show(figures) == [3.5, 2, 1]


def test_contracts_and_obstacles_are_those_of_one_person_and_hidden() -> None:
    assert show([count(3, indicator="pec_signes"), count(2, indicator="freins_leves")]) == [None, None]


def test_missing_figure_stays_missing() -> None:
    lacking = count(None, state="n.d.")
    assert protect([lacking], convention=PLIE, catalogue=CATALOGUE) == [lacking]


def test_small_count_alone_among_communes_hides_a_second() -> None:
    """The whole is known elsewhere: the smallest of the others goes with it."""
    values = [count(value, place) for value, place in zip((30, 12, 3), COMMUNES, strict=True)]
    assert show(values) == [30, None, None]


def test_two_small_counts_among_communes_hide_no_third() -> None:
    values = [count(value, place) for value, place in zip((30, 2, 3), COMMUNES, strict=True)]
    assert show(values) == [30, None, None]


def test_zero_is_not_taken_as_second_when_another_can_be() -> None:
    values = [count(value, place) for value, place in zip((0, 12, 3), COMMUNES, strict=True)]
    assert show(values) == [0, None, None]


def test_count_kept_secret_by_its_producer_calls_for_a_second() -> None:
    values = [count(30, "13056"), count(12, "13077"), count(None, "13098", state="secret")]
    assert show(values) == [30, None, None]


def test_small_quarter_hides_its_neighbour_since_the_semester_is_known() -> None:
    values = [count(value, period=code) for value, code in zip((3, 20, 9, 15), QUARTERS, strict=True)]
    assert show(values) == [None, None, 9, 15]


def test_head_counts_do_not_add_up_over_time() -> None:
    values = [
        count(value, period=code, indicator="participants")
        for value, code in zip((3, 20, 9, 15), QUARTERS, strict=True)
    ]
    assert show(values) == [None, 20, 9, 15]


def test_small_value_of_a_partition_hides_another() -> None:
    values = [count(30, segment=SEXES[0]), count(4, segment=SEXES[1])]
    assert show(values) == [None, None]


def test_incomplete_partition_tells_nothing() -> None:
    """Without the other ages, nobody can take these two from the total."""
    ages = [count(value, segment=(("age", code),)) for value, code in ((30, "moins_26"), (3, "26_44"))]
    assert show(ages) == [30, None]


def test_publics_overlap_and_hide_no_other() -> None:
    codes = ("rsa", "deld", "qpv")
    values = [count(value, segment=(("public", code),)) for value, code in zip((3, 20, 9), codes, strict=True)]
    assert show(values) == [None, 20, 9]


def test_rate_is_hidden_with_its_counts() -> None:
    assert show([rate("taux_presence", 3, 10)]) == [None]
    assert show([rate("taux_presence", 8, 4)]) == [None]
    assert show([rate("taux_presence", 8, 20)]) == [0.4]


def test_rate_is_hidden_when_its_rest_is_small() -> None:
    """18 positive exits of 20 say that two were not; in cohorte, so does any step."""
    assert show([rate("taux_sorties_positives", 18, 20)]) == [None]
    assert show([rate("taux_sorties_positives", 16, 20)]) == [None]
    assert show([rate("taux_sorties_positives", 15, 20)]) == [0.75]
    assert show([rate("taux_sorties_positives", 20, 20)]) == [1.0]
    assert show([rate("taux_presence", 18, 20)], is_cohort=True) == [None]


def test_steps_of_a_flux_are_not_parts_of_each_other() -> None:
    """People present this quarter were not all oriented in it: no group is left over."""
    assert show([rate("taux_presence", 18, 20)]) == [0.9]


def test_count_hidden_as_second_is_hidden_in_every_rate() -> None:
    presents = [count(value, place, indicator="presents") for value, place in zip((30, 12, 3), COMMUNES, strict=True)]
    rates = [rate("taux_presence", 12, 40, "13077"), rate("taux_passage_diagnostic", 9, 12, "13077")]
    assert show([*presents, *rates]) == [30, None, None, None, None]


def test_part_of_a_shown_count_is_hidden_when_the_rest_is_small() -> None:
    sent = replace(count(28), terms=(Term("integres", (("prescripteur", "france_travail"),)),))
    assert show([count(30), sent]) == [30, None]


def test_cumuls_do_not_tell_a_small_month() -> None:
    cumuls = [
        count(value, period=code, indicator="entrees_cumulees")
        for value, code in zip((20, 23, 40), ("2024-01", "2024-02", "2024-03"), strict=True)
    ]
    cumuls = [replace(one, terms=(Term("entrees"),)) for one in cumuls]
    months = [
        count(value, period=code, indicator="entrees")
        for value, code in zip((20, 3, 17), ("2024-01", "2024-02", "2024-03"), strict=True)
    ]
    assert show(cumuls)[:2] != [20, 23]
    shown = dict(zip([(one.indicator, one.period) for one in (*cumuls, *months)],
                     show([*cumuls, *months]), strict=True))  # fmt: skip
    assert shown["entrees", "2024-02"] is None
    assert None in (shown["entrees_cumulees", "2024-01"], shown["entrees_cumulees", "2024-02"])


def solvable(hidden: Sequence[Cell], equations: Iterable[Mapping[Cell, int]]) -> list[Cell]:
    """The hidden cells whose value the known sums determine: adding them to the sums tells nothing new."""
    rows = np.array([[equation.get(cell, 0) for cell in hidden] for equation in equations], dtype=float)
    rank = np.linalg.matrix_rank(rows)
    units = np.eye(len(hidden))
    return [
        cell for cell, unit in zip(hidden, units, strict=True) if np.linalg.matrix_rank(np.vstack([rows, unit])) == rank
    ]


def sums_along(cells: Sequence[Cell], axis: int) -> list[dict[Cell, int]]:
    """Every sum of a table along one of its axes, as a reader of its margins knows it."""
    groups: dict[tuple[object, ...], dict[Cell, int]] = {}
    for cell in cells:
        groups.setdefault((*cell[:axis], *cell[axis + 1 :]), {})[cell] = 1
    return list(groups.values())


def check_table(cells: Sequence[Cell], values: Sequence[int]) -> None:
    """Nothing small is shown and nothing hidden can be solved; without any small count nothing is hidden."""
    figures = [count(value, *cell) for value, cell in zip(values, cells, strict=True)]
    shown = dict(zip(cells, show(figures), strict=True))
    known = dict(zip(cells, values, strict=True))
    assert not [cell for cell, value in shown.items() if value is not None and 0 < value < 5]
    hidden = [cell for cell in cells if shown[cell] is None]
    if not any(0 < value < 5 for value in values):
        assert hidden == []
    elif hidden:
        axes = [axis for axis in range(3) if len({cell[axis] for cell in cells}) > 1]
        assert solvable(hidden, [one for axis in axes for one in sums_along(cells, axis)]) == []
    assert all(value in (None, known[cell]) for cell, value in shown.items())


@given(st.lists(st.integers(0, 12), min_size=12, max_size=12))
@settings(max_examples=150, deadline=None)
def test_no_hidden_count_of_communes_by_quarters_can_be_solved(values: list[int]) -> None:
    check_table([(place, quarter, ()) for place, quarter in product(COMMUNES, QUARTERS)], values)


@given(st.lists(st.integers(0, 15), min_size=12, max_size=12))
@settings(max_examples=100, deadline=None)
def test_no_hidden_count_of_communes_by_quarters_and_sexes_can_be_solved(values: list[int]) -> None:
    check_table(list(product(COMMUNES, QUARTERS[:2], SEXES)), values)


def test_bridge_between_two_blocks_is_not_left_to_be_solved() -> None:
    """Two hidden counts in every line are not enough: the sums of two lines less those of two columns tell
    the one that joins both blocks."""
    convention, places = load_conventions()["troyes"], [f"pce-{rank}" for rank in range(1, 5)]
    ages = [(("age", code),) for code in ("moins_26", "26_44", "45_53", "54_plus")]
    small = {(0, 0), (0, 1), (1, 0), (1, 1), (1, 2), (2, 2), (2, 3), (3, 2), (3, 3)}
    figures = [
        count(2 if (row, column) in small else 50 + 7 * row + column, places[row], segment=ages[column])
        for row, column in product(range(4), range(4))
    ]
    protected = protect(figures, convention=convention, catalogue=CATALOGUE)
    cells: list[Cell] = [(one.territory, one.period, one.segment) for one in figures]
    hidden = [cell for cell, one in zip(cells, protected, strict=True) if one.value is None]
    equations = [*sums_along(cells, 0), *sums_along(cells, 2)]
    blocks = [(places[row], "2024-T1", ages[column]) for row, column in sorted(small)]
    assert solvable(blocks, equations) == [(places[1], "2024-T1", ages[2])]
    assert set(blocks) < set(hidden)
    assert solvable(hidden, equations) == []


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
    assert states["presents", "13056"] == states["taux_presence", "13056"] == "ok"
    assert states["diagnostics", "13098"] == states["orientes", "13098"] == "ok"


def test_hidden_figure_leads_to_no_row(database: Database) -> None:
    request = Request("plie-martigues", by=("territoire",), indicators=("presents",), periods=("2024-T1",))
    hidden = compute_figures(database, replace(request, audience="comite"))[-1]
    assert (hidden.state, hidden.leaves, hidden.missing) == ("secret", (), ())
