"""`data/privacy.toml` in; what names a person in a header, in a column and in a sentence, out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from conventions.reading import DATA, Table, read_table
from conventions.text import normalise

CHECKS = ("nir", "iban")


@dataclass(frozen=True)
class Kind:
    """A kind of personal data and the headers that announce it, normalised and read whole.

    `is_sure`: the header is enough. `can_count`: over small numbers the header counts, and names nobody.
    `is_locked`: no answer gives such a column back.
    """

    code: str
    label: str
    header: re.Pattern[str]
    is_sure: bool
    can_count: bool
    is_locked: bool


@dataclass(frozen=True)
class Content:
    """A form of cells and the share of a column from which it is of that kind; `check` adds a key to verify."""

    kind: str
    pattern: re.Pattern[str]
    share: float
    check: str


@dataclass(frozen=True)
class Cues:
    """What stands before a name in a sentence, and the words there that are no name."""

    civilities: frozenset[str]
    before: re.Pattern[str]
    roles: frozenset[str]
    files: frozenset[str]
    particles: frozenset[str]


@dataclass(frozen=True)
class PrivacyRules:
    """All that the gate looks for, words normalised; `ages` are bands, each with the age it stops before."""

    kinds: Mapping[str, Kind]
    contents: tuple[Content, ...]
    other_names: frozenset[str]
    other_dates: frozenset[str]
    cues: Cues
    ordinary: frozenset[str]
    first_names: frozenset[str]
    ages: tuple[tuple[str, int], ...]


@lru_cache(maxsize=1)
def load_privacy_rules() -> PrivacyRules:
    """The product's own rules, read once."""
    return read_privacy_rules(DATA / "privacy.toml")


def read_privacy_rules(path: Path) -> PrivacyRules:
    """Read a file of rules; each is tried on the examples that it carries, DataError on the first that fails."""
    table = read_table(path)
    kinds = {kind.code: kind for kind in (_read_kind(sub) for sub in table.tables("kinds"))}
    others = table.table("others")
    rules = PrivacyRules(
        kinds=kinds,
        contents=tuple(_read_content(sub, kinds) for sub in table.tables("contents")),
        other_names=_words(others, "names"),
        other_dates=_words(others, "dates"),
        cues=_read_cues(table.table("cues")),
        ordinary=_words(table.table("ordinary"), "words"),
        first_names=_words(table.table("first_names"), "names"),
        ages=tuple((sub.text("value"), sub.integer("below")) for sub in table.tables("ages")),
    )
    others.close()
    table.close()
    return rules


def _words(table: Table, key: str) -> frozenset[str]:
    return frozenset(normalise(text) for text in table.texts(key))


def _read_kind(table: Table) -> Kind:
    kind = Kind(
        code=table.text("code"),
        label=table.text("label"),
        header=re.compile("|".join(f"(?:{text})" for text in table.texts("headers"))),
        is_sure=table.flag("is_sure", False),
        can_count=table.flag("can_count", False),
        is_locked=table.flag("is_locked", False),
    )
    for text in table.texts("yes"):
        if not kind.header.fullmatch(normalise(text)):
            raise table.error("yes", f"« {text} » devrait être reconnu.")
    for text in table.texts("no"):
        if kind.header.fullmatch(normalise(text)):
            raise table.error("no", f"« {text} » ne devrait pas être reconnu.")
    table.close()
    return kind


def _read_content(table: Table, kinds: Mapping[str, Kind]) -> Content:
    content = Content(
        kind=table.choice("kind", kinds),
        pattern=re.compile(table.text("pattern"), re.IGNORECASE if table.text("kind") == "adresse" else 0),
        share=float(table.number("share")),
        check=table.choice("check", CHECKS, ""),
    )
    # The keys of the examples are verified where the checks are.
    for text in table.texts("yes"):
        if not content.pattern.fullmatch(text):
            raise table.error("yes", f"« {text} » devrait être reconnu.")
    for text in table.texts("no"):
        if not content.check and content.pattern.fullmatch(text):
            raise table.error("no", f"« {text} » ne devrait pas être reconnu.")
    table.close()
    return content


def _read_cues(table: Table) -> Cues:
    before = "|".join(f"(?:{text})" for text in table.texts("before"))
    cues = Cues(
        civilities=frozenset(table.texts("civilities")),
        before=re.compile(rf"(?i:\b(?:{before}))\s*:?\s*"),
        roles=_words(table, "roles"),
        files=_words(table, "files"),
        particles=_words(table, "particles"),
    )
    table.close()
    return cues
