"""What each party brought: means, results, its part in the objectives."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from bilans.edition import build_edition
from bilans.xlsx import render_xlsx
from conventions.contributions import read_contributions
from conventions.periods import parse_period
from conventions.reading import DATA, DataError
from conventions.values import make_segment
from etl.load import load_report
from indicators.contributions import MEANS, RESULTS, SHARES, Contribution, list_contributions
from store.database import Database, open_database
from store.facts import FactDraft, record_fact
from tests.deliveries import figure, report

PLIE = "plie-martigues"
DAY = date(2025, 2, 1)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """A year of the PLIE: 240 integrations, 160 of people sent by France Travail, and one CTA held."""
    with open_database(tmp_path / "jalons.duckdb") as opened:
        quarters = [f"2024-T{rank}" for rank in range(1, 5)]
        rows = [figure("integres", 60, territory=PLIE, period=code) for code in quarters]
        sent = [replace(one, value=40.0, segment=make_segment({"prescripteur": "france_travail"})) for one in rows]
        load_report(opened, report(*rows, *sent, figure("accompagnateurs", 4, territory=PLIE, period="2024-T4")))
        held = figure("convoques", 480, territory=PLIE, period="2024-T1", source="france-travail")
        load_report(opened, report(held, source="france-travail"))
        record_fact(opened, FactDraft(PLIE, "engagement_tenu", about="cta", day=date(2024, 9, 1)), author="essai")
        yield opened


def read(database: Database) -> dict[tuple[str, str], list[Contribution]]:
    found: dict[tuple[str, str], list[Contribution]] = {}
    for one in list_contributions(database, PLIE, [parse_period(f"2024-T{rank}") for rank in range(1, 5)], as_of=DAY):
        found.setdefault((one.party, one.element), []).append(one)
    return found


def test_act_promised_by_both_is_a_means_of_both(database: Database) -> None:
    found = read(database)
    for party in ("plie", "france-travail"):
        cta = next(one for one in found[party, MEANS] if one.label == "Tenir la CTA")
        assert (cta.done, cta.due) == (1, 1)
    copil = next(one for one in found["plie", MEANS] if "comité de pilotage" in one.label)
    assert (copil.done, copil.due) == (0, 1)
    assert not any("comité de pilotage" in one.label for one in found["france-travail", MEANS])


def test_counts_are_means_or_results_of_their_source(database: Database) -> None:
    found = read(database)
    assert [one.figure.value for one in found["plie", MEANS] if one.figure] == [4]
    assert [one.figure.value for one in found["plie", RESULTS] if one.figure] == [240]
    assert ("france-travail", RESULTS) not in found, "A quarter is not the year."


def test_part_of_a_party_in_an_objective_is_told_apart(database: Database) -> None:
    found = read(database)
    assert [(one.figure.value, one.status) for one in found["plie", SHARES] if one.figure] == [(240, "Atteint")]
    own = found["france-travail", SHARES][0]
    assert own.figure is not None
    assert own.figure.value == 160
    assert own.label.endswith("personnes que France Travail a orientées")


def test_bilan_has_a_sheet_for_the_three_elements(database: Database) -> None:
    edition = build_edition(database, PLIE, "2024", author="essai", as_of=DAY)
    sheet = openpyxl.load_workbook(io.BytesIO(render_xlsx(edition)))["Contributions"]
    rows = {row[2]: row for row in sheet.iter_rows(values_only=True)}
    assert rows["Tenir la CTA"][3:5] == (1, "sur 1 due à ce jour")
    assert rows["Au moins 225 nouvelles intégrations par an"][3:5] == (240, "✓ Atteint")
    assert {one.element for one in edition.contributions} == {MEANS, RESULTS, SHARES}


def test_committee_sees_no_count_that_its_bilan_hides(tmp_path: Path) -> None:
    with open_database(tmp_path / "petit.duckdb") as opened:
        load_report(opened, report(*(
            figure(code, value, territory=PLIE, period="2024") for code, value in (("integres", 3), ("sorties", 40))
        )))  # fmt: skip
        edition = build_edition(opened, PLIE, "2024", author="essai", as_of=DAY, audience="comite")
    counted = {one.indicator for one in edition.contributions if one.value is not None}
    assert "sorties" in counted
    assert "integres" not in counted


def test_mistake_in_the_data_is_refused(tmp_path: Path) -> None:
    text = (DATA / "contributions.toml").read_text(encoding="utf-8")
    path = tmp_path / "contributions.toml"
    path.write_text(text.replace('"conseillers"', '"conseiller"', 1), encoding="utf-8")
    with pytest.raises(DataError, match="vouliez-vous « conseillers »"):
        read_contributions(path)
