"""`data/statement.toml` and the settings of the installation in; what the accessibility statement says out."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from conventions.reading import DATA, read_table
from ui.french import set_typography

STATES = {"non": "non conforme", "partiellement": "partiellement conforme", "totalement": "totalement conforme"}
OWNER, CONTACT = "JALONS_ORGANISME", "JALONS_CONTACT"


@dataclass(frozen=True)
class Statement:
    """The state in the words of the RGAA and why; what is tested (by a file of `tests/`); what remains and through
    what."""

    state: str
    why: str
    day: date
    tested: tuple[tuple[str, str], ...]
    limits: tuple[tuple[str, str], ...]


def read_statement(path: Path) -> Statement:
    """Read and check; DataError on the first mistake."""
    table = read_table(path)
    pairs: dict[str, list[tuple[str, str]]] = {}
    for name, keys in (("tested", ("what", "test")), ("limits", ("what", "cause"))):
        pairs[name] = []
        for one in table.tables(name):
            first, second = (one.text(key) for key in keys)
            one.close()
            pairs[name].append((set_typography(first), second if name == "tested" else set_typography(second)))
    statement = Statement(
        STATES[table.choice("state", STATES)],
        set_typography(table.text("why")),
        table.day("date"),
        tuple(pairs["tested"]),
        tuple(pairs["limits"]),
    )
    table.close()
    return statement


@lru_cache(maxsize=1)
def load_statement() -> Statement:
    """The product's own, read once."""
    return read_statement(DATA / "statement.toml")


def read_owner() -> str:
    """Who puts Jalons at people's disposal, as the installation says it; empty when it does not."""
    return os.environ.get(OWNER, "").strip()


def read_contact() -> str:
    """Where to write about accessibility: an address of mail or of a page; empty when the installation gives none."""
    return os.environ.get(CONTACT, "").strip()
