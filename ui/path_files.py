"""A source of paths in; the sentence that says from which files its paths come, and how many, out."""

from __future__ import annotations

from html import escape

from conventions.values import Convention
from store.database import Database
from ui.french import FIXED, join_words, write_count
from ui.readings import get_path_rows


def write_files(database: Database, convention: Convention, source: str) -> str:
    """« 1 204 parcours de « parcours.xlsx » (import I000007). », a space before; never a row, nor a person."""
    told = [
        f"{write_count(lot.records)}{FIXED}parcours de «{FIXED}{escape(lot.file)}{FIXED}» (import {lot.import_id})"
        for lot in get_path_rows(database, convention.key, source)
    ]
    return f" {join_words(told)}." if told else ""
