"""`data/checks.toml` in; the checks, each with its severity, sentence and examples, read and checked, out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from string import Formatter

from conventions.catalogue import Catalogue, load_catalogue
from conventions.reading import DATA, Table, read_table
from etl.check_absence import ABSENCE_NAMES, find_absent_measures, find_absent_territories
from etl.check_exits import EXIT_NAMES, find_foreign_exits
from etl.check_history import PERIOD_NAMES, USUAL_NAMES, find_outside, read_usual
from etl.check_known import Finder
from etl.check_parts import PART_NAMES, read_pairs, read_segments
from etl.check_repeats import REPEAT_NAMES, STORED_NAMES, find_stored, read_repeat
from etl.check_stocks import BALANCE_NAMES, END_NAMES, find_two_ends, read_balances
from etl.check_sums import SUM_NAMES, read_sums
from etl.report import BLOCKING, INFORMATION, WARNING

Examples = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Check:
    """A declared check: `sentence` is filled with what `find` says of each place where it fires.

    An example is a list of figures, as `orientes 13056 2024-T1 = 40` or, already stored,
    `déjà orientes 13056 2023-T4 = 38`: none of the valid ones fires, each of the invalid ones does.
    """

    code: str
    severity: str
    sentence: str
    find: Finder
    valid: Examples
    invalid: Examples


@dataclass(frozen=True)
class Kind:
    """How a kind of check reads its parameters, and the names that its sentence may use."""

    read: Callable[[Table, Catalogue], Finder]
    names: frozenset[str]


def _plain(find: Finder) -> Callable[[Table, Catalogue], Finder]:
    """A kind without parameters."""
    return lambda table, catalogue: find


KINDS = {
    "partie": Kind(read_pairs, PART_NAMES),
    "segment": Kind(read_segments, PART_NAMES),
    "somme": Kind(read_sums, SUM_NAMES),
    "equilibre": Kind(read_balances, BALANCE_NAMES),
    "meme_jour": Kind(_plain(find_two_ends), END_NAMES),
    "sortie": Kind(_plain(find_foreign_exits), EXIT_NAMES),
    "periode": Kind(_plain(find_outside), PERIOD_NAMES),
    "habitude": Kind(read_usual, USUAL_NAMES),
    "repetition": Kind(read_repeat, REPEAT_NAMES),
    "deja_la": Kind(_plain(find_stored), STORED_NAMES),
    "mesure_absente": Kind(_plain(find_absent_measures), ABSENCE_NAMES),
    "territoire_absent": Kind(_plain(find_absent_territories), ABSENCE_NAMES),
}


def read_checks(path: Path, catalogue: Catalogue) -> tuple[Check, ...]:
    """Read and check a file of checks; DataError on the first mistake."""
    table = read_table(path)
    checks = tuple(_read_check(code, sub, catalogue) for code, sub in table.named("checks"))
    table.close()
    return checks


def _read_check(code: str, table: Table, catalogue: Catalogue) -> Check:
    kind = KINDS[table.choice("kind", KINDS)]
    check = Check(
        code=code,
        severity=table.choice("severity", (BLOCKING, WARNING, INFORMATION)),
        sentence=table.text("sentence"),
        find=kind.read(table, catalogue),
        valid=_read_examples(table, "valid"),
        invalid=_read_examples(table, "invalid"),
    )
    for name in _names(check.sentence, table):
        table.require("sentence", name, kind.names)
    table.close()
    return check


def _read_examples(table: Table, key: str) -> Examples:
    """A check that nothing shows right and nothing shows wrong is not declared."""
    examples = table.lists(key)
    if not examples or not all(examples):
        raise table.error(key, "au moins un exemple attendu : une liste de chiffres.")
    return examples


def _names(sentence: str, table: Table) -> list[str]:
    try:
        return [name for _, name, _, _ in Formatter().parse(sentence) if name is not None]
    except ValueError as error:
        raise table.error("sentence", f"accolades mal fermées ({error}).") from error


@lru_cache(maxsize=1)
def load_checks() -> tuple[Check, ...]:
    """The product's own checks, read once."""
    return read_checks(DATA / "checks.toml", load_catalogue())
