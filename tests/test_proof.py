"""The proof of a figure: its cells add up to it, what was corrected is told, a committee reads no more than its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from etl.load import load_report
from indicators.figures import compute_figures
from indicators.proof import Proof, Question, prove
from indicators.request import COMMITTEE, Request
from store.database import Database, open_database
from tests.deliveries import figure, path, report

QUARTERS = ("2024-T1", "2024-T2", "2024-T3", "2024-T4")
PLACES = ("13056", "13077", "13098")
ORIENTES = {"13056": (80, 90, 70, 60), "13077": (40, 43, 38, 31), "13098": (12, 16, 9, 3)}
PRESENTS = {"13056": (50, 60, 40, 40), "13077": (20, 22, 18, 15), "13098": (7, 9, 4, 2)}
WHOLE = Request("plie-martigues", ("2024",), indicators=("taux_presence",), as_of=date(2030, 1, 1))


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A year by quarters, small counts in one commune, one cell corrected twice; the other source for two communes."""
    rows = [
        figure(measure, value, territory=place, period=period, cell=f"{column}{2 + 3 * rank + line}")
        for measure, counts, column in (("orientes", ORIENTES, "B"), ("presents", PRESENTS, "C"))
        for line, place in enumerate(PLACES)
        for rank, (period, value) in enumerate(zip(QUARTERS, counts[place], strict=True))
    ]
    other = [
        figure("orientes", value + 8, territory=place, period=period, source="france-travail", cell=f"B{value}")
        for place in PLACES[:2]
        for period, value in zip(QUARTERS, ORIENTES[place], strict=True)
    ]
    corrected = {"territory": "13077", "period": "2024-T2", "cell": "B99"}
    with open_database(tmp_path_factory.mktemp("preuves") / "jalons.duckdb") as opened:
        load_report(opened, report(*rows, file="retour.xlsx"), author="PLIE")
        load_report(opened, report(*other, source="france-travail", file="ft.xlsx"), author="France Travail")
        for number, value in (("v2", 45), ("v3", 46)):
            load_report(opened, report(figure(value=value, **corrected), file=f"retour_{number}.xlsx"))  # type: ignore[arg-type]
        paths = [path(f"p{rank}", date_diagnostic=f"2024-0{rank % 3 + 1}-03") for rank in range(9)]
        load_report(opened, report(paths=paths, file="p.xlsx"))
        yield opened


def ask(database: Database, territory: str | None = None, *, request: Request = WHOLE) -> Proof:
    """The proof of one figure, which exists."""
    found = prove(database, Question(request, territory))
    assert found is not None
    return found


def add_cells(proof: Proof, role: str) -> float:
    lines = next(side for side in proof.sides if side.role == role).current
    return sum(cell.value or 0 for line in lines for cell in line.cells)


@pytest.mark.parametrize("territory", [None, *PLACES])
def test_cells_add_up_to_both_counts_of_the_figure(database: Database, territory: str | None) -> None:
    proof = ask(database, territory)
    assert add_cells(proof, "numerateur") == proof.figure.numerator
    assert add_cells(proof, "denominateur") == proof.figure.denominator
    assert all(line.value == sum(c.value or 0 for c in line.cells) for side in proof.sides for line in side.current)


def test_line_holds_one_period_of_one_sheet_in_the_order_of_the_convention(database: Database) -> None:
    first = ask(database).sides[1].lines[0]
    assert [(one.territory, one.cell, one.value) for one in first.cells] == [
        ("13056", "B2", 80), ("13077", "B3", 40), ("13098", "B4", 12),
    ]  # fmt: skip


def test_what_was_replaced_stands_before_what_replaced_it(database: Database) -> None:
    lines = [one for one in ask(database).sides[1].lines if one.first.period == "2024-T2"]
    assert [(one.first.file, one.first.is_current, one.is_revision, one.value) for one in lines] == [
        ("retour.xlsx", False, False, 43),
        ("retour.xlsx", True, False, 106),
        ("retour_v2.xlsx", False, False, 45),
        ("retour_v3.xlsx", True, True, 46),
    ]


def test_published_figure_is_the_one_before_the_last_correction(database: Database) -> None:
    proof = ask(database)
    assert [(one.before.value, one.after.value) for one in proof.corrections] == [(43, 46), (45, 46)]
    assert proof.published is not None
    assert (proof.published.numerator, proof.published.denominator) == (287, 494)
    assert (proof.figure.numerator, proof.figure.denominator) == (287, 495)
    assert ask(database, "13056").published is None


def test_other_source_stands_beside_over_the_same_time(database: Database) -> None:
    (gap,) = ask(database, "13056").gaps
    assert (gap.indicator, gap.used.value, gap.other.value, gap.absolute) == ("orientes", 300, 332, 32)
    places = {one.territory: one.absolute for one in ask(database).gaps_by_place}
    assert (places["13056"], places["13077"]) == (32, 152 + 32 - 155)
    assert [gap.absolute for gap in ask(database).gaps] == [None]


def test_count_of_paths_tells_its_file_and_how_many_it_counts(database: Database) -> None:
    asked = replace(WHOLE, indicators=("diagnostics",), periods=("2024-T1",))
    (line,) = ask(database, "13056", request=asked).sides[0].lines
    assert (line.first.file, line.first.cell, line.first.state, line.value) == ("p.xlsx", None, "9 parcours", 9)
    (seen,) = ask(database, "13056", request=replace(asked, audience=COMMITTEE)).sides[0].lines
    assert (seen.first.state, seen.value) == ("parcours", 9)


def test_unknown_figure_has_no_proof_of_cells(database: Database) -> None:
    asked = replace(WHOLE, indicators=("integres",))
    proof = ask(database, request=asked)
    assert (proof.figure.value, [line for side in proof.sides for line in side.lines]) == (None, [])
    assert prove(database, Question(asked, "13056")) is None


@pytest.mark.parametrize("indicator", ["taux_presence", "orientes", "presents"])
@pytest.mark.parametrize("period", ["2024", *QUARTERS])
@pytest.mark.parametrize("territory", [None, *PLACES])
def test_committee_reads_no_cell_that_it_could_not_read_as_a_figure(
    database: Database, indicator: str, period: str, territory: str | None
) -> None:
    asked = replace(WHOLE, indicators=(indicator,), periods=(period,), audience=COMMITTEE)
    proof = ask(database, territory, request=asked)
    assert not proof.corrections
    assert proof.published is None
    for cell in [cell for side in proof.sides for line in side.lines for cell in line.cells]:
        alone = replace(asked, indicators=(cell.measure,), periods=(cell.period,), by=("territoire",))
        (seen,) = [one for one in compute_figures(database, alone) if one.territory == cell.territory]
        assert cell.is_current
        assert cell.value == seen.value


def test_committee_sees_the_figure_and_not_its_small_cells(database: Database) -> None:
    proof = ask(database, request=replace(WHOLE, audience=COMMITTEE))
    assert (proof.figure.numerator, proof.is_masked) == (287, True)
    small = {(cell.territory, cell.period): cell for line in proof.sides[1].lines for cell in line.cells}
    assert (small["13098", "2024-T4"].value, small["13098", "2024-T4"].state) == (None, "secret")
    assert small["13098", "2024-T4"].cell == "B13"


def test_hidden_figure_lists_no_cell_for_a_committee(database: Database) -> None:
    asked = replace(WHOLE, indicators=("presents",), periods=("2024-T4",), audience=COMMITTEE)
    proof = ask(database, "13098", request=asked)
    assert (proof.figure.state, proof.sides) == ("secret", ())


def test_proof_of_a_place_by_another_source_is_asked_for_by_name(database: Database) -> None:
    asked = replace(WHOLE, indicators=("orientes",), source="france-travail")
    proof = ask(database, "13056", request=asked)
    assert {line.first.file for line in proof.sides[0].lines} == {"ft.xlsx"}
