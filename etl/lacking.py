"""What a new file lacks of those it replaces in part, in; one finding per older file, in French, out."""

from __future__ import annotations

from itertools import groupby

from conventions.catalogue import load_catalogue
from conventions.periods import parse_period
from etl.report import INFORMATION, Finding
from store.changes import Lacking, LackingFigure

_EXAMPLES = 3


def tell_lacking(lacking: Lacking, *, is_retired: bool) -> list[Finding]:
    """One finding per older file: what it had and this one lacks, with examples."""
    findings = []
    for (_, file), group in groupby(lacking.figures, key=lambda figure: (figure.import_id, figure.file)):
        absent = list(group)
        examples = " ; ".join(_describe(figure) for figure in absent[:_EXAMPLES])
        fate = _count_lacking(len(absent), ("chiffre", "chiffres"), file, is_retired=is_retired)
        findings.append(Finding(INFORMATION, "chiffres_absents", f"{fate} Par exemple : {examples}."))
    for lot in lacking.paths:
        fate = _count_lacking(lot.count, ("parcours", "parcours"), lot.file, is_retired=is_retired)
        findings.append(Finding(INFORMATION, "parcours_absents", fate))
    return findings


def _count_lacking(count: int, nouns: tuple[str, str], file: str, *, is_retired: bool) -> str:
    if count == 1:
        fate = "il est retiré" if is_retired else "il reste"
        return f"1 {nouns[0]} du fichier « {file} » n’est pas dans celui-ci ; {fate}."
    fate = "ils sont retirés" if is_retired else "ils restent"
    return f"{count} {nouns[1]} du fichier « {file} » ne sont pas dans celui-ci ; {fate}."


def _describe(figure: LackingFigure) -> str:
    """« DE orientés vers le PLIE, 13056, 1er trimestre 2024, Femmes : 12 »."""
    catalogue = load_catalogue()
    characteristics = [catalogue.axes[axis].values.get(value, value) for axis, value in figure.segment]
    names = (catalogue.indicator(figure.measure).label, figure.territory, parse_period(figure.period).label)
    value = figure.state if figure.value is None else f"{figure.value:g}".replace(".", ",")
    return f"{', '.join((*names, *characteristics))} : {value}"
