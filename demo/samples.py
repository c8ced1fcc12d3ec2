"""What the demonstration hands in: a workbook, and what the person who deposits it says of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Sample:
    """A written workbook with the convention and the source it is deposited under."""

    path: Path
    convention: str
    source: str
