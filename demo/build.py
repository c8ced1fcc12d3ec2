"""Written workbooks in; the database that they were loaded into, and a French line for each, out."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import partial

from demo.facts import record_facts
from demo.samples import Sample
from etl.keys import KeyRing
from etl.load import ALREADY_LOADED, REFUSED, LoadResult, load_report
from etl.report import BLOCKING, WARNING, Options
from etl.run import examine
from store.database import Database, default_path, open_database
from store.journal import is_loaded
from store.reading import read_current

AUTHOR = "démonstration"


def build_database(samples: Sequence[Sample]) -> tuple[list[str], bool]:
    """Load each workbook as a partner's deposit would be; a line for each, and whether all were accepted."""
    path = default_path()
    keys = KeyRing.of_database(path)
    with open_database(path) as database:
        results = [_load(database, sample, keys) for sample in samples]
        recorded = record_facts(database, author=AUTHOR)
    lines = [_describe(sample, result) for sample, result in zip(samples, results, strict=True)]
    said = f"chargé, {_plural(recorded, 'nouveau')}" if recorded else ALREADY_LOADED
    lines.append(f"Faits sans classeur : {said}")
    return lines, all(result.state != REFUSED for result in results)


def _load(database: Database, sample: Sample, keys: KeyRing) -> LoadResult:
    content = sample.path.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    known = is_loaded(
        database, file_hash=digest, convention=sample.convention, source=sample.source, period=None
    )
    if known is not None:
        # Reading it again would say the same, a minute later for all of them.
        return LoadResult(known.id, ALREADY_LOADED)
    options = Options(convention=sample.convention, source=sample.source)
    previous = partial(read_current, database)
    report = examine(sample.path.name, content, options, keys, previous=previous)
    return load_report(database, report, author=AUTHOR)


def _describe(sample: Sample, result: LoadResult) -> str:
    """« fichier : chargé, 108 nouveaux, 2 avertissements », with the reasons of a refusal under it."""
    if result.state == ALREADY_LOADED:
        return f"{sample.path.name} : {result.state}"
    counts = {"nouveau": result.added, "modifié": result.changed, "inchangé": result.unchanged}
    parts = [_plural(size, word) for word, size in counts.items() if size]
    warnings = sum(finding.severity == WARNING for finding in result.findings)
    parts += [_plural(warnings, "avertissement")] if warnings else []
    reasons = [f"  {one.message}" for one in result.findings if one.severity == BLOCKING]
    return "\n".join([f"{sample.path.name} : {', '.join([result.state, *parts])}", *reasons])


def _plural(size: int, word: str) -> str:
    ending = "x" if word.endswith("eau") else "s"
    return f"{size} {word}{ending if size > 1 else ''}"
