"""A convention, a level and a span in; the figures of its places, and which of them can be compared, out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from conventions.catalogue import Catalogue
from conventions.periods import Period
from conventions.values import Convention, Indicator, Level, Place
from indicators.figures import Request
from indicators.interval import is_apart
from indicators.values import Figure
from ui.field import WHOLE_FIELD, Field
from ui.french import FIXED, lower_first, write_count, write_percent
from ui.places import list_places
from ui.readings import by_indicator, by_place, get_figures
from ui.shell import Screen
from ui.spans import Span
from ui.wording import write_value

LEAST = 20
"""Rates over fewer people are shown and not ranked."""
RECENT = 8
"""Periods of the table through time."""


@dataclass(frozen=True)
class Comparison:
    """The figures of the places of a level over a span, and of the whole: of everybody, or of a group."""

    convention: Convention
    span: Span
    level: Level
    audience: str
    places: Sequence[Place]
    figures: Sequence[Figure]
    whole: dict[str, Figure]
    field: Field = WHOLE_FIELD

    def known(self, code: str) -> dict[str, Figure]:
        """The figures of an indicator for the places of the level, holes included."""
        codes = {place.code for place in self.places}
        return {key: one for key, one in by_place(list(self.figures), code).items() if key in codes}

    def indicators(self) -> list[str]:
        """The indicators that at least one place of the level knows, rates first."""
        codes = [
            code
            for code in self.convention.indicators
            if any(one.value is not None for one in self.known(code).values())
        ]
        return sorted(codes, key=lambda code: next(iter(self.known(code).values())).denominator is None)

    def is_blanked(self) -> bool:
        """Whether secrecy hides most of what was received: the level is then too fine for this reader."""
        own = [
            one
            for code in self.convention.indicators
            for one in self.known(code).values()
            if one.state != "n.d."
        ]
        return bool(own) and sum(one.state == "secret" for one in own) > len(own) / 2


def list_levels(convention: Convention) -> list[Level]:
    """The levels that have places."""
    return [level for level in convention.levels if list_places(convention, level)]


def read_comparison(
    screen: Screen, convention: Convention, *, level: Level, span: Span, audience: str, field: Field = WHOLE_FIELD
) -> Comparison:
    """All the indicators of the convention, by place and for the whole."""

    def ask(*by: str) -> list[Figure]:
        request = Request(
            convention.key, periods=span.codes, by=by, indicators=convention.indicators, audience=audience
        )
        return get_figures(screen.database, field.narrow(request))

    figures = ask("territoire")
    heard = {figure.territory for figure in figures if figure.state != "n.d."}
    places = [place for place in list_places(convention, level) if place.code in heard]
    return Comparison(convention, span, level, audience, places, figures, by_indicator(ask()), field)


def read_through_time(
    screen: Screen, comparison: Comparison, code: str, received: Sequence[Period]
) -> list[Figure]:
    """One indicator by place and by period, over the last periods received."""
    last = sorted(received)[-RECENT:]
    request = Request(
        comparison.convention.key,
        periods=tuple(period.code for period in last),
        by=("territoire", "periode"),
        indicators=(code,),
        audience=comparison.audience,
    )
    return get_figures(screen.database, comparison.field.narrow(request))


def is_ranked(figure: Figure) -> bool:
    """Whether a figure stands on enough people to be ranked."""
    return figure.value is not None and (
        figure.denominator is None or figure.denominator >= LEAST or figure.state == "fourni"
    )


def find_ends(comparison: Comparison, code: str) -> tuple[Place, Place] | None:
    """The places of the lowest and of the highest value, of those that are ranked."""
    known = comparison.known(code)
    ranked = [place for place in comparison.places if place.code in known and is_ranked(known[place.code])]
    ranked.sort(key=lambda place: known[place.code].value or 0)
    return (ranked[0], ranked[-1]) if len(ranked) > 1 else None


def adds_up(indicator: Indicator, catalogue: Catalogue) -> bool:
    """Whether the counts of the places make a total."""
    return (
        indicator.denominator is None
        and "territoire" in catalogue.measures[indicator.numerator.measure].adds_over
    )


def write_title(comparison: Comparison, indicator: Indicator, catalogue: Catalogue) -> str:
    """The finding: the two ends of a rate and whether chance makes as much, or the place that counts most; of the group
    that is read."""
    group = comparison.field.group
    if group is not None:
        indicator = replace(indicator, label=f"{indicator.label} ({lower_first(group.label)})")
    ends, known = find_ends(comparison, indicator.code), comparison.known(indicator.code)
    if ends is None:
        return indicator.label
    low, high = (known[place.code].value or 0 for place in ends)
    if indicator.denominator is not None:
        return f"{indicator.label}{FIXED}: {_write_ends(comparison, indicator, ends)}"
    total = sum(one.value or 0 for one in known.values())
    if not adds_up(indicator, catalogue) or any(one.value is None for one in known.values()) or not total:
        return f"{indicator.label}{FIXED}: {ends[1].name} en compte le plus ({write_count(high)})"
    share = f"{write_percent(high / total)} ({write_count(high)} sur {write_count(total)})"
    return f"{indicator.label}{FIXED}: {ends[1].name} en compte {share}"


def _write_ends(comparison: Comparison, indicator: Indicator, ends: tuple[Place, Place]) -> str:
    """« de 64 % (Martigues) à 68 % (Port-de-Bouc), l’écart peut tenir au hasard »."""
    known = comparison.known(indicator.code)
    low, high = (write_value(known[place.code].value or 0, indicator) for place in ends)
    if low == high:
        return f"{low} partout"
    beyond = is_beyond_chance(comparison, indicator)
    said = {True: "l’écart dépasse le hasard", False: "l’écart peut tenir au hasard", None: ""}[beyond]
    return f"de {low} ({ends[0].name}) à {high} ({ends[1].name}){f', {said}' if said else ''}"


def is_beyond_chance(comparison: Comparison, indicator: Indicator) -> bool | None:
    """Whether the two ends of a rate differ by more than chance makes alone; None for what has no interval."""
    ends, known = find_ends(comparison, indicator.code), comparison.known(indicator.code)
    return is_apart(known[ends[0].code], known[ends[1].code], indicator) if ends else None


def write_gap_title(comparison: Comparison, indicator: Indicator) -> str:
    """What the intervals say of the two ends of a rate; else how the bars are ordered."""
    if indicator.denominator is None:
        return "Du plus grand au plus petit effectif"
    beyond, ends = is_beyond_chance(comparison, indicator), find_ends(comparison, indicator.code)
    if beyond is None or ends is None:
        return "Du plus élevé au plus faible"
    if beyond:
        return f"Entre {ends[0].name} et {ends[1].name}, l’écart dépasse le hasard"
    return "Le hasard suffit à expliquer ces écarts"
