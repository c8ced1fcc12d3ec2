"""The page Bilans in an empty room: what its download tells the store."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from etl.load import load_report
from store.database import open_database
from store.hidden import read_hidden
from tests.deliveries import figure, report
from ui.filters import COMITE, PRODUCTEUR, VIEW

PAGE = Path(__file__).resolve().parent.parent / "pages" / "bilan.py"
MARTIGUES = "plie-martigues"
COUNTS = {"13056": 90, "13077": 41, "13098": 3}


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A database where one commune has a small count."""
    place = tmp_path / "jalons.duckdb"
    rows = [
        figure("orientes", count, territory=code, period=f"2024-T{quarter}")
        for code, count in COUNTS.items()
        for quarter in range(1, 5)
    ]
    with open_database(place) as database:
        load_report(database, report(*rows))
    monkeypatch.setenv("JALONS_DATABASE", str(place))
    yield place
    st.cache_data.clear()
    st.cache_resource.clear()


@pytest.mark.parametrize(("view", "is_kept"), [(PRODUCTEUR, False), (COMITE, True)])
def test_a_bilan_downloaded_for_a_committee_is_held_to_be_handed_out(
    path: Path, monkeypatch: pytest.MonkeyPatch, view: str, is_kept: bool
) -> None:
    offered: list[dict[str, Any]] = []
    monkeypatch.setattr(st, "download_button", lambda *_, **asked: offered.append(asked))
    test = AppTest.from_file(str(PAGE), default_timeout=60)
    test.query_params[VIEW] = view
    test.run()
    assert [error.value for error in test.exception] == []
    (asked,) = offered
    if callable(asked["on_click"]):
        asked["on_click"]()
    with open_database(path) as database:
        assert bool(read_hidden(database, MARTIGUES, "flux")) == is_kept
