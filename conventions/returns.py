"""`data/returns.toml` in; what each source of a convention is asked to supply, and in which tables, out.

A measure is asked because an indicator of the convention reads it; the file says who supplies it, whether it makes
sense place by place, and along which axis it is told in detail.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from conventions.catalogue import Catalogue, load_catalogue
from conventions.reading import DATA, Table, read_table
from conventions.values import Convention, Measure, Term

SHEET_NAME = 31
"""How long the name of a sheet may be."""


@dataclass(frozen=True)
class Detail:
    """A measure told by the values of an axis on a sheet of its own; no values or levels: all that fit."""

    measure: str
    axis: str
    sheet: str
    values: tuple[str, ...]
    levels: tuple[str, ...]


@dataclass(frozen=True)
class Rules:
    """`data/returns.toml`: measures by source, those of the whole only, sheet names by level, details."""

    sources: Mapping[str, tuple[str, ...]]
    whole: frozenset[str]
    levels: Mapping[str, str]
    details: Mapping[str, Detail]


def read_rules(path: Path, catalogue: Catalogue) -> Rules:
    """Read and check a file of rules; DataError on the first mistake."""
    table = read_table(path)
    sources, whole = table.table("sources"), table.table("whole")
    rules = Rules(
        sources={code: _read_measures(sources, code, catalogue) for code in sources.keys()},
        whole=frozenset(_read_measures(whole, "measures", catalogue)),
        levels=table.labels("levels"),
        details={
            one.measure: one for one in (_read_detail(sub, catalogue) for sub in table.tables("details"))
        },
    )
    whole.close()
    table.close()
    return rules


def _read_measures(table: Table, key: str, catalogue: Catalogue) -> tuple[str, ...]:
    codes = table.texts(key)
    for code in codes:
        table.require(key, code, catalogue.measures)
    return codes


def _read_detail(table: Table, catalogue: Catalogue) -> Detail:
    measure = table.choice("measure", catalogue.measures)
    axis = table.choice("axis", catalogue.measures[measure].axes)
    detail = Detail(measure, axis, table.text("sheet"), table.texts("values", []), table.texts("levels", []))
    for value in detail.values:
        table.require("values", value, catalogue.axes[axis].values)
    if len(detail.sheet) > SHEET_NAME:
        raise table.error("sheet", f"{SHEET_NAME} caractères au plus attendus, la limite des tableurs.")
    table.close()
    return detail


@lru_cache(maxsize=1)
def load_rules() -> Rules:
    """The product's own rules, read once."""
    return read_rules(DATA / "returns.toml", load_catalogue())


def list_measures(convention: Convention, source: str) -> tuple[Measure, ...]:
    """The measures that the indicators read and that this source supplies, in the convention's order."""
    measures, followed = load_catalogue().measures, list_followed(convention)
    named = {code: list_suppliers(convention, code) for code in followed}
    return tuple(measures[code] for code in followed if not named[code] or source in named[code])


def list_followed(convention: Convention) -> tuple[str, ...]:
    """The measures that its indicators read, whoever supplies them, in the convention's order."""
    return tuple(dict.fromkeys(term.measure for term in list_terms(convention)))


def list_suppliers(convention: Convention, measure: str) -> tuple[str, ...]:
    """The sources of the convention of whom a measure is asked by name; none when it is asked of all."""
    sources = load_rules().sources
    return tuple(one.code for one in convention.sources if measure in sources.get(one.code, ()))


def list_terms(convention: Convention) -> Iterable[Term]:
    """Both sides of every indicator followed; what they prefer is a term of its own."""
    catalogue = load_catalogue()
    for code in convention.indicators:
        indicator = catalogue.indicator(code)
        for term in (indicator.numerator, indicator.denominator):
            if term is not None:
                yield Term(term.measure, term.segment or catalogue.measures[term.measure].headline)
                if term.prefer:
                    yield Term(term.measure, term.prefer)
