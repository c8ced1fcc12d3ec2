"""The exits of a span in; the title of their page and its sentences out."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from indicators.evolution import Evolution
from indicators.rules import NEUTRAL
from indicators.values import Figure
from ui.exits.reading import COUNT, RATE, Exits
from ui.french import (
    FIXED,
    THIN,
    count_points,
    join_words,
    lower_first,
    write_count,
    write_percent,
    write_points,
    write_quantity,
    write_rate,
    write_signed,
)
from ui.wording import name_place, write_counts


def write_title(exits: Exits) -> str:
    """« 52 % de sorties positives (89/171), provisoire : 2 points au-dessus de l’objectif de 50 % », else the first
    motive; of the field of the page."""
    return exits.field.write_title(_write_finding(exits))


def _write_finding(exits: Exits) -> str:
    rate = exits.whole.get(RATE)
    if exits.main != RATE:
        return _write_first_motive(exits)
    if rate is None or rate.value is None:
        return "Le taux de sorties positives ne peut pas être lu pour cette période"
    pending = ", provisoire" if rate.state == "provisoire" else ""
    text = f"{write_percent(rate.value)} de sorties positives {write_counts(rate)}{pending}"
    if exits.objective is None:
        return text
    agreed = exits.objective.objective.value
    points = count_points(rate.value, agreed)
    named = f"l’objectif {'' if exits.is_objective_of_span else 'annuel '}de {write_percent(agreed)}"
    if not points:
        return f"{text}{FIXED}: juste {named}"
    side = "au-dessus" if points > 0 else "au-dessous"
    return f"{text}{FIXED}: {write_quantity(abs(points), 'point', 'points')} {side} de {named}"


def list_ranked(exits: Exits) -> list[Figure]:
    """The motives known, the most frequent first."""
    known = [one for one in exits.motives.values() if one.value is not None]
    return sorted(known, key=lambda one: -(one.value or 0.0))


def name_motives(exits: Exits) -> dict[str, str]:
    """What the convention calls its motives."""
    return {code: label for one in exits.convention.exits for code, label in one.motifs.items()}


def _write_first_motive(exits: Exits) -> str:
    total, ranked = exits.whole.get(COUNT), list_ranked(exits)
    if not ranked or not ranked[0].value:
        return "Les sorties ne sont pas connues par motif"
    first = ranked[0]
    label = name_motives(exits).get(dict(first.segment)["motif"], dict(first.segment)["motif"])
    if total is None or not total.value or set(total.missing) != set(first.missing):
        return f"{label}{FIXED}: le premier motif de sortie ({write_count(first.value or 0)})"
    part = write_rate(first.value or 0.0, total.value)
    return f"{label}{FIXED}: premier motif de sortie, {part.replace('/', f'{FIXED}sur{FIXED}')}"


def write_lead(exits: Exits) -> str:
    """What is counted as positive, or that no rate was agreed (HTML)."""
    if exits.main != RATE:
        return (
            "Aucun taux de sorties positives n’a été convenu\u00a0: les sorties se lisent <b>par motif</b>. Leur "
            "regroupement en catégories n’est qu’une aide à la lecture."
        )
    named = [f"<b>{escape(lower_first(one.label))}</b>" for one in exits.convention.exits if one.is_positive]
    return (
        f"Une sortie est positive par {join_words(named).replace(' et ', ' ou ')}. Un emploi se confirme à six "
        f"mois\u00a0: les sorties récentes sont <b>provisoires</b>, hachurées."
    )


def write_evolution(found: Evolution | None, exits: Exits) -> str:
    """The change from a year before over the same territories, or why none is told (HTML)."""
    if found is None:
        return ""
    now, before, year = found.now, found.before, exits.span.year - 1
    if found.absolute is None or now is None or before is None or now.value is None or before.value is None:
        return escape(found.reason) if found.reason else f"{year} n’est pas connue pour la même période."
    is_rate = found.indicator.unit == "taux"
    gap = write_points(now.value, before.value) if is_rate else write_signed(found.absolute)
    past = f"{write_percent(before.value)} {write_counts(before)}" if is_rate else write_count(before.value)
    return f"<b>{gap}</b> sur un an, contre {past} à la même période de {year}{_say_field(found, exits)}."


def _say_field(found: Evolution, exits: Exits) -> str:
    """« , à champ constant : Martigues et Port-de-Bouc, sans … » when some places are not known at both dates."""
    if not found.kept:
        return ", à champ constant"
    kept = join_words([name_place(one, exits.convention) for one in found.kept])
    left = join_words([name_place(one.territory, exits.convention) for one in found.left_out])
    return escape(f", à champ constant{FIXED}: {kept}{f', sans {left}' if left else ''}")


def write_other_reading(exits: Exits) -> str:
    """The rate by the other denominator in use, which the convention did not choose; nothing when a count is hidden."""
    rate, neutral = exits.whole.get(RATE), exits.categories.get(NEUTRAL)
    if rate is None or neutral is None or rate.numerator is None or rate.denominator is None:
        return ""
    if neutral.value is None or set(neutral.missing) != set(rate.missing):
        return ""
    label = next(one.label for one in exits.convention.exits if one.code == NEUTRAL)
    is_whole = exits.convention.positive_denominator == "sorties_totales"
    bottom = rate.denominator + (-neutral.value if is_whole else neutral.value)
    other = f"hors {lower_first(label)}" if is_whole else f"avec les {lower_first(label)}"
    agreed = "toutes les sorties" if is_whole else f"les sorties hors {lower_first(label)}"
    return (
        f"La convention rapporte à {escape(agreed)}{THIN}; {escape(other)}, autre lecture en usage\u00a0: "
        f"{write_rate(rate.numerator, bottom)}."
    )


def list_named(figures: Sequence[Figure]) -> list[str]:
    """The sources of figures that are known."""
    return sorted({one.source for one in figures if one.value is not None and one.source})
