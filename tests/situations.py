"""`tests/cases/*.yaml` in; situations (what was received) and their cases (what is asked and expected) out.

A count is named by words in any order after its measure: territory, period, `axe=valeur`, `@source`, and
`contexte` for a national workbook. A mapping spreads one of them: `presents 2024-T1: {13056: 31, 13077: 12}`.
A figure is expected as a number (a count), a state (nothing is known), or a list: numbers, then its state
when it is not plain, then what is missing: `[36, 60, 0.6, partiel, 13098 2024-T1]`. `raison` is the sentence that
those with one give to a reader.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from conventions.agreements import load_conventions
from conventions.catalogue import load_catalogue
from conventions.values import Convention, Segment, make_segment
from etl.load import load_report
from etl.report import Observation
from indicators.request import Request
from indicators.values import Figure
from store.database import Database
from tests.deliveries import PathRecord, figure, path, report

FOLDER = Path(__file__).resolve().parent / "cases"
# The day of reading when a case names none: long after every count.
TODAY = date(2030, 12, 31)
HOLES = {"n.d.": "n.d.", "secret": "secret", "sans objet": "sans_objet"}
PERIOD = re.compile(r"\d{4}(-(S[12]|T[1-4]|\d\d))?")
DATES = {
    "orientation": "date_orientation",
    "contact": "date_premier_contact",
    "diagnostic": "date_diagnostic",
    "integration": "date_integration",
    "sortie": "date_sortie",
}

Identity = tuple[str, str | None, str | None, Segment, str | None]
"""Measure or indicator, territory, period, segment and source."""


@dataclass(frozen=True)
class Situation:
    """What was received for a convention, and the cases that are read of it."""

    name: str
    file: str
    convention: Convention
    observations: tuple[Observation, ...]
    context: tuple[Observation, ...]
    paths: tuple[PathRecord, ...]
    cases: tuple[Case, ...]

    def load(self, database: Database) -> None:
        """Load the counts, the paths and the national workbook, each as a file of its own."""
        key, source = self.convention.key, self.convention.sources[0].code
        if self.observations:
            load_report(database, report(*self.observations, convention=key, source=source))
        if self.paths:
            load_report(
                database, report(convention=key, source=source, paths=self.paths, file="parcours.xlsx")
            )
        if self.context:
            national = report(*self.context, convention=None, source=None, file="national.xlsx")
            load_report(database, national)


@dataclass(frozen=True)
class Case:
    """A sentence that was agreed, a request, and the figures that it must give."""

    name: str
    request: Request
    expected: Mapping[Identity, Figure]
    reason: str = ""


def read_situations() -> list[Situation]:
    """Every situation of the folder, by file."""
    return [
        _read_situation(path.stem, entry)
        for path in sorted(FOLDER.glob("*.yaml"))
        for entry in yaml.safe_load(path.read_text(encoding="utf-8"))
    ]


def _read_situation(file: str, entry: Mapping[str, Any]) -> Situation:
    convention = load_conventions()[entry.get("convention", "plie-martigues")]
    if "denominateur" in entry:
        convention = replace(convention, positive_denominator=entry["denominateur"])
    counts = list(_spread(entry.get("donnees", {})))
    observations = [_observe(words, value, convention) for words, value in counts if "contexte" not in words]
    context = [_observe(words, value, convention) for words, value in counts if "contexte" in words]
    paths = [
        _follow(f"p{rank}-{time}", facts)
        for rank, facts in enumerate(entry.get("parcours", []))
        for time in range(facts.get("fois", 1))
    ]
    cases = [_read_case(case, convention) for case in entry["cas"]]
    return Situation(
        entry["situation"], file, convention, tuple(observations), tuple(context), tuple(paths), tuple(cases)
    )


def _spread(counts: Mapping[Any, Any]) -> Iterator[tuple[list[str], Any]]:
    """Each count with all its words, those of nested mappings included."""
    for key, value in counts.items():
        if isinstance(value, Mapping):
            yield from (([*str(key).split(), *words], inner) for words, inner in _spread(value))
        else:
            yield str(key).split(), value


def _identify(words: Sequence[str]) -> Identity:
    code, *others = words
    segment = make_segment(dict(word.split("=") for word in others if "=" in word))
    source = next((word[1:] for word in others if word.startswith("@")), None)
    period = next((word for word in others if PERIOD.fullmatch(word)), None)
    named = {word for word in others if "=" in word or word.startswith("@")} | {period, "contexte"}
    return code, next((word for word in others if word not in named), None), period, segment, source


def _observe(words: Sequence[str], value: Any, convention: Convention) -> Observation:
    code, territory, period, segment, source = _identify(words)
    is_number = isinstance(value, int | float)
    one = figure(
        code,
        float(value) if is_number else None,
        territory=territory or convention.territory.code,
        period=period or "",
        source=source or convention.sources[0].code,
        state=_state(code, value, is_number=is_number),
        is_context="contexte" in words,
    )
    return replace(one, segment=segment)


def _state(code: str, value: Any, *, is_number: bool) -> str:
    """A number is a count, or a mean or rate supplied as such; a word is a hole."""
    if not is_number:
        return HOLES[value]
    return "ok" if code in load_catalogue().measures else "fourni"


def _follow(pseudonym: str, facts: Mapping[str, Any]) -> PathRecord:
    known = {DATES.get(name, name): value for name, value in facts.items() if name not in ("fois", "commune")}
    known["publics"] = tuple(known.get("publics", ()))
    return path(pseudonym, territory=str(facts.get("commune", "13056")), **known)


def _read_case(entry: Mapping[str, Any], convention: Convention) -> Case:
    asked = entry.get("demande", {})
    expected = [_expect(words, value) for words, value in _spread(entry["attendu"])]
    named = tuple(dict.fromkeys(identity[0] for identity, _ in expected))
    request = Request(
        convention=convention.key,
        periods=tuple(str(code) for code in asked.get("periodes", [])),
        by=tuple(asked.get("par", [])),
        indicators=tuple(asked.get("indicateurs", named)),
        reading=asked.get("lecture", "flux"),
        source=asked.get("source"),
        audience=asked.get("pour", "producteur"),
        as_of=asked.get("le", TODAY),
        window=asked.get("fenetre", "periode"),
        territories=tuple(str(code) for code in asked.get("territoires", [])),
    )
    return Case(entry["nom"], request, dict(expected), entry.get("raison", ""))


def _expect(words: Sequence[str], value: Any) -> tuple[Identity, Figure]:
    identity = _identify(words)
    parts = value if isinstance(value, list) else [value]
    numbers = [part for part in parts if part is None or isinstance(part, int | float)]
    texts = [part for part in parts if isinstance(part, str)]
    first, second, third = [*numbers, None, None, None][:3]
    holes = tuple(sorted((hole.split()[0], hole.split()[1]) for hole in texts[1:]))
    code, territory, period, segment, source = identity
    return identity, Figure(
        indicator=code,
        territory=territory,
        period=period,
        source=source,
        segment=segment,
        numerator=first,
        denominator=second,
        value=first if len(numbers) == 1 else third,
        state=texts[0] if texts else "ok",
        missing=holes,
    )
