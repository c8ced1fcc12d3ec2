"""Commitments as a calendar: what is owed, held, late or to come, and what proves it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import indicators.request
from conventions.agreements import load_conventions, read_convention
from conventions.catalogue import load_catalogue
from conventions.cycles import list_cycles
from conventions.reading import DATA, DataError
from etl.load import load_report
from indicators.commitments import CommitmentReading, Occurrence, read_commitments
from store.database import Database, open_database
from store.facts import FactDraft, record_fact, revoke_fact
from tests.deliveries import figure, report

PLIE = "plie-martigues"


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """A database that received nothing yet."""
    with open_database(tmp_path / "jalons.duckdb") as opened:
        yield opened


def hold(database: Database, about: str, day: date, *, convention: str = PLIE, period: str | None = None) -> str:
    draft = FactDraft(convention, "engagement_tenu", about=about, day=day, period=period)
    return record_fact(database, draft, author="test").id


def read(database: Database, code: str, day: date, convention: str = PLIE) -> CommitmentReading:
    readings = read_commitments(database, convention, as_of=day)
    return next(one for one in readings if one.commitment.code == code)


def of_year(reading: CommitmentReading, year: int) -> Occurrence:
    return next(one for one in reading.occurrences if one.cycle.end.year == year)


def count_cycles(convention: str, code: str) -> int:
    agreed = load_conventions()[convention]
    return len(list_cycles(next(one for one in agreed.commitments if one.code == code), agreed))


@pytest.mark.parametrize(
    ("convention", "code", "count"),
    [
        (PLIE, "cta", 5),
        (PLIE, "statistiques", 20),
        (PLIE, "commission_formation", 60),
        ("troyes", "programme_evenements", 6),
        ("metz", "suivi", 6),
        ("rouen", "bilan_final", 1),
        ("rouen", "reunion_evaluation", 3),
        ("accompagnement-global-35", "copil", 2),
        ("accompagnement-global-35", "tableau_de_bord", 8),
        ("rouen", "livret_suivi", 0),
    ],
)
def test_cycle_begun_is_owed_when_the_convention_covers_enough_of_it(convention: str, code: str, count: int) -> None:
    """Ille-et-Vilaine covers 48 % of 2023 and 52 % of 2025: two committees in two years."""
    assert count_cycles(convention, code) == count


def test_renewal_is_owed_two_months_before_the_term() -> None:
    agreed = load_conventions()["accompagnement-global-35"]
    renewal = next(one for one in agreed.commitments if one.code == "renouvellement")
    assert [one.term for one in list_cycles(renewal, agreed)] == [date(2025, 5, 9)]


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (date(2024, 12, 31), "À venir"),
        (date(2025, 1, 1), "À tenir"),
        (date(2025, 12, 31), "À tenir"),
        (date(2026, 1, 1), "En retard"),
        (date(2028, 1, 1), "Sans trace"),
    ],
)
def test_state_follows_the_day_when_nothing_was_held(database: Database, day: date, state: str) -> None:
    assert of_year(read(database, "cta", day), 2025).state == state


def test_fact_holds_its_year_and_no_other(database: Database) -> None:
    hold(database, "cta", date(2025, 9, 25))
    reading = read(database, "cta", date(2026, 11, 1))
    held = of_year(reading, 2025)
    assert (held.state, held.done, held.days, held.proof) == ("Tenu", 1, (date(2025, 9, 25),), "faits")
    assert [of_year(reading, year).state for year in (2023, 2024, 2026)] == ["En retard", "En retard", "À tenir"]


def test_fact_of_later_than_the_day_is_not_known(database: Database) -> None:
    hold(database, "cta", date(2025, 9, 25))
    assert of_year(read(database, "cta", date(2025, 9, 24)), 2025).state == "À tenir"


def test_fact_taken_back_holds_nothing(database: Database) -> None:
    revoke_fact(database, hold(database, "cta", date(2025, 9, 25)), author="test")
    assert of_year(read(database, "cta", date(2026, 2, 1)), 2025).state == "En retard"


def test_fact_about_a_year_is_filed_there_though_made_later(database: Database) -> None:
    hold(database, "bilan_annuel", date(2025, 3, 20), period="2024")
    reading = read(database, "bilan_annuel", date(2025, 6, 1))
    assert [of_year(reading, year).state for year in (2024, 2025)] == ["Tenu", "À tenir"]


def test_two_instalments_are_counted_with_their_euros(database: Database) -> None:
    draft = FactDraft("metz", "versement", about="versement_agent", number=11699, day=date(2021, 7, 1))
    record_fact(database, draft, author="test")
    half = of_year(read(database, "versement_agent", date(2021, 8, 1), "metz"), 2021)
    assert (half.done, half.due, half.state, half.paid, half.agreed) == (1, 2, "À tenir", 11699, 23398)
    record_fact(database, replace(draft, day=date(2021, 12, 15)), author="test")
    whole = of_year(read(database, "versement_agent", date(2021, 12, 31), "metz"), 2021)
    assert (whole.done, whole.state, whole.paid) == (2, "Tenu", 23398)
    assert of_year(read(database, "versement_agent", date(2022, 1, 1), "metz"), 2022).agreed is None


def test_measure_of_the_returns_counts_the_acts(database: Database) -> None:
    source = "troyes-champagne-metropole"
    rows = [
        figure("rencontres_direction", value, territory="200069250", period=f"2020-T{rank}", source=source)
        for rank, value in enumerate((1, 0, 1, 1), 1)
    ]
    load_report(database, report(*rows, convention="troyes", source=source))
    found = read(database, "rencontres_direction", date(2021, 1, 1), "troyes").occurrences[0]
    assert (found.done, found.due, found.proof, found.state) == (3, 3, "mesure", "Tenu")


def test_statistics_are_held_once_both_sources_sent_theirs(database: Database) -> None:
    load_report(database, report(figure("integres", 10, territory="13056", period="2024-T1")))
    day = date(2024, 5, 1)
    assert read(database, "statistiques", day).occurrences[4].state == "En retard"
    sent = figure("convoques", 30, territory="13056", period="2024-02", source="france-travail")
    load_report(database, report(sent, source="france-travail"))
    found = read(database, "statistiques", day).occurrences
    assert [(one.state, one.proof) for one in found[4:6]] == [("Tenu", "retours"), ("À tenir", "")]


def test_what_is_owed_to_each_path_is_a_figure_or_cannot_be_measured(database: Database) -> None:
    assert read(database, "entretien_mensuel", date(2024, 5, 1)).figure is None
    rows = [figure(code, value, territory="13056", period="2024-T1") for code, value in
            (("entretiens", 330), ("participants", 100))]  # fmt: skip
    load_report(database, report(*rows))
    found = read(database, "entretien_mensuel", date(2024, 5, 1))
    assert found.is_each_path
    assert found.figure is not None
    assert found.figure.numerator == 330


def test_amendment_changes_how_many_times(tmp_path: Path, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (DATA / "conventions" / f"{PLIE}.toml").read_text(encoding="utf-8")
    text += '\n[[amendments]]\nnumber = 1\ndate = 2025-03-01\narticle = "M avenant 1"\nlabel = "Deux CTA"\n'
    text += '[[amendments.commitments]]\ncode = "cta"\ntimes = 2\n'
    path = tmp_path / f"{PLIE}.toml"
    path.write_text(text, encoding="utf-8")
    amended = read_convention(path, load_catalogue())
    monkeypatch.setattr(indicators.request, "load_conventions", lambda: {**load_conventions(), PLIE: amended})
    reading = read(database, "cta", date(2026, 1, 1))
    assert [of_year(reading, year).due for year in (2024, 2025, 2026)] == [1, 2, 2]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('parties = ["ville-de-metz"]', 'parties = ["ville-metz"]', "vouliez-vous « ville-de-metz »"),
        ("amounts = [11699, 11699]", "amounts = [11699, -1]", "chacun au-dessus de zéro"),
        ("amounts = [11699, 11699]", 'amounts = ["11699"]', "une liste de nombres attendue"),
    ],
)
def test_mistake_in_a_commitment_is_refused(tmp_path: Path, old: str, new: str, said: str) -> None:
    text = (DATA / "conventions" / "metz.toml").read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "metz.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DataError, match=said):
        read_convention(path, load_catalogue())
