"""The child process: a function and its arguments by standard input; its steps, then its answer, by standard output.

What it is to be ready for is named on its command line, as `module:function` called before the job comes.
"""

from __future__ import annotations

import gc
import pickle
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any, TypeAlias, TypeVar

from etl.refusals import refuse
from etl.steps import Told
from etl.workbook import UnreadableError

Answer = TypeVar("Answer")
Frame: TypeAlias = tuple[str, Any]
"""What the child says, one pickle after the other: any number of steps, then an answer or a refusal."""

STEP, ANSWER, REFUSAL = "step", "answer", "refusal"


def main() -> None:
    """Run one job and leave. Nothing it makes is garbage before the end: collecting would only cost time."""
    gc.disable()
    for name in sys.argv[1:]:
        module, _, function = name.partition(":")
        getattr(import_module(module), function)()
    try:
        function, arguments = pickle.load(sys.stdin.buffer)
    except EOFError:
        # Nobody came, and nobody will.
        return
    try:
        _say(ANSWER, function(lambda step: _say(STEP, step), *arguments))
    except UnreadableError as error:
        _say(REFUSAL, (error.code, str(error)))
    except MemoryError:
        refusal = refuse("trop_de_memoire")
        _say(REFUSAL, (refusal.code, str(refusal)))


def _say(kind: str, content: object) -> None:
    pickle.dump((kind, content), sys.stdout.buffer, protocol=pickle.HIGHEST_PROTOCOL)
    sys.stdout.flush()


def call_quietly(_: Told, function: Callable[..., Answer], /, *arguments: object) -> Answer:
    """A function that tells nothing, called as one that does."""
    return function(*arguments)


if __name__ == "__main__":
    main()
