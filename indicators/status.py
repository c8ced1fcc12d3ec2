"""What was done of an objective and what was due in; its word, by the rule of `data/statuts.toml`, out."""

from __future__ import annotations

from dataclasses import dataclass

from conventions.statuses import COMPROMISED, MISSED, ON_TRACK, REACHED, UNKNOWN, WATCHED, load_rule
from conventions.values import Objective

# Counts and shares are sums of floats: what differs by less is equal.
_NOTHING = 1e-9


@dataclass(frozen=True)
class Standing:
    """Where an objective stands: `expected` is due by now, for what accumulates; `is_over` once nothing more is
    awaited of the year, `is_whole` when it then runs to 31 December; `is_acquired` for a count that only grows."""

    value: float | None
    expected: float | None
    is_over: bool
    is_whole: bool
    is_acquired: bool


def judge(objective: Objective, standing: Standing) -> str:
    """The word of an objective."""
    value = standing.value
    if value is None:
        return UNKNOWN
    if standing.is_over:
        # A convention that ends within a year owes of a count the share of its days alone.
        due = None if standing.is_whole else standing.expected
        return REACHED if share_of_due(objective, value, due) >= 1 else MISSED
    is_met = share_of_due(objective, value, None) >= 1
    if standing.is_acquired:
        if objective.direction == ">=" and is_met:
            return REACHED
        if objective.direction == "<=" and not is_met:
            return COMPROMISED
    share = share_of_due(objective, value, standing.expected)
    if share >= 1:
        return ON_TRACK
    return WATCHED if share >= load_rule().watch else COMPROMISED


def share_of_due(objective: Objective, value: float, expected: float | None) -> float:
    """The share of what was due that is there, at most 1: a floor, a ceiling, or the nearer bound of a band."""
    due = objective.value if expected is None else expected
    if objective.direction == "<=":
        return _divide(due, value)
    if objective.upper is not None and value > objective.upper:
        return _divide(objective.upper, value)
    return _divide(value, due)


def _divide(part: float, whole: float) -> float:
    return 1.0 if whole <= 0 or part >= whole - _NOTHING else part / whole + _NOTHING
