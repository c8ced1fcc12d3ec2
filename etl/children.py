"""Nothing in; child processes out, with limits of memory, each for one job, some kept ready ahead of theirs.

Starting one needs none of the libraries that a reading uses: it loads its own while this process loads others.
"""

from __future__ import annotations

import atexit
import os
import resource
import subprocess
import sys
from pathlib import Path
from threading import Lock

_ROOT = Path(__file__).resolve().parent.parent
MEMORY = 4 * 1024**3
_WAITING: list[subprocess.Popen[bytes]] = []
_TURN = Lock()


def keep_ready(count: int = 1) -> None:
    """Start the children of the next jobs ahead of them, up to `count`: they load their libraries meanwhile."""
    with _TURN:
        _WAITING[:] = [child for child in _WAITING if _is_alive(child)]
        _WAITING.extend(_start("etl.run:get_ready") for _ in range(count - len(_WAITING)))


def dismiss() -> None:
    """End the children that wait for a job."""
    with _TURN:
        while _WAITING:
            with _WAITING.pop() as child:
                child.kill()


atexit.register(dismiss)


def take_child() -> subprocess.Popen[bytes]:
    """A child that waits, if one is alive, or a new one."""
    with _TURN:
        while _WAITING:
            if _is_alive(child := _WAITING.pop(0)):
                return child
    return _start()


def _is_alive(child: subprocess.Popen[bytes]) -> bool:
    """Whether a child still waits; the pipes of one that died are closed."""
    if child.poll() is None:
        return True
    with child:
        return False


def _start(*ready_for: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "etl.child", *ready_for],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=_ROOT,
        # Arrow's own pool gives memory back and asks for it again: dearer than keeping it for so short a life.
        env=os.environ | {"ARROW_DEFAULT_MEMORY_POOL": "system"},
        preexec_fn=_limit,
    )


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
