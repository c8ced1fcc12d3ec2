"""Two sources of one count: side by side, never added; the one that the partners retain is the figure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bilans.edition import build_edition
from conventions.agreements import load_conventions
from etl.load import load_report
from indicators.figures import compute_figures
from indicators.gaps import list_shared, read_gaps
from indicators.request import Request
from store.database import Database, open_database
from store.facts import FactDraft, record_fact, revoke_fact
from tests.deliveries import figure, report

PLIE, FT = "plie", "france-travail"
REQUEST = Request("plie-martigues", ("2024-T1", "2024-T2"), indicators=("orientes",), as_of=date(2030, 1, 1))
BY_PLACE = replace(REQUEST, by=("territoire",))
COUNTS = {
    (PLIE, "13056"): (20, 30), (FT, "13056"): (24, 29), (PLIE, "13077"): (10, 0), (FT, "13077"): (10, 3),
    (PLIE, "13098"): (5, 6),
}  # fmt: skip


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """Two quarters of three communes by the PLIE, of two by France Travail."""
    with open_database(tmp_path / "jalons.duckdb") as opened:
        for source in (PLIE, FT):
            rows = [
                figure("orientes", value, territory=place, period=period, source=source, cell=f"{place}{period}")
                for (of, place), values in COUNTS.items()
                for period, value in zip(REQUEST.periods, values, strict=True)
                if of == source
            ]
            load_report(opened, report(*rows, source=source, file=f"{source}.xlsx"))
        yield opened


def retain(database: Database, source: str, period: str) -> str:
    draft = FactDraft("plie-martigues", "source_retenue", about="orientes", period=period, text=source)
    return record_fact(database, draft, author="Comité").id


def explain(database: Database, text: str, period: str, territory: str | None = None) -> None:
    said = {"about": "orientes", "period": period, "territory": territory, "text": text}
    record_fact(database, FactDraft("plie-martigues", "raison_ecart", **said), author="PLIE")  # type: ignore[arg-type]


def test_counts_given_by_two_sources_alone_are_compared(database: Database) -> None:
    assert list_shared(database, load_conventions()["plie-martigues"]) == ("orientes",)
    assert read_gaps(database, replace(BY_PLACE, indicators=("presents",))) == []


def test_largest_gap_comes_first_and_what_one_source_lacks_last(database: Database) -> None:
    gaps = read_gaps(database, BY_PLACE)
    told = [(one.territory, one.period, one.used.value, one.other.value, one.absolute) for one in gaps]
    assert told[:4] == [
        ("13056", "2024-T1", 20, 24, 4),
        ("13077", "2024-T2", 0, 3, 3),
        ("13056", "2024-T2", 30, 29, -1),
        ("13077", "2024-T1", 10, 10, 0),
    ]
    assert [(one.territory, one.absolute, one.lacking) for one in gaps[4:]] == [("13098", None, (FT,))] * 2


def test_gap_is_a_share_of_the_source_in_use_and_none_of_zero(database: Database) -> None:
    first, second = read_gaps(database, BY_PLACE)[:2]
    assert first.relative == pytest.approx(0.2)
    assert second.relative is None


def test_partial_whole_is_not_compared(database: Database) -> None:
    gaps = read_gaps(database, REQUEST)
    assert [(one.territory, one.absolute, one.lacking) for one in gaps] == [(None, None, (FT,))] * 2


def test_retained_source_is_the_figure_of_its_period_alone(database: Database) -> None:
    fact = retain(database, FT, "2024-T1")
    asked = replace(BY_PLACE, by=("territoire", "periode"))
    found = {(one.territory, one.period): (one.source, one.value) for one in compute_figures(database, asked)}
    assert found["13056", "2024-T1"] == (FT, 24)
    assert found["13056", "2024-T2"] == (PLIE, 30)
    # Over both quarters nothing was retained: the first source stays, and nothing mixes two.
    (both,) = [one for one in compute_figures(database, BY_PLACE) if one.territory == "13056"]
    assert (both.source, both.value) == (PLIE, 50)
    (gap,) = [one for one in read_gaps(database, BY_PLACE) if (one.territory, one.period) == ("13056", "2024-T1")]
    assert (gap.retained, gap.used.source, gap.absolute) == (FT, FT, -4)
    revoke_fact(database, fact, author="Comité")
    assert {one.source for one in compute_figures(database, asked)} == {PLIE}


def test_choice_of_a_year_holds_for_its_quarters_but_one_chosen_apart(database: Database) -> None:
    retain(database, FT, "2024-T1")
    retain(database, FT, "2024")
    retain(database, PLIE, "2024-T2")
    asked = replace(REQUEST, by=("periode",))
    assert [one.source for one in compute_figures(database, asked)] == [FT, PLIE]
    retain(database, FT, "2024-T2")
    assert [one.source for one in compute_figures(database, asked)] == [FT, FT]
    (both,) = compute_figures(database, replace(BY_PLACE, by=()))
    assert both.source == FT


def test_source_asked_for_or_that_knows_less_is_never_replaced(database: Database) -> None:
    retain(database, FT, "2024")
    (asked,) = compute_figures(database, replace(REQUEST, source=PLIE))
    assert (asked.source, asked.value) == (PLIE, 71)
    by_source = compute_figures(database, replace(REQUEST, by=("source",)))
    assert [one.source for one in by_source] == [PLIE, FT]
    load_report(database, report(figure("presents", 9), file="presents.xlsx"))
    record_fact(
        database,
        FactDraft("plie-martigues", "source_retenue", about="taux_presence", period="2024", text=FT),
        author="Comité",
    )
    rates = compute_figures(database, replace(BY_PLACE, periods=("2024-T1",), indicators=("taux_presence",)))
    assert {one.territory: (one.source, one.value) for one in rates}["13056"] == (PLIE, 0.45)


def test_reason_is_told_of_its_place_and_time_and_of_the_whole(database: Database) -> None:
    explain(database, "Une agence a fermé.", "2024-T1", "13056")
    told = {(one.territory, one.period): [fact.text for fact in one.reasons] for one in read_gaps(database, BY_PLACE)}
    assert told["13056", "2024-T1"] == ["Une agence a fermé."]
    assert told["13056", "2024-T2"] == told["13077", "2024-T1"] == []
    whole = {one.period: len(one.reasons) for one in read_gaps(database, REQUEST)}
    assert whole == {"2024-T1": 1, "2024-T2": 0}


def test_committee_learns_no_small_count_from_a_gap(database: Database) -> None:
    small = {one.territory: one for one in read_gaps(database, replace(BY_PLACE, audience="comite"))}
    hidden = [one for one in small.values() if "secret" in (one.used.state, one.other.state)]
    assert hidden
    assert all(one.absolute is None for one in hidden)


def test_bilan_takes_the_source_retained_and_says_why(database: Database) -> None:
    year = ("plie-martigues", "2024")
    before = build_edition(database, *year, author="essai", as_of=date(2024, 7, 15))
    assert {(one.used, one.is_retained) for one in before.sources} == {("PLIE", False)}
    assert "le bilan retient PLIE, à confirmer par les partenaires." in " ".join(before.findings)
    retain(database, FT, "2024")
    explain(database, "Une agence a fermé.", "2024-T1", "13056")
    after = build_edition(database, *year, author="essai", as_of=date(2024, 7, 15))
    assert {(one.used, one.is_retained) for one in after.sources} == {("France Travail", True)}
    (line,) = [one for one in after.whole if one.indicator == "orientes"]
    assert line.source == "France Travail"
    said = " ".join(after.findings)
    assert "les partenaires ont retenu France Travail. Martigues" in said
    assert "Une agence a fermé (PLIE, " in said
