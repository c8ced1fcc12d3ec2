"""The lines of a bilan in; the sentences that say what they show, lack and how to read them, out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from bilans.values import Definition, Line, ObjectiveLine, Quantity, SourceGap, Stage
from bilans.wording import write_full, write_gap, write_hole
from ui.french import FIXED, MISSING, THIN, join_words, lower_first, write_count, write_percent, write_signed
from ui.objectives import say_projection

Definitions = Mapping[str, Definition]


def say_path(stages: Sequence[Stage], lines: Sequence[Line], definitions: Definitions) -> str:
    """« 148 au terme pour 426 au départ (35 %), +1 point en un an »; nothing without a path."""
    if not stages:
        return ""
    first, last = stages[0].now, stages[-1].now
    share = write_percent(last.value / first.value) if last.value is not None and first.value else write_hole(last)
    line = next((one for one in lines if one.indicator == stages[-1].indicator), None)
    kind = definitions[stages[-1].indicator].kind
    gap = line.change(kind) if line is not None else None
    change = f", {write_gap(gap, kind)} en un an" if gap is not None else ""
    return f"{write_full(last, 'compte')} au terme pour {write_full(first, 'compte')} au départ ({share}){change}"


def say_basis(stages: Sequence[Stage]) -> str:
    """« « DE présents » et étapes suivantes : prescripteur France Travail. », where a stage is restricted."""
    first = next((one for one in stages if one.now.basis), None)
    if first is None:
        return ""
    return f"«{FIXED}{first.label}{FIXED}» et étapes suivantes{FIXED}: {first.now.basis}."


def say_goal(one: ObjectiveLine, label: str, span: str) -> str:
    """What its row does not say of an objective: how it is read, over what when it is not `span`, where it leads."""
    parts = [f"{label}{FIXED}: {lower_first(one.note)}" if one.note else ""]
    if one.span != span:
        parts.append(f"«{FIXED}{one.label}{FIXED}» se lit sur {one.span}.")
    if one.projection is not None and one.now.value is not None:
        left = max(0.0, one.agreed - one.now.value)
        parts.append(
            f"Pour {write_count(one.agreed)}, il en reste {write_count(round(left, 1))}. "
            f"{say_projection(one.projection)}"
        )
    return " ".join(part for part in parts if part)


def say_trend(lines: Sequence[Line], definition: Definition) -> str:
    """The title of a trend: what was counted over all its periods, and the change from the year before."""
    opening = f"{definition.label}{FIXED}:"
    known = [line.now.value for line in lines if line.now.value is not None]
    if len(known) < len(lines):
        return f"{opening} une partie des chiffres manque"
    changes = [line.evolution for line in lines if line.evolution is not None]
    change = f", {write_signed(sum(changes))} en un an" if len(changes) == len(lines) else ""
    return f"{opening} {write_count(sum(known))}{change}"


def say_sources(gaps: Iterable[SourceGap], definitions: Definitions) -> list[str]:
    """One sentence for each count that two sources give over the whole: which one the bilan uses."""
    return [
        f"{definitions[one.indicator].label}{FIXED}: {_say_side(one.used, one.used_value)}, "
        f"{_say_side(one.other, one.other_value)}{_say_gap(one)}{THIN}; {_say_choice(one)}"
        for one in gaps
        if one.is_whole
    ]


def _say_choice(one: SourceGap) -> str:
    choice = (
        f"les partenaires ont retenu {one.used}."
        if one.is_retained
        else f"le bilan retient {one.used}, à confirmer par les partenaires."
    )
    return f"{choice} {one.reason}".strip()


def _say_side(name: str, value: Quantity) -> str:
    """« France Travail 296, sans Port-de-Bouc (T3 2026) »: the names of sources take no article."""
    lacking = f", sans {value.missing}" if value.state == "partiel" and value.missing else ""
    return f"{name} {write_full(value, 'compte')}{lacking}"


def _say_gap(one: SourceGap) -> str:
    if one.gap is not None:
        return f" (écart {write_signed(one.gap)})"
    is_partial = "partiel" in (one.used_value.state, one.other_value.state)
    return ", d’où un écart non calculé" if is_partial else ""


def say_holes(lines: Iterable[Line], definitions: Definitions) -> list[str]:
    """What is unknown, secret, partial or provisional over the whole, each said once with its indicators."""
    grouped: dict[str, list[str]] = defaultdict(list)
    for line in lines:
        grouped[_name_hole(line, definitions)].append(definitions[line.indicator].label)
    return [f"{reason}{FIXED}: {join_words(labels)}." for reason, labels in grouped.items() if reason]


def _name_hole(line: Line, definitions: Definitions) -> str:
    if line.now.state == "n.d." and definitions[line.indicator].is_distinct:
        return "Personnes différentes, qui ne s’additionnent pas dans le temps (à lire par période)"
    named = {
        "n.d.": f"Non disponible ({MISSING}), ce qui n’est pas zéro",
        "secret": "Secret (petits effectifs)",
        "partiel": f"Partiel, hors {line.now.missing}",
        "provisoire": "Provisoire, peut encore changer",
        "> 100 %": f"Plus de 100{FIXED}%, par décalage de période",
    }
    return named.get(line.now.state, "")


def say_reading() -> list[str]:
    """How the figures are to be read."""
    return [
        "Les taux sont des rapports de sommes, lus en flux (les événements de la période)"
        f"{THIN}; un chiffre absent n’est jamais un zéro.",
    ]
