"""A request in; its figures out, kept in memory until the database changes."""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache, wraps
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar
from weakref import ReferenceType, ref

import streamlit as st

from conventions.periods import Period, parse_period
from conventions.values import Convention
from indicators.cohorts import CurveRequest, Maturation, compute_maturation
from indicators.commitments import CommitmentReading, read_commitments
from indicators.completeness import Completeness, read_completeness
from indicators.delays import Delay, DelayRequest, compute_delays
from indicators.evolution import Evolution, compute_evolutions
from indicators.figures import Request, compute_figures
from indicators.gaps import Gap, read_gaps
from indicators.objectives import ObjectiveReading, read_objectives
from indicators.proof import Proof, Question, prove
from indicators.request import COMMITTEE, PRODUCER
from indicators.values import Figure
from store.database import Database, default_path, open_database
from store.findings import FileFinding, read_findings
from store.journal import ImportEntry, read_history
from store.provenance import SourceRows, path_rows_of
from store.revisions import Revision, read_revisions

Given = ParamSpec("Given")
Answer = TypeVar("Answer")


@st.cache_resource(show_spinner=False)
def _open(path: Path) -> Database:
    """One connection for the whole process: each reading takes its own cursor."""
    database = open_database(path)
    # Streamlit collects garbage after every run: what is loaded once and for all need not be looked at
    # each time.
    gc.freeze()
    return database


def get_database() -> Database:
    """The database of this installation; StoreError when it cannot be opened."""
    return _open(default_path().resolve())


@dataclass(frozen=True)
class _Base:
    """A database as it stands, which a reading depends on besides its own arguments: the file, what was written in it,
    and the day. What is kept does not hold a closed one."""

    path: str
    writes: int
    day: date
    database: ReferenceType[Database] = field(compare=False)


def keep(
    *, max_entries: int, told: str | None = None
) -> Callable[[Callable[Concatenate[Database, Given], Answer]], Callable[Concatenate[Database, Given], Answer]]:
    """Keep what a reading of the database gives until anything is written in it, or the day changes.

    The audience is a part of what is asked: what one may see is never kept for another. What is kept is made of values
    that nobody changes: all sessions share it, and none pays for a copy. `told` is what the page says while a long
    reading is made. The framework's own cache looks at every value inside an argument: it took a third of a page.
    """

    def wrap(
        read: Callable[Concatenate[Database, Given], Answer],
    ) -> Callable[Concatenate[Database, Given], Answer]:
        @lru_cache(maxsize=max_entries)
        def answer(base: _Base, *args: Given.args, **named: Given.kwargs) -> Answer:
            database = base.database()
            assert database is not None, "the caller holds it"
            with st.spinner(told) if told else nullcontext():
                return read(database, *args, **named)

        @wraps(read)
        def ask(database: Database, *args: Given.args, **named: Given.kwargs) -> Answer:
            base = _Base(str(database.path), database.writes, date.today(), ref(database))
            return answer(base, *args, **named)  # type: ignore[arg-type]  # what is asked is made of frozen values

        return ask

    return wrap


@keep(max_entries=4)
def get_history(database: Database) -> tuple[ImportEntry, ...]:
    """Every import, oldest first."""
    return tuple(read_history(database))


def get_figures(database: Database, request: Request) -> list[Figure]:
    """The figures of a request as of today, unless it says of which day."""
    is_long = request.audience == COMMITTEE
    return (_get_committee_figures if is_long else _get_producer_figures)(database, request)


@keep(max_entries=512)
def _get_producer_figures(database: Database, request: Request) -> list[Figure]:
    return compute_figures(database, request)


@keep(max_entries=512, told="Calcul de ce qu’un comité peut voir…")
def _get_committee_figures(database: Database, request: Request) -> list[Figure]:
    """The first one decides what is secret in the whole convention, which takes seconds."""
    return compute_figures(database, request)


@keep(max_entries=64)
def get_evolutions(database: Database, request: Request) -> list[Evolution]:
    """What each indicator of a request becomes from one year to the next, over the same territories."""
    return compute_evolutions(database, request)


@keep(max_entries=64)
def get_gaps(database: Database, request: Request) -> list[Gap]:
    """The gaps between sources, by place and period when asked by territory, else of the whole by period."""
    return read_gaps(database, request)


@keep(max_entries=64)
def get_objectives(
    database: Database, convention: str, year: int, *, audience: str = PRODUCER
) -> list[ObjectiveReading]:
    """The objectives of a convention in a year, read as of today."""
    return read_objectives(database, convention, year=year, audience=audience)


@keep(max_entries=32)
def get_commitments(database: Database, convention: str, day: date) -> list[CommitmentReading]:
    """The commitments of a convention on a day."""
    return read_commitments(database, convention, as_of=day)


@keep(max_entries=32)
def get_completeness(database: Database, convention: str, day: date) -> Completeness:
    """What a convention was owed by a day, and what of it was received."""
    return read_completeness(database, convention, as_of=day)


@keep(max_entries=32)
def get_findings(database: Database, convention: str) -> list[FileFinding]:
    """What was found in the files of a convention that count."""
    return read_findings(database, convention)


@keep(max_entries=32)
def get_revisions(database: Database, convention: str) -> list[Revision]:
    """The figures of a convention that a later file changed."""
    return read_revisions(database, convention)


@keep(max_entries=64)
def get_maturation(database: Database, request: CurveRequest) -> Maturation | None:
    """The curves of cohorts; None when no path was received."""
    return compute_maturation(database, request)


@keep(max_entries=64)
def get_delays(database: Database, request: DelayRequest) -> list[Delay]:
    """The delays between stages; none when no path was received."""
    return compute_delays(database, request)


@keep(max_entries=64)
def get_path_rows(database: Database, convention: str, source: str) -> list[SourceRows]:
    """The sheets of paths of a source, and how many paths each holds."""
    return path_rows_of(database, convention=convention, source=source)


@keep(max_entries=64)
def get_proof(database: Database, question: Question) -> Proof | None:
    """Where a figure comes from; the audience is a part of the question."""
    return prove(database, question)


def by_indicator(figures: list[Figure]) -> dict[str, Figure]:
    """Figures of one place and period, by indicator."""
    return {figure.indicator: figure for figure in figures}


def by_place(figures: list[Figure], indicator: str) -> Mapping[str, Figure]:
    """The figures of one indicator, by territory, in their order."""
    return {
        figure.territory: figure for figure in figures if figure.indicator == indicator and figure.territory
    }


@keep(max_entries=256)
def _received(
    database: Database, what: str, convention: str, measures: tuple[str, ...], *, source: str = "",
    places: tuple[str, ...] = (),
) -> list[str]:  # fmt: skip
    """A column of the cube: its values among what is known of the measures, of all of them when none is given."""
    with database.cursor() as cursor:
        rows = cursor.execute(
            f"""select distinct {what} from cube
            where convention = $convention and reading = 'flux' and value is not null
              and (len($measures) = 0 or measure in (select unnest($measures)))
              and ($source = '' or source = $source)
              and (len($places) = 0 or territory in (select unnest($places)))
            order by all""",
            {"convention": convention, "measures": list(measures), "source": source, "places": list(places)},
        ).fetchall()
    return [str(row[0]) for row in rows]


def received_periods(
    database: Database, convention: Convention, measures: tuple[str, ...] = ()
) -> list[Period]:
    """Every period, of any length, of which one of the measures (or any) is known; oldest first."""
    codes = _received(database, "period", convention.key, measures)
    return sorted(parse_period(code) for code in codes)


def received_places(database: Database, convention: Convention, measures: tuple[str, ...]) -> list[str]:
    """The codes of every territory of which one of the measures is known."""
    return _received(database, "territory", convention.key, measures)


def received_groups(
    database: Database, convention: Convention, measures: tuple[str, ...], *, source: str = "",
    places: tuple[str, ...] = (),
) -> list[str]:  # fmt: skip
    """The segments by which one of the measures is known, from one source and in some places when they are given."""
    return _received(database, "segment", convention.key, measures, source=source, places=places)


def received_sources(database: Database, convention: Convention, measures: tuple[str, ...]) -> list[str]:
    """The codes of the sources from which one of the measures is known."""
    return _received(database, "source", convention.key, measures)
