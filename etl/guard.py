"""The bytes of an upload in; its workbook out, read by a child process with limits of memory and time."""

from __future__ import annotations

import pickle
import resource
import subprocess
import sys
from pathlib import Path

from etl.workbook import UnreadableError, Workbook

_ROOT = Path(__file__).resolve().parent.parent
MAX_BYTES = 60 * 1024**2
MEMORY = 3 * 1024**3
SECONDS = 120


def read_workbook(file: str, content: bytes) -> Workbook:
    """Read a workbook without ever risking this process; UnreadableError says in French why a file is refused."""
    if len(content) > MAX_BYTES:
        raise UnreadableError(
            "trop_gros", f"Le fichier dépasse {MAX_BYTES // 1024**2} Mo. Déposez un classeur par période."
        )
    try:
        done = subprocess.run(
            [sys.executable, "-m", "etl.reader"],
            input=pickle.dumps((file, content)),
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
    answer = pickle.loads(done.stdout)
    if isinstance(answer, Workbook):
        return answer
    raise UnreadableError(*answer)


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
