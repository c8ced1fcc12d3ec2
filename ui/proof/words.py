"""A proof in; the words for its figure, its counts, its time and its place, and the sentence that quotes it, out."""

from __future__ import annotations

from datetime import date

from conventions.catalogue import Catalogue
from conventions.periods import Period, parse_period
from conventions.values import Indicator, Segment, Term
from conventions.versions import apply_versions, list_versions
from indicators.cell_lines import Side
from indicators.proof import Proof
from indicators.request import COHORT
from indicators.windows import PERIOD, open_window
from ui.citation import own_articles, write_articles
from ui.french import FIXED, set_typography, write_count, write_date, write_number, write_span
from ui.wording import name_place, name_source, write_counts, write_figure

ROLES = {"numerateur": "Numérateur", "denominateur": "Dénominateur", "deduction": "À déduire"}


def list_periods(proof: Proof) -> list[Period]:
    """The time of the figure; none when every period received is meant."""
    codes = proof.question.request.periods or ((proof.figure.period,) if proof.figure.period else ())
    return [parse_period(code) for code in codes]


def write_time(proof: Proof) -> str:
    """« janvier – septembre 2025 », « 12 mois glissants à fin septembre 2024 »."""
    periods, window = list_periods(proof), proof.question.request.window
    if window != PERIOD and periods:
        return set_typography(open_window(window, periods[-1], proof.convention).label)
    return write_span(periods) if periods else "toutes les périodes reçues"


def write_reading(proof: Proof) -> str:
    """How the counts were read."""
    return "lecture en cohorte" if proof.question.request.reading == COHORT else "lecture en flux"


def write_place(proof: Proof) -> str:
    """The place of the figure; the whole is the territory of the convention."""
    return name_place(proof.figure.territory, proof.convention)


def name_segment(segment: Segment, catalogue: Catalogue) -> str:
    """« RSA, femmes »."""
    return ", ".join(catalogue.axes[axis].values.get(value, value) for axis, value in segment)


def name_figure(proof: Proof, catalogue: Catalogue) -> str:
    """The label of the indicator, with the segment read when one was asked for."""
    label = catalogue.indicator(proof.figure.indicator).label
    named = name_segment(proof.question.segment, catalogue)
    return f"{label}{FIXED}: {named}" if named else label


def name_term(term: Term, catalogue: Catalogue) -> str:
    """What one side counts."""
    named = name_segment(term.segment, catalogue)
    label = catalogue.measures[term.measure].label
    return f"{label} ({named})" if named else label


def name_role(proof: Proof, side: Side) -> str:
    """Numerator, denominator, or just the count of what is no ratio."""
    return ROLES[side.role] if len(proof.sides) > 1 else "Compte"


def write_exact(proof: Proof, indicator: Indicator) -> str:
    """The value with one more digit than the pages show: « 63,9 % »."""
    value = proof.figure.value or 0.0
    return f"{write_number(100 * value, 1)}{FIXED}%" if indicator.unit == "taux" else write_number(value, 2)


def find_side(proof: Proof, role: str) -> Side | None:
    """One side of the figure."""
    return next((one for one in proof.sides if one.role == role), None)


def find_last_load(proof: Proof) -> date | None:
    """When the newest of the cells that count was received."""
    return max((line.first.loaded_on for side in proof.sides for line in side.current), default=None)


def find_definition(proof: Proof, catalogue: Catalogue) -> tuple[str, str]:
    """The definition in force at the end of the figure's time, and which version it is, since when."""
    indicator, periods = catalogue.indicator(proof.figure.indicator), list_periods(proof)
    day = periods[-1].end if periods else proof.convention.end
    passed = [one for one in list_versions(indicator, proof.convention) if one.day <= day]
    since = passed[-1].day if passed else indicator.valid_from or proof.convention.start
    defined = apply_versions(indicator, proof.convention, day).definition
    return defined, f"version {1 + len(passed)}, depuis le {write_date(since)}"


def write_citation(proof: Proof, catalogue: Catalogue, today: date) -> str:
    """The figure as it may be quoted in a letter: value, counts, reading, source, definition, articles, dates."""
    indicator, loaded = catalogue.indicator(proof.figure.indicator), find_last_load(proof)
    place, (definition, _) = write_place(proof), find_definition(proof, catalogue)
    where = [proof.convention.label, *([place] if proof.figure.territory else []), write_time(proof)]
    counts = write_counts(proof.figure)
    value = f"{write_figure(proof.figure, indicator)}{f' {counts}' if counts else ''}"
    state = f", {proof.figure.state}" if proof.figure.state in ("provisoire", "partiel", "fourni") else ""
    articles = write_articles(own_articles(indicator, proof.convention)) or "aucun article"
    received = f", données reçues jusqu’au {write_date(loaded)}" if loaded else ""
    return (
        f"{name_figure(proof, catalogue)}, {', '.join(where)}{FIXED}: {value}{state}, {write_reading(proof)}, source "
        f"{name_source(proof.figure.source, proof.convention)}. Définition{FIXED}: {definition.rstrip('.')} "
        f"({articles}). Lu dans Jalons le {write_date(today)}{received}."
    )


def write_amount(amount: float | None) -> str:
    """A count, or the word of its absence."""
    return write_count(amount) if amount is not None else f"n.{FIXED}d."
