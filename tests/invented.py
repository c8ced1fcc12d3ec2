"""Invented figures for the tests of screens: a few words in, a Figure out."""

from __future__ import annotations

from collections.abc import Mapping

from conventions.values import make_segment
from indicators.request import Request
from indicators.values import Figure


def invent(
    indicator: str,
    numerator: float | None,
    denominator: float | None = None,
    *,
    territory: str | None = None,
    period: str | None = None,
    source: str = "plie",
    state: str = "ok",
    segment: Mapping[str, str] | None = None,
    missing: tuple[tuple[str, str], ...] = (),
    asked: Request | None = None,
) -> Figure:
    """A count when there is no denominator, else their ratio; a hole when the numerator is None."""
    value = numerator
    if numerator is not None and denominator is not None:
        value = numerator / denominator if denominator else None
    return Figure(
        indicator=indicator,
        territory=territory,
        period=period,
        source=source,
        segment=make_segment(segment or {}),
        numerator=numerator,
        denominator=denominator,
        value=value,
        state=state,
        missing=missing,
        asked=asked,
    )
