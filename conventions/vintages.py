"""`data/territories.parquet` in; each territory's states over the vintages out, indexed by code and name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import NamedTuple, TypeVar

import duckdb

from conventions.epci_names import EpciName, parse_epci_name
from conventions.text import expand_saint, normalise

KINDS = ("commune", "epci", "departement", "region")
"""The order also says which kind a code names when two share it (`01`: the Ain before the region)."""

_FINAL_ARTICLE = re.compile(r"^(?P<name>.*\S)\s*\((?P<article>l['’]|le|la|les)\)\s*$", re.IGNORECASE)
_Value = TypeVar("_Value")


class Territory(NamedTuple):
    """One territory from one vintage to another; `successor` is the commune that it belongs to."""

    code: str
    kind: str
    name: str
    departement: str | None
    epci: str | None
    successor: str | None
    former: bool
    vintage_from: int
    vintage_to: int
    population: int | None

    def covers(self, vintage: int) -> bool:
        """Whether this state was in force in that vintage."""
        return self.vintage_from <= vintage <= self.vintage_to


class States:
    """All states of the territories of one kind; each index is made when it is first asked for."""

    def __init__(self, path: Path, kind: str) -> None:
        if kind not in KINDS:
            raise ValueError(f"unknown kind of territory: {kind!r}, expected one of {', '.join(KINDS)}")
        # Relations, not a query with parameters: binding one makes DuckDB import pandas, a third of a second.
        with duckdb.connect() as connection:
            table = connection.read_parquet(str(path)).filter(f"kind = '{kind}'")
            rows = table.order("code, former, vintage_from, name").project(", ".join(Territory._fields)).fetchall()
        self.all = [*map(Territory._make, rows)]

    @cached_property
    def by_code(self) -> dict[str, list[Territory]]:
        """The states of each code."""
        return _group((state.code, state) for state in self.all)

    @cached_property
    def by_name(self) -> dict[str, list[Territory]]:
        """The states of each name in its full form."""
        return _group((full_form(state.name), state) for state in self.all)

    @cached_property
    def by_core(self) -> dict[str, list[tuple[EpciName, Territory]]]:
        """The EPCI of each name proper, with its parts."""
        return _group((name.core, (name, state)) for name, state in self._parsed)

    @cached_property
    def by_stem(self) -> dict[str, list[tuple[EpciName, Territory]]]:
        """The EPCI of each name without any status word, with its parts."""
        return _group((name.stem, (name, state)) for name, state in self._parsed)

    @cached_property
    def by_epci(self) -> dict[str, list[Territory]]:
        """The communes of each EPCI."""
        return _group((state.epci, state) for state in self.all if state.epci)

    @cached_property
    def _parsed(self) -> list[tuple[EpciName, Territory]]:
        return [(parse_epci_name(state.name), state) for state in self.all]


def full_form(name: str) -> str:
    """A whole name as it is compared; an article sorted to the end (*Havre (Le)*) goes back to its place."""
    if article := _FINAL_ARTICLE.match(name):
        name = f"{article['article']} {article['name']}"
    return expand_saint(normalise(name))


def _group(pairs: Iterable[tuple[str, _Value]]) -> dict[str, list[_Value]]:
    """All values of each key, in order."""
    grouped: dict[str, list[_Value]] = defaultdict(list)
    for key, value in pairs:
        grouped[key].append(value)
    return dict(grouped)
