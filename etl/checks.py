"""The figures of a file and those of the same source before it in; a finding for each cause of doubt out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence

from conventions.catalogue import Catalogue
from conventions.values import Convention
from etl.check_known import Hit, Known
from etl.check_rules import Check, load_checks
from etl.report import Finding, Observation
from store.reading import CurrentFigure

History = Callable[[str, str], Sequence[CurrentFigure]]
"""Convention and source in, their current figures out: `store.reading.read_current` of a database."""

# Beyond so many cells of one sheet, one finding speaks for all and names the first ones.
_ALONE = 3
_SHOWN = 5


def no_history(convention: str, source: str) -> Sequence[CurrentFigure]:
    """What is known before a file when no database is at hand: nothing."""
    return ()


def run_checks(
    observations: Sequence[Observation],
    *,
    convention: Convention | None,
    catalogue: Catalogue,
    previous: Sequence[CurrentFigure] = (),
    checks: Sequence[Check] | None = None,
) -> list[Finding]:
    """Run the declared checks on a file; `previous` are the current figures of its convention and source."""
    known = Known(observations, previous, convention, catalogue)
    findings = []
    for check in load_checks() if checks is None else checks:
        sheets: dict[str, list[Hit]] = defaultdict(list)
        for hit in check.find(known):
            sheets[hit.at.sheet].append(hit)
        findings += [finding for hits in sheets.values() for finding in _tell(check, hits)]
    return findings


def _tell(check: Check, hits: Sequence[Hit]) -> list[Finding]:
    """A finding for each place, or one for all those of a sheet when they are many."""
    if len(hits) <= _ALONE:
        return [_find(check, [hit], check.sentence.format_map(hit.words)) for hit in hits]
    cells = list(dict.fromkeys(hit.at.cell for hit in hits if hit.has_cell))
    where = f" ({', '.join(cells[:_SHOWN])}{', …' if len(cells) > _SHOWN else ''})" if cells else ""
    example = check.sentence.format_map(hits[0].words)
    return [_find(check, hits, f"{len(hits)} cas dans cette feuille{where}. Le premier : {example}")]


def _find(check: Check, hits: Sequence[Hit], message: str) -> Finding:
    """The finding stands at its first cell; all the cells concerned, those of the other side too, are its areas."""
    at, cell = hits[0].at, hits[0].at.cell if hits[0].has_cell else None
    places = [(one.sheet, one.cell) for hit in hits for one in hit.cells]
    return Finding(check.severity, check.code, message, at.sheet, cell, tuple(dict.fromkeys(places)))
