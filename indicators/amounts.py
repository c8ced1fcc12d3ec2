"""A quantity that may be unknown: its value, its state, what is missing to it, and the cube rows it comes from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from conventions.values import Segment


@dataclass(frozen=True)
class Leaf:
    """One row of the cube that a figure was made from."""

    measure: str
    segment: Segment
    territory: str
    period: str
    source: str
    origin: str


@dataclass(frozen=True)
class Amount:
    """`value` is None when unknown; then `state` says why: n.d. (not there), secret, sans_objet.

    `missing` names what a known value leaves out, or what an unknown one lacks: (territory, period) pairs.
    """

    value: float | None
    state: str = "ok"
    missing: tuple[tuple[str, str], ...] = ()
    leaves: tuple[Leaf, ...] = ()

    @property
    def is_known(self) -> bool:
        """Whether there is a value."""
        return self.value is not None


def unknown(state: str = "n.d.", missing: Iterable[tuple[str, str]] = ()) -> Amount:
    """An amount without value."""
    return Amount(None, state, tuple(missing))


def add(amounts: Iterable[Amount]) -> Amount:
    """The sum; unknown as soon as a part is, with every part that lacks (a missing count is not a zero)."""
    parts = list(amounts)
    leaves = tuple(leaf for part in parts for leaf in part.leaves)
    missing = tuple(pair for part in parts for pair in part.missing)
    lacking = [part for part in parts if not part.is_known]
    if lacking or not parts:
        is_secret = any(part.state == "secret" for part in lacking)
        return Amount(None, "secret" if is_secret else "n.d.", missing, leaves)
    return Amount(sum(part.value or 0.0 for part in parts), "ok", missing, leaves)
