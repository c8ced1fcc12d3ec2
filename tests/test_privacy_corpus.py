"""Sixty workbooks that name people are loaded by the command line; none of what they say of them is left anywhere."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from etl.privacy import TO_CONFIRM
from store.database import open_database
from tests.nominative import Planted, plant
from tests.server import ROOT

COUNT = 60
GATE = {
    TO_CONFIRM, "colonne_nominative_ecartee", "texte_libre_ecarte", "naissance_remplacee", "fiche_ecartee",
    "texte_masque", "nom_de_fichier_masque", "nom_de_feuille_masque", "hors_cellules", "liste_nominative",
    "liste_non_lue", "feuille_masquee",
}  # fmt: skip


@dataclass(frozen=True)
class Loaded:
    """The files, the answer given to each, and the folder that everything was written in."""

    planted: tuple[Planted, ...]
    answers: dict[str, dict[str, object]]
    folder: Path


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    """Every file through `python -m etl load`, its temporary files and logs kept to be searched."""
    sent, folder = tmp_path_factory.mktemp("sent"), tmp_path_factory.mktemp("kept")
    (folder / "tmp").mkdir()
    planted = tuple(plant(rank) for rank in range(COUNT))
    groups: dict[str, list[Planted]] = defaultdict(list)
    for one in planted:
        (sent / one.name).write_bytes(one.content)
        groups[one.convention].append(one)
    answers: dict[str, dict[str, object]] = {}
    for convention, group in groups.items():
        said = run_load(folder, [str(sent / one.name) for one in group], convention)
        answers |= {one.name: answer for one, answer in zip(group, said, strict=True)}
    return Loaded(planted, answers, folder)


def run_load(folder: Path, files: list[str], convention: str) -> list[dict[str, object]]:
    """The answers of one command; its output and its errors stay in the folder."""
    command = [sys.executable, "-m", "etl", "load", *files, "--convention", convention, "--period", "2024-T1", "--json"]
    command += ["--source", "plie"] if convention == "plie-martigues" else []
    environment = {**os.environ, "JALONS_DATABASE": str(folder / "jalons.duckdb"), "TMPDIR": str(folder / "tmp")}
    environment.pop("JALONS_KEYS", None)
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False)
    # The names of the files that were sent stand on the command line, not in what it answers.
    (folder / f"{convention}.out").write_bytes(done.stdout)
    (folder / f"{convention}.err").write_bytes(done.stderr)
    assert done.returncode in (0, 2), done.stderr
    answers: list[dict[str, object]] = json.loads(done.stdout)
    return answers


def list_codes(answer: dict[str, object]) -> set[str]:
    findings = answer["findings"]
    assert isinstance(findings, list)
    return {finding["code"] for finding in findings}


@pytest.mark.parametrize("rank", range(COUNT))
def test_a_nominative_file_is_refused_or_stripped(loaded: Loaded, rank: int) -> None:
    one = loaded.planted[rank]
    assert list_codes(loaded.answers[one.name]) & GATE, loaded.answers[one.name]


def test_some_are_refused_and_some_are_read_without_what_names_people(loaded: Loaded) -> None:
    accepted = [bool(answer["accepted"]) for answer in loaded.answers.values()]
    assert 15 < sum(accepted) < COUNT


def list_texts(database: Path) -> Iterator[str]:
    """Every cell of every table and view, as a text."""
    with open_database(database) as opened, opened.cursor() as cursor:
        for (table,) in cursor.execute("select table_name from information_schema.tables order by all").fetchall():
            for row in cursor.execute(f'select * from "{table}"').fetchall():
                yield " ".join(map(str, row))


def test_nothing_that_names_people_is_left_anywhere(loaded: Loaded) -> None:
    """The database and its journal of writes, the keys, the answers, the logs and the temporary files."""
    secrets = {secret for one in loaded.planted for secret in one.secrets}
    held = {path.name: path.read_bytes() for path in loaded.folder.rglob("*") if path.is_file()}
    assert {"jalons.duckdb", "plie-martigues.key", "plie-martigues.out"} <= set(held)
    for name, content in held.items():
        found = [s for s in secrets if s.encode() in content or s.encode("utf-16-le") in content]
        assert found == [], name
    everything = "\n".join(list_texts(loaded.folder / "jalons.duckdb"))
    assert "2024-T1" in everything
    assert [secret for secret in secrets if secret in everything] == []


def test_the_search_would_find_a_name_that_was_left(loaded: Loaded) -> None:
    texts = "\n".join(list_texts(loaded.folder / "jalons.duckdb"))
    assert "retour.xlsx" in texts
    assert b"retour.xlsx" in (loaded.folder / "plie-martigues.out").read_bytes()
