"""The count of a part and that of its whole in; the part as a share of that whole, over the same cells, out.

Parts that overlap (publics) have shares that do not add up to 100 %: each is read alone, against the whole.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from conventions.values import Axis, Indicator
from indicators.amounts import SECRET, UNKNOWN
from indicators.judge import OK, PARTIAL, PROVISIONAL
from indicators.values import Figure

OTHER_CELLS = "L’ensemble n’est pas connu pour les mêmes territoires et les mêmes périodes."
NO_WHOLE = "L’ensemble n’est pas connu, ou il est nul."


def as_share(indicator: Indicator) -> Indicator:
    """A count read as a share of its own whole."""
    return replace(indicator, unit="taux", denominator=indicator.numerator)


def share(part: Figure, whole: Figure | None) -> Figure:
    """The part over the whole; it keeps the question it answers, which leads to the count above."""
    hidden = [one for one in (part, whole) if one is not None and one.state == SECRET]
    if hidden:
        return _empty(part, SECRET, hidden[0].reason)
    if part.value is None:
        return _empty(part, UNKNOWN, part.reason)
    if whole is None or not whole.value:
        return _empty(part, UNKNOWN, NO_WHOLE)
    if set(part.missing) != set(whole.missing) or part.source != whole.source:
        return _empty(part, UNKNOWN, OTHER_CELLS)
    states = (part.state, whole.state)
    state = next((one for one in (PARTIAL, PROVISIONAL) if one in states), OK)
    value = part.value / whole.value
    return replace(part, numerator=part.value, denominator=whole.value, value=value, state=state)


def _empty(part: Figure, state: str, reason: str) -> Figure:
    return replace(part, numerator=None, denominator=None, value=None, state=state, reason=reason)


def find_partition(axis: Axis, received: Collection[str]) -> tuple[str, ...]:
    """The finest list of values that was received whole and makes the whole; none for an axis that overlaps."""
    whole = [values for values in axis.partitions if set(values) <= set(received)]
    return max(whole, key=len, default=())
