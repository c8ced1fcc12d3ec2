"""Sheets that name people in; the same without them, and what was told of it, out."""

from __future__ import annotations

import pytest

from etl.privacy import inspect_sheet
from etl.workbook import Sheet
from tests.drawn import draw, figures, read


def dropped(sheet: Sheet) -> list[str | None]:
    """The cells of the columns set aside."""
    return [finding.cell for finding in inspect_sheet(sheet).findings]


@pytest.mark.parametrize(
    "header",
    ["Prénom", "NOM ET PRÉNOM", "Date de naissance", "Né(e) le", "N° de sécurité sociale", "NIR", "Adresse",
     "Téléphone",
     "E-mail",
     "Identifiant France Travail", "ID France Travail", "N° Pôle emploi", "Référent"],
)  # fmt: skip
def test_a_header_that_names_people_empties_its_column(header: str) -> None:
    sheet = Sheet("S", [["Commune", header], ["Martigues", "Zoé Dupuis"], ["Port-de-Bouc", "Max Petit"]])
    found = inspect_sheet(sheet)
    clean, findings = found.sheet, found.findings
    assert [row[1] for row in clean.rows] == [None, None, None]
    assert [row[0] for row in clean.rows] == ["Commune", "Martigues", "Port-de-Bouc"]
    assert [finding.cell for finding in findings] == ["B1"]
    assert "Dupuis" not in findings[0].message


@pytest.mark.parametrize(
    "header", ["Nom de la structure", "Nom du territoire", "Nb RQTH", "Nom de la commune", "Agence", "Nom"]
)
def test_headers_that_only_look_personal_stay(header: str) -> None:
    assert dropped(Sheet("S", [["Commune", header], ["Martigues", "Alpha"], ["Port-de-Bouc", "Bêta"]])) == []


def test_the_name_beside_a_first_name_goes_too() -> None:
    assert dropped(Sheet("S", [["Nom", "Prénom", "Commune"], ["Dupuis", "Zoé", "Martigues"]])) == ["A1", "B1"]


def test_a_header_far_down_is_seen() -> None:
    rows: list[list[str | float | None]] = [[f"ligne {n}", None] for n in range(60)]
    assert dropped(Sheet("S", [*rows, ["Commune", "Prénom"], ["Martigues", "Zoé"]])) == ["B61"]


@pytest.mark.parametrize(
    "content",
    [
        ("zoe@exemple.fr", "max@exemple.fr"),
        ("06 12 34 56 78", "0491000000"),
        ("2 69 05 49 588 157 80", "169054958815733"),
    ],
)
def test_contents_that_name_people_empty_their_column(content: tuple[str, str]) -> None:
    sheet = Sheet("S", [["Commune", "Colonne"], ["Martigues", content[0]], ["Port-de-Bouc", content[1]]])
    found = inspect_sheet(sheet)
    clean, findings = found.sheet, found.findings
    assert [row[1] for row in clean.rows] == ["Colonne", None, None]
    assert not any(text in finding.message for text in content for finding in findings)


def test_counts_and_codes_are_not_taken_for_people() -> None:
    sheet = draw(
        """
        Code INSEE | SIREN       | DE orientés
        '13056'    | '200069250' | '1 234'
        '13077'    | '200023414' | '56'
        """
    )
    assert dropped(sheet) == []


def test_counts_beside_personal_columns_are_still_read() -> None:
    report = read(
        """
        Commune      | Référent   | DE orientés
        Martigues    | Zoé Dupuis | 12
        Port-de-Bouc | Max Petit  | 7
        """,
        "T1 2024",
    )
    assert {value for *_, value in figures(report)} == {12, 7}
    assert "Dupuis" not in str(report)
