"""Commitments, the facts recorded and what was received in; what was held, is late or to come, out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from conventions.amendments import list_in_force
from conventions.cycles import WHOLE, Cycle, list_cycles
from conventions.periods import GRAINS, Period, parse_period, period_of
from conventions.statuses import DUE, HELD, LATE, TO_COME, UNTRACED
from conventions.values import Commitment, Convention
from indicators.figures import compute_figures
from indicators.objectives import find_last_year
from indicators.request import PRODUCER, Request, find_convention
from indicators.spans import codes_within
from indicators.values import Figure
from store.database import Database
from store.facts import Fact, read_facts

HELD_FACT, PAID_FACT = "engagement_tenu", "versement"
FACTS, RETURNS, MEASURE = "faits", "retours", "mesure"
_GRAINS = {"an": "annee", "semestre": "semestre", "trimestre": "trimestre", "mois": "mois"}


@dataclass(frozen=True)
class Occurrence:
    """One cycle of a commitment: `done` times of the `due` ones, at most `most`; on which days facts say so;
    `proof` tells where `done` comes from; `paid` and `agreed` are euros, for instalments."""

    cycle: Cycle
    due: int
    most: int | None
    done: int
    days: tuple[date, ...]
    proof: str
    state: str
    paid: float | None = None
    agreed: float | None = None


@dataclass(frozen=True)
class CommitmentReading:
    """One commitment: its cycles, or, promised to each path, the figure that measures it (None when nothing
    received does)."""

    commitment: Commitment
    occurrences: tuple[Occurrence, ...]
    figure: Figure | None = None

    @property
    def is_each_path(self) -> bool:
        """Whether it is owed to each path rather than by the calendar."""
        return not self.occurrences


@dataclass(frozen=True)
class _Evidence:
    """What was recorded and received of a convention, as of a day."""

    database: Database
    convention: Convention
    as_of: date
    audience: str
    facts: Sequence[Fact]
    received: frozenset[tuple[str, str]]


def read_commitments(
    database: Database, convention: str, *, as_of: date | None = None, audience: str = PRODUCER
) -> list[CommitmentReading]:
    """Every commitment of a convention, as it stands on a day."""
    agreed, day = find_convention(convention), as_of or date.today()
    facts = [one for one in read_facts(database, agreed.key) if one.day is not None and one.day <= day]
    evidence = _Evidence(database, agreed, day, audience, facts, _read_received(database, agreed.key))
    return [_read(evidence, one) for one in agreed.commitments]


def _read_received(database: Database, convention: str) -> frozenset[tuple[str, str]]:
    """The sources and periods of which a count is known."""
    with database.cursor() as cursor:
        rows = cursor.execute(
            "select distinct source, period from cube where convention = ? and value is not null", [convention]
        ).fetchall()
    return frozenset((str(source), str(period)) for source, period in rows)


def _read(evidence: _Evidence, commitment: Commitment) -> CommitmentReading:
    cycles = list_cycles(commitment, evidence.convention)
    if not cycles:
        return CommitmentReading(commitment, (), _measure_paths(evidence, commitment))
    measured = _measure_cycles(evidence, commitment, cycles)
    occurrences = (_occur(evidence, commitment, cycle, measured.get(cycle, 0)) for cycle in cycles)
    return CommitmentReading(commitment, tuple(occurrences))


def _occur(evidence: _Evidence, commitment: Commitment, cycle: Cycle, measured: int) -> Occurrence:
    facts = [one for one in evidence.facts if one.about == commitment.code and cycle.contains(_day_of(one))]
    acts = [one for one in facts if one.kind == (PAID_FACT if commitment.payments else HELD_FACT)]
    counts = {FACTS: len(acts), RETURNS: _has_returns(evidence, commitment, cycle), MEASURE: measured}
    proof = max(counts, key=lambda name: counts[name])
    agreed = list_in_force(commitment, cycle.end, cycle.end)[0]
    due, done = int(agreed.value), counts[proof]
    instalments = [one.amounts for one in commitment.payments if one.year == cycle.end.year]
    return Occurrence(
        cycle=cycle,
        due=due,
        most=int(agreed.upper) if agreed.upper is not None else None,
        done=done,
        days=tuple(one.day for one in acts if one.day is not None),
        proof=proof if done else "",
        state=_judge(evidence, cycle, is_held=done >= due),
        paid=sum(one.number or 0 for one in acts) if commitment.payments else None,
        agreed=sum(instalments[0]) if instalments else None,
    )


def _day_of(fact: Fact) -> date:
    """The day by which a fact is filed: its period's when it says one (an act of last year, held late)."""
    return parse_period(fact.period).end if fact.period else fact.day or date.min


def _has_returns(evidence: _Evidence, commitment: Commitment, cycle: Cycle) -> int:
    """Once when each source awaited gave a count of the cycle."""
    grain = _GRAINS.get(commitment.every)
    if not commitment.returns or grain is None:
        return 0
    codes = codes_within(period_of(cycle.start, grain))
    return int(all(any((source, code) in evidence.received for code in codes) for source in commitment.returns))


def _measure_cycles(evidence: _Evidence, commitment: Commitment, cycles: Sequence[Cycle]) -> dict[Cycle, int]:
    """How many acts the returns count in each cycle; the whole convention is the sum of its years."""
    if not commitment.measure:
        return {}
    if commitment.every == WHOLE:
        years = range(evidence.convention.start.year, min(evidence.convention.end, evidence.as_of).year + 1)
        parts = [part for year in years for part in Period(year, 1, 12).parts(evidence.convention.cadence)]
        return {cycles[0]: sum(_count(evidence, commitment.measure, parts).values())}
    grain = _GRAINS.get(commitment.every)
    if grain is None:
        return {}
    periods = [period_of(cycle.start, grain) for cycle in cycles]
    counts = _count(evidence, commitment.measure, periods)
    return {cycle: counts.get(period.code, 0) for cycle, period in zip(cycles, periods, strict=True)}


def _count(evidence: _Evidence, measure: str, periods: Sequence[Period]) -> dict[str, int]:
    request = Request(
        evidence.convention.key,
        periods=tuple(period.code for period in periods if period.start <= evidence.as_of),
        by=("periode",),
        indicators=(measure,),
        audience=evidence.audience,
        as_of=evidence.as_of,
    )
    figures = compute_figures(evidence.database, request) if request.periods else []
    return {one.period or "": int(one.value) for one in figures if one.value is not None}


def _judge(evidence: _Evidence, cycle: Cycle, *, is_held: bool) -> str:
    if is_held:
        return HELD
    if evidence.as_of < cycle.start:
        return TO_COME
    if evidence.as_of <= cycle.term:
        return DUE
    return UNTRACED if evidence.as_of > evidence.convention.end else LATE


def _measure_paths(evidence: _Evidence, commitment: Commitment) -> Figure | None:
    """The figure of the last year received, over its longest run of known periods."""
    if not commitment.measure:
        return None
    year = find_last_year(evidence.database, evidence.convention, evidence.as_of)
    for grain in GRAINS[: GRAINS.index(evidence.convention.cadence) + 1]:
        for part in reversed(Period(year, 1, 12).parts(grain)):
            request = Request(
                evidence.convention.key,
                periods=(part.code,),
                indicators=(commitment.measure,),
                audience=evidence.audience,
                as_of=evidence.as_of,
            )
            figures = compute_figures(evidence.database, request) if part.start <= evidence.as_of else []
            known = next((one for one in figures if one.value is not None), None)
            if known is not None:
                return known
    return None
