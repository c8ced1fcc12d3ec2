"""The lines of a bilan in; the stages of its path and the trend of its main count, out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bilans.findings import say_trend
from bilans.terms import Terms
from bilans.values import HOLE, Definition, Line, Quantity, Stage, Trend
from conventions.catalogue import EVENTS, Catalogue
from conventions.values import Convention, Indicator, Measure
from ui.french import set_typography

_FEWEST = 2


def find_base(convention: Convention, catalogue: Catalogue) -> Measure | None:
    """The count that a path starts from: that of the first event, where the convention counts it."""
    own = [catalogue.measures[code] for code in convention.indicators if code in catalogue.measures]
    return next((measure for measure in own if measure.event == EVENTS[0]), None)


def list_stages(lines: Sequence[Line], terms: Terms) -> tuple[Stage, ...]:
    """The people who start, then those of each later event as the rates over the start count them."""
    base = find_base(terms.convention, terms.catalogue)
    whole = {line.indicator: line for line in lines}
    if base is None or base.code not in whole:
        return ()
    rates = [
        one for code in terms.convention.indicators if _is_over(one := terms.catalogue.indicator(code), base)
    ]
    events = {one.code: terms.catalogue.measures[one.numerator.measure].event for one in rates}
    known = [one for one in rates if events[one.code] in EVENTS and one.code in whole]
    later = sorted(known, key=lambda one: EVENTS.index(str(events[one.code])))
    first = Stage(base.code, set_typography(base.label), whole[base.code].now, whole[base.code].before)
    stages = [_make_stage(one, whole[one.code], terms.catalogue) for one in later]
    return (first, *stages) if len(stages) >= _FEWEST else ()


def _is_over(indicator: Indicator, base: Measure) -> bool:
    return (
        indicator.unit == "taux"
        and indicator.denominator is not None
        and indicator.denominator.measure == base.code
    )


def _make_stage(indicator: Indicator, line: Line, catalogue: Catalogue) -> Stage:
    label = set_typography(catalogue.measures[indicator.numerator.measure].label)
    return Stage(indicator.code, label, count_people(line.now), count_people(line.before))


def count_people(rate: Quantity) -> Quantity:
    """The numerator of a rate as a count of its own."""
    if rate.numerator is None:
        return HOLE if rate.state != "secret" else Quantity(None, None, None, "secret")
    state = rate.state if rate.is_known else "ok"
    return replace(rate, denominator=None, value=rate.numerator, state=state)


def divide(one: Quantity, over: Quantity) -> Quantity:
    """A stage over another as a rate with its counts; as unknown as the less known of both."""
    if one.value is None or over.value is None:
        return one if one.value is None else over
    state = next((other.state for other in (one, over) if other.state != "ok"), "ok")
    return Quantity(one.value, over.value, one.value / over.value, state) if over.value else HOLE


def make_trend(
    lines: Sequence[Line], terms: Terms, definitions: Mapping[str, Definition], *, leading: Sequence[str]
) -> Trend | None:
    """The first count that accumulates, `leading` ones before the others, known over two periods or more."""
    for code in dict.fromkeys((*leading, *terms.convention.indicators)):
        numerator = terms.catalogue.indicator(code).numerator.measure
        own = tuple(line for line in lines if line.indicator == numerator)
        is_flux = terms.catalogue.measures[numerator].kind == "flux"
        if is_flux and sum(line.now.is_known for line in own) >= _FEWEST:
            return Trend(numerator, say_trend(own, definitions[numerator]), own)
    return None
