"""The statement of accessibility: what it says is tested is, and a state that the law does not know is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from conventions.reading import DATA, DataError
from ui.statement import load_statement, read_statement

TESTS = Path(__file__).parent
OWN = (DATA / "statement.toml").read_text("utf-8")


def test_every_test_that_the_statement_names_exists() -> None:
    named = [test for _, test in load_statement().tested]
    assert named
    assert [test for test in named if not (TESTS / test).is_file()] == []


def test_statement_says_its_state_and_what_remains_with_a_cause() -> None:
    statement = load_statement()
    assert statement.state == "non conforme"
    assert all(what and cause for what, cause in statement.limits)
    assert len(statement.limits) > 2


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('state = "non"', 'state = "presque"', "state"),
        ("date = 2026-11-22", 'date = "hier"', "une date"),
        ('test = "test_pages.py"', 'essai = "test_pages.py"', "test"),
    ],
)
def test_statement_that_cannot_be_read_is_refused(tmp_path: Path, before: str, after: str, said: str) -> None:
    path = tmp_path / "statement.toml"
    assert before in OWN
    path.write_text(OWN.replace(before, after), "utf-8")
    with pytest.raises(DataError, match=said):
        read_statement(path)
