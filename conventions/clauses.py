"""One table of a convention's file in; the part of the agreement it states (place, objective, ...) out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import TypeVar

from conventions.catalogue import EVENTS, Catalogue, read_version
from conventions.periods import GRAINS
from conventions.reading import Table
from conventions.territories import load_gazetteer
from conventions.values import (
    Amendment,
    Block,
    Change,
    Commitment,
    ExitCategory,
    Level,
    Limit,
    Objective,
    Payment,
    Place,
    Question,
    RetentionRule,
    Segment,
    Source,
    Version,
    make_segment,
)

DIRECTIONS = (">=", "<=", "within")
RHYTHMS = ("convention", "an", "semestre", "trimestre", "deux_mois", "mois", "parcours")
UNITS = ("mois", "jours", "heures", "personnes", "%", "euros")
RETAINED = ("parcours", "listes_nominatives", "donnees_personnelles")
STARTS = ("debut_parcours", "fin_parcours", "fin_convention", "reception")
OFFICIAL_KINDS = ("commune", "epci", "departement")
NO_TILE = "."

Clause = TypeVar("Clause")


def read_all(
    table: Table, key: str, read: Callable[[Table], Clause], *, needed: bool = False
) -> tuple[Clause, ...]:
    """Every [[key]] table, read and closed; at least one when it is needed."""
    subs = table.tables(key) if needed else table.tables(key, [])
    if needed and not subs:
        raise table.error(key, f"au moins une table [[{key}]] attendue.")
    clauses = []
    for sub in subs:
        clauses.append(read(sub))
        sub.close()
    return tuple(clauses)


def read_place(table: Table) -> Place:
    """A territory; the code of a commune, EPCI or département is one of the COG."""
    place = Place(
        code=table.text("code"),
        kind=table.text("kind"),
        name=table.text("name"),
        parent=table.text("parent", None),
        aliases=table.texts("aliases", []),
    )
    if place.kind in OFFICIAL_KINDS and load_gazetteer().by_code(place.code, place.kind) is None:
        raise table.error("code", f"« {place.code} » : un code de {place.kind} du COG attendu.")
    return place


def read_objective(table: Table, catalogue: Catalogue) -> Objective:
    """An objective on an indicator, or on a measure read as one."""
    indicator = table.choice("indicator", set(catalogue.indicators) | set(catalogue.measures))
    objective = Objective(
        code=table.text("code"),
        label=table.text("label"),
        indicator=indicator,
        direction=table.choice("direction", DIRECTIONS),
        value=float(table.number("value")),
        upper=table.number("upper", None),
        period=table.choice("period", (*GRAINS, "convention")),
        article=table.article("article"),
        prorata=table.flag("prorata", False),
        segment=_read_segment(table, catalogue, indicator),
        valid_from=table.day("valid_from", None),
        valid_until=table.day("valid_until", None),
        note=table.text("note", ""),
    )
    if (objective.direction == "within") != (objective.upper is not None):
        raise table.error("upper", "« upper » va avec direction = « within », et avec elle seule.")
    if objective.upper is not None and objective.upper <= objective.value:
        raise table.error("upper", f"une borne au-dessus de {objective.value:g} attendue.")
    if objective.valid_from and objective.valid_until and objective.valid_until < objective.valid_from:
        raise table.error("valid_until", "une date après « valid_from » attendue.")
    return objective


def _read_segment(table: Table, catalogue: Catalogue, indicator: str) -> Segment:
    pairs: Mapping[str, str] = table.labels("segment", {})
    measure = catalogue.measures[catalogue.indicator(indicator).numerator.measure]
    for axis, value in pairs.items():
        table.require("segment", axis, measure.axes)
        if not catalogue.axes[axis].is_open:
            table.require(f"segment.{axis}", value, catalogue.axes[axis].values)
    return make_segment(pairs)


def _read_measure(table: Table, catalogue: Catalogue) -> str:
    code = str(table.text("measure", ""))
    if code:
        table.require("measure", code, set(catalogue.indicators) | set(catalogue.measures))
    return code


def read_payment(table: Table) -> Payment:
    """The instalments of a year, in euros."""
    amounts = table.numbers("amounts")
    if not amounts or min(amounts) <= 0:
        raise table.error("amounts", "des montants en euros attendus, chacun au-dessus de zéro.")
    return Payment(table.integer("year"), amounts)


def read_commitment(table: Table, catalogue: Catalogue) -> Commitment:
    """An act promised so many times per year, month, path, ..."""
    commitment = Commitment(
        code=table.text("code"),
        label=table.text("label"),
        parties=table.texts("parties"),
        every=table.choice("every", RHYTHMS),
        times=table.integer("times"),
        times_max=table.integer("times_max", None),
        article=table.article("article"),
        note=table.text("note", ""),
        measure=_read_measure(table, catalogue),
        returns=table.texts("returns", []),
        lead_months=table.integer("lead_months", 0),
        payments=read_all(table, "payments", read_payment),
    )
    if not commitment.parties:
        raise table.error("parties", "au moins une des sources de la convention attendue.")
    if commitment.times < 1:
        raise table.error("times", "au moins 1 attendu.")
    if commitment.times_max is not None and commitment.times_max < commitment.times:
        raise table.error("times_max", f"au moins {commitment.times} attendu.")
    return commitment


def read_amendment(table: Table, catalogue: Catalogue) -> Amendment:
    """An *avenant*: what it changes, from its day on."""
    day = table.day("date")
    return Amendment(
        number=table.integer("number"),
        day=day,
        article=table.article("article"),
        label=table.text("label"),
        objectives=read_all(table, "objectives", partial(_read_change, value="value", upper="upper")),
        commitments=read_all(table, "commitments", partial(_read_change, value="times", upper="times_max")),
        definitions=read_all(table, "definitions", partial(_read_definition, day=day, catalogue=catalogue)),
        end=table.day("end", None),
    )


def _read_definition(table: Table, *, day: date, catalogue: Catalogue) -> Version:
    known = set(catalogue.indicators) | set(catalogue.measures)
    code = table.choice("code", known)
    if table.has("denominator") and catalogue.indicator(code).denominator is None:
        raise table.error("denominator", "un compte ne devient pas un rapport : donnez un autre indicateur.")
    return read_version(code, table, day, catalogue)


def _read_change(table: Table, *, value: str, upper: str) -> Change:
    return Change(
        code=table.text("code"),
        value=table.number(value, None),
        upper=table.number(upper, None),
        label=table.text("label", ""),
    )


def read_limit(table: Table) -> Limit:
    """A bound on one path, contract, tutor or act; in whole months when it stands between two dates of a path."""
    limit = Limit(
        code=table.text("code"),
        label=table.text("label"),
        value=float(table.number("value")),
        unit=table.choice("unit", UNITS),
        article=table.article("article"),
        direction=table.choice("direction", (">=", "<="), "<="),
        extension=table.number("extension", None),
        condition=table.text("condition", ""),
        between=table.texts("between", []),
    )
    for event in limit.between:
        table.require("between", event, EVENTS)
    if limit.between and (len(set(limit.between)) != 2 or limit.unit != "mois" or limit.direction != "<="):
        raise table.error("between", "deux dates d’un parcours, qu’un maximum en mois sépare, attendues.")
    return limit


def read_exit(code: str, table: Table, catalogue: Catalogue) -> ExitCategory:
    """A category of exits, one of the catalogue, with its motives."""
    table.require("code", code, catalogue.axes["categorie"].values)
    category = ExitCategory(
        code=code,
        label=table.text("label"),
        motifs=table.labels("motifs"),
        is_positive=table.flag("positive", False),
    )
    if not category.motifs:
        raise table.error("motifs", "au moins un motif attendu.")
    table.close()
    return category


def read_source(table: Table) -> Source:
    """Who supplies figures, and under which other names."""
    return Source(code=table.text("code"), label=table.text("label"), aliases=table.texts("aliases", []))


def read_level(table: Table) -> Level:
    """A kind of place by which the convention is followed."""
    rows = table.lists("tiles", [])
    tiles = tuple(tuple("" if code == NO_TILE else code for code in row) for row in rows)
    return Level(table.text("kind"), table.text("label"), complete=table.flag("complete"), tiles=tiles)


def read_retention(table: Table) -> RetentionRule:
    """When data must go; without months when none was agreed."""
    return RetentionRule(
        what=table.choice("what", RETAINED),
        after=table.choice("after", STARTS),
        months=table.integer("months", None),
        article=table.article("article"),
    )


def read_block(table: Table, catalogue: Catalogue) -> Block:
    """Figures shown together, in the convention's own words."""
    known = set(catalogue.indicators) | set(catalogue.measures)
    block = Block(
        code=table.text("code"),
        title=table.text("title"),
        article=table.article("article"),
        indicators=table.texts("indicators"),
        chart=table.choice("chart", known, None),
        by=table.choice("by", ("territoire", *catalogue.axes), "territoire"),
        objective=table.text("objective", None),
    )
    for code in block.indicators:
        table.require("indicators", code, known)
    return block


def read_question(table: Table) -> Question:
    """A theme of the qualitative bilan and the question it asks."""
    return Question(table.text("code"), table.text("theme"), table.text("question"))
