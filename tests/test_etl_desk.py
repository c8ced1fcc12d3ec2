"""Jobs are done one at a time, in order, by nobody's page; what waits and what is kept are bounded."""

from __future__ import annotations

import logging
import threading
from functools import partial

import pytest

from etl import desk as desks
from etl.desk import DONE, DROPPED, FAILED, REFUSED, RUNNING, WAITING, Desk, DeskFullError
from etl.steps import Told
from etl.workbook import UnreadableError
from store.database import StoreError

PATIENCE = 10.0


class Gate:
    """A job that stays under way until it is let through."""

    def __init__(self) -> None:
        self.begun, self.open = threading.Event(), threading.Event()

    def __call__(self, told: Told) -> str:
        told("Lecture")
        self.begun.set()
        assert self.open.wait(PATIENCE)
        return "lu"


def note(done: list[int], rank: int, told: Told) -> None:
    done.append(rank)


def test_job_ends_with_an_answer_and_the_steps_it_told() -> None:
    desk, gate = Desk(), Gate()
    ticket = desk.submit(gate, steps=("Lecture", "Contrôles"))
    assert gate.begun.wait(PATIENCE)
    assert (ticket.state, ticket.told, desk.look(ticket)) == (RUNNING, ["Lecture"], None)
    gate.open.set()
    assert ticket.wait(PATIENCE)
    assert (ticket.state, desk.look(ticket)) == (DONE, "lu")


def test_jobs_wait_in_the_order_they_came() -> None:
    desk, gate, done = Desk(), Gate(), list[int]()
    first = desk.submit(gate)
    assert gate.begun.wait(PATIENCE)
    others: list[desks.Ticket[None]] = [desk.submit(partial(note, done, rank)) for rank in range(3)]
    assert [desk.count_before(first), *map(desk.count_before, others)] == [0, 1, 2, 3]
    assert [ticket.state for ticket in others] == [WAITING] * 3
    gate.open.set()
    assert others[-1].wait(PATIENCE)
    assert done == [0, 1, 2]


def test_job_left_behind_goes_on() -> None:
    """Nobody holds the ticket any more: the work is done all the same."""
    desk, written = Desk(), threading.Event()
    desk.submit(lambda told: written.set())
    assert written.wait(PATIENCE)


def test_job_taken_back_before_its_turn_is_never_done() -> None:
    desk, gate = Desk(), Gate()
    desk.submit(gate)
    assert gate.begun.wait(PATIENCE)
    done = list[int]()
    taken = desk.submit(lambda told: done.append(1))
    desk.drop(taken)
    last = desk.submit(lambda told: done.append(2))
    gate.open.set()
    assert last.wait(PATIENCE)
    assert (taken.state, done) == (DROPPED, [2])


@pytest.mark.parametrize("error", [StoreError("Déjà annulé."), UnreadableError("abime", "Fichier abîmé.")])
def test_refusal_is_told_in_its_own_words(error: Exception) -> None:
    def refuse(told: Told) -> None:
        raise error

    desk = Desk()
    ticket = desk.submit(refuse)
    assert ticket.wait(PATIENCE)
    assert (ticket.state, ticket.problem, desk.look(ticket)) == (REFUSED, str(error), None)


def test_unforeseen_error_keeps_its_words_from_page_and_log(caplog: pytest.LogCaptureFixture) -> None:
    def break_down(told: Told) -> None:
        raise KeyError("Jeanne Exemple, née le 03/02/1980")

    desk = Desk()
    with caplog.at_level(logging.ERROR):
        ticket = desk.submit(break_down)
        assert ticket.wait(PATIENCE)
    assert ticket.state == FAILED
    assert "Jeanne" not in ticket.problem + caplog.text
    assert "KeyError : tests/test_etl_desk.py" in caplog.text
    reference = caplog.text.split("Erreur ")[1].split()[0]
    assert f"la référence {reference}" in ticket.problem


def test_desk_goes_on_after_an_error() -> None:
    desk = Desk()
    desk.submit(lambda told: 1 // 0)
    assert desk.submit(lambda told: "suite").wait(PATIENCE)


def test_too_many_waiting_are_refused_with_a_sentence() -> None:
    desk, gate = Desk(), Gate()
    desk.submit(gate)
    assert gate.begun.wait(PATIENCE)
    for _ in range(desks.MOST_WAITING):
        desk.submit(lambda told: None)
    with pytest.raises(DeskFullError, match="6 demandes en attente .* rien n’est enregistré"):
        desk.submit(lambda told: None)
    gate.open.set()


def test_too_many_bytes_waiting_are_refused_but_one_alone_never() -> None:
    desk, gate = Desk(), Gate()
    desk.submit(gate)
    assert gate.begun.wait(PATIENCE)
    desk.submit(lambda told: None, weight=desks.MOST_WAITING_BYTES + 1)
    with pytest.raises(DeskFullError, match="Mo"):
        desk.submit(lambda told: None, weight=1)
    gate.open.set()


def test_answers_are_forgotten_when_dropped_old_or_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    desk = Desk(clock=lambda: now[0])

    def ask(answer: str, weight: int = 0) -> desks.Ticket[str]:
        ticket = desk.submit(lambda told: answer, weight=weight)
        assert ticket.wait(PATIENCE)
        return ticket

    first, second = ask("a"), ask("b")
    desk.drop(first)
    assert (desk.look(first), desk.look(second)) == (None, "b")
    now[0] = desks.KEPT_SECONDS - 1
    assert desk.look(second) == "b"
    now[0] = 2 * desks.KEPT_SECONDS - 2
    assert desk.look(second) == "b"
    now[0] += desks.KEPT_SECONDS + 1
    assert desk.look(second) is None
    heavy = ask("c", desks.MOST_KEPT_BYTES)
    light = ask("d", 1)
    assert (desk.look(heavy), desk.look(light)) == (None, "d")
    many = [ask(str(rank)) for rank in range(desks.MOST_KEPT)]
    assert desk.look(light) is None
    assert [desk.look(ticket) for ticket in many] == [str(rank) for rank in range(desks.MOST_KEPT)]
