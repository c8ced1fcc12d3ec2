"""The rows of a sheet in; the columns that name people, why, and how sure that is, out.

Headers speak first, then what the columns hold. A tall sheet is judged on a sample of its rows: columns, not cells,
are decided here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from itertools import zip_longest

from conventions.person_names import LIKELY, SURE, is_first_name, is_known, is_territory, rate_name
from conventions.personal_text import CHECKS
from conventions.privacy_rules import Content, load_privacy_rules
from conventions.text import normalise
from conventions.vocabulary import load_vocabulary
from etl.address import Spot
from etl.cells import Raw, parse_number
from etl.grid import Grid, is_blank
from etl.records import parse_date
from etl.workbook import Sheet

HEADER_ROWS = 200
SAMPLE = 1000
_WHOLE = 6000
_LONGEST_HEADER = 80
_SMALL = 100_000
_AGES = range(14, 91)
_SENTENCE = re.compile(r"(?:\S+\s+){7,}\S+")
_MOBILE = re.compile(r"[1-9]\d{8}")
IDENTIFYING = frozenset({"nom", "prenom", "naissance", "nir", "identifiant_ft", "email", "telephone", "adresse"})
NAMES = frozenset({"nom", "prenom", "nom_seul", "initiales"})


@dataclass(frozen=True)
class Verdict:
    """A column that names people: what it holds, from which row, where its header stands, and how sure that is.

    `is_doubtful`: the content or a weak header says so, and an answer of the analyst can give it back.
    """

    column: int
    kind: str
    start: int
    header: Spot | None = None
    is_doubtful: bool = False


@dataclass(frozen=True)
class Column:
    """The cells of one column of a sample, with the row of each; blank ones left out."""

    cells: tuple[tuple[int, Raw], ...]

    @cached_property
    def texts(self) -> list[str]:
        """Its texts that are no numbers."""
        return [value for _, value in self.cells if isinstance(value, str) and parse_number(value) is None]

    @property
    def counts(self) -> int:
        """How many of its cells are small numbers."""
        return sum(_is_small(value) for _, value in self.cells)


def _is_small(value: Raw) -> bool:
    number = parse_number(value) if isinstance(value, str) and len(value) < 12 and value[:1] != "0" else value
    return isinstance(number, int | float) and not isinstance(number, bool) and abs(number) < _SMALL


def sample_columns(sheet: Sheet) -> list[Column]:
    """The columns of a sheet; of a tall one, those of its first rows and of rows spread over the rest."""
    height = len(sheet.rows)
    spots = list(range(height))
    if height > _WHOLE:
        spots = [*range(HEADER_ROWS), *range(HEADER_ROWS, height, height // SAMPLE)]
    if not isinstance(sheet.rows, Grid):
        columns = zip_longest(*(sheet.rows[r] for r in spots))
        pairs = (zip(spots, values, strict=True) for values in columns)
        return [Column(tuple(cell for cell in column if not is_blank(cell[1]))) for column in pairs]
    return [
        Column(tuple((r, held.values[code]) for r, code in zip(spots, held.codes[spots].tolist(), strict=True)
                     if not is_blank(held.values[code])))
        for held in sheet.columns
    ]  # fmt: skip


def judge_columns(
    sheet: Sheet, released: Collection[str] = (), *, today: date, aside: Collection[int] = ()
) -> dict[int, Verdict]:
    """The columns that name people; `released` are the headers, normalised, that an analyst said name nobody.

    `aside` are rows that were judged already.
    """
    columns, rows = sample_columns(sheet), sheet.rows
    verdicts = _judge_headers(rows, columns, aside)
    for index, column in enumerate(columns):
        found = _judge_contents(index, column, rows)
        if found is not None and (index not in verdicts or verdicts[index].is_doubtful):
            verdicts[index] = found
    _judge_names(columns, rows, verdicts)
    if IDENTIFYING & {verdict.kind for verdict in verdicts.values()}:
        _judge_births(columns, rows, verdicts, today)
    _judge_sentences(columns, rows, verdicts)
    return {index: verdict for index, verdict in verdicts.items() if not _is_released(verdict, rows, released)}


def _is_released(verdict: Verdict, rows: Sequence[Sequence[Raw]], released: Collection[str]) -> bool:
    header = read_header(verdict, rows)
    return may_be_released(verdict) and header is not None and normalise(header) in released


def may_be_released(verdict: Verdict) -> bool:
    """Whether an analyst may say that a column names nobody: it was set aside on a doubt, and holds no number of
    a person."""
    return verdict.is_doubtful and not load_privacy_rules().kinds[verdict.kind].is_locked


def read_header(verdict: Verdict, rows: Sequence[Sequence[Raw]]) -> str | None:
    """The header of a column, as it is written; None when it has none."""
    if verdict.header is None:
        return None
    row, column = verdict.header
    return str(rows[row][column])


@lru_cache(maxsize=16384)
def kind_of_header(text: str) -> str | None:
    """The kind of personal data that a header announces."""
    if len(text) > _LONGEST_HEADER:
        return None
    words = normalise(text)
    return next((k.code for k in load_privacy_rules().kinds.values() if k.header.fullmatch(words)), None)


def _judge_headers(
    rows: Sequence[Sequence[Raw]], columns: Sequence[Column], aside: Collection[int]
) -> dict[int, Verdict]:
    """The first header of each column that announces personal data, in a row that holds no figure."""
    found: dict[int, Verdict] = {}
    kinds = load_privacy_rules().kinds
    for r, row in enumerate(rows[:HEADER_ROWS]):
        said = {
            c: kind
            for c, value in enumerate(row)
            if isinstance(value, str) and (kind := kind_of_header(value)) is not None
        }
        if not said or r in aside or _has_figures(row):
            continue
        named = set(said.values()) & (IDENTIFYING | {"initiales"})
        for c, kind in said.items():
            below = Column(tuple(cell for cell in columns[c].cells if cell[0] > r))
            if c in found or not _announces(kind, below, beside=named - {kind}):
                continue
            found[c] = Verdict(c, kind, r, (r, c), is_doubtful=not kinds[kind].is_sure and not named - {"adresse"})
    return found


def _has_figures(row: Sequence[Raw]) -> bool:
    """Whether a row holds numbers other than years: then it is no row of headers."""
    return any(
        isinstance(v, int | float) and not isinstance(v, bool) and not 1900 <= v <= 2100 for v in row
    )


def _announces(kind: str, below: Column, beside: Collection[str]) -> bool:
    """Whether what stands under a header can be what it announces."""
    rule = load_privacy_rules().kinds[kind]
    if not below.cells or rule.can_count and below.counts * 2 > len(below.cells):
        return False
    if kind == "nom_seul":
        return bool(beside)
    if kind == "referent":
        return any(not any(char.isdigit() for char in text) for text in below.texts)
    if kind == "texte_libre":
        return bool(beside and below.texts) or any(len(text.split()) > 3 for text in below.texts)
    return True


def _judge_contents(index: int, column: Column, rows: Sequence[Sequence[Raw]]) -> Verdict | None:
    """The form that enough cells of a column have: e-mails, telephones, national numbers, addresses."""
    counts = Counter(text for _, value in column.cells if (text := _as_text(value)))
    if not counts:
        return None
    for content in load_privacy_rules().contents:
        is_form = _tester(content)
        matching = {text for text in counts if is_form(text)}
        hits = sum(counts[text] for text in matching)
        least = 1 if content.check else 2
        if hits >= max(least, content.share * counts.total()):
            verdict = _place(index, content.kind, column, rows, _among(matching))
            if content.kind == "adresse" and _says_other(verdict, rows, load_privacy_rules().other_names):
                continue
            if content.kind == "identifiant_ft" and not _may_hold_identifiers(verdict, rows):
                continue
            return verdict
    if _holds_bare_phones(counts):
        verdict = _place(index, "telephone", column, rows, lambda value: bool(_MOBILE.fullmatch(_as_text(value))))
        return None if _says_other(verdict, rows, load_privacy_rules().other_names) else verdict
    return None


@lru_cache(maxsize=64)
def _tester(content: Content) -> Callable[[str], bool]:
    check = CHECKS.get(content.check)
    pattern = content.pattern
    if check is None:
        return lambda text: pattern.fullmatch(text) is not None
    return lambda text: pattern.fullmatch(text) is not None and check(text.replace("/", ""))


def _as_text(value: Raw) -> str:
    """A text as it is; a number as its digits, when it is long enough to be an identifier."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) >= 1e8:
        return str(int(value)) if float(value).is_integer() else ""
    return ""


def _holds_bare_phones(counts: Counter[str]) -> bool:
    """Numbers of nine digits that are no SIREN: telephones that lost their first zero."""
    nine = [text for text in counts if _MOBILE.fullmatch(text)]
    return len(nine) > 1 and len(nine) * 10 >= 6 * len(counts) and sum(map(_is_siren, nine)) * 10 < 8 * len(nine)


def _is_siren(digits: str) -> bool:
    doubled = [int(d) * (1 + rank % 2) for rank, d in enumerate(digits)]
    return sum(value - 9 * (value > 9) for value in doubled) % 10 == 0


def _among(texts: Collection[str]) -> Callable[[Raw], bool]:
    return lambda value: _as_text(value) in texts


def _is_date(value: Raw) -> bool:
    return _as_date(value) is not None


def _place(
    index: int, kind: str, column: Column, rows: Sequence[Sequence[Raw]], is_hit: Callable[[Raw], bool]
) -> Verdict:
    """The verdict of a column by its content: from its first hit, or from the header just above it."""
    start = next(r for r, value in column.cells if is_hit(value))
    above = [(r, value) for r, value in column.cells if r < start]
    header = (above[-1][0], index) if above and isinstance(above[-1][1], str) and start - above[-1][0] < 4 else None
    return Verdict(index, kind, start, header, is_doubtful=not load_privacy_rules().kinds[kind].is_locked)


def _says_other(verdict: Verdict, rows: Sequence[Sequence[Raw]], words: Collection[str]) -> bool:
    """Whether the header of a column says that it holds something else."""
    header = read_header(verdict, rows)
    return header is not None and bool(set(normalise(header).split()) & set(words))


def _may_hold_identifiers(verdict: Verdict, rows: Sequence[Sequence[Raw]]) -> bool:
    """The identifiers of a table of paths stay: they will be hashed; so do codes of structures, by their header."""
    columns = load_vocabulary().columns
    beside = rows[verdict.header[0]] if verdict.header else ()
    said = [columns.get(normalise(value), "") for value in beside if isinstance(value, str)]
    header = read_header(verdict, rows)
    is_path = any(field.startswith("date_") for field in said)
    if is_path and header is not None and columns.get(normalise(header)) == "identifiant":
        return False
    return not _says_other(verdict, rows, load_privacy_rules().other_names)


def _judge_names(
    columns: Sequence[Column], rows: Sequence[Sequence[Raw]], verdicts: dict[int, Verdict]
) -> None:
    """The columns of names: « NOM Prénom », « Zoé Dupuis »; then first names, and the names that stand beside them."""
    rules = load_privacy_rules()
    open_columns = [(i, c) for i, c in enumerate(columns) if i not in verdicts and c.texts]
    for index, column in open_columns:
        rates = {text: rate_name(text.strip()) for text in set(column.texts)}
        if _are_names(column, rates, is_among_people=bool(NAMES & {v.kind for v in verdicts.values()})):
            names = {text.strip() for text, rate in rates.items() if rate >= LIKELY}
            verdict = _place(index, "nom", column, rows, _among(names))
            if not _says_other(verdict, rows, rules.other_names):
                verdicts[index] = verdict
        elif _are_first_names(column):
            verdict = _place(index, "prenom", column, rows, lambda value: _is_lone_first_name(str(value)))
            if not _says_other(verdict, rows, rules.other_names):
                verdicts[index] = verdict
    firsts = [index for index, verdict in verdicts.items() if verdict.kind == "prenom"]
    for index in {beside for first in firsts for beside in (first - 1, first + 1)}:
        if 0 <= index < len(columns) and index not in verdicts and _are_surnames(columns[index]):
            verdict = _place(index, "nom", columns[index], rows, lambda value: _is_surname(str(value)))
            if not _says_other(verdict, rows, rules.other_names):
                verdicts[index] = verdict


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


def _judge_births(
    columns: Sequence[Column], rows: Sequence[Sequence[Raw]], verdicts: dict[int, Verdict], today: date
) -> None:
    """Among people, a column of dates that give ages from 14 to 90, unless its header says something else."""
    for index, column in enumerate(columns):
        dates = [(r, day) for r, value in column.cells if (day := _as_date(value)) is not None]
        aged = [r for r, day in dates if today.year - day.year in _AGES]
        if index in verdicts or len(aged) < 2 or len(aged) * 10 < 8 * len(dates):
            continue
        verdict = _place(index, "naissance", column, rows, _is_date)
        if not _says_other(verdict, rows, load_privacy_rules().other_dates):
            verdicts[index] = verdict


def _as_date(value: Raw) -> date | None:
    if isinstance(value, date):
        return value
    return parse_date(value) if isinstance(value, str) and value[:1].isdigit() else None


def _judge_sentences(
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
        verdict = _place(index, "texte_libre", column, rows, _among({text.strip() for text in hits}))
        header = read_header(verdict, rows)
        if header is None or normalise(header) not in load_vocabulary().axes:
            verdicts[index] = verdict


def _is_sentence(text: str, row: Sequence[Raw], index: int) -> bool:
    """A long text in a row that says other things too, and that names no measure."""
    filled = sum(value not in (None, "") for value in row)
    words = normalise(text).split()
    known = sum(is_known(word) for word in words)
    return filled > 2 and known * 2 < len(words)
