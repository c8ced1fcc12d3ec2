"""A request in; its figures out, kept in memory until the database changes."""

from __future__ import annotations

import gc
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

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
from indicators.request import PRODUCER
from indicators.values import Figure
from store.database import Database, default_path, open_database
from store.findings import FileFinding, read_findings
from store.provenance import SourceRows, path_rows_of
from store.revisions import Revision, read_revisions


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


def count_acts(database: Database) -> int:
    """How many acts were journaled and facts recorded: any load, undo or fact makes it grow, so what is kept in
    memory is kept by it."""
    counted = "select (select count(*) from journal) + (select count(*) from facts)"
    with database.cursor() as cursor:
        return int(cursor.execute(counted).fetchall()[0][0])


@st.cache_data(show_spinner=False, max_entries=512)
def _compute(_database: Database, path: str, acts: int, request: Request, day: date) -> list[Figure]:
    """The audience is a part of the request: what one may see is never kept for another."""
    return compute_figures(_database, request)


def get_figures(database: Database, request: Request) -> list[Figure]:
    """The figures of a request as of today, unless it says of which day."""
    day = request.as_of or date.today()
    return _compute(database, str(database.path), count_acts(database), request, day)


@st.cache_data(show_spinner=False, max_entries=64)
def _evolutions(_database: Database, path: str, acts: int, request: Request, day: date) -> list[Evolution]:
    return compute_evolutions(_database, replace(request, as_of=day))


def get_evolutions(database: Database, request: Request) -> list[Evolution]:
    """What each indicator of a request becomes from one year to the next, over the same territories."""
    return _evolutions(database, str(database.path), count_acts(database), request, date.today())


@st.cache_data(show_spinner=False, max_entries=64)
def _gaps(_database: Database, path: str, acts: int, request: Request, day: date) -> list[Gap]:
    return read_gaps(_database, request)


def get_gaps(database: Database, request: Request) -> list[Gap]:
    """The gaps between sources, by place and period when asked by territory, else of the whole by period."""
    return _gaps(database, str(database.path), count_acts(database), request, date.today())


@st.cache_data(show_spinner=False, max_entries=64)
def _objectives(
    _database: Database, path: str, acts: int, convention: str, year: int, day: date, audience: str
) -> list[ObjectiveReading]:
    return read_objectives(_database, convention, year=year, as_of=day, audience=audience)


def get_objectives(
    database: Database, convention: str, year: int, *, audience: str = PRODUCER
) -> list[ObjectiveReading]:
    """The objectives of a convention in a year, read as of today."""
    return _objectives(database, str(database.path), count_acts(database), convention, year, date.today(), audience)


@st.cache_data(show_spinner=False, max_entries=32)
def _commitments(
    _database: Database, path: str, acts: int, convention: str, day: date
) -> list[CommitmentReading]:
    return read_commitments(_database, convention, as_of=day)


def get_commitments(database: Database, convention: str, day: date) -> list[CommitmentReading]:
    """The commitments of a convention on a day."""
    return _commitments(database, str(database.path), count_acts(database), convention, day)


@st.cache_data(show_spinner=False, max_entries=32)
def _completeness(_database: Database, path: str, acts: int, convention: str, day: date) -> Completeness:
    return read_completeness(_database, convention, as_of=day)


def get_completeness(database: Database, convention: str, day: date) -> Completeness:
    """What a convention was owed by a day, and what of it was received."""
    return _completeness(database, str(database.path), count_acts(database), convention, day)


@st.cache_data(show_spinner=False, max_entries=32)
def _findings(_database: Database, path: str, acts: int, convention: str) -> list[FileFinding]:
    return read_findings(_database, convention)


def get_findings(database: Database, convention: str) -> list[FileFinding]:
    """What was found in the files of a convention that count."""
    return _findings(database, str(database.path), count_acts(database), convention)


@st.cache_data(show_spinner=False, max_entries=32)
def _revisions(_database: Database, path: str, acts: int, convention: str) -> list[Revision]:
    return read_revisions(_database, convention)


def get_revisions(database: Database, convention: str) -> list[Revision]:
    """The figures of a convention that a later file changed."""
    return _revisions(database, str(database.path), count_acts(database), convention)


@st.cache_data(show_spinner=False, max_entries=64)
def _maturation(_database: Database, path: str, acts: int, request: CurveRequest) -> Maturation | None:
    return compute_maturation(_database, request)


def get_maturation(database: Database, request: CurveRequest) -> Maturation | None:
    """The curves of cohorts; None when no path was received."""
    return _maturation(database, str(database.path), count_acts(database), request)


@st.cache_data(show_spinner=False, max_entries=64)
def _delays(_database: Database, path: str, acts: int, request: DelayRequest) -> list[Delay]:
    return compute_delays(_database, request)


def get_delays(database: Database, request: DelayRequest) -> list[Delay]:
    """The delays between stages; none when no path was received."""
    return _delays(database, str(database.path), count_acts(database), request)


@st.cache_data(show_spinner=False, max_entries=64)
def _path_rows(_database: Database, path: str, acts: int, convention: str, source: str) -> list[SourceRows]:
    return path_rows_of(_database, convention=convention, source=source)


def get_path_rows(database: Database, convention: str, source: str) -> list[SourceRows]:
    """The sheets of paths of a source, and how many paths each holds."""
    return _path_rows(database, str(database.path), count_acts(database), convention, source)


@st.cache_data(show_spinner=False, max_entries=64)
def _proof(_database: Database, path: str, acts: int, question: Question, day: date) -> Proof | None:
    return prove(_database, question)


def get_proof(database: Database, question: Question) -> Proof | None:
    """Where a figure comes from; the audience is a part of the question."""
    return _proof(database, str(database.path), count_acts(database), question, date.today())


def by_indicator(figures: list[Figure]) -> dict[str, Figure]:
    """Figures of one place and period, by indicator."""
    return {figure.indicator: figure for figure in figures}


def by_place(figures: list[Figure], indicator: str) -> Mapping[str, Figure]:
    """The figures of one indicator, by territory, in their order."""
    return {
        figure.territory: figure for figure in figures if figure.indicator == indicator and figure.territory
    }


@st.cache_data(show_spinner=False, max_entries=64)
def _received(
    _database: Database, path: str, acts: int, convention: str, measures: tuple[str, ...]
) -> list[str]:
    wanted = f"and measure in ({', '.join('?' * len(measures))})" if measures else ""
    with _database.cursor() as cursor:
        rows = cursor.execute(
            f"""select distinct period from cube
            where convention = ? and reading = 'flux' and value is not null {wanted} order by period""",
            [convention, *measures],
        ).fetchall()
    return [str(row[0]) for row in rows]


def received_periods(
    database: Database, convention: Convention, measures: tuple[str, ...] = ()
) -> list[Period]:
    """Every period, of any length, of which one of the measures (or any) is known; oldest first."""
    codes = _received(database, str(database.path), count_acts(database), convention.key, measures)
    return sorted(parse_period(code) for code in codes)
