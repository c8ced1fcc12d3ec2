"""The numbers of a table in; those that give an indicator already computed (a mean delay), kept as supplied, out.

Kept only where the table does not give the counts to compute it from, under the indicator's own code: a mean is never
added up nor averaged.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from conventions.text import normalise
from conventions.values import Convention, Indicator
from etl.address import cell_name
from etl.causes import name_spots
from etl.cells import NUMBER
from etl.naming import Named
from etl.report import INFORMATION, Finding, areas_of

_RATE = "rate"


@dataclass
class Supplied:
    """The cells taken, each with its indicator, and those left."""

    taken: list[tuple[Named, Indicator]] = field(default_factory=list)
    left: list[Named] = field(default_factory=list)


def take_supplied(
    cells: Iterable[Named],
    spellings: Mapping[str, str],
    indicators: Mapping[str, Indicator],
    convention: Convention | None,
) -> Supplied:
    """Set apart the means that a convention follows and that the other cells of the table do not give the counts of."""
    out, all_cells = Supplied(), list(cells)
    if convention is None:
        return Supplied(left=all_cells)
    counted = {(one.measure, one.territory, one.period) for one in all_cells if one.kind is None}
    for named in all_cells:
        indicator = _find(named, spellings, indicators, convention)
        if indicator is None or _is_counted(indicator, named, counted):
            out.left.append(named)
        else:
            out.taken.append((named, indicator))
    return out


def _find(
    named: Named, spellings: Mapping[str, str], indicators: Mapping[str, Indicator], convention: Convention
) -> Indicator | None:
    is_named = named.territory in convention.codes and named.period and not named.segment
    is_sure = named.problem is None and named.conflict is None and set(named.missing) <= {"mesure"}
    if named.kind != _RATE or named.cell.kind != NUMBER or not is_named or not is_sure:
        return None
    if any(label.reading.kind not in (None, _RATE) for label in named.labels):
        return None
    codes = {spellings[words] for label in named.labels if (words := normalise(label.text)) in spellings}
    code = codes.pop() if len(codes) == 1 else ""
    return indicators[code] if code in convention.indicators else None


def _is_counted(indicator: Indicator, named: Named, counted: Collection[tuple[str | None, ...]]) -> bool:
    terms = [term for term in (indicator.numerator, indicator.denominator) if term is not None]
    return all((term.measure, named.territory, named.period) in counted for term in terms)


def tell_supplied(supplied: Supplied, sheet: str) -> list[Finding]:
    """One finding for all the values of a sheet that are kept as they are."""
    if not supplied.taken:
        return []
    spots = [named.spot for named, _ in supplied.taken]
    labels = ", ".join(dict.fromkeys(f"« {one.label} »" for _, one in supplied.taken))
    message = (
        f"{len(spots)} valeur(s) fournie(s) toute(s) calculée(s) ({name_spots(spots)}) pour {labels} : reprise(s) "
        "telle(s) quelle(s), jamais additionnée(s) ni moyennée(s). Donnez les comptes pour que Jalons la recalcule."
    )
    return [Finding(INFORMATION, "valeurs_fournies", message, sheet, cell_name(*spots[0]), areas_of(sheet, spots))]
