"""A column in; what the form of its cells says that it holds (e-mails, telephones, national numbers), out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache

from conventions.personal_text import CHECKS
from conventions.privacy_rules import Content, load_privacy_rules
from conventions.text import normalise
from conventions.vocabulary import load_vocabulary
from etl.cells import Raw
from etl.privacy_sample import Column, Verdict, among, as_text, place, read_header, says_other

_MOBILE = re.compile(r"[1-9]\d{8}")


def judge_contents(index: int, column: Column, rows: Sequence[Sequence[Raw]]) -> Verdict | None:
    """The form that enough cells of a column have: e-mails, telephones, national numbers, addresses."""
    counts = Counter(text for _, value in column.cells if (text := as_text(value)))
    if not counts:
        return None
    for content in load_privacy_rules().contents:
        is_form = _tester(content)
        matching = {text for text in counts if is_form(text)}
        hits = sum(counts[text] for text in matching)
        least = 1 if content.check else 2
        if hits >= max(least, content.share * counts.total()):
            verdict = place(index, content.kind, column, among(matching))
            if content.kind == "adresse" and says_other(verdict, rows, load_privacy_rules().other_names):
                continue
            if content.kind == "identifiant_ft" and not _may_hold_identifiers(verdict, rows):
                continue
            return verdict
    if _holds_bare_phones(counts):
        verdict = place(index, "telephone", column, lambda value: bool(_MOBILE.fullmatch(as_text(value))))
        return None if says_other(verdict, rows, load_privacy_rules().other_names) else verdict
    return None


@lru_cache(maxsize=64)
def _tester(content: Content) -> Callable[[str], bool]:
    check = CHECKS.get(content.check)
    pattern = content.pattern
    if check is None:
        return lambda text: pattern.fullmatch(text) is not None
    return lambda text: pattern.fullmatch(text) is not None and check(text.replace("/", ""))


def _holds_bare_phones(counts: Counter[str]) -> bool:
    """Numbers of nine digits that are no SIREN: telephones that lost their first zero."""
    nine = [text for text in counts if _MOBILE.fullmatch(text)]
    return len(nine) > 1 and len(nine) * 10 >= 6 * len(counts) and sum(map(_is_siren, nine)) * 10 < 8 * len(nine)


def _is_siren(digits: str) -> bool:
    doubled = [int(d) * (1 + rank % 2) for rank, d in enumerate(digits)]
    return sum(value - 9 * (value > 9) for value in doubled) % 10 == 0


def _may_hold_identifiers(verdict: Verdict, rows: Sequence[Sequence[Raw]]) -> bool:
    """The identifiers of a table of paths stay: they will be hashed; so do codes of structures, by their header."""
    columns = load_vocabulary().columns
    beside = rows[verdict.header[0]] if verdict.header else ()
    said = [columns.get(normalise(value), "") for value in beside if isinstance(value, str)]
    header = read_header(verdict, rows)
    is_path = any(field.startswith("date_") for field in said)
    if is_path and header is not None and columns.get(normalise(header)) == "identifiant":
        return False
    return not says_other(verdict, rows, load_privacy_rules().other_names)
