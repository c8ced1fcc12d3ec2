"""A convention, a source and periods in; the stages of which a committee is not told how many reached them, out.

Curves and delays count the same people as the figures: what is hidden there is not told here.
"""

from __future__ import annotations

from collections.abc import Iterable

from conventions.catalogue import load_catalogue
from conventions.periods import Period
from conventions.values import Convention
from indicators.amounts import SECRET
from indicators.counts import read_counts
from indicators.figures import compute_figures
from indicators.request import COHORT, COMMITTEE, Request
from indicators.secrecy import may_show
from store.database import Database

Stage = tuple[str, str]
"""The code of a period, and the date that makes a stage reached."""


def list_hidden_stages(
    database: Database, convention: Convention, source: str, periods: Iterable[Period]
) -> frozenset[Stage]:
    """The stages of each period whose count is secret."""
    measures = _name_measures()
    codes = tuple(sorted({one.code for one in periods}))
    asked = Request(convention.key, codes, ("periode",), tuple(measures.values()), COHORT, source, COMMITTEE)
    events = {code: event for event, code in measures.items()}
    figures = compute_figures(database, asked)
    return frozenset((one.period or "", events[one.indicator]) for one in figures if one.state == SECRET)


def is_told(database: Database, convention: Convention, source: str, stage: str) -> bool:
    """Whether all who reached a stage, whenever they came, add up from what is shown."""
    measure = _name_measures()[stage]
    counts = read_counts(database, convention, [measure], COHORT)
    cells = (
        one.get(measure, (), territory, period)
        for one in counts
        if one.source == source
        for territory in one.territories(measure)
        for period in one.periods()
    )
    leaves = [leaf for cell in cells if cell is not None for leaf in cell.leaves]
    return may_show(database, convention, COHORT, leaves)


def _name_measures() -> dict[str, str]:
    """The measure that counts those who reach each stage."""
    found: dict[str, str] = {}
    for code, one in load_catalogue().measures.items():
        if one.event is not None:
            found.setdefault(one.event, code)
    return found
