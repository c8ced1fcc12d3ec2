"""The rates shown in a sheet and its observations in; a finding for each that is not the ratio of its counts, out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from conventions.catalogue import Catalogue
from conventions.text import normalise
from conventions.values import Convention, Indicator, Segment, Term
from etl.address import cell_name
from etl.naming import Named
from etl.report import WARNING, Finding, Observation

Key = tuple[str, str, str, Segment]


def check_rates(
    cells: Iterable[Named], observations: Sequence[Observation], sheet: str, convention: Convention | None, catalogue: Catalogue
) -> list[Finding]:  # fmt: skip
    """Compare each displayed rate with the ratio of the counts of the same territory and period, where both are there."""
    values: dict[Key, float] = {
        (o.measure, o.territory, o.period, o.segment): o.value for o in observations if o.value is not None
    }
    rates = {
        normalise(i.label): i for i in catalogue.indicators.values() if i.unit == "taux" and i.denominator
    }
    findings = []
    for named in cells:
        indicator = _indicator_of(named, rates)
        if indicator is None or named.cell.number is None or not named.territory or not named.period:
            continue
        expected = _ratio(indicator, named, values)
        if expected is not None and not _agrees(named, expected):
            message = (
                f"« {indicator.label} » affiche {named.cell.text}, mais les comptes de la feuille donnent "
                f"{100 * expected:.1f} %".replace(".", ",")
                + ". Le taux recalculé sera retenu."
            )
            findings.append(Finding(WARNING, "taux_incoherent", message, sheet, cell_name(*named.spot)))
    return findings


def _indicator_of(named: Named, rates: dict[str, Indicator]) -> Indicator | None:
    if named.kind != "rate":
        return None
    for label in named.labels:
        words = normalise(label.text.replace("%", ""))
        if words in rates:
            return rates[words]
    return None


def _ratio(indicator: Indicator, named: Named, values: dict[Key, float]) -> float | None:
    top, bottom = (_value(term, named, values) for term in (indicator.numerator, indicator.denominator))
    return top / bottom if top is not None and bottom else None


def _value(term: Term | None, named: Named, values: dict[Key, float]) -> float | None:
    if term is None:
        return None
    return values.get((term.measure, named.territory or "", named.period or "", term.segment))


def _agrees(named: Named, expected: float) -> bool:
    """A rate may be shown as a share (0,65), in percent (65 or 65 %), and rounded to the unit."""
    shown = named.cell.number or 0.0
    return any(
        abs(shown - value) <= tolerance for value, tolerance in ((expected, 0.0051), (100 * expected, 0.51))
    )
