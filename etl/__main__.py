"""The command line of the journey: `python -m etl load FICHIER`; see `etl.command`."""

from __future__ import annotations

import signal
import sys
from collections.abc import Sequence

from etl.children import keep_ready

_READERS = ("check", "load")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 accepted, 2 refused."""
    asked = sys.argv[1:] if arguments is None else arguments
    if asked and asked[0] in _READERS:
        # The child that will read loads its libraries while this process loads its own.
        keep_ready()
    from etl.command import run_command

    text, code = run_command(asked)
    print(text)
    return code


if __name__ == "__main__":
    # A reader that stops early (`| head`) is no error of ours.
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    sys.exit(main())
