"""Hand-made figures, names that look like formulas, commands in; what the bilan says and writes out."""

import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from bilans.__main__ import main
from bilans.edition import build_edition
from bilans.scope import EditionError
from bilans.values import HOLE, Edition, Line, Quantity, SourceGap
from bilans.xlsx import render_xlsx
from etl.load import load_report
from etl.report import Observation
from indicators.request import COMMITTEE, RequestError
from store.database import Database, open_database
from tests.deliveries import figure, report

DAY = date(2025, 3, 31)
PLACES = ("13056", "13077", "13098")
FORMULAS = ("=1+1", "+33 4 42", "-2", "@somme", '=HYPERLINK("http://exemple.fr")')


def list_figures() -> Iterator[Observation]:
    """Two years of the PLIE: 20 people sent to each commune each quarter, a quarter of them integrated."""
    for year in (2023, 2024):
        for quarter in range(1, 5):
            for rank, place in enumerate(PLACES):
                period, integres = f"{year}-T{quarter}", 2 if place == "13098" else 6
                yield figure("orientes", 20 + rank, territory=place, period=period)
                yield figure("presents", 12, territory=place, period=period)
                yield figure("integres", integres, territory=place, period=period)
                yield figure("orientes", 21 + rank, territory=place, period=period, source="france-travail")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """A database that holds these figures, from a file with a name like a formula."""
    with open_database(tmp_path / "jalons.duckdb") as opened:
        load_report(opened, report(*list_figures(), file="=cmd|'calc'!A1.xlsx"), author="=auteur")
        yield opened


def build(database: Database, period: str = "2024", **options: str) -> Edition:
    return build_edition(database, "plie-martigues", period, author="@Coordination", as_of=DAY, **options)


def line_of(lines: tuple[Line, ...], indicator: str, place: str = "Ensemble", period: str = "2024") -> Line:
    return next(one for one in lines if (one.indicator, one.place, one.period) == (indicator, place, period))


def texts_of(content: bytes) -> dict[str, list[str]]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {
        sheet.title: [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]
        for sheet in book
    }


def test_rate_over_places_is_a_ratio_of_sums(database: Database) -> None:
    line = line_of(build(database).whole, "taux_presence")
    assert (line.now.numerator, line.now.denominator, line.now.value) == (144, 252, 144 / 252)
    assert line.evolution == 0


def test_names_like_formulas_stay_texts(database: Database) -> None:
    """Wherever a name can come from: a file, an author, a place, a source, a convention."""
    edition = build(database)
    risky = replace(
        edition,
        header=replace(edition.header, convention=FORMULAS[0]),
        places=tuple(replace(one, place=FORMULAS[1], source=FORMULAS[2]) for one in edition.places),
        definitions=tuple(replace(one, label=f"{FORMULAS[4]} {one.code}") for one in edition.definitions),
        notes=FORMULAS,
    )
    content = render_xlsx(risky)
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [
        cell for sheet in book for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)
    ]
    assert {cell.data_type for cell in cells} == {"s"}
    assert {cell.quotePrefix for cell in cells if str(cell.value).startswith(("=", "+", "-", "@"))} == {True}
    assert {"=cmd|'calc'!A1.xlsx", "=auteur"} <= set(texts_of(content)["Provenance"])


def test_names_like_formulas_reach_no_chart(database: Database) -> None:
    edition = build(database)
    risky = replace(
        edition,
        definitions=tuple(replace(one, label=f"=Synthèse!A1 {one.code}") for one in edition.definitions),
    )
    with zipfile.ZipFile(io.BytesIO(render_xlsx(risky))) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml")}
    references = [text for name, part in parts.items() if "charts/chart" in name
                  for text in part.split("<c:f>")[1:]]  # fmt: skip
    assert references
    assert all(text.startswith("Graphiques!$") for text in references)
    assert not any("<f>" in part for name, part in parts.items() if "worksheets" in name)
    assert not any("hyperlink" in part for name, part in parts.items() if "worksheets" in name)


def test_missing_count_is_never_a_zero(database: Database) -> None:
    edition = build(database)
    line = line_of(edition.whole, "taux_sorties_positives")
    assert (line.now.value, line.now.state) == (None, "n.d.")
    book = openpyxl.load_workbook(io.BytesIO(render_xlsx(edition)))
    row = next(
        row
        for row in book["Indicateurs"].iter_rows(values_only=True)
        if row[0] == "Taux de sorties positives"
    )
    assert row[1:4] == ("n.\u00a0d.",) * 3


def test_objective_without_figure_is_told_in_the_title(database: Database) -> None:
    edition = build(database)
    assert edition.title == "Aucun des cinq objectifs n’est atteint, quatre ne peuvent pas être lus"
    assert [one.status for one in edition.objectives] == ["Non atteint", *["n. d."] * 4]
    assert edition.objectives[0].sentence == (
        "Au moins 225 nouvelles intégrations par an\u00a0: 56, soit 169 de moins que l’objectif. Non atteint."
    )
    assert not any(one.label in said for one in edition.objectives for said in edition.findings)


def test_path_counts_the_stages_over_those_who_start(database: Database) -> None:
    stages = build(database).stages
    assert [(one.indicator, one.now.value) for one in stages[:2]] == [
        ("orientes", 252),
        ("taux_presence", 144),
    ]


def test_small_places_are_hidden_with_their_quarters(database: Database) -> None:
    """8 people a year may be shown; 2 a quarter may not, nor what would tell them: the coarser table is left."""
    edition = build(database, audience=COMMITTEE)
    quarters = [one for one in edition.detail if one.indicator == "integres"]
    assert [one for one in quarters if one.now.value is not None] == []
    assert line_of(edition.places, "integres", "Saint-Mitre-les-Remparts").now.value == 8
    assert line_of(edition.whole, "integres").now.value == 56


def test_table_that_secrecy_would_blank_is_left_out_and_told(tmp_path: Path) -> None:
    with open_database(tmp_path / "jalons.duckdb") as database:
        tiny = [
            figure("integres", 3, territory=place, period=f"2024-T{rank}")
            for rank in (1, 2)
            for place in PLACES
        ]
        load_report(database, report(*tiny), author="test")
        edition = build(database, audience=COMMITTEE)
    assert edition.detail == ()
    assert [one for one in edition.notes if one.startswith("Le tableau « Détail » n’est pas donné")]
    assert "Détail" not in texts_of(render_xlsx(edition))


def test_gap_between_sources_waits_for_the_same_field() -> None:
    def compare(other: Quantity) -> float | None:
        used = Quantity(10, None, 10, "ok")
        return SourceGap("orientes", "Ensemble", True, "2024", "PLIE", used, "France Travail", other).gap

    assert compare(Quantity(12, None, 12, "ok")) == 2
    assert compare(HOLE) is None
    assert compare(Quantity(7, None, 7, "partiel", "Port-de-Bouc", frozenset({("13077", "-T3")}))) is None


def test_evolution_waits_for_the_same_field() -> None:
    def change(now: Quantity, before: Quantity) -> float | None:
        return Line("orientes", "Ensemble", "", True, "2024", "", "", "PLIE", now, before).evolution

    whole = Quantity(12, None, 12, "ok")
    partial = replace(whole, state="partiel", holes=frozenset({("13077", "-T3")}))
    assert change(whole, replace(whole, value=10)) == 2
    assert change(partial, replace(partial, value=10)) == 2
    assert change(partial, whole) is None
    assert change(whole, replace(whole, basis="Prescripteur : France Travail")) is None
    assert change(whole, HOLE) is None


@pytest.mark.parametrize(
    ("convention", "period", "expected"),
    [
        ("plie-martigues", "2019", "Années reçues : 2023 à 2024"),
        ("plie-martigues", "l’an passé", "n'est pas une période"),
        ("metz", "2022", "Déposez d’abord un retour"),
        ("lyon", "2022", "La convention « lyon » n’existe pas"),
    ],
)
def test_bilan_of_nothing_is_refused_in_french(
    database: Database, convention: str, period: str, expected: str
) -> None:
    with pytest.raises((EditionError, RequestError), match=expected):
        build_edition(database, convention, period, author="test", as_of=DAY)


def run(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    code = main(["export", *map(str, arguments)])
    shown = capsys.readouterr()
    return code, shown.out.strip(), shown.err.strip()


def test_export_writes_the_file_and_prints_its_path(
    database: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    database.close()
    place = ("--convention", "plie-martigues", "--period", "2024", "--out", tmp_path / "bilans")
    code, out, _ = run(
        capsys, *place, "--format", "xlsx", "--database", tmp_path / "jalons.duckdb", "--as-of", "2025-03-31"
    )
    assert (code, out) == (0, str(tmp_path / "bilans" / "bilan-plie-martigues-2024.xlsx"))
    assert "Synthèse" in texts_of(Path(out).read_bytes())


def test_export_for_the_committee_answers_in_json(
    database: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    database.close()
    place = ("--convention", "plie-martigues", "--period", "2024", "--out", tmp_path, "--json")
    code, out, _ = run(capsys, *place, "--audience", "comite", "--database", tmp_path / "jalons.duckdb")
    answer = json.loads(out)
    assert (code, answer["audience"], answer["etat"]) == (0, "comite", "Brouillon")
    assert Path(answer["fichier"]).name == "bilan-plie-martigues-2024-comite.xlsx"


def test_edition_handed_out_to_a_committee_is_told_to_the_store(
    database: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    database.close()
    path = tmp_path / "jalons.duckdb"
    bilan = ("--convention", "plie-martigues", "--period", "2024")
    place = (*bilan, "--out", tmp_path, "--database", path, "--handed-out")
    code, _, err = run(capsys, *place)
    assert (code, "--audience comite" in err) == (2, True)
    hidden = []
    for more in (["--audience", "comite", "--json"],) * 2:
        edition = json.loads(run(capsys, *place, *more)[1])["edition"]
        with open_database(path) as opened, opened.cursor() as cursor:
            hidden += cursor.execute("select edition, count(*) from hidden_counts group by all").fetchall()
    assert hidden[0] == hidden[1]
    assert (hidden[0][0], hidden[0][1] > 0) == (edition, True)


def test_export_without_a_database_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    missing = tmp_path / "ailleurs.duckdb"
    place = ("--convention", "metz", "--period", "2022", "--out", tmp_path, "--database", missing)
    code, out, err = run(capsys, *place)
    assert (code, out) == (2, "")
    assert err.startswith(f"La base « {missing} » n’existe pas.")
    assert not missing.exists()
    assert json.loads(run(capsys, *place, "--json")[1])["erreur"] == err


def test_export_where_nothing_can_be_written_is_refused(
    database: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    database.close()
    (tmp_path / "fichier").write_text("occupé")
    place = ("--convention", "plie-martigues", "--period", "2024", "--out", tmp_path / "fichier")
    code, _, err = run(capsys, *place, "--database", tmp_path / "jalons.duckdb")
    assert code == 2
    assert "ne peut pas être écrit" in err
