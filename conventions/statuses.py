"""`data/statuts.toml` in; the rule that gives an objective its word, a projection its interval, out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from conventions.reading import DATA, Table, read_table

REACHED, MISSED = "Atteint", "Non atteint"
ON_TRACK, WATCHED, COMPROMISED = "En bonne voie", "À surveiller", "Compromis"
UNKNOWN = "n. d."
WORDS = (REACHED, ON_TRACK, WATCHED, COMPROMISED, MISSED)
GOOD = (REACHED, ON_TRACK)
"""The words of an objective that needs nothing."""
HELD, DUE, LATE, TO_COME, UNTRACED = "Tenu", "À tenir", "En retard", "À venir", "Sans trace"
ACTS = (HELD, DUE, LATE, TO_COME, UNTRACED)
"""The words of an act at one of its terms."""
TONES = ("good", "wait", "bad")


@dataclass(frozen=True)
class Status:
    """A word with its sign, its tone (good, wait, bad, or none) and what it means."""

    word: str
    sign: str
    tone: str
    meaning: str


@dataclass(frozen=True)
class Rule:
    """Shares are in [0, 1]: `watch` of what was due, `projection_confidence` of the interval, `partial_cycle`
    of a cycle that the convention must cover for an act to be due."""

    watch: float
    projection_months: int
    projection_confidence: float
    projection_years: int
    partial_cycle: float
    statuses: Mapping[str, Status]
    acts: Mapping[str, Status]


def read_rule(path: Path) -> Rule:
    """Read and check a file of rules; DataError on the first mistake."""
    table = read_table(path)
    rule = table.table("rule")
    found = Rule(
        watch=_read_share(rule, "watch"),
        projection_months=rule.integer("projection_months"),
        projection_confidence=_read_share(rule, "projection_confidence"),
        projection_years=rule.integer("projection_years"),
        partial_cycle=_read_share(rule, "partial_cycle"),
        statuses=_read_words(table, "statuses", WORDS),
        acts=_read_words(table, "acts", ACTS),
    )
    rule.close()
    table.close()
    return found


def _read_words(table: Table, key: str, words: tuple[str, ...]) -> dict[str, Status]:
    """All the words of a list, and they alone."""
    found = {word: _read_status(word, sub) for word, sub in table.named(key)}
    for word in (*found, *words):
        table.require(key, word, words if word in found else found.keys())
    return found


def _read_share(table: Table, key: str) -> float:
    share = float(table.number(key))
    if not 0 < share < 1:
        raise table.error(key, f"une part entre 0 et 1 attendue, lu {share:g}.")
    return share


def _read_status(word: str, table: Table) -> Status:
    status = Status(word, table.text("sign"), table.choice("tone", TONES, ""), table.text("meaning"))
    table.close()
    return status


@lru_cache(maxsize=1)
def load_rule() -> Rule:
    """The product's own rule, read once."""
    return read_rule(DATA / "statuts.toml")


def write_signed_word(word: str) -> str:
    """« ✓ Atteint », « ▼ En retard »; a word without sign (« n. d. ») is itself."""
    rule = load_rule()
    status = rule.statuses.get(word) or rule.acts.get(word)
    return f"{status.sign} {word}" if status is not None else word
