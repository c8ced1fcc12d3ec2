"""A quantity and its indicator's definition in; the words that say its value, gap and state out."""

from __future__ import annotations

from bilans.values import Definition, Quantity
from ui.french import FIXED, MISSING, name_points, write_count, write_number, write_percent, write_signed

SECRET = "secret"
SHIFTED = "> 100 %"
STATES = {
    "provisoire": "Peut encore changer : le délai pendant lequel ces faits se confirment n’est pas écoulé.",
    "partiel": "Des territoires ou des dates manquent, et sont nommés. L’évolution n’est alors pas calculée.",
    MISSING: "Non disponible : le retour ne le donne pas, ou le dénominateur est nul. Ce n’est pas zéro.",
    SECRET: "Effectif trop petit pour être montré, ou masqué pour qu’on ne le déduise pas des autres.",
    "fourni": "Moyenne ou taux repris tel quel d’un retour : jamais additionné.",
    f"> 100{FIXED}%": "Décalage de période : des personnes orientées avant la période y passent l’étape.",
}
"""Each state as it is written, and what it means."""


def write_value(value: float, kind: str) -> str:
    """« 65 % », « 61,3 », « 12,4 j », « 412 »."""
    if kind == "taux":
        return write_percent(value)
    if kind == "compte":
        return write_count(value)
    return f"{write_number(value, 1)}{FIXED}j" if kind == "jours" else write_number(value, 1)


def write_full(quantity: Quantity, kind: str) -> str:
    """A value with its counts: « 65 % (268/412) »; a hole by its word."""
    if quantity.value is None:
        return write_hole(quantity)
    value = write_value(quantity.value, kind)
    if quantity.numerator is None or quantity.denominator is None:
        return value
    return f"{value} ({write_count(quantity.numerator)}/{write_count(quantity.denominator)})"


def write_gap(gap: float, kind: str) -> str:
    """« −5 points », « +1,3 », « −9 »; the gap of two rates is that of their written values."""
    if kind == "taux":
        return name_points(round(100 * gap))
    decimals = 0 if kind == "compte" and abs(gap - round(gap)) < 0.05 else 1
    return write_signed(gap, decimals)


def write_hole(quantity: Quantity) -> str:
    """The word that stands where a value is not."""
    return SECRET if quantity.state == "secret" else MISSING


def write_state(quantity: Quantity, definition: Definition) -> str:
    """What a reader must know of a figure; nothing when it is plain."""
    if quantity.state == "secret":
        return SECRET
    if quantity.state == SHIFTED:
        return f"> 100{FIXED}%{FIXED}: décalage de période"
    if quantity.state == "n.d.":
        return _explain_hole(quantity, definition)
    if quantity.state == "partiel":
        return f"partiel{FIXED}: hors {quantity.missing}" if quantity.missing else "partiel"
    return "" if quantity.state == "ok" else quantity.state


def _explain_hole(quantity: Quantity, definition: Definition) -> str:
    if quantity.denominator == 0:
        return f"{MISSING}{FIXED}: dénominateur nul"
    if definition.is_distinct:
        return f"{MISSING}{FIXED}: personnes différentes, non additionnées"
    return f"{MISSING}{FIXED}: manque {quantity.missing}" if quantity.missing else MISSING
