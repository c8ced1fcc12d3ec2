"""The observations of a file in; the figures of the whole convention beside those of its parts, checked, out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from conventions.values import Convention, Measure
from etl.report import INFORMATION, WARNING, Finding, Observation, list_areas

_SHOWN = 5


def set_wholes_aside(
    observations: Sequence[Observation], convention: Convention | None, measures: Mapping[str, Measure]
) -> tuple[list[Observation], list[Finding]]:
    """A figure of the whole convention is a total where the file has its parts: checked, never loaded.

    A measure that does not add up over territories (different people) needs its own figure, and keeps it.
    """
    if convention is None:
        return list(observations), []
    root = convention.territory.code
    levels = [
        frozenset(place.code for place in convention.places if place.kind == level.kind)
        for level in convention.levels
        if level.complete
    ]
    parts: dict[tuple[object, ...], dict[str, float | None]] = defaultdict(dict)
    for one in observations:
        parts[_name(one)][one.territory] = one.value
    kept: list[Observation] = []
    aside: list[Observation] = []
    wrong: list[Observation] = []
    for one in observations:
        found = [{code: parts[_name(one)][code] for code in level if code in parts[_name(one)]} for level in levels]
        if one.territory != root or not any(found) or not _adds_up(one.measure, measures):
            kept.append(one)
        else:
            sums = [_sum(values, level) for values, level in zip(found, levels, strict=True)]
            known = [total for total in sums if total is not None]
            is_wrong = one.value is not None and known and all(abs(one.value - total) > 0.5 for total in known)
            (wrong if is_wrong else aside).append(one)
    return kept, _explain(aside, wrong)


def _adds_up(code: str, measures: Mapping[str, Measure]) -> bool:
    """Whether a measure adds up over territories; a mean supplied as such, which is no measure, never does."""
    return code in measures and "territoire" in measures[code].adds_over


def _name(one: Observation) -> tuple[object, ...]:
    return one.measure, one.period, one.source, one.segment


def _sum(values: Mapping[str, float | None], level: frozenset[str]) -> float | None:
    """The sum of a level's places; None when one is absent or has no number."""
    numbers = [value for value in values.values() if value is not None]
    return sum(numbers) if len(numbers) == len(level) else None


def _explain(aside: Sequence[Observation], wrong: Sequence[Observation]) -> list[Finding]:
    findings = []
    by_sheet: dict[str, list[Observation]] = defaultdict(list)
    for one in aside:
        by_sheet[one.sheet].append(one)
    for sheet, cells in by_sheet.items():
        message = f"{len(cells)} nombre(s) non retenu(s) : total de la convention, que ses territoires donnent déjà."
        found = Finding(INFORMATION, "total_de_la_convention", message, sheet, cells[0].cell, list_areas(cells))
        findings.append(found)
    shown = ", ".join(f"{one.sheet}!{one.cell} = {one.value:g}" for one in wrong[:_SHOWN])
    if wrong:
        more = f" et {len(wrong) - _SHOWN} autres" if len(wrong) > _SHOWN else ""
        message = (
            f"{len(wrong)} nombre(s) non retenu(s) : le total de la convention ne vaut pas la somme de ses "
            f"territoires ({shown}{more}). Vérifiez les uns et les autres."
        )
        first = wrong[0]
        findings.append(
            Finding(WARNING, "total_incoherent", message, first.sheet, first.cell, list_areas(wrong))
        )
    return findings
