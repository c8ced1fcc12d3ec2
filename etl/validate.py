"""The observations of a file in; a finding for each figure that cannot be right beside the others, out."""

from __future__ import annotations

from collections.abc import Sequence

from conventions.catalogue import Catalogue
from conventions.periods import parse_period
from conventions.values import Convention, Segment
from etl.report import INFORMATION, WARNING, Finding, Observation

# In flux a stage can exceed the one before it (people of last quarter): told, never refused.
_FUNNEL = (
    ("presents", "orientes"),
    ("diagnostics", "presents"),
    ("integres", "diagnostics"),
    ("presents_ic", "convoques"),
)
_PARTS = (("sorties_positives", "sorties"),)


def check_observations(
    observations: Sequence[Observation], convention: Convention | None, catalogue: Catalogue
) -> list[Finding]:
    """Funnel, positive exits within exits, periods within the convention."""
    by_name = {(o.measure, o.territory, o.period, o.segment): o for o in observations if o.value is not None}
    findings = [*_exceeding(by_name, _FUNNEL, catalogue, INFORMATION, "decalage_de_periode")]
    findings += _exceeding(by_name, _PARTS, catalogue, WARNING, "partie_plus_grande_que_le_tout")
    return findings + _out_of_period(observations, convention)


def _exceeding(
    by_name: dict[tuple[str, str, str, Segment], Observation], pairs: tuple[tuple[str, str], ...], catalogue: Catalogue,
    severity: str, code: str,
) -> list[Finding]:  # fmt: skip
    findings = []
    for (measure, territory, period, segment), part in by_name.items():
        for small, large in pairs:
            whole = by_name.get((large, territory, period, segment)) if measure == small else None
            if whole is not None and (part.value or 0) > (whole.value or 0):
                message = (
                    f"{part.value:g} « {catalogue.measures[small].label} » pour {whole.value:g} "
                    f"« {catalogue.measures[large].label} » ({whole.sheet}!{whole.cell}), {parse_period(period).label}. "
                    + (
                        "Décalage de période possible, signalé sur les graphiques."
                        if severity == INFORMATION
                        else "Vérifiez les deux."
                    )
                )
                findings.append(Finding(severity, code, message, part.sheet, part.cell))
    return findings


def _out_of_period(observations: Sequence[Observation], convention: Convention | None) -> list[Finding]:
    if convention is None:
        return []
    outside: dict[str, Observation] = {}
    for one in observations:
        period = parse_period(one.period)
        if not one.is_context and (period.end < convention.start or period.start > convention.end):
            outside.setdefault(one.period, one)
    return [
        Finding(
            WARNING,
            "hors_convention",
            f"« {parse_period(code).label} » est hors des années de la convention "
            f"({convention.start:%d/%m/%Y} au {convention.end:%d/%m/%Y}). Vérifiez l’année.",
            one.sheet,
            one.cell,
        )
        for code, one in outside.items()
    ]
