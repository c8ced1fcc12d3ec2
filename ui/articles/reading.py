"""A block of a convention and a span in; its figures, period by period, over the span and by an axis, out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from conventions.catalogue import Catalogue
from conventions.periods import Period
from conventions.values import Block, Convention, Objective
from indicators.evolution import Evolution
from indicators.figures import Request
from indicators.values import Figure
from ui.charts.ranked import Bar, rank_bars
from ui.evolutions import read_evolutions
from ui.french import write_count, write_percent
from ui.places import main_level
from ui.readings import by_indicator, get_figures, received_periods
from ui.shell import Screen
from ui.spans import Span, find_last_year
from ui.wording import name_place, write_counts, write_figure

LEAST = 20
"""Rates over fewer people are shown and not ranked."""


@dataclass(frozen=True)
class Reading:
    """The figures of a block: each period, the whole span, and the parts of the drawn indicator."""

    block: Block
    convention: Convention
    span: Span
    periods: Sequence[Period]
    through_time: Sequence[Figure]
    whole: dict[str, Figure]
    parts: Sequence[Figure]
    evolution: Evolution | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing of the block was received in the span."""
        return all(one.value is None and one.state != "secret" for one in (*self.through_time, *self.parts))

    def at(self, indicator: str, period: Period) -> Figure | None:
        """The figure of an indicator in a period."""
        return next(
            (one for one in self.through_time if (one.indicator, one.period) == (indicator, period.code)), None
        )

    @property
    def known_periods(self) -> list[Period]:
        """The periods, unless nothing of the block is given at their rhythm."""
        is_told = any(one.value is not None or one.state == "secret" for one in self.through_time)
        return list(self.periods) if is_told else []

    @property
    def is_of_places(self) -> bool:
        """Whether what is partial is so only because the places followed do not make the whole territory."""
        level = main_level(self.convention)
        partial = [one for one in (*self.through_time, *self.whole.values()) if one.state == "partiel"]
        holes = {place for one in partial for place, _ in one.missing}
        return level is not None and not level.complete and holes == {self.convention.territory.code}

    @property
    def objective(self) -> Objective | None:
        """The range that holds for each part, when the block names one."""
        return next((one for one in self.convention.objectives if one.code == self.block.objective), None)


def read_block(
    screen: Screen, convention: Convention, block: Block, *, span: Span, periods: Sequence[Period], audience: str
) -> Reading:
    """Everything that a block shows, asked for as the reader may see it."""

    def ask(indicators: Sequence[str], *by: str, codes: tuple[str, ...] = span.codes) -> list[Figure]:
        request = Request(convention.key, codes, by=by, indicators=tuple(indicators), audience=audience)
        return get_figures(screen.database, request)

    inside = tuple(period for period in periods if span.holds(period))
    through = ask(block.indicators, "periode", codes=tuple(one.code for one in inside)) if inside else []
    parts = ask((block.chart,), block.by) if block.chart else []
    whole = by_indicator(ask([*block.indicators, *([block.chart] if block.chart else [])]))
    first = next((code for code in block.indicators if code in whole and whole[code].value is not None), None)
    evolution = _read_evolution(screen, convention, first, span=span, audience=audience) if first else None
    return Reading(block, convention, span, inside, through, whole, parts, evolution)


def _read_evolution(
    screen: Screen, convention: Convention, code: str, *, span: Span, audience: str
) -> Evolution | None:
    """Since the year before; None when that year was not received."""
    if find_last_year(span, received_periods(screen.database, convention)) is None:
        return None
    request = Request(convention.key, indicators=(code,), audience=audience)
    return read_evolutions(screen.database, request, span).get(code)


def name_part(reading: Reading, figure: Figure, catalogue: Catalogue) -> str:
    """What a part is called: a place, or the value of the axis (a motive in the convention's own words)."""
    if reading.block.by == "territoire":
        return name_place(figure.territory, reading.convention)
    value = dict(figure.segment)[reading.block.by]
    own = {code: label for one in reading.convention.exits for code, label in one.motifs.items()}
    exits = {one.code: one.label for one in reading.convention.exits}
    known = {"motif": own, "categorie": exits}.get(reading.block.by, {})
    axis = catalogue.axes[reading.block.by]
    # « Prescripteur : autre » says in itself which axis it is of: the title and the table say it already.
    return known.get(value) or axis.values.get(value, value).removeprefix(f"{axis.label} : ")


def list_parts(reading: Reading) -> list[Figure]:
    """The parts received; by territory, those of the first level that knows any."""
    heard = [one for one in reading.parts if one.value is not None or one.state == "secret"]
    if reading.block.by != "territoire":
        return heard
    for level in reading.convention.levels:
        codes = {place.code for place in reading.convention.places if place.kind == level.kind}
        own = [one for one in heard if one.territory in codes]
        if own:
            return own
    return []


def build_bars(reading: Reading, catalogue: Catalogue) -> list[Bar]:
    """A bar a part, the longest named; rates over few people are not ranked."""
    if reading.block.chart is None:
        return []
    bars = [_build_bar(reading, one, catalogue) for one in list_parts(reading)]
    first = find_named(bars)
    return [replace(bar, is_named=bar is first) for bar in bars]


def find_named(bars: Sequence[Bar]) -> Bar | None:
    """The longest bar that has a name: « Autre type » gathers those that have none."""
    ranked = [bar for bar in rank_bars(bars) if bar.is_ranked]
    return next((bar for bar in ranked if not bar.label.lower().startswith("autre")), next(iter(ranked), None))


def find_chart_whole(reading: Reading, catalogue: Catalogue) -> float | None:
    """The count that the parts are parts of; None of a rate, when it is not known, or when values that should make it
    make much less: they were counted on a part of the territory."""
    figure = reading.whole.get(reading.block.chart or "")
    if figure is None or figure.value is None or figure.denominator is not None:
        return None
    axis = catalogue.axes.get(reading.block.by)
    parts = {dict(one.segment).get(reading.block.by, ""): one.value for one in list_parts(reading)}
    for values in axis.partitions if axis is not None else ():
        sizes = [parts[value] for value in values if value in parts]
        known = [size for size in sizes if size is not None]
        if len(known) == len(values) and 2 * sum(known) < figure.value:
            return None
    return figure.value


def _build_bar(reading: Reading, figure: Figure, catalogue: Catalogue) -> Bar:
    """A rate with its counts, or a count with the part of the whole that it makes."""
    indicator = catalogue.indicator(reading.block.chart or "")
    of = find_chart_whole(reading, catalogue)
    text, counts = write_figure(figure, indicator), write_counts(figure)
    if of is not None and figure.value is not None and 0 < figure.value <= of:
        text, counts = write_percent(figure.value / of), f"({write_count(figure.value)}/{write_count(of)})"
    return Bar(
        label=name_part(reading, figure, catalogue),
        value=figure.value,
        text=text,
        counts=counts,
        is_ranked=figure.value is not None and (figure.denominator is None or figure.denominator >= LEAST),
    )


def drop_whole(bars: Sequence[Bar], reading: Reading, catalogue: Catalogue) -> list[Bar]:
    """The bars without those of a value that is the whole itself (« Catégories A, B, C »); the table keeps them."""
    total = find_chart_whole(reading, catalogue)
    parts = [bar for bar in bars if total is None or bar.value != total]
    if len(parts) < 2:
        return list(bars)
    first = find_named(parts)
    return [replace(bar, is_named=bar is first) for bar in parts]
