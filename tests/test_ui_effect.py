"""What accepting a file would change of what is published, without writing anything."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from etl.load import load_report
from etl.report import Report
from etl.steps import silent
from store.database import Database, open_database
from tests.deliveries import GROWING, dump, figure, path, report
from ui.deposit.effect import STEPS, Effect, foresee
from ui.deposit.effect_tables import write_effect_title, write_lead, write_replaced, write_secrets
from ui.deposit.published import Move, find_touched

DAY = date(2024, 12, 31)
FUNNEL = (figure("orientes", 40), figure("presents", 30, cell="B3"))


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with open_database(tmp_path / "jalons.duckdb") as opened:
        load_report(opened, report(*FUNNEL, file="premier.xlsx"))
        yield opened


def weigh(database: Database, given: Report, *, retire_absent: bool = False) -> Effect:
    return foresee(database, given, DAY, retire_absent=retire_absent, told=silent)


def find(moves: tuple[Move, ...], indicator: str, span: str, territory: str = "") -> list[tuple[object, object]]:
    return [
        (move.before and move.before.value, move.after and move.after.value)
        for move in moves
        if (move.spot.indicator, move.spot.span, move.spot.territory) == (indicator, span, territory)
    ]


def test_correction_moves_the_figures_that_read_it_and_no_other(database: Database) -> None:
    given = report(figure("orientes", 40), figure("presents", 36, cell="B3"), file="second.xlsx")
    before = dump(database, (*GROWING, "cube"))
    effect = weigh(database, given)
    moves = effect.published.moves
    assert find(moves, "taux_presence", "2024-T1") == [(0.75, 0.9)]
    assert find(moves, "taux_presence", "2024", "13056") == [(0.75, 0.9)]
    assert find(moves, "presents", "2024", "13056") == [(30.0, 36.0)]
    assert find(moves, "orientes", "2024", "13056") == []
    assert dump(database, (*GROWING, "cube")) == before


def test_what_is_foreseen_is_what_the_pages_then_show(database: Database) -> None:
    """Once accepted, the same file changes nothing more: every move that was foreseen has happened."""
    given = report(figure("orientes", 44), figure("presents", 36, cell="B3"), file="second.xlsx")
    assert weigh(database, given).published.moves
    load_report(database, given)
    again = weigh(database, given)
    assert again.is_nothing
    assert (again.published.moves, again.published.hidden, again.published.verdicts) == ((), (), ())
    assert write_effect_title(again) == "Ce fichier ne changerait rien"


def test_small_count_becomes_secret_for_the_committee(database: Database) -> None:
    effect = weigh(database, report(figure("orientes", 40), figure("presents", 3, cell="B3"), file="second.xlsx"))
    hidden = {(move.spot.indicator, move.spot.territory) for move in effect.published.hidden}
    assert ("presents", "13056") in hidden
    assert ("orientes", "13056") not in hidden
    assert "pour le comité" in write_secrets(effect)


def test_count_that_grows_is_secret_no_more(database: Database) -> None:
    load_report(database, report(figure("presents", 3, cell="B3"), file="second.xlsx"))
    effect = weigh(database, report(figure("presents", 30, cell="B3"), file="troisieme.xlsx"))
    revealed = {(move.spot.indicator, move.spot.territory) for move in effect.published.revealed}
    assert ("presents", "13056") in revealed


def test_deposits_taken_over_are_named_whole_or_in_part(database: Database) -> None:
    part = weigh(database, report(figure("presents", 36), file="second.xlsx"))
    assert [(one.entry.id, one.is_whole) for one in part.replaced] == [("I000001", False)]
    assert "premier.xlsx, en partie" in write_replaced(part)
    assert part.absent == 1
    whole = weigh(database, report(figure("orientes", 41), figure("presents", 36), file="second.xlsx"))
    assert [(one.entry.id, one.is_whole) for one in whole.replaced] == [("I000001", True)]
    retired = weigh(database, report(figure("presents", 36), file="second.xlsx"), retire_absent=True)
    assert find(retired.published.moves, "orientes", "2024", "13056") == [(40.0, None)]
    assert len(retired.published.moves) > len(part.published.moves)


def test_steps_are_told_in_order(database: Database) -> None:
    told: list[str] = []
    foresee(database, report(figure(value=41)), DAY, retire_absent=False, told=told.append)
    assert tuple(told) == STEPS


def test_paths_touch_both_readings_and_their_years() -> None:
    given = report(paths=[path(date_orientation="2023-02-01", date_sortie="2025-03-01")])
    touched = find_touched(given)
    assert ([one.key for one in touched.conventions], touched.years) == (["plie-martigues"], (2023, 2024, 2025))
    assert touched.readings == ("flux", "cohorte")


def test_old_years_of_a_long_file_are_left_out_and_told() -> None:
    given = report(*(figure(period=str(year)) for year in (2022, 2023, 2024, 2025, 2026)))
    touched = find_touched(given)
    assert (touched.years, touched.left_out) == ((2024, 2025, 2026), (2023,))


def test_national_workbook_touches_the_conventions_of_its_territories() -> None:
    given = report(figure(territory="57463", period="2022", is_context=True), convention=None, source=None)
    assert [one.key for one in find_touched(given).conventions] == ["metz"]


def test_lead_counts_what_comes_and_what_moves(database: Database) -> None:
    lead = write_lead(weigh(database, report(figure("orientes", 40), figure("diagnostics", 20, cell="B4"))))
    assert "1\u00a0chiffre nouveau" in lead
    assert "1\u00a0chiffre déjà connu, inchangé." in lead
    assert "chiffres changent" in lead or "chiffre change" in lead
