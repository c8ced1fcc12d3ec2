"""A convention in; the axes by which its counts are given, each with the measures that carry it, out."""

from __future__ import annotations

from collections import defaultdict

from bilans.terms import Terms
from conventions.values import parse_segment
from store.database import Database

_SEGMENTS = """
select distinct measure, segment from cube
where convention = ? and reading = 'flux' and segment <> '' order by measure, segment
"""


def find_axes(database: Database, terms: Terms) -> dict[str, tuple[str, ...]]:
    """Axis → measures of the convention counted along it, in the order of both."""
    with database.cursor() as cursor:
        rows = cursor.execute(_SEGMENTS, [terms.convention.key]).fetchall()
    carried: dict[str, set[str]] = defaultdict(set)
    for measure, segment in rows:
        for axis, _ in parse_segment(segment):
            carried[axis].add(measure)
    measures = [code for code in terms.convention.indicators if code in terms.catalogue.measures]
    found = {axis: tuple(code for code in measures if code in carried[axis]) for axis in terms.catalogue.axes}
    return {axis: codes for axis, codes in found.items() if codes}
