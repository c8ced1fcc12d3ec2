"""An objective or a commitment and two days in; what was agreed on each part of that time, as amended, out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from conventions.values import Amendment, Change, Commitment, Objective, Step


@dataclass(frozen=True)
class InForce:
    """What is agreed from one day to another; `number` is the amendment's, None the convention's own."""

    start: date
    end: date
    value: float
    upper: float | None
    label: str
    article: str
    number: int | None

    @property
    def days(self) -> int:
        """How many days it lasts, both ends included."""
        return (self.end - self.start).days + 1


def list_in_force(agreed: Objective | Commitment, start: date, end: date) -> tuple[InForce, ...]:
    """The values in force between two days, in order; a single one when no amendment falls between them."""
    steps = [_first(agreed), *agreed.steps]
    ends = [*(step.day - timedelta(days=1) for step in agreed.steps), date.max]
    return tuple(
        InForce(max(step.day, start), min(last, end), step.value, step.upper, step.label, step.article, step.number)
        for step, last in zip(steps, ends, strict=True)
        if step.day <= end and last >= start
    )


def weigh(parts: Sequence[InForce]) -> tuple[float, float | None]:
    """The value (and the upper bound) of the whole time, each part counting by its days."""
    days = sum(part.days for part in parts)
    value = sum(part.value * part.days for part in parts) / days
    uppers = [part.upper * part.days for part in parts if part.upper is not None]
    return value, sum(uppers) / days if len(uppers) == len(parts) else None


def sum_due(parts: Sequence[InForce], day: date) -> float:
    """The share due at the end of a day: each part's value, for its days gone, over all the days."""
    days = sum(part.days for part in parts)
    gone = ((part.value, (min(part.end, day) - part.start).days + 1) for part in parts)
    return sum(value * max(0, elapsed) for value, elapsed in gone) / days


def amend_objective(objective: Objective, amendments: Sequence[Amendment]) -> Objective:
    """The objective with the steps that the amendments give it."""
    changes = [(one, change) for one in amendments for change in one.objectives if change.code == objective.code]
    return replace(objective, steps=_list_steps(_first(objective), changes))


def amend_commitment(commitment: Commitment, amendments: Sequence[Amendment]) -> Commitment:
    """The commitment with the steps that the amendments give it."""
    changes = [(one, change) for one in amendments for change in one.commitments if change.code == commitment.code]
    return replace(commitment, steps=_list_steps(_first(commitment), changes))


def _first(agreed: Objective | Commitment) -> Step:
    """What was agreed before any amendment."""
    if isinstance(agreed, Objective):
        return Step(date.min, agreed.value, agreed.upper, agreed.label, agreed.article, None)
    return Step(date.min, agreed.times, agreed.times_max, agreed.label, agreed.article, None)


def _list_steps(first: Step, changes: Sequence[tuple[Amendment, Change]]) -> tuple[Step, ...]:
    """What a change does not say stays as it was."""
    steps = [first]
    for amendment, change in changes:
        last = steps[-1]
        steps.append(
            Step(
                day=amendment.day,
                value=last.value if change.value is None else change.value,
                upper=last.upper if change.upper is None else change.upper,
                label=change.label or last.label,
                article=amendment.article,
                number=amendment.number,
            )
        )
    return tuple(steps[1:])
