"""A request narrowed to a group or to a source in; why a figure cannot be read of just these, out."""

from __future__ import annotations

from collections.abc import Sequence

from conventions.values import Axis, Indicator, Segment, Term
from indicators.judge import Asked
from indicators.refusals import refuse_group, refuse_source, refuse_split
from indicators.rules import can_split
from indicators.scope import Scope


def find_unsplit(scope: Scope, indicator: Indicator) -> Axis | None:
    """The first axis of the group asked for by which an indicator is not counted on both sides."""
    axes = [axis for axis, _ in scope.request.segment]
    return next((scope.catalogue.axes[axis] for axis in axes if not can_split(indicator, axis, scope.catalogue)), None)


def refuse_narrowed(scope: Scope, asked: Asked, terms: Sequence[Term]) -> str:
    """Why there is no value for the group or from the source of the request; nothing when it asks for neither, or when
    something was only not received."""
    request = scope.request
    unsplit = find_unsplit(scope, asked.indicator)
    if unsplit is not None:
        return refuse_split(unsplit)
    own = [one for one in scope.counts if one.source == asked.source]
    for term in terms:
        label = scope.catalogue.measures[term.measure].label
        if request.source is not None and not any(one.territories(term.measure) for one in own):
            return refuse_source(label, _name_source(scope, request.source))
        segment = tuple(sorted({**dict(asked.segment), **dict(term.segment)}.items()))
        if request.segment and not any(segment in one.segments(term.measure) for one in own):
            return refuse_group(label, _name_group(scope, segment))
    return ""


def _name_source(scope: Scope, code: str) -> str:
    return next(one.label for one in scope.convention.sources if one.code == code)


def _name_group(scope: Scope, segment: Segment) -> str:
    return ", ".join(scope.catalogue.axes[axis].values.get(value, value) for axis, value in segment)
