"""Objectives read against what was done in; their numbers, sentences, bullets and the page's title out."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from math import ceil

from conventions.amendments import InForce
from conventions.catalogue import Catalogue
from conventions.periods import MONTHS
from conventions.statuses import write_signed_word
from conventions.values import Indicator
from indicators.objectives import ObjectiveReading
from indicators.projection import Projection
from indicators.values import Figure
from ui.blocks import to_html
from ui.charts.bullet import Bullet
from ui.french import (
    FIXED,
    MISSING,
    THIN,
    join_words,
    write_count,
    write_date,
    write_number,
    write_points,
    write_signed,
)
from ui.proof.link import wrap_link
from ui.standing import count_good, is_good, tone_of
from ui.wording import tag, tag_state, write_counts, write_value


def write_article(article: str) -> str:
    """« Art. 3-1 »: the letter of the convention is known on its page."""
    number = article.partition(" ")[2]
    return f"Art.{FIXED}{number}" if number else "Convention"


def lower_first(text: str) -> str:
    """A label inside a sentence."""
    return text[:1].lower() + text[1:]


def tag_status(reading: ObjectiveReading) -> str:
    """The sign and the word of a status, and the state of its figure."""
    if reading.figure is None or reading.figure.value is None:
        return tag(MISSING)
    return tag(write_signed_word(reading.status), tone_of(reading.status)) + tag_state(reading.figure)


def write_title(readings: Sequence[ObjectiveReading], catalogue: Catalogue) -> str:
    """The finding of the page: how many objectives are reached or on their way, and which are not."""
    known = [one for one in readings if one.figure is not None and one.figure.value is not None]
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
    return f"{text[:1].upper()}{text[1:]}{named}"


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
    agreed, counts = _write_mark(objective.value, indicator), write_counts(figure)
    if indicator.unit != "taux" or figure.denominator is None or figure.numerator is None:
        gap = write_signed(value - objective.value, 0 if indicator.denominator is None else 1)
        return f"<b>{gap}</b> par rapport aux {_write_mark(objective.value, indicator)} convenus {counts}."
    if value >= objective.value:
        points = write_points(value, objective.value).lstrip("+")
        return (
            f"<b>{write_count(figure.numerator)} sur {write_count(figure.denominator)}</b>, "
            f"{points} au-dessus de {agreed}."
        )
    lacking = ceil(objective.value * figure.denominator - figure.numerator - 1e-9)
    return f"Il manque <b>{write_count(lacking)}{FIXED}{unit}</b> pour atteindre {agreed} {counts}."


def write_terms(reading: ObjectiveReading, catalogue: Catalogue) -> str:
    """What was agreed, in its own words, with its article; how it was amended, what is left to do in the
    year, and what its end would give (HTML)."""
    agreed = f"{escape(reading.objective.label)}. {write_article(reading.objective.article)}"
    done = reading.figure.value if reading.figure is not None else None
    parts = [agreed if agreed.endswith(".") else f"{agreed}."]
    if reading.amended:
        parts.append(escape(say_amended(reading, catalogue)))
    if not (reading.expected is None or done is None or reading.is_whole_year or done >= reading.objective.value):
        left, last = reading.objective.value - done, reading.periods[-1]
        month = MONTHS[last.month + last.length - 2]
        parts.append(f"Reste {write_count(round(left, 1))} à faire après {month}.")
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
    kept = _write_mark(round(reading.objective.value, 1 + 3 * (indicator.unit == "taux")), indicator)
    whole = "" if reading.objective.upper is not None else f"{FIXED}: {kept} retenus"
    return f"{', '.join(said)}{whole}, selon les jours."


def _write_agreed(part: InForce, indicator: Indicator) -> str:
    if part.upper is None:
        return _write_mark(part.value, indicator)
    return f"{_write_mark(part.value, indicator)} à {_write_mark(part.upper, indicator)}"


def say_projection(projection: Projection) -> str:
    """« Projection à la fin de l’année : 213, entre 195 et 230 (8 chances sur 10), à la saison de 2023. »"""
    value, low, high = (write_count(round(one)) for one in (projection.value, projection.low, projection.high))
    odds = f"{write_number(10 * projection.confidence)} chances sur 10"
    known = join_words([str(year) for year in projection.years])
    pace = f"à la saison de {known}" if known else "au rythme des jours écoulés"
    return f"Projection à la fin de l’année{FIXED}: {value}, entre {low} et {high} ({odds}), {pace}."


def write_reading_html(reading: ObjectiveReading, catalogue: Catalogue) -> str:
    """The left part of an objective's row: number, status, sentence, terms."""
    return (
        f'<div class="j-reading"><div>{write_number_html(reading, catalogue)}</div><div>{tag_status(reading)}'
        f'<p class="j-say">{write_sentence(reading, catalogue)}</p>'
        f'<p class="j-small-say">{to_html("")}{write_terms(reading, catalogue)}</p></div></div>'
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
        objective=objective.value,
        objective_text=_write_mark(objective.value, indicator),
        is_met=is_good(reading.status),
        firm=firm,
        upper=objective.upper,
        upper_text=_write_mark(objective.upper, indicator) if objective.upper is not None else "",
        expected=expected,
        expected_text=f"{write_number(expected, decimals)} attendus" if expected is not None else "",
        last_year=last_year,
        last_year_text=f"{write_value(last_year, indicator)} en {reading.year - 1}"
        if last_year is not None
        else "",
    )


def _write_mark(value: float, indicator: Indicator) -> str:
    return write_value(value, indicator) if indicator.unit == "taux" else write_count(value)
