"""The lines of a bilan in; the sentences that say what they show, lack and how to read them, out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from bilans.values import Definition, Header, Line, SourceGap, Stage
from bilans.wording import write_full, write_gap
from indicators.request import COMMITTEE
from ui.french import (
    FIXED,
    MISSING,
    THIN,
    join_words,
    set_typography,
    write_count,
    write_signed,
)

Definitions = Mapping[str, Definition]


def say_path(stages: Sequence[Stage], lines: Sequence[Line], definitions: Definitions) -> str:
    """« Taux d’intégration / orientation : 35 % (148/426), +3 points en un an. » for the last stage."""
    code = stages[-1].indicator if stages else None
    last = next((line for line in lines if line.indicator == code and line.now.is_known), None)
    if last is None:
        return ""
    definition = definitions[last.indicator]
    gap = last.change(definition.kind)
    change = f", {write_gap(gap, definition.kind)} en un an" if gap is not None else ""
    basis = f" ({last.now.basis})" if last.now.basis else ""
    return f"{definition.label}{FIXED}: {write_full(last.now, definition.kind)}{basis}{change}."


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
        f"{definitions[one.indicator].label}{FIXED}: "
        f"{write_full(one.used_value, 'compte')} d’après {one.used}, "
        f"{write_full(one.other_value, 'compte')} d’après {one.other}{_say_gap(one)}"
        f"{THIN}; {_say_choice(one)}"
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


def _say_gap(one: SourceGap) -> str:
    if one.gap is not None:
        return f" (écart {write_signed(one.gap)})"
    partial = next((value for value in (one.used_value, one.other_value) if value.state == "partiel"), None)
    return f" (écart non calculé, faute de {partial.missing})" if partial is not None else ""


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


def say_reading(header: Header) -> list[str]:
    """How the figures are to be read, and by whom."""
    secrecy = (
        f"Effectifs de 1 à {header.secrecy_threshold - 1} masqués, avec ceux dont on pourrait les déduire."
        if header.audience == COMMITTEE
        else "Version des producteurs des données : les petits effectifs y figurent, ne pas la diffuser."
    )
    return [
        "Les taux sont des rapports de sommes, lus en flux (les événements de la période)"
        f"{THIN}; un chiffre absent n’est jamais un zéro.",
        set_typography(secrecy),
    ]
