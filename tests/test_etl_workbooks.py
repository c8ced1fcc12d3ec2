"""Workbooks made by others, where a folder of them is given, in; what is read of each, or a French refusal, out."""

from __future__ import annotations

import os
from pathlib import Path

import openpyxl
import pytest

from conventions.values import make_segment
from etl.address import parse_range
from etl.report import Observation, Options, Report
from etl.run import examine

FOLDER = os.environ.get("JALONS_WORKBOOKS")
FILES = sorted(path for path in Path(FOLDER).rglob("*") if path.is_file() and path.suffix != ".md") if FOLDER else []
NATIONAL = [path for path in FILES if path.name.startswith("pole_emploi_defm_par_epci")]
COMMUNES = [path for path in FILES if path.name.startswith("insee_mtp_demandeurs_emploi_communes")]
SAME = [path for path in FILES if path.stem == "insee_utilitr_mes_donnees"]

TROYES, ROUEN, METZ, MARSEILLE = "200069250", "200023414", "200039865", "200054807"
# Territory, categories: the value and its cell.
SHOWN = {
    (TROYES, "ABC"): (18_611, "E111"),
    (TROYES, "A"): (12_469, "B111"),
    (ROUEN, "ABC"): (50_724, "E1257"),
    (METZ, "ABC"): (21_592, "E69"),
    (MARSEILLE, "ABC"): (192_827, "E1258"),
}


def read_file(path: Path) -> Report:
    """The report of a file, read as an upload is."""
    return examine(path.name, path.read_bytes(), Options())


def find(report: Report, territory: str, category: str) -> list[Observation]:
    """The counts of all job seekers of a category in a territory."""
    segment = make_segment({"categorie": category})
    return [
        one for one in report.observations if (one.measure, one.territory, one.segment) == ("defm", territory, segment)
    ]


if NATIONAL:

    @pytest.fixture(scope="module", params=NATIONAL, ids=lambda path: path.name)
    def national(request: pytest.FixtureRequest) -> Report:
        """The report of the national workbook, read once."""
        return read_file(request.param)

    def test_the_national_workbook_gives_most_epci(national: Report) -> None:
        assert national.accepted
        assert len({one.territory for one in national.observations}) >= 1_050
        assert {one.period for one in national.observations} == {"2017-12"}
        assert {one.measure for one in national.observations} == {"defm"}
        assert len(national.observations) == 49_923
        told = {finding.code for finding in national.findings}
        # Each total of the country is the sum of what was read, those of the Var included.
        assert not {"total_incoherent", "ecarte_evolution"} & told

    def test_the_figures_of_four_epci_are_those_of_their_cells(national: Report) -> None:
        for (territory, category), shown in SHOWN.items():
            (one,) = find(national, territory, category)
            assert (one.value, one.cell) == shown
            assert (one.sheet, one.state) == ("par catégorie", "ok")

    def test_each_value_stands_at_its_cell_as_another_reader_gives_it(national: Report) -> None:
        book = openpyxl.load_workbook(NATIONAL[0], read_only=True, data_only=True)
        grids = {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book.worksheets}
        for one in national.observations:
            row, column, _, _ = parse_range(one.cell) or (0, 0, 0, 0)
            standing = grids[one.sheet][row][column]
            assert standing == (one.value if one.state == "ok" else "s.s")

    def test_hidden_cells_are_secrets_and_unknown_names_are_told(national: Report) -> None:
        states = [one.state for one in national.observations]
        assert set(states) == {"ok", "secret"}
        assert states.count("secret") > 1_000
        told = {finding.code for finding in national.findings}
        assert {"territoire_inconnu", "territoire_ambigu"} <= told


if COMMUNES:

    def test_the_communes_of_an_agglomeration_give_each_category_and_no_hidden_base() -> None:
        report = read_file(COMMUNES[0])
        categories = ["ABCDE", "ABC", "A", "B", "C", "D", "E"]
        first = [find(report, "34057", category) for category in categories]
        # Castelnau-le-Lez, row 9: from « DEFM toutes catégories » to « Catégorie E ».
        assert [(one.cell, one.value) for (one,) in first] == [
            ("F9", 1016), ("G9", 889), ("H9", 645), ("I9", 116), ("J9", 128), ("K9", 63), ("L9", 64),
        ]  # fmt: skip
        assert len(report.observations) == 11 * len(categories)
        assert {one.period for one in report.observations} == {"2009"}


if FILES:

    @pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
    def test_any_file_is_accepted_or_refused_in_french(path: Path) -> None:
        report = read_file(path)
        assert report.accepted == bool(report.observations)
        blocking = [finding for finding in report.findings if finding.severity == "bloquant"]
        assert report.accepted or len(blocking) == 1
        assert all(finding.message.endswith((".", "…")) for finding in report.findings)


if SAME:

    def test_the_same_data_in_three_formats_give_the_same_report() -> None:
        reports = [read_file(path) for path in SAME]
        told = [[(f.code, f.sheet, f.cell, f.message) for f in report.findings] for report in reports]
        assert len(reports) == 3
        assert told[0] == told[1] == told[2]
