"""`data/catalogue.toml` in; the axes, measures and indicators, checked against each other, out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from conventions.reading import DATA, Table, read_table
from conventions.values import Axis, Indicator, Measure, Segment, Term, Version, make_segment

KINDS = ("flux", "stock", "somme", "distinct")
TIMES = ("periode", "cumul", "moyenne")
EVENTS = ("date_orientation", "date_premier_contact", "date_diagnostic", "date_integration", "date_sortie")
UNITS = ("taux", "ratio")
RULES = ("sorties_positives",)
BASE_AXES = ("territoire", "periode")


@dataclass(frozen=True)
class Catalogue:
    """Everything that can be counted and read; codes are unique over measures and indicators."""

    axes: Mapping[str, Axis]
    measures: Mapping[str, Measure]
    indicators: Mapping[str, Indicator]

    @property
    def counts(self) -> tuple[Measure | Indicator, ...]:
        """Every measure, then every indicator."""
        return (*self.measures.values(), *self.indicators.values())

    def indicator(self, code: str) -> Indicator:
        """An indicator, or a measure read as one (its count is its numerator); KeyError when neither."""
        found = self.indicators.get(code)
        return found if found is not None else count_indicator(self.measures[code])


def count_indicator(measure: Measure) -> Indicator:
    """A measure read as an indicator: its count, with no denominator."""
    return Indicator(
        code=measure.code,
        label=measure.label,
        definition=measure.definition,
        unit=measure.unit,
        numerator=Term(measure.code),
        denominator=None,
        articles=measure.articles,
        versions=measure.versions,
    )


def _read_axis(code: str, table: Table) -> Axis:
    values = table.labels("values", {})
    axis = Axis(
        code=code,
        label=table.text("label"),
        values=values,
        partitions=table.lists("partitions", []),
        is_open=table.flag("open", False),
        groups=_read_lists(table.table("groups", {})),
    )
    for partition in (*axis.partitions, *axis.groups.values()):
        for value in partition:
            table.require("partitions", value, values)
        if len(set(partition)) < max(2, len(partition)):
            expected = "au moins deux valeurs, chacune une fois, attendues."
            raise table.error("partitions", f"{list(partition)} : {expected}")
    for value in axis.groups:
        table.require("groups", value, values)
    if not values and not axis.is_open:
        raise table.error("values", "au moins une valeur attendue pour un axe fermé.")
    table.close()
    return axis


def _read_lists(table: Table) -> dict[str, tuple[str, ...]]:
    return {value: table.texts(value) for value in table.keys()}


def _read_measure(code: str, table: Table, axes: Mapping[str, Axis]) -> Measure:
    measure = Measure(
        code=code,
        label=table.text("label"),
        definition=table.text("definition"),
        unit=table.text("unit"),
        kind=table.choice("kind", KINDS),
        adds_over=frozenset(table.texts("adds_over")),
        axes=frozenset(table.texts("axes", [])),
        articles=table.articles("articles"),
        event=table.choice("event", EVENTS, None),
        headline=make_segment(table.labels("headline", {})),
        own=_read_lists(table.table("own", {})),
        versions=_read_versions(code, table, None),
    )
    for axis, value in measure.headline:
        table.require("headline", axis, measure.axes)
        table.require(f"headline.{axis}", value, axes[axis].values)
    for axis, values in measure.own.items():
        table.require("own", axis, measure.axes)
        for value in values:
            table.require(f"own.{axis}", value, axes[axis].values)
    _check_sums(measure, table, axes)
    table.close()
    return measure


def _check_sums(measure: Measure, table: Table, axes: Mapping[str, Axis]) -> None:
    """A measure adds up over axes it carries, whose values exclude each other; a head count never in time."""
    for axis in sorted(measure.axes):
        table.require("axes", axis, axes)
    for axis in sorted(measure.adds_over):
        table.require("adds_over", axis, {*BASE_AXES, *measure.axes})
        if axis in axes and not axes[axis].partitions and not axes[axis].is_open:
            expected = "un axe avec une partition, ou ouvert, attendu."
            raise table.error("adds_over", f"« {axis} » se recoupe : {expected}")
    if measure.kind in ("stock", "distinct") and "periode" in measure.adds_over:
        expected = f"un {measure.kind} ne s’additionne pas dans le temps : retirez « periode »."
        raise table.error("adds_over", expected)


def _read_segment(table: Table, key: str, catalogue: Catalogue, measure: str) -> Segment:
    pairs = table.labels(key, {})
    for axis, value in pairs.items():
        table.require(key, axis, catalogue.measures[measure].axes)
        if not catalogue.axes[axis].is_open:
            table.require(f"{key}.{axis}", value, catalogue.axes[axis].values)
    return make_segment(pairs)


def _read_term(table: Table, catalogue: Catalogue) -> Term:
    measure = table.choice("measure", catalogue.measures)
    term = Term(
        measure=measure,
        segment=_read_segment(table, "segment", catalogue, measure),
        prefer=_read_segment(table, "prefer", catalogue, measure),
    )
    table.close()
    return term


def _read_indicator(code: str, table: Table, catalogue: Catalogue) -> Indicator:
    bottom = table.table("denominator") if table.has("denominator") else None
    indicator = Indicator(
        code=code,
        label=table.text("label"),
        definition=table.text("definition"),
        unit=table.choice("unit", {*UNITS, *(measure.unit for measure in catalogue.measures.values())}),
        numerator=_read_term(table.table("numerator"), catalogue),
        denominator=_read_term(bottom, catalogue) if bottom else None,
        articles=table.articles("articles"),
        sources=table.texts("sources", []),
        time=table.choice("time", TIMES, "periode"),
        provisional_months=table.integer("provisional_months", 0),
        rule=table.choice("rule", RULES, None),
        valid_from=table.day("valid_from", None),
        versions=_read_versions(code, table, catalogue),
    )
    if code in catalogue.measures:
        raise table.error("label", "un autre code attendu : une mesure porte celui-ci et se lit d’elle-même.")
    if indicator.denominator is None and (indicator.unit in UNITS or indicator.rule):
        raise table.error("denominator", "un dénominateur attendu pour un taux, un ratio ou une règle.")
    has_bottom = any(one.denominator for one in indicator.versions)
    if has_bottom and indicator.denominator is None:
        raise table.error("versions", "un compte ne devient pas un rapport : donnez un autre indicateur.")
    table.close()
    return indicator


def _read_versions(code: str, table: Table, catalogue: Catalogue | None) -> tuple[Version, ...]:
    versions = tuple(read_version(code, one, one.day("from"), catalogue) for one in table.tables("versions", []))
    days = [one.day for one in versions]
    if days != sorted(set(days)):
        raise table.error("versions", "des versions de dates différentes attendues, dans l’ordre.")
    return versions


def read_version(code: str, table: Table, day: date, catalogue: Catalogue | None) -> Version:
    """A definition from a day on; with other terms when a catalogue of measures is given to read them by."""
    terms = {
        side: _read_term(table.table(side), catalogue)
        for side in ("numerator", "denominator")
        if catalogue is not None and table.has(side)
    }
    if day.day != 1:
        raise table.error("from", f"le premier jour d’un mois attendu, lu « {day} ».")
    version = Version(
        code=code,
        day=day,
        label=table.text("label"),
        changed=table.text("changed"),
        definition=table.text("definition"),
        article=table.article("article"),
        **terms,
    )
    table.close()
    return version


def read_catalogue(path: Path) -> Catalogue:
    """Read and check a catalogue file; DataError on the first mistake."""
    table = read_table(path)
    axes = {code: _read_axis(code, sub) for code, sub in table.named("axes")}
    measures = {code: _read_measure(code, sub, axes) for code, sub in table.named("measures")}
    partial = Catalogue(axes, measures, {})
    indicators = {code: _read_indicator(code, sub, partial) for code, sub in table.named("indicators")}
    table.close()
    return Catalogue(axes, measures, indicators)


@lru_cache(maxsize=1)
def load_catalogue() -> Catalogue:
    """The product's own catalogue, read once."""
    return read_catalogue(DATA / "catalogue.toml")
