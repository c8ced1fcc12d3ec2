"""Objectives read against what was done in; their numbers, sentences, bullets and the page's title out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape
from math import ceil

from conventions.amendments import InForce
from conventions.catalogue import Catalogue
from conventions.periods import MONTHS
from conventions.statuses import write_signed_word
from conventions.values import Indicator, Objective
from indicators.objectives import ObjectiveReading
from indicators.projection import Projection
from indicators.values import Figure
from ui.charts.bullet import Bullet
from ui.citation import write_article
from ui.french import (
    FIXED,
    MISSING,
    THIN,
    join_words,
    lower_first,
    upper_first,
    write_count,
    write_date,
    write_number,
    write_points,
    write_signed,
    write_small,
)
from ui.proof.link import wrap_link
from ui.standing import count_good, is_good, tone_of
from ui.wording import tag, tag_state, write_counts, write_value


def is_known(reading: ObjectiveReading) -> bool:
    """Whether a return gave its figure."""
    return reading.figure is not None and reading.figure.value is not None


def tag_status(reading: ObjectiveReading) -> str:
    """The sign and the word of a status, and the state of its figure."""
    if reading.figure is None or reading.figure.value is None:
        return tag(MISSING)
    return tag(write_signed_word(reading.status), tone_of(reading.status)) + tag_state(reading.figure)


def write_title(readings: Sequence[ObjectiveReading], catalogue: Catalogue) -> str:
    """The finding of the page: how many objectives are reached or on their way, and which are not."""
    known = [one for one in readings if is_known(one)]
    if not known:
        return "Aucun objectif ne peut encore être lu"
    late = [
        lower_first(catalogue.indicator(one.objective.indicator).label)
        for one in known
        if not is_good(one.status)
    ]
    text = count_good([one.status for one in known])
    has_some = len(known) > len(late)
    named = f"{THIN}; à rattraper{FIXED}: {' et '.join(late)}" if has_some and 0 < len(late) <= 2 else ""
    return f"{upper_first(text)}{named or _say_lead(known, catalogue, is_late=bool(late))}"


def _say_lead(readings: Sequence[ObjectiveReading], catalogue: Catalogue, *, is_late: bool) -> str:
    """« ; cinq personnes d’avance sur la trajectoire », of the first count that accumulates, when all is well."""
    running = [one for one in readings if one.expected is not None and not one.is_whole_year]
    indicator = catalogue.indicator(running[0].objective.indicator) if running else None
    lead = round(running[0].gap or 0.0) if running else 0
    if is_late or indicator is None or indicator.denominator is not None or lead < 1:
        return ""
    unit = indicator.unit if lead > 1 else indicator.unit.removesuffix("s")
    feminine = indicator.unit == "personnes"
    return f"{THIN}; {write_small(lead, feminine=feminine)}{FIXED}{unit} d’avance sur la trajectoire"


def write_number_html(reading: ObjectiveReading, catalogue: Catalogue) -> str:
    """The large number and what it counts."""
    indicator = catalogue.indicator(reading.objective.indicator)
    label = f'<div class="j-under">{escape(indicator.label)}</div>'
    if reading.figure is None or reading.figure.value is None:
        return f'<div class="j-number j-none">{MISSING}</div>{label}'
    number = wrap_link(write_value(reading.figure.value, indicator), reading.figure, indicator)
    return f'<div class="j-number">{number}</div>{label}'


def write_sentence(reading: ObjectiveReading, catalogue: Catalogue) -> str:
    """What the number means against what was promised (HTML)."""
    figure, indicator = reading.figure, catalogue.indicator(reading.objective.indicator)
    if figure is None or figure.value is None:
        return "Aucun retour ne donne encore ce chiffre."
    unit = catalogue.measures[indicator.numerator.measure].unit
    if reading.expected is not None:
        return _say_trajectory(reading, figure, indicator)
    if reading.objective.direction == "within":
        return _say_range(reading, figure, indicator)
    return _say_threshold(reading, figure, indicator, unit)


def _say_trajectory(reading: ObjectiveReading, figure: Figure, indicator: Indicator) -> str:
    decimals = 0 if indicator.denominator is None else 1
    expected, gap = reading.expected or 0.0, round(reading.gap or 0.0, decimals)
    unit = indicator.unit if indicator.denominator is None else ""
    due = f"({write_number(expected, decimals)} attendus)"
    amount = f"<b>{write_number(abs(gap), decimals)}{FIXED}{unit}</b>".replace(f"{FIXED}</b>", "</b>")
    counts = f" {write_counts(figure)}" if write_counts(figure) else ""
    if gap < 0:
        return f"Il manque {amount} pour être sur la trajectoire {due}{counts}."
    return (
        f"{amount} d’avance sur la trajectoire {due}{counts}."
        if gap
        else f"Juste sur la trajectoire {due}{counts}."
    )


def _say_range(reading: ObjectiveReading, figure: Figure, indicator: Indicator) -> str:
    low, high = (write_number(one or 0.0) for one in (reading.objective.value, reading.objective.upper))
    band = f"la bande convenue, de {low} à {high}"
    counts = write_counts(figure)
    if not reading.gap:
        return f"<b>Dans</b> {band} {counts}."
    side = "au-dessus de" if reading.gap > 0 else "au-dessous de"
    return f"<b>{write_number(abs(reading.gap or 0.0), 1)}</b> {side} {band} {counts}."


def _say_threshold(reading: ObjectiveReading, figure: Figure, indicator: Indicator, unit: str) -> str:
    objective, value = reading.objective, figure.value or 0.0
    agreed, counts = write_mark(objective.value, indicator), write_counts(figure)
    told = f" {counts}" if counts else ""
    if indicator.unit != "taux" or figure.denominator is None or figure.numerator is None:
        gap = write_signed(value - objective.value, 0 if indicator.denominator is None else 1)
        if gap in ("0", "0,0"):
            return f"<b>Autant</b> que les {agreed} convenus{told}."
        return f"<b>{gap}</b> par rapport aux {write_mark(objective.value, indicator)} convenus{told}."
    if value >= objective.value:
        points = write_points(value, objective.value).lstrip("+")
        return (
            f"<b>{write_count(figure.numerator)} sur {write_count(figure.denominator)}</b>, "
            f"{points} au-dessus de {agreed}."
        )
    lacking = ceil(objective.value * figure.denominator - figure.numerator - 1e-9)
    return f"Il manque <b>{write_count(lacking)}{FIXED}{unit}</b> pour atteindre {agreed}{told}."


def write_lacking(reading: ObjectiveReading, catalogue: Catalogue) -> str:
    """What an objective that is not on its way still needs (HTML): of a count, all that is left of the year."""
    left = count_left(reading)
    if not left:
        return write_sentence(reading, catalogue)
    indicator = catalogue.indicator(reading.objective.indicator)
    amount = write_count(left) if indicator.denominator else f"{write_count(left)}{FIXED}{indicator.unit}"
    return f"Il reste <b>{amount}</b> à faire avant le {write_date(date(reading.year, 12, 31))}."


def count_left(reading: ObjectiveReading) -> float:
    """What is left to be done of a count that accumulates, in a year that is not over."""
    done = reading.figure.value if reading.figure is not None else None
    if reading.expected is None or done is None or reading.is_whole_year:
        return 0.0
    return max(0.0, round(reading.objective.value - done, 1))


def write_brief(reading: ObjectiveReading, catalogue: Catalogue) -> str:
    """What was agreed, what is left and where it leads, in one line (HTML); `write_terms` says it in full."""
    objective, indicator = reading.objective, catalogue.indicator(reading.objective.indicator)
    parts = [f"Objectif {write_agreed_value(objective, indicator)}"]
    if left := count_left(reading):
        parts.append(f"{write_count(left)} à faire")
    if reading.projection is not None:
        low, high = (write_count(round(one)) for one in (reading.projection.low, reading.projection.high))
        parts.append(f"projection {write_count(round(reading.projection.value))} ({low} à {high})")
    return f"{', '.join(parts)}. {write_article(objective.article)}"


def write_agreed_value(objective: Objective, indicator: Indicator) -> str:
    """« 225 », « 50 % », « 70 à 100 »."""
    if objective.upper is None:
        return write_mark(round(objective.value, 3), indicator)
    return f"{write_mark(objective.value, indicator)} à {write_mark(objective.upper, indicator)}"


def write_terms(reading: ObjectiveReading, catalogue: Catalogue) -> str:
    """What was agreed, in its own words, with its article; how it was amended, what is left to do in the
    year, and what its end would give (HTML)."""
    agreed = f"{escape(reading.objective.label)}. {write_article(reading.objective.article)}"
    parts = [agreed if agreed.endswith(".") else f"{agreed}."]
    if reading.amended:
        parts.append(escape(say_amended(reading, catalogue)))
    if left := count_left(reading):
        last = reading.periods[-1]
        parts.append(f"Reste {write_count(left)} à faire après {MONTHS[last.month + last.length - 2]}.")
    if reading.projection is not None:
        parts.append(escape(say_projection(reading.projection)))
    return " ".join(parts) if len(parts) > 1 else agreed


def say_amended(reading: ObjectiveReading, catalogue: Catalogue) -> str:
    """« 225 jusqu’au 30/06/2025, puis 240 (avenant n° 1) : 232,6 retenus, selon les jours. »"""
    indicator = catalogue.indicator(reading.objective.indicator)
    first, *later = reading.amended
    said = [f"{_write_agreed(first, indicator)} jusqu’au {write_date(first.end)}"]
    said += [
        f"puis {_write_agreed(one, indicator)} (avenant n°{FIXED}{one.number})"
        for one in later
    ]
    kept = write_mark(round(reading.objective.value, 1 + 3 * (indicator.unit == "taux")), indicator)
    whole = "" if reading.objective.upper is not None else f"{FIXED}: {kept} retenus"
    return f"{', '.join(said)}{whole}, selon les jours."


def _write_agreed(part: InForce, indicator: Indicator) -> str:
    if part.upper is None:
        return write_mark(part.value, indicator)
    return f"{write_mark(part.value, indicator)} à {write_mark(part.upper, indicator)}"


def say_projection(projection: Projection) -> str:
    """« Projection à la fin de l’année : 213, entre 195 et 230 (8 chances sur 10), à la saison de 2023. »"""
    value, low, high = (write_count(round(one)) for one in (projection.value, projection.low, projection.high))
    odds = f"{write_number(10 * projection.confidence)} chances sur 10"
    known = join_words([str(year) for year in projection.years])
    pace = f"à la saison de {known}" if known else "au rythme des jours écoulés"
    return f"Projection à la fin de l’année{FIXED}: {value}, entre {low} et {high} ({odds}), {pace}."


def write_reading_html(reading: ObjectiveReading, catalogue: Catalogue, *, more: str = "") -> str:
    """The left part of an objective's row: number, status, sentence, what is agreed and left, and one thing more."""
    said = f" · {more}" if more else ""
    return (
        f'<div class="j-reading"><div>{write_number_html(reading, catalogue)}</div><div>{tag_status(reading)}'
        f'<p class="j-say">{write_sentence(reading, catalogue)}</p>'
        f'<p class="j-small-say">{write_brief(reading, catalogue)}{said}</p></div></div>'
    )


def make_bullet(reading: ObjectiveReading, catalogue: Catalogue, *, firm: float | None = None) -> Bullet:
    """The marks of an objective's bullet, each with its label; `firm` is the part of the value that
    cannot change."""
    objective, figure, before = reading.objective, reading.figure, reading.previous
    indicator = catalogue.indicator(objective.indicator)
    value = figure.value if figure is not None else None
    last_year = before.value if before is not None else None
    expected = reading.expected if not reading.is_whole_year else None
    decimals = 0 if indicator.denominator is None else 1
    return Bullet(
        value=value,
        value_text=write_value(value, indicator) if value is not None else "",
        counts=write_counts(figure) if figure is not None else "",
        objective=objective.value,
        objective_text=write_mark(objective.value, indicator),
        is_met=is_good(reading.status),
        firm=firm,
        upper=objective.upper,
        upper_text=write_mark(objective.upper, indicator) if objective.upper is not None else "",
        expected=expected,
        expected_text=f"{write_number(expected, decimals)} attendus" if expected is not None else "",
        last_year=last_year,
        last_year_text=f"{write_value(last_year, indicator)} en {reading.year - 1}"
        if last_year is not None
        else "",
    )


def write_mark(value: float, indicator: Indicator) -> str:
    """An agreed value: « 225 », « 50 % », « 60 »."""
    return write_value(value, indicator) if indicator.unit == "taux" else write_count(value)
