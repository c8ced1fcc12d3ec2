"""A number and the labels of its row and column in; its measure, territory, period and segment, or why not, out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from conventions.text import normalise
from conventions.values import Segment, make_segment
from etl.cells import Cell
from etl.headers import Spot
from etl.labels import Label, Line, line_of
from etl.layout import Band, Title
from etl.moments import Moment
from etl.outside import Around, Context, find_moment, find_place, look_around
from etl.recognise import ASIDE, Lexicon, Reading

_STOCKS = frozenset({"stock", "distinct"})


@dataclass(frozen=True, slots=True)
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
class Said:
    """What the labels of one row, or of one column, say together."""

    labels: tuple[Label, ...]
    measures: tuple[str, ...]
    places: tuple[str, ...]
    segments: tuple[tuple[str, str], ...]
    moments: tuple[Moment, ...]
    problem: Label | None
    kind: str | None
    is_total: bool
    has_year_among_parts: bool

    @property
    def but_place(self) -> tuple[object, ...]:
        """All that it says except the territory: the same for most rows of a table."""
        return (self.measures, self.segments, self.moments, self.kind, self.is_total,
                self.has_year_among_parts, self.problem is None)  # fmt: skip


@dataclass(frozen=True)
class _Frame:
    """What all the numbers under the same labels share, whatever their territory; `place` comes from around."""

    measure: str | None
    segment: Segment
    moment: Moment
    period: str | None
    kind: str | None
    conflict: str | None
    place: str | None
    place_doubt: str | None


@dataclass
class Namer:
    """Names the numbers of one band; what its own labels carry is never taken from elsewhere.

    The corner, over the row labels, names what the whole table counts where it names anything.
    """

    band: Band
    carried: Carried
    corner: tuple[Reading, ...]
    lexicon: Lexicon
    context: Context
    _frames: dict[tuple[object, ...], _Frame] = field(default_factory=dict)
    _ranks: dict[tuple[object, ...], int] = field(default_factory=dict)

    def hear(self, labels: Sequence[Label]) -> tuple[Said, int]:
        """What some labels say together, and a number that is the same for all that say it of other territories."""
        readings = [label.reading for label in labels]
        years = (label for label in labels if label.reading.moment.year and not label.reading.moment.has_part)
        said = Said(
            labels=tuple(labels),
            measures=tuple(dict.fromkeys(measure for one in readings for measure in one.measures)),
            places=tuple(dict.fromkeys(one.place for one in readings if one.place)),
            segments=tuple(pair for one in readings for pair in one.segments.items()),
            moments=tuple(one.moment for one in readings if not one.moment.is_empty),
            problem=next((label for label in labels if not label.reading.is_explained), None),
            kind=next((one.kind for one in readings if one.kind in ASIDE), None),
            is_total=any(one.kind == "total" for one in readings),
            has_year_among_parts=any(line_of(label, self.band.headers) in self.carried.part_lines for label in years),
        )
        return said, self._ranks.setdefault(said.but_place, len(self._ranks))

    def name(
        self, spot: Spot, cell: Cell, above: tuple[Said, int], left: tuple[Said, int], doubt: str | None = None
    ) -> Named:
        """Put together what the labels of one cell say; `doubt` is a reason not to believe them."""
        (over, over_rank), (beside, beside_rank) = above, left
        labels = over.labels + beside.labels
        if doubt is not None:
            return Named(spot, cell, conflict=doubt, labels=labels)
        titles = self.band.titles[spot[0]]
        key = over_rank, beside_rank, id(titles)
        frame = self._frames.get(key)
        if frame is None:
            frame = self._frames[key] = self._frame(over, beside, titles)
        places = dict.fromkeys(over.places + beside.places)
        territory, conflict = next(iter(places), frame.place), frame.conflict
        if frame.kind is None:
            conflict = conflict or (None if places else frame.place_doubt)
            conflict = f"deux territoires : {', '.join(places)}" if len(places) > 1 else conflict
        found = (("mesure", frame.measure), ("territoire", territory), ("période", frame.period))
        return Named(
            spot, cell, frame.measure, territory, frame.period, frame.segment, frame.kind,
            tuple([axis for axis, value in found if value is None]),
            None if frame.kind in ASIDE else over.problem or beside.problem,
            conflict, labels, frame.moment,
        )  # fmt: skip

    def _frame(self, over: Said, beside: Said, titles: tuple[Title, ...]) -> _Frame:
        """Settle all but the territory, and the territory that stands around."""
        around = look_around(self.corner, titles, self.lexicon, self.context)
        kind = over.kind or beside.kind
        is_explained = over.problem is None and beside.problem is None
        measure, segments, conflict = self._settle_measure(over, beside, around)
        moment, doubt = self._settle_moment(over, beside, around)
        is_year = bool(self.carried.part_lines) and moment.year is not None and not moment.has_part
        is_year_total = is_year and (over.has_year_among_parts or beside.has_year_among_parts)
        lacks_part = is_year and not is_year_total
        period = moment.period if not lacks_part and not self._is_undated(measure, moment) else None
        if kind is None and self._is_titled_rate(measure, around):
            kind = "rate"
        if kind is None and is_explained and (over.is_total or beside.is_total or is_year_total):
            kind = "total"
        place, place_doubt = None, None
        if "territoire" not in self.carried.axes:
            place, place_doubt = find_place(around, self.context.root)
        return _Frame(
            measure, make_segment(segments), moment, period.code if period else None, kind,
            None if kind else conflict or doubt, place, place_doubt,
        )  # fmt: skip

    def _settle_measure(
        self, over: Said, beside: Said, around: Sequence[Around]
    ) -> tuple[str | None, dict[str, str], str | None]:
        """The measure and the segments that the labels say, or else the nearest text that names a measure."""
        segments: dict[str, str] = {}
        conflict = None
        for axis, value in (*over.segments, *beside.segments):
            if segments.setdefault(axis, value) != value:
                conflict = f"deux valeurs pour {axis} : {segments[axis]} et {value}"
        measures = dict.fromkeys(over.measures + beside.measures)
        if len(measures) > 1:
            conflict = f"deux mesures : {', '.join(measures)}"
        measure = next(iter(measures), None)
        if "mesure" not in self.carried.axes:
            measure, segments = self._complete_measure(measure, segments, around)
        return measure or self._find_owner(segments), segments, conflict

    def _find_owner(self, segments: Mapping[str, str]) -> str | None:
        """The one measure that counts by such a value: « Catégorie A » beside « DEFM » is of job seekers too."""
        owners = (
            code
            for code, measure in self.context.measures.items()
            if any(value in measure.own.get(axis, ()) for axis, value in segments.items())
        )
        return next(owners, None)

    def _complete_measure(
        self, measure: str | None, segments: Mapping[str, str], around: Sequence[Around]
    ) -> tuple[str | None, dict[str, str]]:
        """The measure of the nearest text that names one, with the segments that this measure allows."""
        found = dict(segments)
        for reading in (one.reading for one in around):
            if len(reading.measures) == 1 and measure in (None, reading.measures[0]):
                measure = reading.measures[0]
                allowed = self.context.measures[measure].axes - self.carried.axes
                given = {axis: value for axis, value in reading.segments.items() if axis in allowed}
                found = {**given, **found}
        return measure, found

    def _settle_moment(self, over: Said, beside: Said, around: Sequence[Around]) -> tuple[Moment, str | None]:
        """The time that the labels say, completed by what stands around."""
        moment: Moment | None = Moment()
        for one in (*over.moments, *beside.moments):
            moment = moment.merge(one) if moment is not None else None
        if moment is None:
            return Moment(), "deux périodes qui se contredisent"
        return find_moment(moment, around, self.context.option, self.carried.axes)

    def _is_undated(self, measure: str | None, moment: Moment) -> bool:
        """A date dates a head count; of a flow it does not say since when."""
        known = self.context.measures.get(measure or "")
        return moment.is_undated and known is not None and known.kind not in _STOCKS

    def _is_titled_rate(self, measure: str | None, around: Sequence[Around]) -> bool:
        """Whether the nearest text that names what is counted, or one nearer (« En % »), says that it is a rate."""
        if "mesure" in self.carried.axes:
            return False
        for reading in (one.reading for one in around):
            kind = self._kind_beside_split(reading)
            if kind == "rate" or reading.measures == (measure,):
                return kind == "rate"
        return False

    def _kind_beside_split(self, reading: Reading) -> str | None:
        """« par conseiller » in the title of a table whose lines are conseillers says its split, and no ratio."""
        words = normalise(reading.text)
        splits = [split for axis in sorted(self.carried.axes) if (split := f"par {axis}") in words]
        if reading.kind != "rate" or not splits:
            return reading.kind
        for split in splits:
            words = words.replace(split, "")
        return self.lexicon.read(words).kind
