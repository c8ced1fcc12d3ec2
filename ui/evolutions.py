"""A request and a span in; what each figure becomes since the year before, over the same territories, out."""

from __future__ import annotations

from dataclasses import replace

from indicators.evolution import Evolution
from indicators.request import Request
from indicators.windows import CUMUL, PERIOD
from store.database import Database
from ui.readings import get_evolutions
from ui.spans import Span


def read_evolutions(database: Database, request: Request, span: Span) -> dict[str, Evolution]:
    """By indicator; nothing of a time that neither begins with the year nor is one period."""
    is_single = len(span.periods) == 1
    if not is_single and span.first != 1:
        return {}
    asked = replace(request, periods=(span.periods[-1].code,), window=PERIOD if is_single else CUMUL)
    return {one.indicator.code: one for one in get_evolutions(database, asked)}
