"""A figure asked for and how to count it in; its count out, each part of its time by the definition of that time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from conventions.catalogue import Catalogue
from conventions.periods import Period
from conventions.values import Convention, Indicator
from conventions.versions import list_versions, split_by_version
from indicators.amounts import add, unknown
from indicators.judge import Asked, Counted
from indicators.refusals import refuse_versions, tell_versions
from indicators.rules import list_terms
from indicators.scope import Scope
from indicators.spans import cover, since_january

_Part = tuple[Indicator, tuple[Period, ...]]


def count_by_version(scope: Scope, asked: Asked, count: Callable[[Asked], Counted]) -> Counted:
    """Over two definitions: what adds up in time is the sum of its parts, a head count is that of the last day; the
    rest, when the terms change, is refused and says why."""
    is_cumul = asked.indicator.time == "cumul" and bool(asked.periods)
    parts = split_by_version(
        asked.indicator, scope.convention, since_january(asked.periods[-1]) if is_cumul else asked.periods
    )
    last = replace(asked, indicator=parts[-1][0])
    kinds = _list_kinds(parts, scope.catalogue)
    if len(parts) == 1 or kinds == {"stock"}:
        return count(last)
    day, changed = _find_change(parts, scope.convention)
    if kinds <= {"flux", "somme"}:
        found = [count(_narrow(asked, part)) for part in parts]
        amounts = tuple(add(column) for column in zip(*(one.amounts for one in found), strict=True))
        return Counted(found[-1].terms, amounts, tell_versions(day, changed))
    terms = list_terms(last.indicator)
    if all(list_terms(one) == terms for one, _ in parts):
        return replace(count(last), note=tell_versions(day, changed))
    return Counted(terms, tuple(unknown(reason=refuse_versions(day, changed)) for _ in terms))


def _list_kinds(parts: Sequence[_Part], catalogue: Catalogue) -> set[str]:
    """The kinds of the measures counted; an average over dates is none of them."""
    kinds = {catalogue.measures[term.measure].kind for one, _ in parts for term in list_terms(one)}
    return kinds | {one.time for one, _ in parts if one.time == "moyenne"}


def _find_change(parts: Sequence[_Part], convention: Convention) -> tuple[str, str]:
    """The day of the first change between these parts, and what they all change."""
    first, last = parts[0][1][-1].end, parts[-1][1][-1].end
    changes = [one for one in list_versions(parts[0][0], convention) if first < one.day <= last]
    return f"{changes[0].day:%d/%m/%Y}", " ".join(one.changed for one in changes)


def _narrow(asked: Asked, part: _Part) -> Asked:
    """One part alone, counted over its own periods."""
    indicator, periods = part
    window = replace(asked.window, periods=cover(periods))
    return replace(asked, indicator=replace(indicator, time="periode"), window=window)
