"""The named numbers of a sheet in; observations, and a finding for each number that is not one, out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from conventions.catalogue import Catalogue
from conventions.values import Convention
from etl.address import cell_name
from etl.cells import HOLE
from etl.columns import AMBIGUOUS_PLACE, UNKNOWN_PLACE
from etl.crosstab import Named
from etl.judge import TotalCheck
from etl.report import INFORMATION, WARNING, Finding, Observation

_FRACTIONAL = frozenset({"ETP", "jours", "euros"})
_SHOWN = 5
_ASIDE = {
    "rate": "taux ou part : recalculé par Jalons, jamais chargé",
    "objective": "objectif : ce n’est pas un réalisé",
    "evolution": "évolution : recalculée, jamais chargée",
    "cumul": "cumul : recalculé à partir des périodes",
    "reminder": "rappel d’une autre période",
    "note": "note",
}


@dataclass
class Sorted:
    """The observations of one sheet and what was said of the rest."""

    observations: list[Observation] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def sort_numbers(
    kept: Iterable[Named], sheet: str, source: str, convention: Convention | None, catalogue: Catalogue
) -> Sorted:
    """Turn the fully named numbers into observations and group the others into findings by cause."""
    out = Sorted()
    unexplained: dict[tuple[int, int], list[Named]] = defaultdict(list)
    lacking: dict[tuple[str, tuple[str, ...], str], list[Named]] = defaultdict(list)
    aside: dict[str, list[Named]] = defaultdict(list)
    refused: dict[tuple[str, str], list[Named]] = defaultdict(list)
    for named in kept:
        if named.kind is not None:
            aside[named.kind].append(named)
        elif named.problem is not None:
            unexplained[named.problem.spot].append(named)
        elif named.conflict:
            out.findings.append(
                _finding(
                    WARNING,
                    "libelles_contradictoires",
                    f"Nombre non retenu : {named.conflict}.",
                    sheet,
                    named,
                )
            )
        elif named.missing:
            lacking[("", named.missing, _column(named))].append(named)
        else:
            problem = _refuse(named, catalogue)
            if problem is None:
                out.observations.append(_observe(named, sheet, source, convention))
            else:
                refused[problem].append(named)
    out.findings += [_explain_label(cells, sheet) for cells in unexplained.values()]
    out.findings += [_explain_missing(missing, cells, sheet) for (_, missing, _), cells in lacking.items()]
    out.findings += [
        _finding(WARNING, code, f"{_span(cells)} : {message}", sheet, cells[0])
        for (code, message), cells in refused.items()
    ]
    out.findings += [_explain_aside(kind, cells, sheet) for kind, cells in aside.items() if kind in _ASIDE]
    return out


def _column(named: Named) -> str:
    return cell_name(0, named.spot[1]).rstrip("1")


def _finding(severity: str, code: str, message: str, sheet: str, named: Named) -> Finding:
    return Finding(severity, code, message, sheet, cell_name(*named.spot))


def _span(cells: list[Named]) -> str:
    first, last = cell_name(*cells[0].spot), cell_name(*cells[-1].spot)
    return first if first == last else f"{first} à {last}"


def _explain_label(cells: list[Named], sheet: str) -> Finding:
    label = cells[0].problem
    assert label is not None
    words = " ".join(label.reading.rest) or label.text
    where = f"{len(cells)} nombre(s) non retenu(s) ({_span(cells)})"
    if label.reading.how in (UNKNOWN_PLACE, AMBIGUOUS_PLACE):
        is_unknown = label.reading.how == UNKNOWN_PLACE
        code = "territoire_inconnu" if is_unknown else "territoire_ambigu"
        reason = (
            "ne correspond exactement à aucun territoire connu"
            if is_unknown
            else "peut désigner plusieurs territoires"
        )
        advice = "Écrivez le code officiel (INSEE ou SIREN) ou le nom exact."
        return Finding(
            WARNING, code, f"« {label.text} » {reason} : {where}. {advice}", sheet, cell_name(*label.spot)
        )
    if label.reading.has_conflict:
        message = (
            f"« {label.text} » nomme plusieurs choses à la fois : {where}. Séparez-les en deux intitulés."
        )
        return Finding(WARNING, "libelle_ambigu", message, sheet, cell_name(*label.spot))
    message = (
        f"« {label.text} » n’est pas compris (mots inexpliqués : {words}) : {where}. Précisez l’intitulé."
    )
    return Finding(WARNING, "libelle_inconnu", message, sheet, cell_name(*label.spot))


def _explain_missing(missing: tuple[str, ...], cells: list[Named], sheet: str) -> Finding:
    what = " et ".join(missing)
    message = (
        f"{len(cells)} nombre(s) non retenu(s) ({_span(cells)}) : {what} non nommé(e). "
        "Attendu dans l’intitulé de ligne ou de colonne, le titre ou le nom de la feuille."
    )
    return _finding(WARNING, "nombre_non_nomme", message, sheet, cells[0])


def _explain_aside(kind: str, cells: list[Named], sheet: str) -> Finding:
    return _finding(
        INFORMATION,
        f"ecarte_{kind}",
        f"{len(cells)} cellule(s) écartée(s) ({_span(cells)}), {_ASIDE[kind]}.",
        sheet,
        cells[0],
    )


def _observe(named: Named, sheet: str, source: str, convention: Convention | None) -> Observation:
    return Observation(
        measure=named.measure or "",
        territory=named.territory or "",
        period=named.period or "",
        source=source,
        segment=named.segment,
        value=named.cell.number,
        state=named.cell.state or "n.d." if named.cell.kind == HOLE else "ok",
        sheet=sheet,
        cell=cell_name(*named.spot),
        is_context=convention is None or named.territory not in convention.codes,
    )


def _refuse(named: Named, catalogue: Catalogue) -> tuple[str, str] | None:
    """Why a named number cannot be a count of its measure: a code and a French sentence; None when it can."""
    measure, number = catalogue.measures[named.measure or ""], named.cell.number
    for axis, _ in named.segment:
        if axis not in measure.axes:
            return (
                "axe_inattendu",
                f"« {measure.label} » n’est pas suivi par « {catalogue.axes[axis].label} » : non retenu.",
            )
    if number is None:
        return None
    if named.cell.is_percent:
        return (
            "pourcentage_pour_un_compte",
            f"un pourcentage ne peut pas être « {measure.label} » ({measure.unit}).",
        )
    if number < 0:
        return "valeur_negative", f"« {measure.label} » ne peut pas être négatif (lu : {named.cell.text})."
    if measure.unit not in _FRACTIONAL and not number.is_integer():
        return (
            "valeur_non_entiere",
            f"« {measure.label} » se compte en {measure.unit}, un entier est attendu (lu : {named.cell.text}).",
        )
    return None


def withdraw_contradictions(observations: list[Observation]) -> tuple[list[Observation], list[Finding]]:
    """One name, one value: equal repeats keep the first cell, contradictions are withdrawn and both addresses told."""
    groups: dict[tuple[object, ...], list[Observation]] = defaultdict(list)
    for one in observations:
        groups[(one.measure, one.territory, one.period, one.source, one.segment)].append(one)
    kept: list[Observation] = []
    opposed: dict[tuple[str, ...], list[list[Observation]]] = defaultdict(list)
    for same in groups.values():
        if len({(one.value, one.state) for one in same}) == 1:
            kept.append(same[0])
        else:
            opposed[tuple(one.sheet for one in same)].append(same)
    return kept, [_explain_opposed(groups) for groups in opposed.values()]


def _explain_opposed(groups: list[list[Observation]]) -> Finding:
    """One finding for all the contradictions between the same sheets, with the first addresses."""
    shown = " ; ".join(
        f"{same[0].measure} {same[0].territory} {same[0].period} : "
        + ", ".join(f"{one.sheet}!{one.cell} = {_shown(one)}" for one in same)
        for same in groups[:_SHOWN]
    )
    more = f" et {len(groups) - _SHOWN} autres" if len(groups) > _SHOWN else ""
    message = (
        f"Deux valeurs pour un même chiffre ({shown}{more}). Aucune n’est retenue ; corrigez l’une des deux."
    )
    first = groups[0][0]
    return Finding(WARNING, "valeurs_contradictoires", message, first.sheet, first.cell)


def _shown(one: Observation) -> str:
    return one.state if one.value is None else f"{one.value:g}"


def check_totals(checks: Iterable[TotalCheck], sheet: str) -> list[Finding]:
    """A finding for each total that contradicts its parts, one for all those that agree."""
    findings, right = [], 0
    for check in checks:
        if not check.is_wrong:
            right += 1
            continue
        message = (
            f"Le total affiché ({check.named.cell.text}) ne vaut pas la somme de ses parties ({check.sums[0]:g}). "
            "La somme des parties sera retenue ; vérifiez les lignes du dessus."
        )
        findings.append(_finding(WARNING, "total_incoherent", message, sheet, check.named))
    if right:
        findings.append(
            Finding(
                INFORMATION, "totaux_verifies", f"{right} total(aux) écarté(s), sans contradiction.", sheet
            )
        )
    return findings
