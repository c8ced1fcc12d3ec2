"""Behind each figure, the cells that make it: their sum is its count, and no path leads to a person."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import indicators.request
from conventions.agreements import load_conventions
from conventions.values import make_segment
from etl.load import load_report
from indicators.__main__ import main
from indicators.figures import Request, RequestError, compute_figures
from indicators.trace import TracedCell, trace_figure
from store.database import Database, open_database
from store.journal import read_history
from tests.deliveries import figure, path, report

REQUEST = Request("plie-martigues", periods=("2024",), as_of=date(2030, 1, 1))


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A year by quarters, one of them corrected, exits by motive, a national workbook and paths."""
    quarters = ("2024-T1", "2024-T2", "2024-T3", "2024-T4")
    rows = [
        figure(measure, value + rank, territory=place, period=period, cell=f"{column}{rank + 2}")
        for measure, value, column in (("orientes", 20, "B"), ("presents", 10, "C"))
        for place in ("13056", "13077", "13098")
        for rank, period in enumerate(quarters)
    ]
    exits = [
        replace(figure("sorties", value, cell=cell), segment=make_segment(segment))
        for value, cell, segment in (
            (9, "D2", {}),
            (4, "D3", {"motif": "cdi"}),
            (1, "D4", {"motif": "certification"}),
            (2, "D5", {"motif": "demenagement"}),
        )
    ]
    national = figure("defm", 900, source="france-travail", is_context=True, cell="Z9", categorie="ABC")
    paths = [path(f"secret-{rank}", date_diagnostic="2024-02-03") for rank in range(7)]
    with open_database(tmp_path_factory.mktemp("preuves") / "jalons.duckdb") as opened:
        load_report(opened, report(*rows, *exits, file="retour.xlsx"), author="PLIE")
        load_report(opened, report(figure(value=50, cell="B7"), file="retour_v2.xlsx"))
        load_report(opened, report(national, convention=None, source=None, file="national.xlsx"))
        load_report(opened, report(paths=paths, file="parcours.xlsx"), author="Service du PLIE")
        yield opened


def trace(database: Database, indicator: str, territory: str | None, period: str) -> list[TracedCell]:
    """The cells behind one figure."""
    return trace_figure(database, replace(REQUEST, indicators=(indicator,), periods=(period,)), territory)


def test_rate_leads_to_the_cells_of_both_counts(database: Database) -> None:
    cells = trace(database, "taux_presence", "13077", "2024-T2")
    assert [(one.role, one.measure, one.value, one.file, one.sheet, one.cell) for one in cells] == [
        ("numerateur", "presents", 11, "retour.xlsx", "Retour", "C3"),
        ("denominateur", "orientes", 21, "retour.xlsx", "Retour", "B3"),
    ]


def test_corrected_cell_is_the_one_that_counts(database: Database) -> None:
    (cell,) = trace(database, "orientes", "13056", "2024-T1")
    assert (cell.value, cell.file, cell.cell) == (50, "retour_v2.xlsx", "B7")


@pytest.mark.parametrize("territory", [None, "plie-martigues"])
def test_year_of_the_whole_leads_to_each_commune_and_quarter(database: Database, territory: str | None) -> None:
    cells = trace(database, "taux_presence", territory, "2024")
    (found,) = compute_figures(database, replace(REQUEST, indicators=("taux_presence",)))
    for role, count in (("numerateur", found.numerator), ("denominateur", found.denominator)):
        own = [one for one in cells if one.role == role]
        assert len({(one.territory, one.period) for one in own}) == len(own) == 12
        assert sum(one.value or 0 for one in own) == count


def test_derived_count_leads_to_the_cells_it_was_derived_from(database: Database) -> None:
    cells = trace(database, "sorties_positives", "13056", "2024-T1")
    assert [(one.measure, one.segment, one.value) for one in cells] == [
        ("sorties", "motif=cdi", 4),
        ("sorties", "motif=certification", 1),
    ]


def test_exits_left_out_by_the_convention_have_their_own_role(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    agreed = load_conventions()
    variant = replace(agreed["plie-martigues"], positive_denominator="sorties_hors_administratives")
    monkeypatch.setattr(indicators.request, "load_conventions", lambda: {**agreed, "plie-martigues": variant})
    cells = trace(database, "taux_sorties_positives", "13056", "2024-T1")
    sums = {role: sum(one.value or 0 for one in cells if one.role == role) for role in {c.role for c in cells}}
    assert sums == {"numerateur": 5, "denominateur": 9, "deduction": 2}


def test_paths_lead_to_their_file_and_to_nobody(database: Database) -> None:
    cells = trace(database, "diagnostics", "13056", "2024-T1")
    assert {(one.file, one.sheet, one.cell, one.value) for one in cells} == {("parcours.xlsx", "Parcours", None, None)}
    assert {one.state for one in cells} == {"7 parcours"}
    assert "secret-" not in repr(cells)


def test_national_workbook_leads_to_its_cell(database: Database) -> None:
    (cell,) = trace(database, "defm", "13056", "2024-T1")
    assert (cell.file, cell.cell, cell.value) == ("national.xlsx", "Z9", 900)


def test_cells_and_paths_say_who_loaded_them_and_when(database: Database) -> None:
    loaded = {one.id: one.loaded_at.date() for one in read_history(database)}
    for indicator, author in (("presents", "PLIE"), ("diagnostics", "Service du PLIE")):
        (cell,) = trace(database, indicator, "13056", "2024-T1")
        assert (cell.author, cell.loaded_on) == (author, loaded[cell.import_id])


def test_unknown_figure_has_no_cell(database: Database) -> None:
    assert trace(database, "integres", "13056", "2024-T1") == []


def test_committee_sees_no_cell(database: Database) -> None:
    request = replace(REQUEST, indicators=("orientes",), audience="comite")
    with pytest.raises(RequestError, match="ne se montrent qu’aux producteurs des données"):
        trace_figure(database, request, "13056")


def test_foreign_territory_is_refused(database: Database) -> None:
    with pytest.raises(
        RequestError, match="« 75056 » n’est pas de cette convention, rien n’en a été reçu. Attendu : 13056"
    ):
        trace(database, "orientes", "75056", "2024-T1")


def test_context_of_a_foreign_territory_gives_its_cells(database: Database) -> None:
    paris = figure(
        "defm", 1200, territory="75056", source="france-travail", is_context=True, cell="E9", categorie="ABC"
    )
    load_report(database, report(paris, source="france-travail", file="national.xlsx"))
    (cell,) = trace(database, "defm", "75056", "2024-T1")
    assert (cell.file, cell.cell, cell.value) == ("national.xlsx", "E9", 1200)


def test_command_gives_the_cells(database: Database, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = [
        "trace", "--convention", "plie-martigues", "--indicator", "presents", "--territory", "13056",
        "--period", "2024-T1", "--database", str(database.path),
    ]  # fmt: skip
    assert main(arguments) == 0
    (known,) = trace(database, "presents", "13056", "2024-T1")
    assert capsys.readouterr().out == (
        "Numérateur : DE présents / reçus en premier accueil, Martigues, 1er trimestre 2024 : 10 "
        f"(retour.xlsx, feuille Retour, C2, dépôt {known.import_id} du {known.loaded_on:%d/%m/%Y} par PLIE)\n"
    )
    assert main([*arguments, "--json"]) == 0
    (cell,) = json.loads(capsys.readouterr().out)
    assert {name: cell[name] for name in ("file", "sheet", "cell", "value")} == {
        "file": "retour.xlsx", "sheet": "Retour", "cell": "C2", "value": 10,
    }  # fmt: skip


def test_command_refuses_a_foreign_territory(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["trace", "--convention", "metz", "--indicator", "entretiens", "--territory", "13056"]
    code = main([*arguments, "--period", "2022", "--database", str(tmp_path / "vide.duckdb")])
    assert code == 2
    assert capsys.readouterr().out.startswith("Le territoire « 13056 » n’est pas de cette convention,")
