"""An error that nobody foresaw in; where it happened, logged without its words, and a reference to quote, out.

The words of an error may quote a cell, and a cell may name someone: they are never kept.
"""

from __future__ import annotations

import logging
import secrets
from pathlib import Path
from traceback import extract_tb

_ROOT = Path(__file__).resolve().parent.parent
_LOG = logging.getLogger("jalons")


def log_mishap(error: BaseException) -> str:
    """Log where an error happened; the reference tells the user's from the others."""
    reference = secrets.token_hex(3).upper()
    _LOG.error("Erreur %s : %s", reference, locate(error))
    return reference


def locate(error: BaseException) -> str:
    """« KeyError : etl/run.py:52 read_grids < ui/deposit/reading.py:40 read »: the innermost place first."""
    places = [f"{_shorten(frame.filename)}:{frame.lineno} {frame.name}" for frame in extract_tb(error.__traceback__)]
    return f"{type(error).__name__} : {' < '.join(reversed(places)) or 'lieu inconnu'}"


def _shorten(file: str) -> str:
    """The path inside the project, else the name alone: a log does not tell where a machine keeps its files."""
    path = Path(file)
    return str(path.relative_to(_ROOT)) if path.is_relative_to(_ROOT) else path.name
