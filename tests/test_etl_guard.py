"""Jobs on uploads in; their answer, or a French refusal when the child dies, runs too long or takes too much, out."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator

import pytest

from etl import children, guard
from etl.report import BLOCKING, Options
from etl.run import examine
from etl.steps import READING_STEPS, SAFETY
from etl.workbook import UnreadableError, Workbook
from tests.jobs import tell_then_die, tell_then_parse
from tests.workbook_bytes import make_xlsx

ROWS: list[list[str | float]] = [["Commune", "DE orientés"], ["Martigues", 12.0]]


def test_a_workbook_comes_back_whole_from_the_child() -> None:
    workbook = guard.read_workbook("retour.xlsx", make_xlsx(ROWS))
    assert isinstance(workbook, Workbook)
    assert workbook.sheets[0].rows == ROWS


def test_the_refusal_of_the_child_is_the_refusal_of_the_file() -> None:
    with pytest.raises(UnreadableError) as refusal:
        guard.read_workbook("vide.xlsx", b"")
    assert refusal.value.code == "fichier_vide"


def test_a_child_that_dies_gives_a_french_refusal() -> None:
    with pytest.raises(UnreadableError) as refusal:
        guard.run_guarded(os._exit, 1)
    assert refusal.value.code == "lecture_interrompue"
    assert "interrompue" in str(refusal.value)


def test_a_child_that_takes_too_much_memory_dies_alone() -> None:
    with pytest.raises(UnreadableError) as refusal:
        guard.run_guarded(bytes, 2 * children.MEMORY)
    assert refusal.value.code == "trop_de_memoire"


def test_a_reader_that_aborts_for_want_of_memory_is_told_so() -> None:
    with pytest.raises(UnreadableError) as refusal:
        guard.run_guarded(os.abort)
    assert refusal.value.code == "trop_de_memoire"


def test_a_child_that_runs_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "SECONDS", 1)
    with pytest.raises(UnreadableError) as refusal:
        guard.run_guarded(time.sleep, 60)
    assert refusal.value.code == "trop_long"


@pytest.fixture
def no_child_waits() -> Iterator[None]:
    """Ends the children that others left waiting, and those of the test."""
    children.dismiss()
    yield
    children.dismiss()


@pytest.mark.usefixtures("no_child_waits")
def test_a_child_kept_ready_does_one_job_only() -> None:
    children.keep_ready()
    first, second = (guard.run_guarded(os.getpid) for _ in range(2))
    assert first != second


@pytest.mark.usefixtures("no_child_waits")
def test_the_limits_hold_for_a_child_kept_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    children.keep_ready()
    with pytest.raises(UnreadableError) as refusal:
        guard.run_guarded(bytes, 2 * children.MEMORY)
    assert refusal.value.code == "trop_de_memoire"
    monkeypatch.setattr(guard, "SECONDS", 1)
    children.keep_ready()
    with pytest.raises(UnreadableError) as late:
        guard.run_guarded(time.sleep, 60)
    assert late.value.code == "trop_long"


@pytest.mark.usefixtures("no_child_waits")
def test_a_child_that_died_while_waiting_is_replaced() -> None:
    children.keep_ready()
    for child in children._WAITING:
        child.kill()
        child.wait()
    assert guard.read_workbook("retour.xlsx", make_xlsx(ROWS)).sheets[0].rows == ROWS


def test_the_steps_of_a_child_are_told_before_its_answer() -> None:
    heard: list[str] = []
    workbook = guard.run_telling(heard.append, tell_then_parse, "retour.xlsx", make_xlsx(ROWS))
    assert heard == ["Un", "Deux"]
    assert workbook.sheets[0].rows == ROWS


def test_a_child_that_dies_after_a_step_is_a_refusal_all_the_same() -> None:
    heard: list[str] = []
    with pytest.raises(UnreadableError) as refusal:
        guard.run_telling(heard.append, tell_then_die)
    assert (heard, refusal.value.code) == (["Un"], "trop_de_memoire")


def test_a_reading_tells_its_steps_in_order() -> None:
    heard: list[str] = []
    examine("retour.xlsx", make_xlsx(ROWS), Options("plie-martigues", "plie"), told=heard.append)
    assert heard == list(READING_STEPS)


def test_a_refused_reading_tells_no_later_step() -> None:
    heard: list[str] = []
    examine("vide.xlsx", b"", Options(), told=heard.append)
    assert heard == [SAFETY]


def test_a_file_too_large_is_not_even_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "MAX_BYTES", 10)
    with pytest.raises(UnreadableError) as refusal:
        guard.read_workbook("retour.xlsx", make_xlsx(ROWS))
    assert refusal.value.code == "trop_gros"


def test_a_refused_file_is_a_report_with_one_blocking_finding() -> None:
    report = examine("vide.xlsx", b"", Options())
    assert not report.accepted
    assert [finding.severity for finding in report.findings] == [BLOCKING]
