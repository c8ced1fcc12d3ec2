"""A figure in; in words, what of it may be summed, what may not and why, out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from conventions.catalogue import Catalogue
from conventions.values import Indicator, Measure
from ui.french import FIXED, THIN, join_words, lower_first

OVER_TIME = {
    "stock": f"d’une période à l’autre{FIXED}: c’est un effectif à une date. L’année vaut ce que vaut sa fin.",
    "distinct": f"d’une période à l’autre{FIXED}: une même personne peut y revenir. Une durée plus longue demande son "
    "propre compte.",
}
RATIO = (
    f"Ni sommes ni moyennes de {{}}{FIXED}: Jalons additionne les numérateurs, puis les dénominateurs, et divise."
)
AVERAGE = "Sur plusieurs dates, la moyenne est celle des dates connues, numérateurs et dénominateurs additionnés."


@dataclass(frozen=True)
class Sums:
    """Sentences: what may be summed, and each thing that may not, with its reason."""

    allowed: str
    refused: tuple[str, ...]


def say_sums(indicator: Indicator, measure: Measure | None, catalogue: Catalogue) -> Sums:
    """A count adds up along the axes of its measure; a reading never does."""
    if measure is None and indicator.denominator is not None:
        rule = RATIO.format("taux" if indicator.unit == "taux" else "rapports")
        return Sums("", (rule, *([AVERAGE] if indicator.time == "moyenne" else [])))
    counted = measure or catalogue.measures[indicator.numerator.measure]
    cumul = f"d’une période à l’autre{FIXED}: c’est déjà un cumul depuis le 1ᵉʳ janvier."
    return Sums(_say_allowed(counted, catalogue, is_cumul=indicator.time == "cumul"), (
        *([cumul] if indicator.time == "cumul" else []),
        *_list_refused(counted, catalogue),
    ))  # fmt: skip


def _say_allowed(measure: Measure, catalogue: Catalogue, *, is_cumul: bool) -> str:
    ways = ["d’un territoire à l’autre"] if "territoire" in measure.adds_over else []
    if "periode" in measure.adds_over and not is_cumul:
        ways.append("d’une période à l’autre")
    axes = [lower_first(catalogue.axes[code].label) for code in catalogue.axes if code in measure.adds_over]
    ways += [f"par {join_words(axes)}"] if axes else []
    return f"{join_words(ways)}." if ways else "rien."


def _list_refused(measure: Measure, catalogue: Catalogue) -> Sequence[str]:
    found = [OVER_TIME[measure.kind]] if measure.kind in OVER_TIME else []
    if "territoire" not in measure.adds_over:
        found.append(f"d’un territoire à l’autre{FIXED}: une même personne peut être connue de plusieurs.")
    own = [axis for code, axis in catalogue.axes.items() if code in measure.axes - measure.adds_over]
    overlap = [lower_first(one.label) for one in own if not one.partitions and not one.is_open]
    others = [lower_first(one.label) for one in own if one.partitions or one.is_open]
    if overlap:
        why = "une personne relève de plusieurs à la fois, et les parts ne font pas 100"
        found.append(f"par {join_words(overlap)}{FIXED}: {why}{FIXED}%.")
    if others:
        found.append(f"par {join_words(others)}{FIXED}: les valeurs que donnent les retours ne s’excluent pas toutes.")
    return found




def say_unit(indicator: Indicator) -> str:
    """« taux, en % », « personnes », « rapport de deux comptes »."""
    return {"taux": f"taux, en{FIXED}%", "ratio": "rapport de deux comptes"}.get(indicator.unit, indicator.unit)


def find_kind(indicator: Indicator, measure: Measure | None, catalogue: Catalogue) -> str:
    """What is counted first: events, a head count, different people."""
    return (measure or catalogue.measures[indicator.numerator.measure]).kind


def say_time(indicator: Indicator, kind: str) -> str:
    """Of what time the figure is."""
    if indicator.time == "cumul":
        return "en cumul depuis le 1ᵉʳ janvier"
    if indicator.time == "moyenne":
        return "en moyenne sur les dates de la période"
    if kind == "stock":
        return "en fin de période"
    if kind == "distinct":
        return f"sur la période, chaque personne une fois{THIN}; jamais additionné dans le temps"
    return "sur la période"
