"""The columns of a sheet in; those of names, and among people those of births and of sentences, out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from conventions.person_names import LIKELY, SURE, is_first_name, is_known, is_territory, rate_name
from conventions.privacy_rules import load_privacy_rules
from conventions.text import normalise
from conventions.vocabulary import load_vocabulary
from etl.cells import Raw
from etl.privacy_sample import IDENTIFYING, Column, Verdict, among, place, read_header, says_other
from etl.records import parse_date

NAMES = frozenset({"nom", "prenom", "nom_seul", "initiales"})
_AGES = range(14, 91)
_SENTENCE = re.compile(r"(?:\S+\s+){7,}\S+")


def judge_names(
    columns: Sequence[Column], rows: Sequence[Sequence[Raw]], verdicts: dict[int, Verdict]
) -> None:
    """The columns of names: « NOM Prénom », « Zoé Dupuis »; then first names, and the names that stand beside them."""
    open_columns = [(i, c) for i, c in enumerate(columns) if i not in verdicts and c.texts]
    for index, column in open_columns:
        rates = {text: rate_name(text.strip()) for text in set(column.texts)}
        if _are_names(column, rates, is_among_people=bool(NAMES & {v.kind for v in verdicts.values()})):
            names = {text.strip() for text, rate in rates.items() if rate >= LIKELY}
            _keep(verdicts, place(index, "nom", column, among(names)), rows)
        elif _are_first_names(column):
            _keep(verdicts, place(index, "prenom", column, lambda value: _is_lone_first_name(str(value))), rows)
    firsts = [index for index, verdict in verdicts.items() if verdict.kind == "prenom"]
    for index in {beside for first in firsts for beside in (first - 1, first + 1)}:
        if 0 <= index < len(columns) and index not in verdicts and _are_surnames(columns[index]):
            _keep(verdicts, place(index, "nom", columns[index], lambda value: _is_surname(str(value))), rows)


def _keep(verdicts: dict[int, Verdict], verdict: Verdict, rows: Sequence[Sequence[Raw]]) -> None:
    """Keep a verdict of names, unless the header says that the names are of something else."""
    if not says_other(verdict, rows, load_privacy_rules().other_names):
        verdicts[verdict.column] = verdict


def _are_names(column: Column, rates: Mapping[str, int], *, is_among_people: bool) -> bool:
    texts = column.texts
    by_rate = Counter(rates[text] for text in texts)
    sure, likely = by_rate[SURE], by_rate[SURE] + by_rate[LIKELY]
    shaped = likely + by_rate[1]
    if sure >= max(2, 0.3 * len(texts)) or likely >= max(2, 0.6 * len(texts)):
        return True
    return shaped >= max(2, 0.6 * len(texts)) and (likely > 0 and (sure > 0 or is_among_people))


def _is_lone_first_name(text: str) -> bool:
    return " " not in text.strip() and is_first_name(text.strip())


def _are_first_names(column: Column) -> bool:
    texts = column.texts
    lone = {text for text in set(texts) if _is_lone_first_name(text)}
    hits = sum(text in lone for text in texts)
    return len(lone) > 2 and hits >= 0.6 * len(texts) and not all(is_territory(text) for text in lone)


def _is_surname(text: str) -> bool:
    words = text.split()
    return 0 < len(words) < 4 and all(w[0].isalpha() and not is_known(w) for w in words) and text[0].isupper()


def _are_surnames(column: Column) -> bool:
    texts = column.texts
    hits = [text for text in texts if _is_surname(text)]
    if len(hits) < max(2, 0.6 * len(texts)):
        return False
    return sum(is_territory(text) for text in set(hits)) * 2 < len(set(hits))


def judge_births(
    columns: Sequence[Column], rows: Sequence[Sequence[Raw]], verdicts: dict[int, Verdict], today: date
) -> None:
    """Among people, a column of dates that give ages from 14 to 90, unless its header says something else."""
    for index, column in enumerate(columns):
        dates = [(r, day) for r, value in column.cells if (day := _as_date(value)) is not None]
        aged = [r for r, day in dates if today.year - day.year in _AGES]
        if index in verdicts or len(aged) < 2 or len(aged) * 10 < 8 * len(dates):
            continue
        verdict = place(index, "naissance", column, _is_date)
        if not says_other(verdict, rows, load_privacy_rules().other_dates):
            verdicts[index] = verdict


def _is_date(value: Raw) -> bool:
    return _as_date(value) is not None


def _as_date(value: Raw) -> date | None:
    if isinstance(value, date):
        return value
    return parse_date(value) if isinstance(value, str) and value[:1].isdigit() else None


def judge_sentences(
    columns: Sequence[Column], rows: Sequence[Sequence[Raw]], verdicts: dict[int, Verdict]
) -> None:
    """A column of sentences beside names, or beside figures: comments on people, never labels."""
    is_among_people = bool(IDENTIFYING & {verdict.kind for verdict in verdicts.values()})
    for index, column in enumerate(columns):
        if index in verdicts or not index:
            continue
        hits = {
            text
            for r, text in column.cells
            if isinstance(text, str) and _SENTENCE.match(text.strip()) and _is_sentence(text, rows[r], index)
        }
        texts = column.texts
        share = 0.3 if is_among_people else 0.5
        if sum(text in hits for text in texts) < max(2 if is_among_people else 3, share * len(texts)):
            continue
        verdict = place(index, "texte_libre", column, among({text.strip() for text in hits}))
        header = read_header(verdict, rows)
        if header is None or normalise(header) not in load_vocabulary().axes:
            verdicts[index] = verdict


def _is_sentence(text: str, row: Sequence[Raw], index: int) -> bool:
    """A long text in a row that says other things too, and that names no measure."""
    filled = sum(value not in (None, "") for value in row)
    words = normalise(text).split()
    known = sum(is_known(word) for word in words)
    return filled > 2 and known * 2 < len(words)
