"""A job on the bytes of an upload in; its answer out, computed by a child process with limits of memory and time.

Readers of spreadsheets can abort their process or eat all its memory on a hostile file: the server never reads one.
Each job has a child of its own, which dies with it.
"""

from __future__ import annotations

import pickle
import subprocess
from collections.abc import Callable
from signal import SIGABRT, SIGKILL
from threading import Timer
from typing import Any, Concatenate, ParamSpec, TypeVar

from etl.child import REFUSAL, STEP, Frame, call_quietly
from etl.children import take_child
from etl.reader import parse_workbook
from etl.refusals import refuse
from etl.steps import Told, silent
from etl.workbook import UnreadableError, Workbook

Given = ParamSpec("Given")
Answer = TypeVar("Answer")
MAX_BYTES = 60 * 1024**2
SECONDS = 120


def run_guarded(function: Callable[Given, Answer], *arguments: Given.args, **_: Given.kwargs) -> Answer:
    """Call a function of this package in a child process, by position; UnreadableError when it refuses or dies."""
    answer: Answer = run_telling(silent, call_quietly, function, *arguments)
    return answer


def run_telling(
    told: Told, function: Callable[Concatenate[Told, Given], Answer], *arguments: Given.args, **_: Given.kwargs
) -> Answer:
    """The same for a function that tells its steps: it is given a `Told` first, and `told` hears each as it begins."""
    job = pickle.dumps((function, arguments), protocol=pickle.HIGHEST_PROTOCOL)
    with take_child() as child:
        late = Timer(SECONDS, child.kill)
        late.start()
        try:
            frame = _converse(child, job, told)
            code = child.wait() if frame is None else None
        finally:
            is_late = late.finished.is_set()
            late.cancel()
            # All that it had to say is said: nothing to wait for, nor to let run.
            child.kill()
    answer: Answer = _open(frame, is_late=is_late, code=code)
    return answer


def _converse(child: subprocess.Popen[bytes], job: bytes, told: Told) -> Frame | None:
    """Give the child its job and hear it to the end; None when it dies before it has answered."""
    assert child.stdin is not None
    assert child.stdout is not None
    try:
        with child.stdin as pipe:
            pipe.write(job)
        # The child is our own code on our own pipe: unpickling runs nothing that the upload could choose.
        while (frame := pickle.load(child.stdout))[0] == STEP:
            told(frame[1])
    except (BrokenPipeError, EOFError, pickle.UnpicklingError):
        return None
    return frame  # type: ignore[no-any-return]


def _open(frame: Frame | None, *, is_late: bool, code: int | None) -> Any:
    """The answer of the child, or its refusal raised; `code` is how it ended."""
    if frame is None and is_late:
        raise refuse("trop_long", seconds=SECONDS)
    if frame is None:
        # A reader that is refused memory aborts.
        raise refuse("trop_de_memoire" if code in (-SIGABRT, -SIGKILL) else "lecture_interrompue")
    kind, content = frame
    if kind == REFUSAL:
        raise UnreadableError(*content)
    return content


def read_workbook(file: str, content: bytes) -> Workbook:
    """The grids of a workbook; UnreadableError says in French why a file is refused."""
    refuse_size(content)
    return run_guarded(parse_workbook, file, content)


def refuse_size(content: bytes) -> None:
    """Raise UnreadableError when a file is larger than any return can be."""
    if len(content) > MAX_BYTES:
        raise refuse("trop_gros", most=MAX_BYTES // 1024**2)
