"""The figures of a span in; the stages of the path with their counts, gaps and rates, and the finding
they make, out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from indicators.request import COHORT
from indicators.values import Figure
from ui.charts.funnel import Rate, Stage
from ui.french import FIXED, MISSING, write_count, write_percent
from ui.proof.link import open_link
from ui.wording import HOLES


@dataclass(frozen=True)
class Step:
    """A stage as it is named, and the rate over the people oriented whose numerator counts it; without rate, it is
    its own count. `sent` is said of those whom France Travail oriented, `is_part` that the convention reads the stage
    as a part of the one before; `passage` is the rate of the convention from that one, where it counts the same people.
    """

    code: str
    label: str
    note: str
    plural: str
    where: str
    rate: str
    short: str
    sent: str = ""
    is_part: bool = True
    passage: str = ""


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
        passage="taux_presence",
    ),
    Step(
        "diagnostics",
        "Entrés en diagnostic",
        "pré-entrée",
        "entrés en diagnostic",
        "à l’entrée en diagnostic",
        "taux_diagnostic_prescrits",
        "Diagnostic",
        passage="taux_passage_diagnostic",
    ),
    Step(
        "integres",
        "Intégrés",
        "contrat signé",
        "intégrés",
        "à l’intégration",
        "taux_integration_orientation",
        "Intégrés",
        sent=", orientés par FT",
        passage="taux_integration_diagnostic",
    ),
)
RATES = tuple(dict.fromkeys(step.rate for step in STEPS))
INDICATORS = (*RATES, "orientes", "integres")
FIRST = STEPS[0]
CALLED = (
    Step("orientes", FIRST.label, "selon cette source", FIRST.plural, "", "", FIRST.short),
    Step(
        "convoques", "Convoqués", "à une information collective", "convoqués", "à la convocation", "", "Convoqués",
        is_part=False,
    ),
    Step(
        "presents_ic", "Présents à l’information", "information collective", "présents à l’information collective",
        "à l’information collective", "", "Présents",
    ),
)  # fmt: skip
"""What is counted by the source that calls people: it follows nobody further."""


@dataclass(frozen=True)
class Count:
    """What a stage counts, and why when it does not. `is_of_all` says that people whom others sent are counted too,
    over those whom France Travail oriented: no return tells them apart."""

    value: float | None
    state: str
    is_of_all: bool = False


def read_counts(figures: Mapping[str, Figure], steps: Sequence[Step] = STEPS) -> list[Count]:
    """The counts of one place and span, each a numerator over the same people oriented, or a count of its own."""
    return [_read_count(step, figures) for step in steps]


def has_reserve(counts: Sequence[Count]) -> bool:
    """Whether a rate over the people oriented counts others above."""
    return any(one.is_of_all for one in counts)


def _read_count(step: Step, figures: Mapping[str, Figure]) -> Count:
    rate = figures.get(step.rate or step.code)
    value = None
    if rate is not None:
        value = rate.denominator if step is FIRST else rate.numerator
        if rate.state == "secret":
            return Count(None, "secret")
    if value is None and step.code in figures and step is FIRST:
        return Count(figures[step.code].value, figures[step.code].state)
    is_of_all = rate is not None and step is not FIRST and value is not None and _counts_all(rate)
    return Count(value, rate.state if rate is not None and value is None else "ok", is_of_all)


def _counts_all(rate: Figure) -> bool:
    """Whether its numerator was preferred of one prescriber and is not: in a cohort, everyone is."""
    is_cohort = rate.asked is not None and rate.asked.reading == COHORT
    return not is_cohort and bool(rate.terms) and bool(rate.terms[0].prefer)


def build_stages(
    figures: Mapping[str, Figure],
    last_year: Mapping[str, Figure] | None,
    *,
    reading: str,
    year: int,
    steps: Sequence[Step] = STEPS,
) -> list[Stage]:
    """The rows of the funnel, with last year's beside when it is compared."""
    counts = read_counts(figures, steps)
    before = read_counts(last_year, steps) if last_year else [Count(None, "n.d.")] * len(steps)
    return [
        _build_stage(step, rank, counts, before, figures, is_cohort=reading == "cohorte", year=year)
        for rank, step in enumerate(steps)
    ]


def _build_stage(
    step: Step, rank: int, counts: Sequence[Count], before: Sequence[Count], figures: Mapping[str, Figure],
    *, is_cohort: bool, year: int,
) -> Stage:  # fmt: skip
    own, past = counts[rank].value, before[rank].value
    up, past_up = (counts[rank - 1].value, before[rank - 1].value) if rank else (None, None)
    is_part, is_rated = bool(rank) and step.is_part, bool(rank and step.rate)
    is_wider = counts[rank].is_of_all and not counts[rank - 1].is_of_all
    is_shifted = own is not None and up is not None and own > up
    whole = figures.get(step.code if step is FIRST or not step.rate else step.rate)
    return Stage(
        label=step.label if counts[rank].is_of_all else f"{step.label}{step.sent}",
        note="tous prescripteurs confondus" if counts[rank].is_of_all else step.note,
        count=own,
        hole=HOLES.get(counts[rank].state, MISSING),
        last_year=past,
        gap_text=_write_gap(step, own, up, is_cohort=is_cohort, is_shift=not is_wider),
        step=_write_part(own, up, figures.get(step.passage), _write_before(past, past_up, year))
        if is_part
        else Rate(),
        overall=_write_part(own, counts[0].value, whole, _write_before(past, before[0].value, year))
        if is_rated
        else Rate(),
        is_shifted=is_shifted,
        link=open_link(whole) if whole is not None else ("", ""),
    )


def _write_gap(step: Step, own: float | None, up: float | None, *, is_cohort: bool, is_shift: bool) -> str:
    if own is None or not up:
        return ""
    if own > up:
        return "décalage de période" if is_shift else "autres prescripteurs compris"
    where = f"perdus {step.where}" if is_cohort else step.where
    return f"{where} ({write_percent((up - own) / up)})"


def _write_part(own: float | None, of: float | None, figure: Figure | None, before: str) -> Rate:
    """A part, which leads to the proof of the figure that counts the same."""
    if own is None or not of:
        return Rate(MISSING, before=before)
    is_same = figure is not None and (figure.numerator, figure.denominator) == (own, of)
    link = open_link(figure) if is_same and figure is not None else ("", "")
    return Rate(write_percent(own / of), f"({write_count(own)}/{write_count(of)})", before, link)


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


def write_funnel_title(counts: Sequence[Count], *, reading: str, steps: Sequence[Step] = STEPS) -> str:
    """The finding: at which stage the gap is the widest, with its two counts."""
    rank = find_widest(counts)
    if rank is None:
        return (
            "Le parcours ne peut pas encore être lu"
            if counts[0].value is None
            else "Aucune étape n’est en retrait"
        )
    step, up = steps[rank], steps[rank - 1]
    what = "que la perte est la plus grande" if reading == "cohorte" else "que l’écart est le plus grand"
    own, of = write_count(counts[rank].value or 0), write_count(counts[rank - 1].value or 0)
    return f"C’est {step.where} {what}{FIXED}: {own} {step.plural} pour {of} {up.plural}"
