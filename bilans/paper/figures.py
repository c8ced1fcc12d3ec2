"""Quantities in; the HTML that says them out: value, counts, state, and the way to their proof."""

from __future__ import annotations

from dataclasses import replace
from html import escape

from bilans.values import Definition, Quantity
from bilans.wording import write_gap, write_state, write_value
from ui.french import MISSING, write_count
from ui.proof.link import ASK, wrap_key
from ui.tables import Cell, note
from ui.wording import SECRET, tag_word

NONE = "—"
"""Stands where a thing does not apply."""


def write_counts(quantity: Quantity) -> str:
    """« 268/412 » for a ratio whose counts are known, else nothing."""
    if quantity.value is None or quantity.numerator is None or quantity.denominator is None:
        return ""
    return f"{write_count(quantity.numerator)}/{write_count(quantity.denominator)}"


def write_link(quantity: Quantity, definition: Definition) -> str:
    """The value alone, leading to its proof where it is known how it was asked for; a hole by its word."""
    if quantity.value is None:
        html = SECRET if quantity.state == "secret" else MISSING
    else:
        html = f"<b>{write_value(quantity.value, definition.kind)}</b>"
    if not quantity.proof:
        return html
    counts, state = write_counts(quantity).replace("/", " sur "), write_state(quantity, definition)
    parts = (definition.label, counts, state, ASK)
    return wrap_key(html, quantity.proof, ". ".join(part for part in parts if part))


def write_cell(quantity: Quantity, definition: Definition, *, is_tagged: bool = False) -> Cell:
    """The value over its counts."""
    state = f" {tag_word(quantity.state)}" if is_tagged and quantity.value is not None else ""
    counts = write_counts(quantity)
    under = f"({counts})" if counts else ""
    return Cell(note(f"{write_link(quantity, definition)}{state}", under), css="" if quantity.is_known else "j-soft")


def write_compared(quantity: Quantity, definition: Definition) -> Cell:
    """The same a year before: softer than what it is compared with."""
    return replace(write_cell(quantity, definition), css="j-compared")


def count_people(definition: Definition, label: str) -> Definition:
    """The numerator of a rate as a count of its own."""
    return replace(definition, label=label, kind="compte", denominator="")


def write_line(quantity: Quantity, definition: Definition) -> str:
    """The value and its counts in one line."""
    counts = write_counts(quantity)
    said = f' <span class="j-counts">({counts})</span>' if counts else ""
    return f"{write_link(quantity, definition)}{said}"


def write_cited(articles: str) -> str:
    """The articles after a label; « Convention » is none of them and says nothing more."""
    return f' <span class="j-counts j-cited">{escape(articles)}</span>' if articles.startswith("Art.") else ""


def write_change(change: float | None, kind: str) -> str:
    """« +3 points », or « n. d. »."""
    return escape(write_gap(change, kind)) if change is not None else f'<span class="j-soft">{MISSING}</span>'
