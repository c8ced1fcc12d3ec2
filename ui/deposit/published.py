"""A convention and some years in; their figures as pages and bilans show them, and what differs between two
states of the database, out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from conventions.agreements import load_conventions
from conventions.catalogue import EVENTS, load_catalogue
from conventions.periods import parse_period
from conventions.values import Convention, Objective, Segment
from etl.report import Report
from indicators.figures import Request, compute_figures
from indicators.objectives import read_objectives
from indicators.request import COHORT, FLUX
from indicators.secrecy import protect
from indicators.values import Figure
from store.database import Database
from store.reading import list_periods
from ui.spans import find_rhythm, list_years

MOST_YEARS = 3
SECRET = "secret"
ENOUGH = 1e-9


@dataclass(frozen=True, order=True)
class Spot:
    """Where a figure is shown: `span` is a year so far, or the code of a period."""

    convention: str
    reading: str
    span: str
    indicator: str
    source: str
    territory: str
    segment: Segment


@dataclass(frozen=True)
class Move:
    """A figure that would change; None is one that is not shown."""

    spot: Spot
    before: Figure | None
    after: Figure | None


@dataclass(frozen=True)
class Verdict:
    """An objective whose status would change."""

    convention: str
    year: int
    objective: Objective
    before: str
    after: str


@dataclass(frozen=True)
class Snapshot:
    """What the producers see, what a committee sees, and the status of each objective."""

    producer: Mapping[Spot, Figure]
    committee: Mapping[Spot, Figure]
    statuses: Mapping[tuple[str, int, str], tuple[Objective, str]]


@dataclass(frozen=True)
class Published:
    """What would change of what is shown: figures, those that the committee stops or starts seeing, objectives."""

    moves: tuple[Move, ...] = ()
    hidden: tuple[Move, ...] = ()
    revealed: tuple[Move, ...] = ()
    verdicts: tuple[Verdict, ...] = ()


@dataclass(frozen=True)
class Touched:
    """What a report can change: some years of some conventions, in one reading or in both; the oldest years of
    many are left out, so that a page does not wait for them."""

    conventions: tuple[Convention, ...]
    years: tuple[int, ...]
    readings: tuple[str, ...]
    left_out: tuple[int, ...] = ()


def find_touched(report: Report) -> Touched:
    """The conventions of a report (those of its territories when it names none) and its years within theirs."""
    conventions = load_conventions()
    own = conventions.get(report.convention or "")
    places = {one.territory for one in report.observations} if own is None else set()
    named = [own] if own is not None else [one for one in conventions.values() if places & one.codes]
    years = {parse_period(one.period).year for one in report.observations} | _years_of(report.paths)
    lived = {year for one in named for year in range(one.start.year, one.end.year + 1)}
    readings = (FLUX, COHORT) if len(report.paths) else (FLUX,)
    ordered = sorted(years & lived)
    return Touched(tuple(named), tuple(ordered[-MOST_YEARS:]), readings, tuple(ordered[:-MOST_YEARS]))


def _years_of(paths: pa.Table) -> set[int]:
    bounds = [pc.min_max(paths[name]).as_py() for name in EVENTS] if len(paths) else []
    known = [(one["min"].year, one["max"].year) for one in bounds if one["min"] is not None]
    return set(range(min(low for low, _ in known), max(high for _, high in known) + 1)) if known else set()


def take_snapshot(database: Database, touched: Touched, day: date) -> Snapshot:
    """The figures shown, whole and by territory for each year so far, whole for each of its periods."""
    producer: dict[Spot, Figure] = {}
    committee: dict[Spot, Figure] = {}
    statuses: dict[tuple[str, int, str], tuple[Objective, str]] = {}
    for convention in touched.conventions:
        for span, request in _list_requests(database, convention, touched, day):
            figures = compute_figures(database, request)
            producer |= _place(figures, request, span)
            # The step that a committee's request takes, on the figures already computed.
            told = protect(
                figures, database, convention=convention, catalogue=load_catalogue(), reading=request.reading
            )
            committee |= _place(told, request, span)
        for year in touched.years:
            for one in read_objectives(database, convention.key, year=year, as_of=day):
                statuses[convention.key, year, one.objective.code] = one.objective, one.status
    return Snapshot(producer, committee, statuses)


def _list_requests(
    database: Database, convention: Convention, touched: Touched, day: date
) -> Iterable[tuple[str, Request]]:
    received = [parse_period(code) for code in list_periods(database, convention.key)]
    rhythm = find_rhythm(received, convention.cadence)
    for span in list_years(received, convention.cadence):
        if span.year not in touched.years:
            continue
        parts = tuple(one.code for one in rhythm if span.holds(one))
        for reading in touched.readings:
            for codes, by in ((span.codes, ()), (span.codes, ("territoire",)), (parts, ("periode",))):
                yield str(span.year), Request(convention.key, codes, ("source", *by), reading=reading, as_of=day)


def _place(figures: Iterable[Figure], request: Request, span: str) -> dict[Spot, Figure]:
    # A figure of a single period names it, even when it stands for the year so far.
    is_by_period = "periode" in request.by
    return {
        Spot(
            request.convention, request.reading, (is_by_period and one.period) or span, one.indicator, one.source or "",
            one.territory or "", one.segment,
        ): one
        for one in figures
    }  # fmt: skip


def compare(before: Snapshot, after: Snapshot) -> Published:
    """What differs, objectives first, the whole before its territories, in the order of the conventions."""
    spots = {**before.producer, **after.producer}
    moves = [Move(spot, before.producer.get(spot), after.producer.get(spot)) for spot in spots]
    seen = [
        Move(spot, before.committee.get(spot), after.committee.get(spot))
        for spot in {**before.committee, **after.committee}
    ]
    verdicts = [
        Verdict(key[0], key[1], objective, before.statuses.get(key, (objective, "n. d."))[1], status)
        for key, (objective, status) in after.statuses.items()
    ]
    return Published(
        _sort(move for move in moves if _differs(move)),
        _sort(move for move in seen if _is(move.after, SECRET) and not _is(move.before, SECRET)),
        _sort(move for move in seen if _is(move.before, SECRET) and not _is(move.after, SECRET)),
        tuple(one for one in verdicts if one.before != one.after),
    )


def _is(figure: Figure | None, state: str) -> bool:
    return figure is not None and figure.state == state


def _differs(move: Move) -> bool:
    """Another value, or the same one in another state; what is unknown on both sides is no change."""
    old = move.before.value if move.before is not None else None
    new = move.after.value if move.after is not None else None
    if old is None or new is None:
        return old is not new
    is_same = abs(old - new) <= ENOUGH * max(1.0, abs(old))
    assert move.before is not None
    assert move.after is not None
    counts = (move.before.numerator, move.before.denominator) == (move.after.numerator, move.after.denominator)
    return not (is_same and counts and move.before.state == move.after.state)


def _sort(moves: Iterable[Move]) -> tuple[Move, ...]:
    """The figures with an objective first, years before periods, the latest first."""
    conventions = load_conventions()
    promised = {(key, one.indicator) for key, convention in conventions.items() for one in convention.objectives}

    def rank(move: Move) -> tuple[object, ...]:
        spot = move.spot
        period, followed = parse_period(spot.span), conventions[spot.convention].indicators
        place = followed.index(spot.indicator) if spot.indicator in followed else len(followed)
        return (
            spot.reading != FLUX, bool(spot.territory), (spot.convention, spot.indicator) not in promised,
            -period.year, -period.length, place, -period.month, spot,
        )  # fmt: skip

    return tuple(sorted(moves, key=rank))
