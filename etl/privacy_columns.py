"""The rows of a sheet in; the columns that name people, why, and how sure that is, out.

Headers speak first, then what the columns hold. A tall sheet is judged on a sample of its rows: columns, not cells,
are decided here.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from conventions.privacy_rules import load_privacy_rules
from conventions.text import normalise
from etl.cells import Raw
from etl.privacy_contents import judge_contents
from etl.privacy_headers import judge_headers
from etl.privacy_people import judge_births, judge_names, judge_sentences
from etl.privacy_sample import IDENTIFYING, Verdict, read_header, sample_columns
from etl.workbook import Sheet


def judge_columns(
    sheet: Sheet, released: Collection[str] = (), *, today: date, aside: Collection[int] = ()
) -> dict[int, Verdict]:
    """The columns that name people; `released` are the headers, normalised, that an analyst said name nobody.

    `aside` are rows that were judged already.
    """
    columns, rows = sample_columns(sheet), sheet.rows
    verdicts = judge_headers(rows, columns, aside)
    for index, column in enumerate(columns):
        found = judge_contents(index, column, rows)
        if found is not None and (index not in verdicts or verdicts[index].is_doubtful):
            verdicts[index] = found
    judge_names(columns, rows, verdicts)
    if IDENTIFYING & {verdict.kind for verdict in verdicts.values()}:
        judge_births(columns, rows, verdicts, today)
    judge_sentences(columns, rows, verdicts)
    return {index: verdict for index, verdict in verdicts.items() if not _is_released(verdict, rows, released)}


def _is_released(verdict: Verdict, rows: Sequence[Sequence[Raw]], released: Collection[str]) -> bool:
    header = read_header(verdict, rows)
    return may_be_released(verdict) and header is not None and normalise(header) in released


def may_be_released(verdict: Verdict) -> bool:
    """Whether an analyst may say that a column names nobody: it was set aside on a doubt, and holds no number of
    a person."""
    return verdict.is_doubtful and not load_privacy_rules().kinds[verdict.kind].is_locked
