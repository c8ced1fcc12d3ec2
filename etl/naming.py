"""A number and the labels of its row and column in; its measure, territory, period and segment, or why not, out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from conventions.values import Segment, make_segment
from etl.cells import Cell
from etl.columns import Label, Line, line_of
from etl.headers import Spot
from etl.layout import Band, Title
from etl.moments import Moment
from etl.outside import Around, Context, find_moment, find_place, look_around
from etl.recognise import ASIDE, Lexicon

_STOCKS = frozenset({"stock", "distinct"})


@dataclass(frozen=True)
class Named:
    """A number or a hole and what its labels say of it.

    `missing` axes, `problem` (a label), `conflict` and `kind` (total, rate, ...) say why it is set aside.
    """

    spot: Spot
    cell: Cell
    measure: str | None = None
    territory: str | None = None
    period: str | None = None
    segment: Segment = ()
    kind: str | None = None
    missing: tuple[str, ...] = ()
    problem: Label | None = None
    conflict: str | None = None
    labels: tuple[Label, ...] = ()
    moment: Moment = Moment()


@dataclass(frozen=True)
class Carried:
    """The axes that the labels of a band name themselves, and the lines of labels that name parts of a year."""

    axes: frozenset[str]
    part_lines: frozenset[Line]


@dataclass(frozen=True)
class Namer:
    """Names the numbers of one band; what its own labels carry is never taken from elsewhere."""

    band: Band
    above: Mapping[int, Sequence[Label]]
    carried: Carried
    lexicon: Lexicon
    context: Context

    def name(self, spot: Spot, cell: Cell, left: Sequence[Label], doubt: str | None) -> Named:
        """Put together what the labels of one cell say; `doubt` is a reason not to believe them."""
        labels = (*self.above.get(spot[1], ()), *left)
        if doubt is not None:
            return Named(spot, cell, conflict=doubt, labels=labels)
        kind = next((label.reading.kind for label in labels if label.reading.kind in ASIDE), None)
        problem = next((label for label in labels if not label.reading.is_explained), None)
        named = _combine(Named(spot, cell, kind=kind, problem=None if kind else problem, labels=labels))
        titles = self.band.titles[spot[0]]
        named = self._complete(named, look_around(titles, self.lexicon, self.context))
        if kind is None and named.measure is None and self._is_titled_rate(titles):
            return replace(named, kind="rate", problem=None)
        is_total = any(label.reading.kind == "total" for label in labels) and named.problem is None
        return replace(named, kind="total") if kind is None and is_total else named

    def _complete(self, named: Named, around: Sequence[Around]) -> Named:
        """Take the axes that the table does not carry from the nearest title, the sheet, the file, the options."""
        named = self._complete_measure(named, around)
        territory, doubt = named.territory, None
        if territory is None and "territoire" not in self.carried.axes:
            territory, doubt = find_place(around, self.context.root)
        moment, doubt_in_time = find_moment(named.moment, around, self.context.option, self.carried.axes)
        is_year = bool(self.carried.part_lines) and moment.year is not None and not moment.has_part
        is_year_total = is_year and named.problem is None and self._names_year_among_parts(named.labels)
        has_period = not (is_year and not is_year_total) and not self._is_undated(named, moment)
        period = moment.period.code if moment.period and has_period else None
        found = (("mesure", named.measure), ("territoire", territory), ("période", period))
        return replace(
            named,
            territory=territory,
            period=period,
            moment=moment,
            missing=tuple(axis for axis, value in found if value is None),
            conflict=named.conflict or (None if named.kind else doubt or doubt_in_time),
            kind="total" if is_year_total and named.kind is None else named.kind,
        )

    def _names_year_among_parts(self, labels: Sequence[Label]) -> bool:
        """Whether « 2024 » stands where others say « T1 »; elsewhere a year without part lacks its part."""
        years = (label for label in labels if label.reading.moment.year)
        return any(line_of(label, self.band.headers) in self.carried.part_lines for label in years)

    def _complete_measure(self, named: Named, around: Sequence[Around]) -> Named:
        """The measure of the nearest text that names one, with the segments that this measure allows."""
        if "mesure" in self.carried.axes:
            return named
        measure, segments = named.measure, dict(named.segment)
        for reading in (one.reading for one in around):
            if len(reading.measures) == 1 and measure in (None, reading.measures[0]):
                measure = reading.measures[0]
                allowed = self.context.measures[measure].axes - self.carried.axes
                given = {axis: value for axis, value in reading.segments.items() if axis in allowed}
                segments = {**given, **segments}
        return replace(named, measure=measure, segment=make_segment(segments))

    def _is_undated(self, named: Named, moment: Moment) -> bool:
        """A date dates a head count; of a flow it does not say since when."""
        measure = self.context.measures.get(named.measure or "")
        return moment.is_undated and measure is not None and measure.kind not in _STOCKS

    def _is_titled_rate(self, titles: Sequence[Title]) -> bool:
        readings = (self.lexicon.read(title.text) for title in titles)
        return "mesure" not in self.carried.axes and any(reading.kind == "rate" for reading in readings)


def _combine(named: Named) -> Named:
    """What all the labels say together."""
    readings = [label.reading for label in named.labels]
    measures = dict.fromkeys(measure for reading in readings for measure in reading.measures)
    places = dict.fromkeys(reading.place for reading in readings if reading.place)
    segments: dict[str, str] = {}
    conflicts = []
    moment: Moment | None = Moment()
    for reading in readings:
        moment = moment.merge(reading.moment) if moment is not None else None
        for axis, value in reading.segments.items():
            if segments.setdefault(axis, value) != value:
                conflicts.append(f"deux valeurs pour {axis} : {segments[axis]} et {value}")
    if len(measures) > 1:
        conflicts.append(f"deux mesures : {', '.join(measures)}")
    if len(places) > 1:
        conflicts.append(f"deux territoires : {', '.join(places)}")
    if moment is None:
        conflicts.append("deux périodes qui se contredisent")
    return replace(
        named,
        measure=next(iter(measures), None),
        territory=next(iter(places), None),
        segment=make_segment(segments),
        moment=moment or Moment(),
        conflict=None if named.kind or not conflicts else conflicts[-1],
    )
