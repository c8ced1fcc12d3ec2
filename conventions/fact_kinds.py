"""`data/facts.toml` in; the kinds of facts that have no workbook, and what each can be about, out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from conventions.catalogue import load_catalogue
from conventions.reading import DATA, Table, read_table
from conventions.values import Convention

COMMITMENT, INDICATOR, CONVENTION = "engagement", "indicateur", "convention"
NOTHING, TEXT, NUMBER, SOURCE = "rien", "texte", "nombre", "source"
DAY, PERIOD, PLACE = "jour", "periode", "territoire"


@dataclass(frozen=True)
class FactKind:
    """One kind of fact: its label, what the form says is expected, what it is about, the value that it
    carries (in `unit` for a number), and what must be given with it."""

    code: str
    label: str
    expected: str
    about: str
    value: str
    needs: frozenset[str]
    unit: str = ""

    def subjects(self, convention: Convention) -> dict[str, str]:
        """What a fact of this kind may be about, code → label; none when it is about the convention."""
        if self.about == COMMITMENT:
            return {one.code: one.label for one in convention.commitments}
        if self.about == INDICATOR:
            catalogue = load_catalogue()
            return {code: catalogue.indicator(code).label for code in convention.indicators}
        return {}


def read_fact_kinds(path: Path) -> dict[str, FactKind]:
    """Read and check a file of kinds; DataError on the first mistake."""
    table = read_table(path)
    kinds = {code: _read_kind(code, sub) for code, sub in table.named("kinds")}
    table.close()
    return kinds


def _read_kind(code: str, table: Table) -> FactKind:
    kind = FactKind(
        code=code,
        label=table.text("label"),
        expected=table.text("expected"),
        about=table.choice("about", (COMMITMENT, INDICATOR, CONVENTION)),
        value=table.choice("value", (NOTHING, TEXT, NUMBER, SOURCE)),
        needs=frozenset(table.texts("needs", [])),
        unit=table.text("unit", ""),
    )
    for need in sorted(kind.needs):
        table.require("needs", need, (DAY, PERIOD, PLACE))
    if bool(kind.unit) != (kind.value == NUMBER):
        raise table.error("unit", "une unité attendue avec un nombre, et avec lui seul.")
    table.close()
    return kind


@lru_cache(maxsize=1)
def load_fact_kinds() -> Mapping[str, FactKind]:
    """The product's own kinds, read once."""
    return read_fact_kinds(DATA / "facts.toml")
