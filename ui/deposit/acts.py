"""A report accepted, or an import to undo, in; the act done in one transaction, outside the page's
script, out."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import streamlit as st

from etl.load import LoadResult, load_report, undo_import
from etl.report import Report
from store.database import Database
from store.journal import ImportEntry

Answer = TypeVar("Answer")


@st.cache_resource(show_spinner=False)
def _worker() -> ThreadPoolExecutor:
    """One thread for all writes: a click ends the script of a page, never a load half done."""
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="depot")


def _run(act: Callable[[], Answer]) -> Answer:
    return _worker().submit(act).result()


def accept(database: Database, report: Report, *, author: str, retire_absent: bool) -> LoadResult:
    """Write a report, whole or not at all; the same file twice changes nothing."""
    return _run(lambda: load_report(database, report, author=author, retire_absent=retire_absent))


def undo(database: Database, import_id: str, *, author: str) -> ImportEntry:
    """Undo an import: what it replaced counts again. StoreError when it cannot be."""
    return _run(lambda: undo_import(database, import_id, author=author))
