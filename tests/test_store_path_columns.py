"""Paths in; their columns as numbers out: each text once, whatever the number of batches."""

from pathlib import Path

import numpy as np
import pytest

from conventions.catalogue import EVENTS
from etl.load import load_report
from store import path_columns
from store.database import open_database
from store.path_columns import UNDATED, PathColumns, read_path_columns
from store.rows import Part
from tests.deliveries import PathRecord, path, report

ROWS = 5_000
MOTIFS = {"cdi": ("positive_emploi", True), "deces": ("administrative", False)}


def read_columns(folder: Path, paths: list[PathRecord]) -> PathColumns:
    with open_database(folder / "jalons.duckdb") as db:
        load_report(db, report(paths=paths))
        with db.cursor() as cursor:
            return read_path_columns(cursor, Part("plie-martigues", "plie"), MOTIFS)


def values_of(columns: PathColumns, name: str) -> list[tuple[str, ...]]:
    axis = columns.axes[name]
    return [tuple(value for value, held in zip(axis.values, axis.holds[code], strict=True) if held)
            for code in axis.codes]  # fmt: skip


def test_texts_of_all_batches_share_their_codes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(path_columns, "_BATCH", 2_048)
    sexes = [None] * 3_000 + ["femme"] * 2_000
    paths = [path(f"p{rank}", territory=f"{rank % 7}", sexe=sexe, row=rank) for rank, sexe in enumerate(sexes)]
    columns = read_columns(tmp_path, paths)
    assert len(columns) == ROWS
    assert np.bincount([int(value) for (value,) in values_of(columns, "territory")]).tolist() == [715] * 2 + [714] * 5
    assert sorted(values_of(columns, "sexe")) == [()] * 3_000 + [("femme",)] * 2_000


def test_path_holds_each_of_its_publics_and_the_category_of_its_motive(tmp_path: Path) -> None:
    columns = read_columns(tmp_path, [path(publics=("rsa", "deld"), motif="cdi", date_sortie="2024-03-02")])
    assert values_of(columns, "public") == [("deld", "rsa")]
    assert values_of(columns, "categorie") == [("positive_emploi",)]
    assert columns.months[EVENTS[-1]].tolist() == [2024 * 12 + 2]
    assert columns.months[EVENTS[0]].tolist() == [UNDATED]
    assert columns.is_positive.tolist() == columns.is_explained.tolist() == [True]


def test_source_without_paths_has_no_rows(tmp_path: Path) -> None:
    with open_database(tmp_path / "jalons.duckdb") as db, db.cursor() as cursor:
        columns = read_path_columns(cursor, Part("plie-martigues", "plie"), MOTIFS)
    assert len(columns) == 0
    assert {axis.values for axis in columns.axes.values()} == {()}
