"""`data/accessibility.toml` in; what an automatic check still finds on the pages, and why, out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from conventions.reading import DATA, Table, read_table
from ui.french import set_typography

MINOR, MODERATE = "minor", "moderate"
IMPACTS = {MINOR: "mineur", MODERATE: "modéré"}
"""What may remain, in French: nothing serious nor critical."""


@dataclass(frozen=True)
class Remaining:
    """A rule of axe-core that some pages (by their paths) break, on which element and through what."""

    rule: str
    impact: str
    pages: tuple[str, ...]
    element: str
    cause: str


def read_remaining(path: Path) -> tuple[Remaining, ...]:
    """Read and check a list; DataError on the first mistake."""
    table = read_table(path)
    found = tuple(_read_one(sub) for sub in table.tables("remaining"))
    table.close()
    return found


def _read_one(sub: Table) -> Remaining:
    one = Remaining(
        rule=sub.text("rule"),
        impact=sub.choice("impact", IMPACTS),
        pages=tuple(sub.texts("pages")),
        element=set_typography(sub.text("element")),
        cause=set_typography(sub.text("cause")),
    )
    sub.close()
    return one


@lru_cache(maxsize=1)
def load_remaining() -> tuple[Remaining, ...]:
    """The list of the product."""
    return read_remaining(DATA / "accessibility.toml")
