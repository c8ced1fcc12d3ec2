"""The rates shown in a sheet and its counts in; a finding for those that are not the ratio of their counts, out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from conventions.catalogue import Catalogue
from conventions.text import normalise
from conventions.values import Indicator, Segment, Term
from etl.address import cell_name
from etl.naming import Named
from etl.report import WARNING, Finding, Observation, areas_of

Key = tuple[str, str, str, Segment]


def check_rates(
    cells: Iterable[Named],
    observations: Sequence[Observation],
    sheet: str,
    catalogue: Catalogue,
) -> list[Finding]:
    """Compare each rate shown with the ratio of the counts of the same territory and period, where both are there."""
    values = _single_values(observations)
    rates = {normalise(i.label): i for i in catalogue.indicators.values() if i.unit == "taux" and i.denominator}
    wrong: dict[str, list[tuple[Named, float]]] = defaultdict(list)
    for named in cells:
        indicator = _indicator_of(named, rates)
        if indicator is None or named.cell.number is None or not named.territory or not named.period:
            continue
        expected = _ratio(indicator, named, values)
        if expected is not None and not _agrees(named, expected):
            wrong[indicator.label].append((named, expected))
    return [_explain(label, found, sheet) for label, found in wrong.items()]


def _single_values(observations: Sequence[Observation]) -> dict[Key, float]:
    """The value of each name that one cell alone has."""
    times = Counter((o.measure, o.territory, o.period, o.segment) for o in observations)
    keys = (((o.measure, o.territory, o.period, o.segment), o.value) for o in observations)
    return {key: value for key, value in keys if value is not None and times[key] == 1}


def _explain(label: str, found: Sequence[tuple[Named, float]], sheet: str) -> Finding:
    named, expected = found[0]
    more = f" (et {len(found) - 1} autres cellules)" if len(found) > 1 else ""
    message = (
        f"« {label} » affiche {named.cell.text}, mais les comptes de la feuille donnent "
        + f"{100 * expected:.1f}\u00a0%".replace(".", ",")
        + f"{more}. Le taux recalculé sera retenu."
    )
    where = areas_of(sheet, [one.spot for one, _ in found])
    return Finding(WARNING, "taux_incoherent", message, sheet, cell_name(*named.spot), where)


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
