"""`python -m etl answers` and what it changes of `check`: asked, taught, read, revoked, asked again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from etl.__main__ import main
from tests.workbook_bytes import make_xlsx

ROWS: list[list[str | float]] = [
    ["PLIE du Pays de Martigues, 1er trimestre 2024"],
    ["Commune", "DE orientés vers le PLIE", "Zorglub"],
    ["Martigues", 12.0, 9.0],
]


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    path = tmp_path / "retour.xlsx"
    path.write_bytes(make_xlsx(ROWS, "Retour"))
    return path


@pytest.fixture
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setenv("JALONS_AUTHOR", "PLIE")
    return ["--database", str(tmp_path / "jalons.duckdb"), "--json"]


def run(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> list[dict[str, Any]]:
    """What a command answers."""
    assert main(list(arguments)) == code
    said = json.loads(capsys.readouterr().out)
    return said if isinstance(said, list) else [said]


def test_an_answer_is_taught_used_listed_and_revoked(
    workbook: Path, base: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    add = ("answers", "add", "Zorglub", "--convention", "plie-martigues", "--meaning", "presents", *base)
    (before,) = run(capsys, "check", str(workbook), *base)
    assert [question["text"] for question in before["questions"]] == ["Zorglub"]

    (kept,) = run(capsys, *add)
    assert (kept["meaning"], kept["author"], kept["source"]) == ("presents", "PLIE", None)
    (after,) = run(capsys, "check", str(workbook), "--observations", *base)
    assert after["questions"] == []
    assert {one["measure"] for one in after["observations"]} == {"orientes", "presents"}
    (loaded,) = run(capsys, "load", str(workbook), *base)
    assert loaded["added"] == 2

    assert run(capsys, "answers", "list", *base) == [kept]
    run(capsys, "answers", "revoke", kept["id"], *base)
    assert run(capsys, "answers", "list", *base) == []
    (again,) = run(capsys, "check", str(workbook), *base)
    assert [question["text"] for question in again["questions"]] == ["Zorglub"]


def test_a_question_is_told_in_french_with_its_answers(
    workbook: Path, base: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(workbook), *base[:2]]) == 0
    assert "question Retour!C2 : que compte « Zorglub » ?" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("add", "Zorglub", "--convention", "plie-martigues"), "sens du libellé manque"),
        (("add", "Zorglub", "--convention", "lyon", "--meaning", "presents"), "n’existe pas"),
        (("add", "Zorglub", "--convention", "metz", "--meaning", "zorglub"), "n’existe pas au catalogue"),
        (("revoke", "R000009"), "R000009"),
    ],
)
def test_a_mistake_is_a_sentence(
    arguments: tuple[str, ...], said: str, base: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    (answer,) = run(capsys, "answers", *arguments, *base, code=2)
    assert said in answer["erreur"]


def test_a_sheet_and_a_column_need_no_meaning(base: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    for kind, meaning in (("feuille", "-"), ("colonne", "")):
        (kept,) = run(capsys, "answers", "add", "Brouillon", "--convention", "metz", "--kind", kind, *base)
        assert kept["meaning"] == meaning


def test_a_database_held_elsewhere_teaches_nothing(
    workbook: Path, base: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "jalons.duckdb").write_bytes(b"ceci n'est pas une base")
    (said,) = run(capsys, "check", str(workbook), *base)
    assert [question["text"] for question in said["questions"]] == ["Zorglub"]
