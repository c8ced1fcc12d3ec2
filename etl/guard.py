"""A job on the bytes of an upload in; its answer out, computed by a child process with limits of memory and time.

Readers of spreadsheets can abort their process or eat all its memory on a hostile file: the server never reads one.
"""

from __future__ import annotations

import pickle
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import ParamSpec, TypeVar

from etl.reader import parse_workbook
from etl.workbook import UnreadableError, Workbook

Given = ParamSpec("Given")
Answer = TypeVar("Answer")
_ROOT = Path(__file__).resolve().parent.parent
MAX_BYTES = 60 * 1024**2
MEMORY = 4 * 1024**3
SECONDS = 120


def run_guarded(function: Callable[Given, Answer], *arguments: Given.args, **_: Given.kwargs) -> Answer:
    """Call a function of this package in a child process, by position; UnreadableError when it refuses or dies."""
    try:
        done = subprocess.run(
            [sys.executable, "-m", "etl.child"],
            input=pickle.dumps((function, arguments), protocol=pickle.HIGHEST_PROTOCOL),
            capture_output=True,
            cwd=_ROOT,
            timeout=SECONDS,
            preexec_fn=_limit,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise UnreadableError(
            "trop_long", f"La lecture a dépassé {SECONDS} secondes et a été arrêtée. Réduisez le classeur."
        ) from error
    if done.returncode != 0 or not done.stdout:
        raise UnreadableError(
            "lecture_interrompue",
            "La lecture du classeur a été interrompue : il demande trop de mémoire ou il est abîmé. "
            "Recopiez les cellules utiles dans un classeur neuf.",
        )
    # The child is our own code on our own pipe: unpickling its answer runs nothing that the upload could choose.
    is_answer, answer = pickle.loads(done.stdout)
    if not is_answer:
        raise UnreadableError(*answer)
    return answer  # type: ignore[no-any-return]


def read_workbook(file: str, content: bytes) -> Workbook:
    """The grids of a workbook; UnreadableError says in French why a file is refused."""
    refuse_size(content)
    return run_guarded(parse_workbook, file, content)


def refuse_size(content: bytes) -> None:
    """Raise UnreadableError when a file is larger than any return can be."""
    if len(content) > MAX_BYTES:
        raise UnreadableError(
            "trop_gros", f"Le fichier dépasse {MAX_BYTES // 1024**2} Mo. Déposez un classeur par période."
        )


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
