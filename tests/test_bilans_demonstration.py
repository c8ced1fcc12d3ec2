"""The demonstration's database in; its bilans, read back cell by cell, equal to the figures, out."""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from bilans.edition import build_edition
from bilans.values import Edition, Line, Quantity
from bilans.xlsx import render_xlsx
from conventions.agreements import load_conventions
from conventions.statuses import write_signed_word
from indicators.figures import Request, compute_figures
from indicators.request import AUDIENCES, COMMITTEE, PRODUCER
from indicators.values import Figure
from store.database import Database, open_database

SEED, DAY = 2026, date(2026, 11, 22)
PERIODS = {
    "accompagnement-global-35": "2024",
    "metz": "2022",
    "plie-martigues": "2024",
    "rouen": "2024",
    "troyes": "2020",
}
HEAD = 4
"""Row of the header of a table of figures, as a spreadsheet counts."""


@pytest.fixture(scope="module")
def database(own_demonstration: Path) -> Iterator[Database]:
    """The whole demonstration."""
    with open_database(own_demonstration / "jalons.duckdb") as opened:
        yield opened


@pytest.fixture(scope="module")
def editions(database: Database) -> dict[tuple[str, str], Edition]:
    """A bilan of every convention, for each audience."""
    return {
        (key, audience): build_edition(
            database, key, period, author="Coordination", as_of=DAY, audience=audience
        )
        for key, period in PERIODS.items()
        for audience in AUDIENCES
    }


@cache
def read_back(edition: Edition) -> dict[str, Worksheet]:
    """The sheets of the rendered workbook."""
    return {sheet.title: sheet for sheet in openpyxl.load_workbook(io.BytesIO(render_xlsx(edition)))}


def rows_of(sheet: Worksheet) -> list[dict[str, object]]:
    """The rows of a table under its header."""
    head = [cell.value for cell in sheet[HEAD] if cell.value is not None]
    rows = sheet.iter_rows(min_row=HEAD + 1, max_col=len(head), values_only=True)
    return [
        dict(zip(map(str, head), row, strict=True)) for row in rows if any(value is not None for value in row)
    ]


def counts(one: Figure | Quantity) -> tuple[object, ...]:
    """What a figure says."""
    return one.numerator, one.denominator, one.value, one.state


def test_every_convention_of_the_demonstration_has_a_bilan(editions: dict[tuple[str, str], Edition]) -> None:
    assert {key for key, _ in editions} == set(load_conventions())


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("key", PERIODS)
def test_every_bilan_is_written_and_read_back(
    editions: dict[tuple[str, str], Edition], key: str, audience: str
) -> None:
    edition = editions[key, audience]
    sheets = read_back(edition)
    assert list(sheets)[0] == "Synthèse"
    assert {"Indicateurs", "Par période", "Sources", "Définitions", "Provenance"} <= set(sheets)
    assert (
        len(rows_of(sheets["Indicateurs"])) == len(edition.whole) == len(load_conventions()[key].indicators)
    )
    assert sheets["Synthèse"]["A2"].value == edition.title
    assert sheets["Synthèse"]["A4"].value == edition.coverage
    errors = [cell.coordinate for sheet in sheets.values() for row in sheet.iter_rows() for cell in row
              if cell.data_type in ("e", "f")]  # fmt: skip
    assert errors == []


@pytest.mark.parametrize("key", PERIODS)
def test_edition_holds_exactly_the_figures_of_the_indicators(
    database: Database, editions: dict[tuple[str, str], Edition], key: str
) -> None:
    edition, root = editions[key, PRODUCER], load_conventions()[key].territory.code
    for lines, by in (
        (edition.whole, ()),
        (edition.places, ("territoire",)),
        (edition.detail, ("territoire", "periode")),
    ):
        parts = (
            tuple(dict.fromkeys(code for _, code in codes_of(database, key)))
            if "periode" in by
            else (PERIODS[key],)
        )
        figures = compute_figures(database, Request(key, periods=parts, by=by, as_of=DAY))
        wanted = sorted(repr(counts(one)) for one in figures if one.territory != root and one.state != "n.d.")
        shown = [line for line in lines if line.now.state != "n.d." and (not line.is_whole or not by)]
        assert sorted(repr(counts(line.now)) for line in shown) == wanted


def codes_of(database: Database, key: str) -> list[tuple[str, str]]:
    """The parts of the bilan's year, at the convention's rhythm (quarters where that is the year)."""
    year, grain = PERIODS[key], {"mois": "-0|-1", "semestre": "-S"}.get(load_conventions()[key].cadence, "-T")
    with database.cursor() as cursor:
        rows = cursor.execute(
            """select distinct convention, period from cube
            where convention = ? and period like ? and regexp_matches(period, ?) order by period""",
            [key, f"{year}-%", grain],
        ).fetchall()
    return [(str(convention), str(period)) for convention, period in rows]


@pytest.mark.parametrize("key", PERIODS)
def test_sheet_of_indicators_shows_the_edition(editions: dict[tuple[str, str], Edition], key: str) -> None:
    edition = editions[key, PRODUCER]
    for row, line in zip(rows_of(read_back(edition)["Indicateurs"]), edition.whole, strict=True):
        assert_row(row, line, edition)


@pytest.mark.parametrize(
    ("sheet", "table"), [("Par territoire", "places"), ("Par période", "periods"), ("Détail", "detail")]
)
def test_long_sheets_show_the_edition(
    editions: dict[tuple[str, str], Edition], sheet: str, table: str
) -> None:
    edition = editions["plie-martigues", COMMITTEE]
    rows, lines = rows_of(read_back(edition)[sheet]), getattr(edition, table)
    assert len(rows) == len(lines) > 0
    for row, line in zip(rows, lines, strict=True):
        assert row.get("Territoire", line.place) == line.place
        assert row.get("Période", line.period) == line.period
        assert_row(row, line, edition)


def assert_row(row: dict[str, object], line: Line, edition: Edition) -> None:
    """Each number of a row is the edition's own, each hole is a word."""
    word = {"secret": "secret"}.get(line.now.state, "n.\u00a0d.")
    is_ratio = edition.definition(line.indicator).is_ratio
    bottom = (line.now.denominator if line.now.denominator is not None else word) if is_ratio else "–"
    assert row["Numérateur"] == (line.now.numerator if line.now.numerator is not None else word)
    assert row["Dénominateur"] == bottom
    # A spreadsheet keeps sixteen digits.
    assert row["Valeur"] == (pytest.approx(line.now.value, rel=1e-14) if line.now.value is not None else word)
    assert row["Source"] == line.source


def test_nothing_secret_is_in_the_committee_s_file(editions: dict[tuple[str, str], Edition]) -> None:
    """Neither in the cells nor in what charts keep of them."""
    edition = editions["plie-martigues", COMMITTEE]
    secret = [
        line for line in (*edition.places, *edition.detail, *edition.splits) if line.now.state == "secret"
    ]
    assert len(secret) > 10
    assert {counts(line.now) for line in secret} == {(None, None, None, "secret")}
    assert all(line.evolution is None for line in secret)
    sheets = read_back(edition)
    for name in ("Par territoire", "Détail"):
        hidden = [row for row in rows_of(sheets[name]) if row["Valeur"] == "secret"]
        assert hidden
        assert {row[head] for row in hidden for head in ("Numérateur", "Évolution")} == {
            "secret",
            "n.\u00a0d.",
        }


def test_small_counts_are_shown_to_the_producers_alone(editions: dict[tuple[str, str], Edition]) -> None:
    def small(audience: str) -> list[Line]:
        edition = editions["plie-martigues", audience]
        people = {one.code for one in edition.definitions if one.unit == "personnes" and not one.is_ratio}
        return [line for line in edition.detail if line.indicator in people and 0 < (line.now.value or 0) < 5]

    assert small(PRODUCER)
    assert small(COMMITTEE) == []


def test_what_is_hidden_is_not_the_sum_of_what_is_shown(editions: dict[tuple[str, str], Edition]) -> None:
    """Where a year is secret, so is one of its quarters: added up, they would tell it."""
    edition = editions["plie-martigues", COMMITTEE]
    hidden = {(line.indicator, line.place) for line in edition.places if line.now.state == "secret"}
    assert hidden
    for indicator, place in hidden:
        parts = {line.now.state for line in edition.detail if (line.indicator, line.place) == (indicator, place)}
        assert not parts or parts & {"secret", "n.d."}


def test_charts_read_cells_that_hold_numbers_or_nothing(editions: dict[tuple[str, str], Edition]) -> None:
    """A chart would draw a word as a zero."""
    sheets = read_back(editions["plie-martigues", COMMITTEE])
    with zipfile.ZipFile(io.BytesIO(render_xlsx(editions["plie-martigues", COMMITTEE]))) as archive:
        charts = [
            archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/charts/chart")
        ]
    assert len(charts) == 3
    values = [found for chart in charts for found in re.findall(r"<c:val><c:numRef><c:f>(.+?)</c:f>", chart)]
    for reference in values:
        name, _, cells = reference.partition("!")
        found = sheets[name.strip("'")][cells.replace("$", "")]
        assert all(cell.value is None or isinstance(cell.value, int | float) for row in found for cell in row)
    assert values


def test_two_sources_stand_side_by_side(editions: dict[tuple[str, str], Edition]) -> None:
    edition = editions["plie-martigues", PRODUCER]
    whole = next(one for one in edition.sources if one.is_whole)
    assert (whole.indicator, whole.used, whole.other) == ("orientes", "PLIE", "France Travail")
    assert whole.gap == (whole.other_value.value or 0) - (whole.used_value.value or 0) != 0
    row = rows_of(read_back(edition)["Sources"])[0]
    assert (row["Source retenue"], row["Autre source"], row["Écart"]) == ("PLIE", "France Travail", whole.gap)


def test_no_objective_is_said_plainly(editions: dict[tuple[str, str], Edition]) -> None:
    sheet = read_back(editions["metz", PRODUCER])["Synthèse"]
    texts = [str(row[0]) for row in sheet.iter_rows(values_only=True) if row[0]]
    assert any(text.startswith("Aucun objectif chiffré n’a été convenu") for text in texts)


def test_objectives_are_in_the_synthesis(editions: dict[tuple[str, str], Edition]) -> None:
    edition = editions["plie-martigues", PRODUCER]
    sheet = read_back(edition)["Synthèse"]
    rows = {row[0]: row for row in sheet.iter_rows(values_only=True)}
    for one in edition.objectives:
        row = rows[one.label]
        assert row[1] == pytest.approx(one.now.value, rel=1e-14)
        assert row[4] == one.agreed
        assert row[8] == write_signed_word(one.status)
        assert row[6] == pytest.approx(
            (one.gap or 0) * (100 if edition.definition(one.indicator).kind == "taux" else 1)
        )


def test_a_year_in_progress_is_read_as_far_as_it_is_received(database: Database) -> None:
    edition = build_edition(database, "plie-martigues", "2026", author="Coordination", as_of=DAY)
    assert (edition.header.span, edition.header.before_span) == (
        "janvier – septembre 2026",
        "janvier – septembre 2025",
    )
    assert edition.title.startswith("Au 30\u00a0septembre 2026,")
    assert edition.coverage.replace("\u00a0", " ").replace("\u202f", " ") == (
        "Il manque T3 2026 pour Port-de-Bouc (France Travail) : 130 chiffres sur 135 attendus à fin T3 2026."
    )
    goal = edition.objectives[0]
    assert goal.expected == pytest.approx(225 * 273 / 365)
    assert goal.projection is not None
    assert goal.projection.years == (2023, 2024, 2025)
    assert goal.projection.low < goal.projection.value < goal.projection.high


def test_a_quarter_is_read_with_those_before_it(database: Database) -> None:
    edition = build_edition(database, "plie-martigues", "2026-T2", author="Coordination", as_of=DAY)
    assert {line.period for line in edition.periods} == {"1ᵉʳ\u00a0trimestre 2026", "2ᵉ\u00a0trimestre 2026"}
    assert edition.header.span == "2ᵉ\u00a0trimestre 2026"
    assert {one.span for one in edition.objectives} == {"janvier – juin 2026"}
    assert edition.detail == ()


def test_imports_name_the_files_behind_the_figures(
    editions: dict[tuple[str, str], Edition], database: Database
) -> None:
    edition = editions["troyes", PRODUCER]
    with database.cursor() as cursor:
        total = cursor.execute(
            "select count(*) from current_observations where convention = 'troyes'"
        ).fetchall()[0][0]
    assert [one.file for one in edition.imports] == ["Troyes_PCE_2020.xlsx"]
    assert sum(count for one in edition.imports for _, count in one.sheets) == total


def test_same_edition_gives_the_same_file(
    database: Database, editions: dict[tuple[str, str], Edition]
) -> None:
    again = build_edition(database, "rouen", "2024", author="Coordination", as_of=DAY)
    assert again.fingerprint == editions["rouen", PRODUCER].fingerprint
    assert render_xlsx(again) == render_xlsx(editions["rouen", PRODUCER])
    assert again.fingerprint != editions["metz", PRODUCER].fingerprint


def test_printed_pages_fit_a4_and_repeat_their_header(editions: dict[tuple[str, str], Edition]) -> None:
    edition = editions["plie-martigues", PRODUCER]
    for name, sheet in read_back(edition).items():
        assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize or 0)) == ("landscape", 9)
        assert sheet.page_setup.fitToWidth in (None, 1)
        assert edition.fingerprint in str(getattr(sheet.oddFooter, "center", None))
        if name not in ("Synthèse", "Graphiques"):
            assert sheet.print_title_rows == "$4:$4"
            assert sheet.freeze_panes is not None


def test_every_chart_has_a_text_in_its_place(editions: dict[tuple[str, str], Edition]) -> None:
    with zipfile.ZipFile(io.BytesIO(render_xlsx(editions["plie-martigues", PRODUCER]))) as archive:
        drawings = [archive.read(name).decode() for name in archive.namelist() if "drawings/drawing" in name]
    texts = [text for drawing in drawings for text in re.findall(r'descr="([^"]*)"', drawing)]
    assert len(texts) == 3
    assert all(re.search(r"\d", text) for text in texts)


def test_document_names_its_title_and_author(
    editions: dict[tuple[str, str], Edition], tmp_path: Path
) -> None:
    path = tmp_path / "bilan.xlsx"
    path.write_bytes(render_xlsx(editions["plie-martigues", PRODUCER]))
    properties = openpyxl.load_workbook(path).properties
    assert (properties.title, properties.creator) == (
        "Bilan quantitatif 2024, PLIE Pays de Martigues",
        "Jalons",
    )
