"""The reader's choices in; the shares of the publics of a convention, whole and place by place, out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as dataclass_field

from conventions.agreements import PUBLIC
from conventions.catalogue import Catalogue
from conventions.periods import Period
from conventions.values import Convention, Indicator, Segment
from conventions.versions import list_marks
from indicators.figures import Request
from indicators.objectives import ObjectiveReading
from indicators.shares import as_share, find_partition, share
from indicators.values import Figure
from ui.field import WHOLE_FIELD, Field
from ui.readings import by_indicator, by_place, get_figures, get_objectives
from ui.shell import Screen
from ui.spans import Span, list_single_spans, list_spans
from ui.wording import write_figure

PARTITIONS = ("sexe", "age", "niveau_formation", "anciennete")
CROSSED = ("age", "sexe")


@dataclass(frozen=True)
class Part:
    """One public, or one value of a partition: its share of all people, last year's when it compares, its objective."""

    code: str
    label: str
    figure: Figure
    indicator: Indicator
    before: Figure | None = None
    reading: ObjectiveReading | None = None

    @property
    def text(self) -> str:
        """« 62 % », or the word of its hole."""
        return write_figure(self.figure, self.indicator)


@dataclass(frozen=True)
class People:
    """All that the page says of the people of a convention over a span; `beside` are the groups that a partition adds
    up to (45 ans et plus)."""

    convention: Convention
    span: Span
    last_year: Span | None
    audience: str
    count: Indicator
    whole: Figure | None
    publics: Sequence[Part]
    partitions: Mapping[str, Sequence[Part]]
    beside: Mapping[str, Sequence[Part]]
    crossed: Mapping[tuple[str, str], Figure]
    breaks: tuple[str, ...]
    by_place: Mapping[str, Mapping[str, Figure]]
    field: Field = WHOLE_FIELD
    everywhere: Mapping[str, Figure] = dataclass_field(default_factory=dict)


@dataclass(frozen=True)
class _Asker:
    """Who asks, of which count, and the indicators that are a share of it."""

    screen: Screen
    convention: Convention
    audience: str
    count: Indicator
    own: Mapping[tuple[str, str], str]
    field: Field = WHOLE_FIELD

    def ask(self, span: Span | None, *by: str, codes: tuple[str, ...] = ()) -> list[Figure]:
        """The count by some axes, or some indicators."""
        if span is None:
            return []
        wanted = codes or (self.count.code,)
        request = Request(self.convention.key, periods=span.codes, by=by, indicators=wanted, audience=self.audience)
        return get_figures(self.screen.database, self.field.narrow(request))

    def share(self, span: Span | None, axis: str) -> dict[str, Figure]:
        """Each value of an axis over the whole; an indicator of the convention's own where it has one."""
        whole = next(iter(self.ask(span)), None)
        found = {dict(one.segment)[axis]: share(one, whole) for one in self.ask(span, axis)}
        codes = {value: code for (name, value), code in self.own.items() if name == axis}
        named = by_indicator(self.ask(span, codes=tuple(codes.values()))) if codes else {}
        return {**found, **{value: named[code] for value, code in codes.items() if code in named}}

    def indicator(self, axis: str, value: str) -> Indicator:
        """How a share is read."""
        code = self.own.get((axis, value))
        return self.screen.catalogue.indicator(code) if code else as_share(self.count)


def find_own(convention: Convention, catalogue: Catalogue, measure: str) -> dict[tuple[str, str], str]:
    """The indicators of a convention that are a share of its people: (axis, value) → code."""
    headline = catalogue.measures[measure].headline
    found = {}
    for code in convention.indicators:
        one = catalogue.indicator(code)
        if one.denominator is None or one.time != "periode" or one.denominator.measure != measure:
            continue
        pairs = set(one.numerator.segment) - set(headline)
        if one.numerator.measure == measure and set(one.denominator.segment) == set(headline) and len(pairs) == 1:
            found[pairs.pop()] = code
    return found


def list_people_spans(screen: Screen, convention: Convention, received: Sequence[Period]) -> list[Span]:
    """What a reader may choose: of different people, only the periods that were counted as such."""
    is_distinct = screen.catalogue.measures[convention.publics].kind == "distinct"
    return list_single_spans(received) if is_distinct else list_spans(received, convention.cadence)


def read_people(
    screen: Screen, convention: Convention, *, span: Span, last_year: Span | None, audience: str,
    field: Field = WHOLE_FIELD,
) -> People:  # fmt: skip
    """Everything the page shows, asked for as the reader may see it."""
    count = screen.catalogue.indicator(convention.publics)
    own = find_own(convention, screen.catalogue, convention.publics)
    asker = _Asker(screen, convention, audience, count, own, field)
    # What was agreed is about the whole convention.
    readings = (
        [] if field.is_part else get_objectives(screen.database, convention.key, span.year, audience=audience)
    )
    agreed = {one.objective.indicator: one for one in readings}
    axes = [axis for axis in PARTITIONS if axis in screen.catalogue.measures[convention.publics].axes]
    parts = {axis: _list_parts(asker, axis, span, last_year, agreed) for axis in axes}
    whole_lists = {
        axis: find_partition(screen.catalogue.axes[axis], {one.code for one in own_parts if _is_received(one.figure)})
        for axis, own_parts in parts.items()
    }
    publics = _list_parts(asker, PUBLIC, span, last_year, agreed)
    return People(
        convention=convention,
        span=span,
        last_year=last_year,
        audience=audience,
        count=count,
        whole=next(iter(asker.ask(span)), None),
        publics=sorted((one for one in publics if _is_received(one.figure)), key=lambda one: -(one.figure.value or 0)),
        partitions={axis: _keep(parts[axis], values) for axis, values in whole_lists.items() if values},
        beside={
            axis: [one for one in parts[axis] if one.code not in values and _is_received(one.figure)]
            for axis, values in whole_lists.items()
            if values
        },
        crossed=_cross(asker, span),
        breaks=_list_breaks(asker, count, span, last_year) if last_year is not None else (),
        by_place=_read_places(asker, span),
        field=field,
        everywhere=replace(asker, field=field.widen()).share(span, PUBLIC) if field.place else {},
    )


def _is_received(figure: Figure) -> bool:
    return figure.value is not None or figure.state == "secret"


def _keep(parts: Sequence[Part], values: Sequence[str]) -> list[Part]:
    known = {one.code: one for one in parts}
    return [known[value] for value in values]


def _list_parts(
    asker: _Asker, axis: str, span: Span, last_year: Span | None, agreed: Mapping[str, ObjectiveReading]
) -> list[Part]:
    labels = asker.screen.catalogue.axes[axis].values
    now, before = asker.share(span, axis), asker.share(last_year, axis)
    parts = []
    for code, figure in now.items():
        indicator, past = asker.indicator(axis, code), before.get(code)
        reading = agreed.get(asker.own.get((axis, code), ""))
        if past is not None and last_year is not None:
            past = past if _is_comparable(asker, indicator, (figure, past), (span, last_year)) else None
        parts.append(Part(code, labels.get(code, code), figure, indicator, past, reading))
    return parts


def _is_comparable(
    asker: _Asker, indicator: Indicator, figures: tuple[Figure, Figure], spans: tuple[Span, Span]
) -> bool:
    """Both known, from one source, the same places left out, and no change of definition in between."""
    now, past = figures
    if now.value is None or past.value is None or now.source != past.source:
        return False
    if {place for place, _ in now.missing} != {place for place, _ in past.missing}:
        return False
    return not _list_breaks(asker, indicator, *spans, segment=now.segment)


def _list_breaks(
    asker: _Asker, indicator: Indicator, span: Span, before: Span, *, segment: Segment = ()
) -> tuple[str, ...]:
    """What changed between two times, so that they do not compare."""
    start, end = before.periods[-1].end, span.periods[-1].end
    marks = list_marks(indicator, asker.convention, asker.screen.catalogue, start=start, end=end, segment=segment)
    return tuple(mark.sentence for mark in marks if mark.is_break)


def _cross(asker: _Asker, span: Span) -> dict[tuple[str, str], Figure]:
    """Age by sex, when a return crosses them."""
    if not set(CROSSED) <= asker.screen.catalogue.measures[asker.count.code].axes:
        return {}
    found = asker.ask(span, *CROSSED)
    if not any(_is_received(one) for one in found):
        return {}
    return {(dict(one.segment)[CROSSED[0]], dict(one.segment)[CROSSED[1]]): one for one in found}


def _read_places(asker: _Asker, span: Span) -> dict[str, dict[str, Figure]]:
    """Public → place → share, of the places that are told apart by public."""
    wholes = by_place(asker.ask(span, "territoire"), asker.count.code)
    found: dict[str, dict[str, Figure]] = {}
    for one in asker.ask(span, "territoire", PUBLIC):
        if one.territory is not None and _is_received(one):
            public = dict(one.segment)[PUBLIC]
            found.setdefault(public, {})[one.territory] = share(one, wholes.get(one.territory))
    return found


def sort_readings(people: People) -> list[Part]:
    """The publics of which something was agreed, then the others from the largest to the smallest."""
    return sorted(people.publics, key=lambda one: one.reading is None)

