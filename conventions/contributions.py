"""`data/contributions.toml` in; which measures are means, and which axis tells a party's share of a count, out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from conventions.catalogue import load_catalogue
from conventions.reading import DATA, Table, read_table


@dataclass(frozen=True)
class Share:
    """The part of a count that is a source's: a value of an axis, in words."""

    source: str
    axis: str
    value: str
    label: str


@dataclass(frozen=True)
class Contributions:
    """How contributions are read."""

    means: frozenset[str]
    shares: tuple[Share, ...]


def read_contributions(path: Path) -> Contributions:
    """Read and check a file of contributions; DataError on the first mistake."""
    table, catalogue = read_table(path), load_catalogue()
    means = table.texts("means")
    for code in means:
        table.require("means", code, catalogue.measures)
    shares = tuple(_read_share(sub) for sub in table.tables("shares", []))
    table.close()
    return Contributions(frozenset(means), shares)


def _read_share(table: Table) -> Share:
    axes = load_catalogue().axes
    axis = table.choice("axis", axes)
    share = Share(table.text("source"), axis, table.choice("value", axes[axis].values), table.text("label"))
    table.close()
    return share


@lru_cache(maxsize=1)
def load_contributions() -> Contributions:
    """The product's own reading, read once."""
    return read_contributions(DATA / "contributions.toml")
