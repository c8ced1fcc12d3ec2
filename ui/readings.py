"""A request in; its figures out, kept in memory until the database changes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import streamlit as st

from conventions.periods import Period, parse_period
from conventions.values import Convention
from indicators.figures import Request, compute_figures
from indicators.objectives import ObjectiveReading, read_objectives
from indicators.values import Figure
from store.database import Database, default_path, open_database


@st.cache_resource(show_spinner=False)
def _open(path: Path) -> Database:
    """One connection for the whole process: each reading takes its own cursor."""
    return open_database(path)


def get_database() -> Database:
    """The database of this installation; StoreError when it cannot be opened."""
    return _open(default_path().resolve())


def count_acts(database: Database) -> int:
    """How many acts were journaled: any load or undo makes it grow, so what is kept in memory is kept by it."""
    with database.cursor() as cursor:
        return int(cursor.execute("select count(*) from journal").fetchall()[0][0])


@st.cache_data(show_spinner=False, max_entries=512)
def _compute(_database: Database, path: str, acts: int, request: Request, day: date) -> list[Figure]:
    """The audience is a part of the request: what one may see is never kept for another."""
    return compute_figures(_database, request)


def get_figures(database: Database, request: Request) -> list[Figure]:
    """The figures of a request as of today, unless it says of which day."""
    day = request.as_of or date.today()
    return _compute(database, str(database.path), count_acts(database), request, day)


@st.cache_data(show_spinner=False, max_entries=64)
def _objectives(
    _database: Database, path: str, acts: int, convention: str, year: int, day: date
) -> list[ObjectiveReading]:
    return read_objectives(_database, convention, year=year, as_of=day)


def get_objectives(database: Database, convention: str, year: int) -> list[ObjectiveReading]:
    """The objectives of a convention in a year, read as of today."""
    return _objectives(database, str(database.path), count_acts(database), convention, year, date.today())


def by_indicator(figures: list[Figure]) -> dict[str, Figure]:
    """Figures of one place and period, by indicator."""
    return {figure.indicator: figure for figure in figures}


def by_place(figures: list[Figure], indicator: str) -> Mapping[str, Figure]:
    """The figures of one indicator, by territory, in their order."""
    return {figure.territory: figure for figure in figures if figure.indicator == indicator and figure.territory}


def received_periods(database: Database, convention: Convention, indicators: tuple[str, ...] = ()) -> list[Period]:
    """The periods, at the rhythm received, of which at least one of the indicators is known; oldest first."""
    request = Request(convention.key, by=("periode",), indicators=indicators)
    codes = {figure.period for figure in get_figures(database, request) if figure.value is not None and figure.period}
    return sorted(parse_period(code) for code in codes)
