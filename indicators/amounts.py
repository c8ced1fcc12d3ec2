"""A quantity that may be unknown: its value, its state, what it lacks, and the cube rows it comes from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

from conventions.values import Segment

SECRET, UNKNOWN, NOT_CONCERNED, NOT_AWAITED = "secret", "n.d.", "sans_objet", "hors_convention"
# What has such a state adds nothing to a sum and takes nothing from it.
_ASIDE = frozenset({NOT_CONCERNED, NOT_AWAITED})

Hole = tuple[str, str]
"""A territory and a period of which a count is not known."""


class Leaf(NamedTuple):
    """One row of the cube that a figure was made from; `convention` is empty for a row of context."""

    convention: str
    source: str
    origin: str
    measure: str
    segment: Segment
    territory: str
    period: str


@dataclass(frozen=True)
class Amount:
    """`value` is None when unknown; then `state` says why: n.d., secret, sans_objet or hors_convention.

    `missing` names what a known value leaves out, or what an unknown one lacks; `reason` why it is not made of others.
    """

    value: float | None
    state: str = "ok"
    missing: tuple[Hole, ...] = ()
    leaves: tuple[Leaf, ...] = ()
    reason: str = ""

    @property
    def is_known(self) -> bool:
        """Whether there is a value."""
        return self.value is not None

    @property
    def is_complete(self) -> bool:
        """Whether there is a value and it leaves nothing out."""
        return self.is_known and not self.missing

    def lacking(self, missing: Iterable[Hole]) -> Amount:
        """The same, leaving out something more."""
        return replace(self, missing=tuple(dict.fromkeys((*self.missing, *missing))))


def unknown(state: str = UNKNOWN, missing: Iterable[Hole] = (), reason: str = "") -> Amount:
    """An amount without value."""
    return Amount(None, state, tuple(missing), reason=reason)


def add(amounts: Iterable[Amount]) -> Amount:
    """The sum; unknown as soon as a part is, with every part that lacks (a missing count is not a zero)."""
    parts = list(amounts)
    leaves = tuple(leaf for part in parts for leaf in part.leaves)
    values = [part.value for part in parts if part.value is not None]
    lacking = [part for part in parts if not part.is_known and part.state not in _ASIDE]
    if values and not lacking:
        return Amount(sum(values), "ok", _list_holes(parts), leaves)
    lacking = lacking or parts
    states = {part.state for part in lacking}
    state = SECRET if SECRET in states else states.pop() if len(states) == 1 else UNKNOWN
    reason = next((part.reason for part in lacking if part.reason), "")
    return Amount(None, state, _list_holes(lacking), leaves, reason)


def _list_holes(parts: Iterable[Amount]) -> tuple[Hole, ...]:
    return tuple(dict.fromkeys(hole for part in parts for hole in part.missing))


def subtract(whole: Amount, part: Amount) -> Amount:
    """What is left of the whole without a part; unknown when either is."""
    if not whole.is_known:
        return whole
    return add([whole, replace(part, value=-part.value) if part.value is not None else part])
