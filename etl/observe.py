"""The named numbers of a sheet in; observations, and a finding for each number that is not one, out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from conventions.catalogue import Catalogue
from conventions.values import Convention
from etl.address import Spot, cell_name
from etl.causes import Cause, explain, find_cause, hush
from etl.cells import HOLE
from etl.judge import TotalCheck
from etl.naming import Named
from etl.report import INFORMATION, WARNING, Finding, Observation, areas_of, list_areas

_SHOWN = 5


@dataclass
class Sorted:
    """The observations of one sheet and what was said of the rest."""

    observations: list[Observation] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def sort_numbers(
    kept: Iterable[Named],
    sheet: str,
    source: str,
    convention: Convention | None,
    catalogue: Catalogue,
    asked: Collection[str] = (),
) -> Sorted:
    """Turn the fully named numbers into observations and group the others into findings by cause.

    `asked` are the keys of the labels that a question is about.
    """
    out = Sorted()
    causes: dict[Cause, list[Named]] = defaultdict(list)
    for named in kept:
        cause = find_cause(named, catalogue, asked)
        if cause is None:
            out.observations.append(observe(named, sheet, source, convention))
        else:
            causes[cause].append(named)
    out.findings += [explain(cause, cells, sheet) for cause, cells in hush(causes).items()]
    return out


def observe(named: Named, sheet: str, source: str, convention: Convention | None) -> Observation:
    """A named number as it is loaded."""
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


def withdraw_contradictions(observations: list[Observation]) -> tuple[list[Observation], list[Finding]]:
    """One name, one value: of equal repeats the first cell is kept, contradictions are withdrawn; both are told.

    Equal repeats beside contradictions are withdrawn too: the table lost an axis, and they agree by chance.
    """
    groups: dict[tuple[object, ...], list[Observation]] = defaultdict(list)
    for one in observations:
        groups[(one.measure, one.territory, one.period, one.source, one.segment)].append(one)
    opposed = [same for same in groups.values() if len({(one.value, one.state) for one in same}) > 1]
    doubtful: dict[frozenset[str], list[list[Observation]]] = {_sheets(same): [] for same in opposed}
    kept: list[Observation] = []
    repeated: list[Observation] = []
    for same in groups.values():
        if len(same) > 1 and _sheets(same) in doubtful:
            doubtful[_sheets(same)].append(same)
        else:
            kept.append(same[0])
            repeated += same[1:]
    return kept, [_explain_opposed(groups) for groups in doubtful.values()] + _explain_repeated(repeated)


def _sheets(same: list[Observation]) -> frozenset[str]:
    return frozenset(one.sheet for one in same)


def _explain_repeated(repeated: list[Observation]) -> list[Finding]:
    if not repeated:
        return []
    shown = ", ".join(f"{one.sheet}!{one.cell}" for one in repeated[:_SHOWN])
    more = f" et {len(repeated) - _SHOWN} autres" if len(repeated) > _SHOWN else ""
    message = f"{len(repeated)} nombre(s) non retenu(s) : même chiffre déjà lu ailleurs ({shown}{more})."
    first = repeated[0]
    return [Finding(INFORMATION, "chiffre_repete", message, first.sheet, first.cell, list_areas(repeated))]


def _explain_opposed(groups: list[list[Observation]]) -> Finding:
    """One finding for all the contradictions between the same sheets, with the first addresses."""
    shown = " ; ".join(
        f"{same[0].measure} {same[0].territory} {same[0].period} : "
        + ", ".join(f"{one.sheet}!{one.cell} = {_shown(one)}" for one in same)
        for same in groups[:_SHOWN]
    )
    more = f" et {len(groups) - _SHOWN} autres" if len(groups) > _SHOWN else ""
    number = sum(len(same) for same in groups)
    message = (
        f"{number} nombre(s) non retenu(s) : plusieurs valeurs pour un même chiffre ({shown}{more}). "
        "Aucune n’est retenue : corrigez-les, ou complétez l’intitulé qui les distingue."
    )
    first = groups[0][0]
    where = list_areas(one for same in groups for one in same)
    return Finding(WARNING, "valeurs_contradictoires", message, first.sheet, first.cell, where)


def _shown(one: Observation) -> str:
    return one.state if one.value is None else f"{one.value:g}"


def check_totals(checks: Iterable[TotalCheck], sheet: str) -> list[Finding]:
    """A finding for each total that contradicts its parts, one for all those that agree."""
    findings: list[Finding] = []
    right: list[Spot] = []
    for check in checks:
        if check.is_wrong:
            findings.append(_explain_wrong(check, sheet))
        else:
            right.append(check.named.spot)
    if right:
        message = f"{len(right)} total(aux) écarté(s), sans contradiction."
        first = cell_name(*right[0])
        findings.append(Finding(INFORMATION, "totaux_verifies", message, sheet, first, areas_of(sheet, right)))
    return findings


def _explain_wrong(check: TotalCheck, sheet: str) -> Finding:
    message = (
        f"Le total affiché ({check.named.cell.text}) ne vaut pas la somme de ses parties "
        f"({check.sums[0]:g}). La somme des parties sera retenue ; vérifiez les lignes du dessus."
    )
    return Finding(WARNING, "total_incoherent", message, sheet, cell_name(*check.named.spot))
