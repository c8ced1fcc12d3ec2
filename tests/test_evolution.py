"""Evolutions: the same territories on both sides, what is left out, and the comparisons that are refused."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from conventions.agreements import load_conventions
from conventions.periods import Period
from etl.load import load_report
from indicators.evolution import PERIOD_BEFORE, Evolution, LeftOut, compute_evolutions
from indicators.refusals import BREAK, CUMUL_BEFORE, LENGTHS, NO_PLACE
from indicators.request import COMMITTEE, Request
from store.database import Database, open_database
from tests.deliveries import figure, report

COMMUNES = ("13056", "13077", "13098")
# Saint-Mitre has no return at the end of 2023, Port-de-Bouc no diagnostics in 2024.
PRESENTS = {
    "2023-T1": (40, 20, 10), "2023-T4": (50, 25, None), "2024-T1": (44, 30, 12), "2024-T2": (60, 30, 14),
}  # fmt: skip
ALL = (("categorie", "ABC"),)
DIAGNOSTICS = {"2023-T1": (20, 12, 5), "2023-T4": (25, 10, None), "2024-T1": (33, None, 9)}


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """The three communes of the PLIE, with holes."""
    rows = [
        figure(measure, value, territory=place, period=period)
        for measure, known in (("presents", PRESENTS), ("diagnostics", DIAGNOSTICS))
        for period, values in known.items()
        for place, value in zip(COMMUNES, values, strict=True)
        if value is not None
    ]
    with open_database(tmp_path_factory.mktemp("evolution") / "jalons.duckdb") as opened:
        load_report(opened, report(*rows))
        yield opened


def compare(database: Database, indicator: str, period: str, **asked: object) -> Evolution:
    """The evolution of one indicator at one period of the PLIE's convention."""
    options = {name: asked.pop(name) for name in ("against", "across_breaks") if name in asked}
    request = Request("plie-martigues", (period,), indicators=(indicator,), as_of=date(2030, 1, 1))
    (found,) = compute_evolutions(database, replace(request, **asked), **options)  # type: ignore[arg-type]
    return found


def test_count_known_everywhere_is_compared_whole(database: Database) -> None:
    found = compare(database, "presents", "2024-T1")
    assert (found.period, found.before_period) == (Period(2024, 1, 3), Period(2023, 1, 3))
    assert (found.absolute, found.kept, found.left_out) == (86 - 70, (), ())
    assert found.relative == pytest.approx(16 / 70)
    assert found.points is None


def test_territory_unknown_before_is_left_out_of_both_sides(database: Database) -> None:
    found = compare(database, "presents", "2024-T1", against=PERIOD_BEFORE)
    assert found.before_period.code == "2023-T4"
    assert found.kept == ("13056", "13077")
    assert found.left_out == (LeftOut("13098", is_known_now=True, is_known_before=False),)
    assert found.now is not None
    assert found.before is not None
    assert (found.now.value, found.before.value, found.absolute) == (74, 75, -1)


def test_rate_keeps_the_territories_with_both_counts_and_changes_in_points(database: Database) -> None:
    found = compare(database, "taux_passage_diagnostic", "2024-T1")
    assert found.kept == ("13056", "13098")
    assert found.left_out == (LeftOut("13077", is_known_now=False, is_known_before=True),)
    assert found.points == pytest.approx(100 * (42 / 56 - 25 / 50))
    assert found.relative is None


def test_nothing_known_at_both_dates_is_told(database: Database) -> None:
    found = compare(database, "presents", "2024-T2")
    assert (found.absolute, found.reason) == (None, NO_PLACE)


def test_window_is_compared_with_the_same_one_a_year_before(database: Database) -> None:
    found = compare(database, "presents", "2024-T1", window="cumul")
    assert (found.absolute, found.now and found.now.window) == (16, "cumul")


@pytest.mark.parametrize("asked", [{"window": "cumul"}, {}])
def test_cumul_is_not_compared_with_the_period_before(database: Database, asked: dict[str, str]) -> None:
    indicator = "presents" if asked else "entrees_cumulees"
    found = compare(database, indicator, "2024-T2", against=PERIOD_BEFORE, **asked)
    assert (found.absolute, found.reason) == (None, CUMUL_BEFORE)


def test_period_before_a_window_ends_where_it_begins(database: Database) -> None:
    assert (
        compare(database, "presents", "2024-T3", against=PERIOD_BEFORE, window="annee").before_period.code
        == "2023-T4"
    )
    assert (
        compare(database, "presents", "2024-T2", against=PERIOD_BEFORE, window="semestre").before_period.code
        == "2023-T4"
    )


def test_years_of_a_convention_of_different_lengths_are_not_compared(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    agreed = load_conventions()["plie-martigues"]
    short = replace(agreed, end=date(2024, 6, 30))
    monkeypatch.setattr("indicators.request.load_conventions", lambda: {short.key: short})
    found = compare(database, "presents", "2024-T1", window="annee_convention")
    assert (found.absolute, found.reason) == (None, LENGTHS)


def test_committee_sees_no_change_of_what_is_hidden_from_it(tmp_path: Path) -> None:
    rows = [figure("presents", value, period=period) for period, value in (("2023-T1", 2), ("2024-T1", 30))]
    with open_database(tmp_path / "secret.duckdb") as opened:
        load_report(opened, report(*rows))
        shown = compare(opened, "presents", "2024-T1")
        hidden = compare(opened, "presents", "2024-T1", audience=COMMITTEE)
    assert (shown.kept, shown.absolute) == (("13056",), 28)
    assert (hidden.kept, hidden.absolute) == (("13056",), None)
    assert hidden.before is not None
    assert hidden.before.state == "secret"


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Database]:
    """Job seekers of Rouen and its priority neighbourhoods, at the end of three years."""
    rows = [
        replace(figure("defm", value, territory="76540", period=period, source="france-travail"), segment=segment)
        for period, total, own in (("2023", 7600, 800), ("2024", 7500, 900), ("2025", 9100, 1000))
        for value, segment in ((total, ALL), (own, (*ALL, ("public", "qpv"))))
    ]
    with open_database(tmp_path / "rouen.duckdb") as opened:
        load_report(opened, report(*rows, convention="rouen", source="france-travail"))
        yield opened


def test_change_across_a_break_is_refused_unless_asked_and_then_told(town: Database) -> None:
    refused = compare(town, "part_qpv_defm", "2024", convention="rouen")
    assert refused.absolute is None
    assert refused.reason.startswith(f"{BREAK} Les quartiers prioritaires ne sont plus ceux de 2014")
    given = compare(town, "part_qpv_defm", "2024", convention="rouen", across_breaks=True)
    assert given.points == pytest.approx(100 * (900 / 7500 - 800 / 7600))
    assert [(one.day, one.label, one.is_break) for one in given.marks] == [
        (date(2024, 1, 1), "QPV de 2024", True),
        (date(2024, 1, 1), "France Travail", False),
    ]


def test_law_breaks_the_count_of_job_seekers_but_not_the_year_before(town: Database) -> None:
    after = compare(town, "defm", "2025", convention="rouen")
    assert "loi pour le plein emploi" in after.reason
    assert after.absolute is None
    before = compare(town, "defm", "2024", convention="rouen")
    assert before.absolute == -100
    assert [one.label for one in before.marks] == ["France Travail"]


def test_evolution_of_one_place_is_its_own(database: Database) -> None:
    """A place that is known at one date alone has none, whatever the others know."""
    asked = {"territories": ("13077",)}
    found = compare(database, "presents", "2024-T1", **asked)
    assert (found.now and found.now.territory, found.absolute, found.kept) == ("13077", 10, ())
    lacking = compare(database, "diagnostics", "2024-T1", **asked)
    assert (lacking.absolute, lacking.reason) == (None, NO_PLACE)
