"""A quantity, a gap or a text in; the cell that shows it (content and look) out, a hole by its word."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bilans.sheets import looks
from bilans.sheets.looks import Look
from bilans.values import Definition, Quantity
from bilans.wording import write_hole, write_state
from conventions.statuses import UNKNOWN, write_signed_word
from ui.french import FIXED, MINUS, MISSING, THIN
from ui.standing import tone_of

LOOKS = {"good": looks.GOOD, "wait": {**looks.WAIT, "bold": True}, "bad": looks.BAD}
FRENCH = "[$-40C]"
"""Before a number format: separators are French even where the program is not."""
PLAIN = f"{FRENCH}#,##0"
NONE = "–"
"""Stands where a thing does not apply: a count has no denominator."""


@dataclass(frozen=True)
class Cell:
    """What a cell holds, and how it looks."""

    content: str | float | date | None
    look: Look


def text(content: str, look: Look = looks.TEXT) -> Cell:
    """A text."""
    return Cell(content, look)


def day(value: date) -> Cell:
    """A date."""
    return Cell(value, {**looks.BASE, "num_format": "dd/mm/yyyy", "align": "left"})


def write_format(kind: str, value: float) -> str:
    """The number format of a value: « 65 % », « 61,3 », « 12,4 j », « 5 058 », « 3,5 »."""
    if kind == "taux":
        return f'{FRENCH}0"{FIXED}"%'
    if kind == "jours":
        return f'{FRENCH}#,##0.0"{FIXED}j"'
    return PLAIN if kind == "compte" and float(value).is_integer() else f"{PLAIN}.0"


def value(quantity: Quantity, kind: str, look: Look = looks.MAIN) -> Cell:
    """The value of a figure."""
    if quantity.value is None:
        return hole(quantity)
    return Cell(quantity.value, {**look, "num_format": write_format(kind, quantity.value)})


def hole(quantity: Quantity) -> Cell:
    """« secret » or « n. d. »: never a zero."""
    return Cell(write_hole(quantity), looks.SECRET if quantity.state == "secret" else looks.HOLE)


def count(quantity: Quantity, side: str, *, is_ratio: bool) -> Cell:
    """The numerator or the denominator of a figure."""
    if side == "denominator" and not is_ratio:
        return Cell(NONE, looks.HOLE)
    number = getattr(quantity, side)
    if number is None:
        return hole(quantity)
    return Cell(number, {**looks.NUMBER, "num_format": write_format("compte", number)})


def gap(difference: float | None, kind: str, look: Look = looks.NUMBER, *, is_rounded: bool = False) -> Cell:
    """A difference with its sign; rates differ in points. `is_rounded` shows whole people for parts."""
    if difference is None:
        return Cell(MISSING, looks.HOLE)
    number = 100 * difference if kind == "taux" else difference
    is_whole = (
        kind == "taux" or is_rounded or (kind == "compte" and abs(difference - round(difference)) < 0.05)
    )
    unit = f'"{FIXED}point{"s" if abs(number) >= 1.5 else ""}"' if kind == "taux" else ""
    return Cell(number, {**look, "num_format": _sign(number, "#,##0" if is_whole else "#,##0.0", unit)})


def _sign(number: float, shape: str, unit: str) -> str:
    """« +5 », « −9 », and « 0 » without sign for what rounds to nothing."""
    is_nil = abs(number) < (0.05 if shape.endswith(".0") else 0.5)
    plus, minus = ("", "") if is_nil else ("+", f'"{MINUS}"')
    return ";".join(f"{FRENCH}{sign}{shape}{unit}" for sign in (plus, minus, ""))


def mark(agreed: float, sign: str, kind: str) -> Cell:
    """What was agreed: « ≥ 225 », « ≥ 50 % »."""
    shape = write_format(kind if kind == "taux" else "compte", agreed)
    return Cell(
        agreed, {**looks.NUMBER, "num_format": f'{FRENCH}"{sign}{FIXED}"{shape.removeprefix(FRENCH)}'}
    )


def state(quantity: Quantity, definition: Definition) -> Cell:
    """What to know of a figure: its state, and whose numerator it is."""
    said = write_state(quantity, definition)
    return Cell(
        f"{THIN}; ".join(word for word in (said, quantity.basis) if word), looks.WAIT if said else looks.SOFT
    )


def status(word: str, quantity: Quantity, definition: Definition) -> Cell:
    """The sign and the word of an objective's status, and the state of its figure."""
    if word == UNKNOWN or quantity.value is None:
        return hole(quantity)
    more = write_state(quantity, definition)
    content = write_signed_word(word) + (f", {more}" if more else "")
    return Cell(content, LOOKS[tone_of(word)])
