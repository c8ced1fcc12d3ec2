"""The child process: a function and its arguments by standard input; its answer, or a refusal, by standard output."""

from __future__ import annotations

import gc
import pickle
import sys

from etl.workbook import UnreadableError


def main() -> None:
    """Run one job and leave. Nothing it makes is garbage before the end: collecting would only cost time."""
    gc.disable()
    function, arguments = pickle.load(sys.stdin.buffer)
    try:
        answer = (True, function(*arguments))
    except UnreadableError as error:
        answer = (False, (error.code, str(error)))
    pickle.dump(answer, sys.stdout.buffer, protocol=pickle.HIGHEST_PROTOCOL)


if __name__ == "__main__":
    main()
