"""A drawn table and what is seen of it in; the fewest sums that could be hidden, by integer programming, out.

Hidden by right are the counts from 1 to the threshold − 1. The others are hidden as few as can be, so that each of
those may still be one more or one less than it is, in some table of counts that agrees with all that is shown: the
attack (`tests.attacks`) then finds none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp

from tests.attacks import Atom, Table, View

# Another table that agrees differs from the true one by a few people in each count: this is far more.
_FAR = 30


@dataclass(frozen=True)
class Hiding:
    """Of one table: its sums, those hidden by right, and those hidden beside them."""

    sums: int
    primary: int
    beside: int


def count_hidden(table: Table, view: View) -> Hiding:
    """What secrecy hides."""
    primary = sum(_is_small(table, one) for one in view.hidden)
    return Hiding(len(view.shown) + len(view.hidden), primary, len(view.hidden) - primary)


def find_minimum(table: Table, view: View) -> Hiding:
    """What would be hidden at the least of the same sums."""
    sums = sorted({*view.shown, *view.hidden}, key=lambda one: (len(one), sorted(map(str, one))))
    is_small = np.array([_is_small(table, one) for one in sums])
    if not is_small.any():
        return Hiding(len(sums), 0, 0)
    matrix = _list_memberships(table, sums)
    truth = np.array(list(table.counts.values()), dtype=float)
    found = _solve(matrix, truth, is_small)
    return Hiding(len(sums), int(is_small.sum()), round(found) - int(is_small.sum()))


def _is_small(table: Table, one: frozenset[Atom]) -> bool:
    return 0 < sum(table.counts[atom] for atom in one) < table.shape.convention.secrecy_threshold


def _list_memberships(table: Table, sums: Sequence[frozenset[Atom]]) -> NDArray[np.float64]:
    return np.array([[float(atom in one) for atom in table.counts] for one in sums])


def _solve(matrix: NDArray[np.float64], truth: NDArray[np.float64], is_small: NDArray[np.bool_]) -> float:
    """How many sums are hidden. Unknowns: whether each sum is; for each small one, whether its witness is above it;
    and the witnesses, by how much each count moves."""
    sums, atoms = matrix.shape
    small = matrix[is_small]
    targets = small.shape[0]
    # A sum that is shown does not move: |move| ≤ far × hidden, for each witness.
    moves = np.kron(np.eye(targets), matrix)
    hidden = np.kron(np.ones((targets, 1)), _FAR * np.eye(sums))
    none = np.zeros((targets * sums, targets))
    # Its own sum moves by one at least, up or down: move ≥ 1 − wide × (1 − up), and move ≤ −1 + wide × up.
    wide = np.diag(_FAR * small.sum(axis=1) + 1)
    own = np.vstack([np.kron(np.eye(targets)[[rank]], small[[rank]]) for rank in range(targets)])
    rest = np.zeros((targets, sums))
    infinite = np.full(targets * sums, np.inf)
    constraints = [
        LinearConstraint(np.hstack([-hidden, none, moves]), -infinite, np.zeros(targets * sums)),
        LinearConstraint(np.hstack([hidden, none, moves]), np.zeros(targets * sums), infinite),
        LinearConstraint(np.hstack([rest, -wide, own]), 1 - np.diag(wide), np.full(targets, np.inf)),
        LinearConstraint(np.hstack([rest, -wide, own]), np.full(targets, -np.inf), np.full(targets, -1.0)),
    ]
    low = np.concatenate([is_small, np.zeros(targets), np.tile(np.maximum(-truth, -_FAR), targets)])
    high = np.concatenate([np.ones(sums + targets), np.full(targets * atoms, _FAR)])
    whole = np.concatenate([np.ones(sums + targets), np.zeros(targets * atoms)])
    cost = np.concatenate([np.ones(sums), np.zeros(targets + targets * atoms)])
    found = milp(cost, constraints=constraints, integrality=whole, bounds=Bounds(low, high))
    assert found.status == 0, found.message
    return float(found.fun)
