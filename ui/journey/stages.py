"""The figures of a span in; the stages of the path with their counts, gaps and rates, and the finding
they make, out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from indicators.values import Figure
from ui.charts.funnel import Stage
from ui.french import FIXED, MISSING, write_count, write_percent
from ui.wording import HOLES


@dataclass(frozen=True)
class Step:
    """A stage as it is named, and the rate over the people oriented whose numerator counts it."""

    code: str
    label: str
    note: str
    plural: str
    where: str
    rate: str
    short: str


STEPS = (
    Step(
        "orientes", "Orientés vers le PLIE", "par France Travail", "orientés", "", "taux_presence", "Orientés"
    ),
    Step(
        "presents",
        "Présents au premier contact",
        "reçus ou en information collective",
        "présents",
        "au premier contact",
        "taux_presence",
        "Présents",
    ),
    Step(
        "diagnostics",
        "Entrés en diagnostic",
        "pré-entrée",
        "entrés en diagnostic",
        "à l’entrée en diagnostic",
        "taux_diagnostic_prescrits",
        "Diagnostic",
    ),
    Step(
        "integres",
        "Intégrés, orientés par FT",
        "contrat signé",
        "intégrés",
        "à l’intégration",
        "taux_integration_orientation",
        "Intégrés",
    ),
)
RATES = tuple(dict.fromkeys(step.rate for step in STEPS))
INDICATORS = (*RATES, "orientes", "integres")
FIRST = STEPS[0]


@dataclass(frozen=True)
class Count:
    """What a stage counts, and why when it does not."""

    value: float | None
    state: str


def read_counts(figures: Mapping[str, Figure]) -> list[Count]:
    """The four counts of one place and span, nested: each is a numerator over the same people oriented."""
    return [_read_count(step, figures) for step in STEPS]


def _read_count(step: Step, figures: Mapping[str, Figure]) -> Count:
    rate = figures.get(step.rate)
    value = None
    if rate is not None:
        value = rate.denominator if step is FIRST else rate.numerator
        if rate.state == "secret":
            return Count(None, "secret")
    if value is None and step.code in figures and step is FIRST:
        return Count(figures[step.code].value, figures[step.code].state)
    return Count(value, rate.state if rate is not None and value is None else "ok")


def build_stages(
    figures: Mapping[str, Figure], last_year: Mapping[str, Figure] | None, *, reading: str, year: int
) -> list[Stage]:
    """The rows of the funnel, with last year's beside when it is compared."""
    counts = read_counts(figures)
    before = read_counts(last_year) if last_year else [Count(None, "n.d.")] * len(STEPS)
    return [
        _build_stage(rank, counts, before, is_cohort=reading == "cohorte", year=year)
        for rank in range(len(STEPS))
    ]


def _build_stage(
    rank: int, counts: Sequence[Count], before: Sequence[Count], *, is_cohort: bool, year: int
) -> Stage:
    step, own, past = STEPS[rank], counts[rank].value, before[rank].value
    up = counts[rank - 1].value if rank else None
    is_shifted = own is not None and up is not None and own > up
    return Stage(
        label=step.label,
        note=step.note,
        count=own,
        hole=HOLES.get(counts[rank].state, MISSING),
        last_year=past,
        gap_text=_write_gap(step, own, up, is_cohort=is_cohort),
        step=_write_part(own, up) if rank else ("", ""),
        step_before=_write_before(past, before[rank - 1].value, year) if rank else "",
        overall=_write_part(own, counts[0].value) if rank else ("", ""),
        overall_before=_write_before(past, before[0].value, year) if rank else "",
        is_shifted=is_shifted,
    )


def _write_gap(step: Step, own: float | None, up: float | None, *, is_cohort: bool) -> str:
    if own is None or not up:
        return ""
    if own > up:
        return "décalage de période"
    where = f"perdus {step.where}" if is_cohort else step.where
    return f"{where} ({write_percent((up - own) / up)})"


def _write_part(own: float | None, of: float | None) -> tuple[str, str]:
    if own is None or not of:
        return (MISSING, "")
    return (write_percent(own / of), f"({write_count(own)}/{write_count(of)})")


def _write_before(own: float | None, of: float | None, year: int) -> str:
    return "" if own is None or not of else f"{year - 1}{FIXED}: {write_percent(own / of)}"


def find_widest(counts: Sequence[Count]) -> int | None:
    """The stage where most people of the stage before are not found; nothing when no stage loses any."""
    gaps = [
        ((counts[rank - 1].value or 0) - (counts[rank].value or 0), rank)
        for rank in range(1, len(counts))
        if counts[rank].value is not None and counts[rank - 1].value is not None
    ]
    gap, rank = max(gaps, key=lambda one: (one[0], -one[1]), default=(0.0, 0))
    return rank if gap > 0 else None


def write_funnel_title(counts: Sequence[Count], *, reading: str) -> str:
    """The finding: at which stage the gap is the widest, with its two counts."""
    rank = find_widest(counts)
    if rank is None:
        return (
            "Le parcours ne peut pas encore être lu"
            if counts[0].value is None
            else "Aucune étape n’est en retrait"
        )
    step, up = STEPS[rank], STEPS[rank - 1]
    what = "que la perte est la plus grande" if reading == "cohorte" else "que l’écart est le plus grand"
    own, of = write_count(counts[rank].value or 0), write_count(counts[rank - 1].value or 0)
    return f"C’est {step.where} {what}{FIXED}: {own} {step.plural} pour {of} {up.plural}"
