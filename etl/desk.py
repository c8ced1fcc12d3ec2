"""Jobs on uploads in; their tickets out: jobs are done one at a time, in their order, outside the page that asked.

Whoever leaves loses no job half done: it goes on, and what it wrote stands in the journal. What waits and what is
kept for those who asked are bounded, so that many uploads cannot fill the memory of the server.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from etl.mishap import log_mishap
from etl.steps import Told
from etl.workbook import UnreadableError
from store.database import StoreError

Answer = TypeVar("Answer")

WAITING, RUNNING, DONE, REFUSED, FAILED, DROPPED = "en attente", "en cours", "fini", "refusé", "erreur", "retiré"
ENDED = frozenset({DONE, REFUSED, FAILED, DROPPED})
MOST_WAITING, MOST_WAITING_BYTES = 6, 150 * 1024**2
MOST_KEPT, MOST_KEPT_BYTES, KEPT_SECONDS = 12, 150 * 1024**2, 1800
_MEGABYTE = 1024**2
_NAP = 30.0


class DeskFullError(Exception):
    """No room for another job, as a French sentence for the user."""


@dataclass(eq=False)
class Ticket(Generic[Answer]):
    """One job as its asker sees it. `steps` are those foreseen, `told` those begun; `problem` says a refusal."""

    steps: Sequence[str] = ()
    told: list[str] = field(default_factory=list)
    state: str = WAITING
    problem: str = ""
    ended: threading.Event = field(default_factory=threading.Event, repr=False)

    @property
    def is_ended(self) -> bool:
        """Whether nothing more will happen."""
        return self.state in ENDED

    def wait(self, seconds: float) -> bool:
        """Wait a while for the end; whether it came."""
        return self.ended.wait(seconds)


@dataclass
class _Kept:
    answer: Any
    weight: int
    seen_at: float


@dataclass(eq=False)
class _Job:
    ticket: Ticket[Any]
    work: Callable[[Told], Any]
    weight: int


class Desk:
    """One worker, a line, and the answers that were not taken yet; safe to call from any thread."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._change = threading.Condition()
        self._line: deque[_Job] = deque()
        self._running: _Job | None = None
        self._kept: OrderedDict[Ticket[Any], _Kept] = OrderedDict()
        self._worker: threading.Thread | None = None

    def submit(self, work: Callable[[Told], Answer], *, steps: Sequence[str] = (), weight: int = 0) -> Ticket[Answer]:
        """Put a job in the line; `weight` is the bytes that it holds meanwhile. DeskFullError when too many wait."""
        ticket: Ticket[Answer] = Ticket(steps)
        with self._change:
            self._refuse_crowd(weight)
            self._line.append(_Job(ticket, work, weight))
            if self._worker is None:
                self._worker = threading.Thread(target=self._serve, name="depot", daemon=True)
                self._worker.start()
            self._change.notify_all()
        return ticket

    def count_before(self, ticket: Ticket[Any]) -> int:
        """How many jobs are done before this one, the one under way included."""
        with self._change:
            rank = next((rank for rank, job in enumerate(self._line) if job.ticket is ticket), None)
            return 0 if rank is None else rank + (self._running is not None)

    def look(self, ticket: Ticket[Answer]) -> Answer | None:
        """The answer of a job that is done, kept a while longer; None when there is none, or no more."""
        with self._change:
            self._purge()
            kept = self._kept.get(ticket)
            if kept is None:
                return None
            kept.seen_at = self._clock()
            self._kept.move_to_end(ticket)
            answer: Answer = kept.answer
            return answer

    def drop(self, ticket: Ticket[Any]) -> None:
        """Forget the answer of a job, or the job itself when it has not begun."""
        with self._change:
            self._kept.pop(ticket, None)
            waiting = next((job for job in self._line if job.ticket is ticket), None)
            if waiting is not None:
                self._line.remove(waiting)
                _end(ticket, DROPPED)

    def _refuse_crowd(self, weight: int) -> None:
        held = sum(job.weight for job in self._line)
        if len(self._line) >= MOST_WAITING or (self._line and held + weight > MOST_WAITING_BYTES):
            raise DeskFullError(
                f"Le serveur a déjà {len(self._line)} demandes en attente ({held // _MEGABYTE} Mo) : il n’en prend pas "
                "plus à la fois. Votre demande n’a pas été prise, rien n’est enregistré : "
                "recommencez dans une minute."
            )

    def _serve(self) -> None:
        """The worker's life: it leaves when there is nothing to do and nothing to keep."""
        while (job := self._next()) is not None:
            state, answer = _do(job)
            with self._change:
                if state == DONE:
                    self._kept[job.ticket] = _Kept(answer, job.weight, self._clock())
                self._running = None
                _end(job.ticket, state)
            del job, answer

    def _next(self) -> _Job | None:
        """The next job, waited for as long as an answer is kept; None when the worker may leave."""
        with self._change:
            while not self._line:
                self._purge()
                if not self._kept:
                    self._worker = None
                    return None
                self._change.wait(_NAP)
            self._running = self._line.popleft()
            return self._running

    def _purge(self) -> None:
        """Forget the answers that nobody has looked at for long, then the oldest while there are too many."""
        oldest = self._clock() - KEPT_SECONDS
        for ticket in [ticket for ticket, kept in self._kept.items() if kept.seen_at < oldest]:
            del self._kept[ticket]
        while len(self._kept) > 1 and (
            len(self._kept) > MOST_KEPT or sum(kept.weight for kept in self._kept.values()) > MOST_KEPT_BYTES
        ):
            self._kept.popitem(last=False)


def _do(job: _Job) -> tuple[str, Any]:
    """The state in which a job ends, and its answer."""
    ticket = job.ticket
    ticket.state = RUNNING
    try:
        return DONE, job.work(ticket.told.append)
    except (StoreError, UnreadableError) as error:
        ticket.problem = str(error)
        return REFUSED, None
    except Exception as error:
        ticket.problem = (
            "Une erreur inattendue a arrêté le travail : rien n’a été enregistré. Recommencez ; si elle revient, "
            f"donnez la référence {log_mishap(error)} à l’administrateur."
        )
        return FAILED, None


def _end(ticket: Ticket[Any], state: str) -> None:
    ticket.state = state
    ticket.ended.set()
