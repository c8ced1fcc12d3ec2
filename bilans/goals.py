"""Objectives read against what was done in; their lines, the title of the bilan and its projection out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from bilans.lines import make_quantity
from bilans.scope import Scope
from bilans.terms import Terms
from bilans.values import Header, ObjectiveLine, Quantity, subtract
from bilans.wording import SECRET, write_full, write_gap, write_value
from conventions.statuses import UNKNOWN
from conventions.values import Objective
from indicators.objectives import ObjectiveReading
from indicators.projection import Projection
from indicators.request import Request
from indicators.values import Figure
from ui.french import FIXED, MISSING, THIN, set_typography, upper_first, write_long_date, write_small, write_span
from ui.objectives import say_amended
from ui.standing import count_good

NIL = ("0", "0,0", "0 point")
NO_OBJECTIVE = "Aucun objectif chiffré n’a été convenu pour cette période"
SIGNS = {">=": "≥", "<=": "≤"}
UNDUE = {"taux": "un taux", "moyenne": "une moyenne", "jours": "une durée", "compte": "un effectif"}
"""What is compared with the objective as it is, whatever the day."""


def list_goal_requests(
    readings: Sequence[ObjectiveReading], convention: str, as_of: date
) -> dict[str, Request]:
    """What each objective asks, this year and the year before, by name."""
    return {
        f"{one.objective.code}.{name}": Request(
            convention,
            periods=tuple(period.shift(shift).code for period in one.periods),
            by=tuple(dict(one.objective.segment)),
            indicators=(one.objective.indicator,),
            as_of=as_of,
        )
        for one in readings
        if one.periods
        for name, shift in (("now", 0), ("before", -1))
    }


def write_agreed(objective: ObjectiveLine, kind: str) -> str:
    """« ≥ 225 », « ≥ 50 % », « 70 à 100 »."""
    if objective.upper is not None:
        return f"{_write_mark(objective.agreed, kind)} à {_write_mark(objective.upper, kind)}"
    return f"{SIGNS[objective.direction]}{FIXED}{_write_mark(objective.agreed, kind)}"


def _write_mark(value: float, kind: str) -> str:
    return write_value(value, kind if kind == "taux" else "compte")


def make_objective(
    reading: ObjectiveReading, figures: Mapping[str, Sequence[Figure]], terms: Terms, scope: Scope
) -> ObjectiveLine:
    """One objective with the figures that may be shown."""
    objective = reading.objective
    now = _find(figures, "now", objective, terms)
    before = _find(figures, "before", objective, terms)
    span = write_span(reading.periods or scope.together)
    indicator = terms.catalogue.indicator(objective.indicator)
    amended = say_amended(reading, terms.catalogue) if reading.amended else ""
    kind = terms.definition(indicator).kind
    return ObjectiveLine(
        label=set_typography(objective.label),
        indicator=objective.indicator,
        direction=objective.direction,
        agreed=objective.value,
        upper=objective.upper,
        article=terms.articles([objective.article]),
        span=span,
        now=now,
        expected=reading.expected if not reading.is_whole_year else None,
        undue=_say_undue(reading, kind),
        gap=_read_gap(reading, kind) if now.is_known else None,
        status=_read_status(reading, now),
        before=before,
        before_span=write_span([period.shift(-1) for period in reading.periods or scope.together]),
        projection=_project(reading, now, before),
        note=set_typography(" ".join(one for one in (objective.note, amended) if one)),
        sentence=_say(
            reading, now, kind, f" ({span})" if reading.periods and span != write_span(scope.together) else ""
        ),
    )


def _say_undue(reading: ObjectiveReading, kind: str) -> str:
    """Why nothing is due by a day of the year: it is over, or what is counted does not accumulate."""
    if not reading.periods:
        return "rien de reçu"
    if reading.is_whole_year:
        return "année complète"
    return UNDUE[kind] if reading.expected is None else ""


def _find(figures: Mapping[str, Sequence[Figure]], when: str, objective: Objective, terms: Terms) -> Quantity:
    found = figures.get(f"{objective.code}.{when}", ())
    return make_quantity(
        next((one for one in found if set(objective.segment) <= set(one.segment)), None), terms
    )


def _read_status(reading: ObjectiveReading, now: Quantity) -> str:
    return SECRET if now.state == "secret" else reading.status if now.is_known else UNKNOWN


def _project(reading: ObjectiveReading, now: Quantity, before: Quantity) -> Projection | None:
    """What the end of the year would give; nothing for those to whom a count that it rests on is secret."""
    is_hidden = SECRET in (now.state, before.state)
    return reading.projection if now.is_known and not is_hidden else None


def _say(reading: ObjectiveReading, now: Quantity, kind: str, span: str) -> str:
    """« Au moins 225 intégrations par an : 173, soit 5 de plus que l’attendu à date (168). En bonne voie. »"""
    opening = f"{set_typography(reading.objective.label)}{FIXED}:"
    if not now.is_known:
        word = (
            "le chiffre est secret"
            if now.state == "secret"
            else f"{MISSING}, les retours reçus ne le donnent pas"
        )
        return f"{opening} {word}."
    said = {"provisoire": "provisoire", "partiel": f"partiel, hors {now.missing}"}.get(now.state, "")
    state = f"{THIN}; {said}" if said else ""
    return f"{opening} {write_full(now, kind)}{span}, {_compare(reading, kind)}. {reading.status}{state}."


def _read_gap(reading: ObjectiveReading, kind: str) -> float | None:
    value, aim = reading.figure.value if reading.figure is not None else None, reading.aim
    return subtract(value, aim, kind) if value is not None and aim is not None else None


def _compare(reading: ObjectiveReading, kind: str) -> str:
    objective, gap = reading.objective, _read_gap(reading, kind) or 0.0
    if objective.upper is not None and not gap:
        return "dans la bande convenue"
    if objective.upper is not None:
        aim = "de la bande convenue"
    elif reading.expected is None or reading.is_whole_year:
        aim = "l’objectif"
    else:
        aim = f"l’attendu à date ({write_value(round_gap(reading.expected, kind), kind)})"
    distance = write_gap(abs(round_gap(gap, kind)), kind).lstrip("+")
    if objective.upper is not None:
        return f"soit {distance} {'au-dessus' if gap > 0 else 'au-dessous'} {aim}"
    if distance in NIL:
        return f"juste à {aim}"
    return f"soit {distance} de {'plus' if gap > 0 else 'moins'} que {aim}"


def round_gap(gap: float, kind: str) -> float:
    """A straight line gives fractions of people: they are told whole."""
    return float(round(gap)) if kind == "compte" else gap


def write_title(objectives: Sequence[ObjectiveLine], header: Header) -> str:
    """The finding of the bilan: how many objectives are held, on which day, and how many cannot be read."""
    unread = sum(not one.now.is_known for one in objectives)
    if unread == len(objectives):
        return "Aucun objectif ne peut être lu sur cette période" if objectives else NO_OBJECTIVE
    text = count_good([one.status for one in objectives])
    if unread:
        text += f", {write_small(unread)} ne {'peut pas être lu' if unread == 1 else 'peuvent pas être lus'}"
    opening = _open_title(header)
    return f"{opening} {text}" if opening else upper_first(text)


def _open_title(header: Header) -> str:
    """The day of the figures, when the year is not over."""
    return (
        ""
        if header.span_end == date(header.span_end.year, 12, 31)
        else f"Au {write_long_date(header.span_end)},"
    )
