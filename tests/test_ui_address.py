"""The choices that a reader takes along: one list for the pages and for the links, and what changes nothing here."""

import re
from pathlib import Path

import pytest
import streamlit as st

from ui.address import NAMES, SHARED, keep, list_aside

SCRIPT = Path(__file__).resolve().parent.parent / "ui" / "static" / "jalons.js"


@pytest.fixture
def state(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """The state of a session, in memory."""
    held: dict[str, object] = {}
    monkeypatch.setattr(st, "session_state", held)
    return held


def test_links_and_pages_take_the_same_choices_along() -> None:
    found = re.search(r"const shared = \[(.*?)\]", SCRIPT.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    assert tuple(re.findall(r"'(\w+)'", found[1])) == SHARED
    assert NAMES.keys() <= set(SHARED)


def test_choice_is_kept_and_its_neutral_option_takes_it_back(state: dict[str, object]) -> None:
    state["territoire"] = "Martigues"
    keep("territoire", "Tous les territoires")
    assert list_aside() == ["territoire «\u00a0Martigues\u00a0»"]
    state["territoire"] = "Tous les territoires"
    keep("territoire", "Tous les territoires")
    assert list_aside() == []
