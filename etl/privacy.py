"""The sheets of a workbook in; the same without the columns that name people, and what was set aside, out.

Nothing identifying goes further than this step: findings give the place and the kind of column, never its content.
"""

from __future__ import annotations

import hmac
import os
import re
import secrets
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from conventions.reading import DATA, read_table
from conventions.text import normalise
from etl.address import cell_name, column_name
from etl.cells import Raw
from etl.report import INFORMATION, Finding
from etl.workbook import Sheet

_HEADER_ROWS = 200


@dataclass(frozen=True)
class Rules:
    """Headers that name people, those that do so beside another, national identifiers, and forms of content."""

    headers: frozenset[str]
    beside: frozenset[str]
    identifiers: frozenset[str]
    patterns: tuple[tuple[str, re.Pattern[str], float], ...]


@lru_cache(maxsize=1)
def load_rules() -> Rules:
    """The rules of `data/privacy.toml`, read once."""
    table = read_table(DATA / "privacy.toml")
    rules = Rules(
        headers=frozenset(normalise(text) for text in table.texts("headers")),
        beside=frozenset(normalise(text) for text in table.texts("headers_beside_another")),
        identifiers=frozenset(normalise(text) for text in table.texts("identifiers")),
        patterns=tuple(
            (sub.text("name"), re.compile(sub.text("pattern")), float(sub.number("share")))
            for sub in table.tables("patterns")
        ),
    )
    table.close()
    return rules


def drop_personal_columns(sheet: Sheet) -> tuple[Sheet, list[Finding]]:
    """Blank the columns that name people, by their header or by what they hold."""
    rules = load_rules()
    named = _columns_by_header(sheet, rules)
    held = {c: (cell_name(0, c), name) for c, name in _columns_by_content(sheet, rules).items() if c not in named}
    dropped = {**named, **held}
    if not dropped:
        return sheet, []
    findings = [
        Finding(
            INFORMATION,
            "colonne_nominative_ecartee",
            f"Colonne {column_name(column)} écartée avant toute lecture : "
            f"elle contient des données personnelles ({what}). "
            "Rien n’en est enregistré.",
            sheet.name,
            cell,
        )
        for column, (cell, what) in sorted(dropped.items())
    ]
    return sheet.without(dropped), findings


def _columns_by_header(sheet: Sheet, rules: Rules) -> dict[int, tuple[str, str]]:
    found: dict[int, tuple[str, str]] = {}
    for r, row in enumerate(sheet.rows[:_HEADER_ROWS]):
        words = {c: normalise(value) for c, value in enumerate(row) if isinstance(value, str) and value.strip()}
        sure = {c for c, text in words.items() if text in rules.headers | rules.identifiers}
        if sure and len(words) > 1:
            sure |= {c for c, text in words.items() if text in rules.beside}
            found |= {c: (cell_name(r, c), f"intitulé « {row[c]} »") for c in sure if c not in found}
    return found


def _columns_by_content(sheet: Sheet, rules: Rules) -> dict[int, str]:
    found: dict[int, str] = {}
    for column, held in enumerate(sheet.columns):
        # Each distinct text is judged once: a column of 200,000 rows holds few of them, or identifiers.
        both = zip(held.values, held.counts(), strict=True)
        counts = {value: count for value, count in both if isinstance(value, str) and value.strip()}
        texts = sum(counts.values())
        for name, pattern, share in rules.patterns:
            matching = sum(count for text, count in counts.items() if pattern.fullmatch(text.strip()))
            if texts > 1 and matching >= max(2, share * texts):
                found[column] = name
    return found


@dataclass(frozen=True)
class KeyRing:
    """The keys that replace identifiers, one per convention, kept in a folder outside the database.

    Without a folder the key lasts as long as the object: a dry run leaves nothing behind.
    """

    folder: Path | None = None

    @staticmethod
    def of_database(path: Path) -> KeyRing:
        """The keys of a database: in a folder beside it, unless JALONS_KEYS names another."""
        return KeyRing(Path(os.environ.get("JALONS_KEYS") or path.parent / "cles"))

    def key(self, convention: str) -> bytes:
        """The key of a convention, made on first use (32 random bytes, readable by the owner alone)."""
        if self.folder is None:
            return _passing_key(convention)
        path = self.folder / f"{convention}.key"
        if not path.exists():
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            _write_once(path, secrets.token_bytes(32))
        return path.read_bytes()


def _write_once(path: Path, key: bytes) -> None:
    """Write a key whole or not at all; one that another process wrote meanwhile stays."""
    draft = path.with_suffix(f".{secrets.token_hex(8)}")
    draft.touch(mode=0o600)
    try:
        draft.write_bytes(key)
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


@lru_cache(maxsize=64)
def _passing_key(convention: str) -> bytes:
    return secrets.token_bytes(32)


def make_pseudonym(identifier: Raw, key: bytes) -> str:
    """The keyed hash (HMAC-SHA256, 128 bits kept) of an identifier; spaces and case do not count."""
    text = str(int(identifier)) if isinstance(identifier, float) and identifier.is_integer() else str(identifier)
    plain = "".join(text.split()).upper()
    return hmac.digest(key, plain.encode(), "sha256").hex()[:32]
