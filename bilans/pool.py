"""Several requests in; their figures out, as their audience sees them.

What one table hides, another must not give away: secrecy is decided for the whole convention, whatever is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from indicators.figures import compute_many
from indicators.request import Request
from indicators.values import Figure
from store.database import Database

Key = tuple[object, ...]


def compute_together(
    database: Database, requests: Mapping[str, Request], audience: str
) -> dict[str, list[Figure]]:
    """The figures of each named request."""
    seen = [replace(request, audience=audience) for request in requests.values()]
    return dict(zip(requests, compute_many(database, seen), strict=True))


def index_figures(figures: Iterable[Figure]) -> dict[Key, Figure]:
    """Figures by all that names them."""
    return {(one.indicator, one.source, one.territory, one.period, one.segment): one for one in figures}
