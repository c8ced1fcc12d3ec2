"""Small drawn packages in, the rows of the table out."""

import json
from pathlib import Path
from typing import Any

import pytest

from scripts import build_territories
from scripts.build_territories import Source, build_rows

Row = dict[str, Any]
VERSIONS = {2019: "1.0.0", 2020: "2.0.0", 2021: "3.0.0"}


def commune(code: str, nom: str, type_: str = "commune-actuelle", **more: Any) -> Row:
    return {"code": code, "nom": nom, "type": type_, "departement": "01", **more}


def epci(nom: str, *members: str) -> Row:
    membres = [{"code": code, "nom": f"Membre {code}"} for code in members]
    return {"code": "200000001", "nom": nom, "populationMunicipale": 900, "membres": membres}


COMMUNES = {
    2019: [commune("01001", "Amont", population=10), commune("01002", "Aval"), commune("01003", "Bois")],
    2020: [commune("01001", "Amont", population=11), commune("01002", "Aval"), commune("01003", "Bois")],
    2021: [
        commune("01001", "Rives", population=12, anciensCodes=["01002", "01009"]),
        commune("01001", "Amont", "commune-deleguee", chefLieu="01001"),
        commune("01002", "Aval", "commune-deleguee", chefLieu="01001"),
        commune("01003", "Bois"),
    ],
}
EPCI = {
    2019: [epci("CC du Val", "01001", "01002")],
    2020: [epci("CC du Val", "01001", "01002", "01004")],
    2021: [epci("CA du Val", "01001")],
}


@pytest.fixture
def rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Row]:
    monkeypatch.setattr(build_territories, "VERSIONS", VERSIONS)
    monkeypatch.setattr(build_territories, "HISTORY_VERSION", "1.0.0")
    for year, version in VERSIONS.items():
        data = tmp_path / f"etalab-decoupage-administratif-{version}" / "package" / "data"
        data.mkdir(parents=True)
        files = {
            "communes": COMMUNES[year],
            "epci": EPCI[year],
            "departements": [{"code": "01", "nom": "Ain"}],
            "regions": [],
            "historique-communes": [{"code": "01009", "nom": "Gué"}],
        }
        for name, content in files.items():
            (data / f"{name}.json").write_text(json.dumps(content), encoding="utf-8")
    return build_rows(Source(tmp_path))


def spans(rows: list[Row], code: str) -> list[tuple[Any, ...]]:
    columns = ("name", "former", "epci", "successor", "vintage_from", "vintage_to")
    return [tuple(row[column] for column in columns) for row in rows if row["code"] == code]


def test_equal_states_of_consecutive_vintages_are_one_row(rows: list[Row]) -> None:
    assert spans(rows, "01003") == [("Bois", False, None, None, 2019, 2021)]
    assert spans(rows, "01") == [("Ain", False, None, None, 2019, 2021)]
    assert spans(rows, "200000001") == [
        ("CC du Val", False, None, None, 2019, 2020),
        ("CA du Val", False, None, None, 2021, 2021),
    ]


def test_an_absorbed_commune_turns_former(rows: list[Row]) -> None:
    assert spans(rows, "01002") == [
        ("Aval", False, "200000001", None, 2019, 2020),
        ("Aval", True, None, "01001", 2021, 2021),
    ]


def test_a_delegated_commune_under_the_code_of_the_new_one_is_kept_beside_it(rows: list[Row]) -> None:
    assert spans(rows, "01001") == [
        ("Amont", False, "200000001", None, 2019, 2020),
        ("Rives", False, "200000001", None, 2021, 2021),
        ("Amont", True, None, "01001", 2021, 2021),
    ]


def test_a_code_older_than_the_vintages_takes_its_name_from_the_history(rows: list[Row]) -> None:
    assert spans(rows, "01009") == [("Gué", True, None, "01001", 2019, 2021)]


def test_a_commune_that_only_its_epci_names_is_kept(rows: list[Row]) -> None:
    assert spans(rows, "01004") == [("Membre 01004", False, "200000001", None, 2020, 2020)]


def test_the_population_is_the_latest_one_and_of_no_former_code(rows: list[Row]) -> None:
    known = {(row["code"], row["former"]): row["population"] for row in rows}
    assert known["01001", False] == 12
    assert known["01001", True] is None
    assert known["01002", False] is None
    assert known["200000001", False] == 900


def test_the_rows_are_in_order(rows: list[Row]) -> None:
    order = [(row["kind"], row["code"], row["former"], row["vintage_from"]) for row in rows]
    assert order == sorted(order)
