"""Sheets that name people and identifiers in; sheets without names, and pseudonyms, out."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from etl.privacy import KeyRing, drop_personal_columns, make_pseudonym
from etl.workbook import Sheet
from tests.drawn import draw, figures, read


def dropped(sheet: Sheet) -> list[str | None]:
    """The cells of the columns set aside."""
    return [finding.cell for finding in drop_personal_columns(sheet)[1]]


@pytest.mark.parametrize(
    "header",
    ["Prénom", "NOM ET PRÉNOM", "Date de naissance", "Né(e) le", "N° de sécurité sociale", "NIR", "Adresse",
     "Téléphone",
     "E-mail",
     "Identifiant France Travail", "ID France Travail", "N° Pôle emploi", "Référent"],
)  # fmt: skip
def test_a_header_that_names_people_empties_its_column(header: str) -> None:
    sheet = Sheet("S", [["Commune", header], ["Martigues", "Zoé Dupuis"], ["Port-de-Bouc", "Max Petit"]])
    clean, findings = drop_personal_columns(sheet)
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
        ("2 69 05 49 588 157 80", "169054958815780"),
    ],
)
def test_contents_that_name_people_empty_their_column(content: tuple[str, str]) -> None:
    sheet = Sheet("S", [["Commune", "Colonne"], ["Martigues", content[0]], ["Port-de-Bouc", content[1]]])
    clean, findings = drop_personal_columns(sheet)
    assert [row[1] for row in clean.rows] == [None, None, None]
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


def test_a_key_is_kept_for_its_owner_alone(tmp_path: Path) -> None:
    ring = KeyRing(tmp_path / "cles")
    key = ring.key("plie-martigues")
    path = tmp_path / "cles" / "plie-martigues.key"
    assert len(key) == 32
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert KeyRing(tmp_path / "cles").key("plie-martigues") == key
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_each_convention_has_its_own_pseudonyms(tmp_path: Path) -> None:
    ring = KeyRing(tmp_path)
    martigues, ille = ring.key("plie-martigues"), ring.key("accompagnement-global-35")
    assert make_pseudonym("A-1", martigues) == make_pseudonym("A-1", martigues)
    assert make_pseudonym("A-1", martigues) != make_pseudonym("A-1", ille)


@pytest.mark.parametrize(("one", "other"), [("A-1", " a-1 "), (12.0, "12"), (12, "12"), ("AB 12", "ab12")])
def test_an_identifier_is_the_same_however_it_is_typed(one: str | float, other: str) -> None:
    assert make_pseudonym(one, b"key") == make_pseudonym(other, b"key")


def test_a_pseudonym_tells_nothing_without_the_key() -> None:
    assert make_pseudonym("12", b"key") != make_pseudonym("12", b"other")
    assert make_pseudonym("12", b"key") != "12"
    assert len(make_pseudonym("12", b"key")) == 32


def test_a_dry_run_leaves_no_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert len(KeyRing().key("plie-martigues")) == 32
    assert list(tmp_path.iterdir()) == []
