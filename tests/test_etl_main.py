"""The command line of the journey: answers in JSON and French, exit codes, and no file that ends it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from etl.__main__ import main
from tests.workbook_bytes import make_xlsx

ROWS: list[list[str | float]] = [
    ["PLIE du Pays de Martigues, 1er trimestre 2024"],
    ["Commune", "DE orientés vers le PLIE"],
    ["Martigues", 12.0],
    ["Port-de-Bouc", 7.0],
]


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """A small return of the PLIE."""
    path = tmp_path / "retour.xlsx"
    path.write_bytes(make_xlsx(ROWS, "Retour"))
    return path


@pytest.fixture
def base(tmp_path: Path) -> list[str]:
    """The options that name a database of the test's own and ask for JSON."""
    return ["--database", str(tmp_path / "base" / "jalons.duckdb"), "--json"]


def answer(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    """What the last command said."""
    said = json.loads(capsys.readouterr().out)
    return said if isinstance(said, list) else [said]


def test_check_gives_the_contract_and_writes_nothing(
    workbook: Path, base: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(workbook), "--observations", *base]) == 0
    (said,) = answer(capsys)
    assert (said["accepted"], said["convention"], said["source"]) == (True, "plie-martigues", "plie")
    assert said["sheets"] == [{"sheet": "Retour", "layout": "crosstab", "observations": 2, "records": 0}]
    assert said["observations"][0] == {
        "measure": "orientes", "territory": "13056", "period": "2024-T1", "source": "plie", "segment": {},
        "value": 12.0, "state": "ok", "sheet": "Retour", "cell": "B3",
    }  # fmt: skip
    assert not (tmp_path / "base").exists()


def test_load_twice_then_undo_is_told_by_the_history(
    workbook: Path, base: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    states = []
    for _ in range(2):
        assert main(["load", str(workbook), *base]) == 0
        (said,) = answer(capsys)
        states.append((said["state"], said["import"]))
        messages = [finding["message"] for finding in said["findings"]]
        assert len(messages) == len(set(messages))
    assert [state for state, _ in states] == ["chargé", "déjà chargé"]
    assert main(["undo", states[0][1], *base]) == 0
    answer(capsys)
    assert main(["history", *base]) == 0
    assert [(entry["id"], entry["state"]) for entry in answer(capsys)] == [(states[0][1], "annulé")]
    assert main(["undo", states[0][1], *base]) == 2
    assert "déjà annulé" in answer(capsys)[0]["erreur"]


def test_one_bad_file_among_good_ones_is_refused_alone(
    workbook: Path, base: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "vide.xlsx").write_bytes(b"")
    files = [str(workbook), str(tmp_path / "vide.xlsx"), str(tmp_path / "absent.xlsx")]
    assert main(["check", *files, *base]) == 2
    said = answer(capsys)
    assert [one["accepted"] for one in said] == [True, False, False]
    assert [one["findings"][-1]["code"] for one in said[1:]] == ["fichier_vide", "fichier_absent"]


def test_unknown_convention_source_and_period_are_french_refusals(
    workbook: Path, base: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    for option, value in (("--convention", "nulle"), ("--source", "nulle"), ("--period", "2024-T9")):
        assert main(["check", str(workbook), option, value, *base]) == 2
        (said,) = answer(capsys)
        assert f"« {value} »" in said["findings"][-1]["message"]


def test_french_answer_gives_the_address_of_each_finding(
    base: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "retour.xlsx"
    path.write_bytes(make_xlsx([*ROWS, ["Zorglub", 3.0]], "Retour"))
    assert main(["check", str(path), *base[:2]]) == 0
    said = capsys.readouterr().out
    assert "avertissement Retour!A5 : " in said
    assert "« Zorglub »" in said
