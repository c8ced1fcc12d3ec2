"""A sheet of counts in; its numbers, each named by the labels above, to its left, in titles and sheet name, out.

One idea reads every layout: a number whose measure, territory and period are all named is an observation; one that
is not is a finding that says what is missing. An axis that the table itself carries is never taken from a title.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from conventions.values import Measure, Segment, make_segment
from etl.cells import HOLE, NUMBER, Cell
from etl.columns import Label, label_columns, row_labels
from etl.dont import lend_measures_across, lend_measures_down
from etl.headers import ColumnHeaders, Header, Spot, read_headers
from etl.layout import Band, Layout, Title, read_layout
from etl.moments import Moment
from etl.recognise import ASIDE, Lexicon, Reading
from etl.workbook import Sheet


@dataclass(frozen=True)
class Context:
    """What stands outside the table and may complete it, nearest first: sheet name, file name, the user's options."""

    measures: Mapping[str, Measure]

    sheet: Reading
    file: Reading
    option: Moment


@dataclass(frozen=True)
class Named:
    """A number or a hole and all that its labels say of it; `missing` axes, `problem` and `kind` say why it is set aside."""

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

    @property
    def is_observation(self) -> bool:
        """Whether it is fully named and a plain count."""
        return not (self.kind or self.missing or self.problem or self.conflict)


@dataclass
class BandReading:
    """The named cells of one band, kept together because totals and rates are judged among siblings."""

    band: Band
    cells: list[Named] = field(default_factory=list)


def read_crosstab(
    sheet: Sheet, lexicon: Lexicon, holes: dict[str, str], context: Context
) -> tuple[list[BandReading], Layout]:
    """Name every number of a sheet."""
    layout = read_layout(sheet, lexicon, holes)
    return [_read_band(band, layout, lexicon, context) for band in layout.bands], layout


def _read_band(band: Band, layout: Layout, lexicon: Lexicon, context: Context) -> BandReading:
    headers = read_headers(band, layout)
    columns = label_columns(band, headers, layout, lexicon)
    above = {c: [_read_header(header, lexicon) for header in found] for c, found in headers.above.items()}
    lines = {
        row: row_labels(row, band, columns, layout, lexicon, context_year(band, row, lexicon, context))
        for row in band.rows
    }
    above, lines = lend_measures_across(above), lend_measures_down(lines)
    carried = _carried_axes(above, lines, columns.all)
    reading = BandReading(band)
    namer = _Namer(headers, above, carried, band, lexicon, context)
    for row in band.rows:
        for column, cell in enumerate(layout.cells[row]):
            if cell.kind in (NUMBER, HOLE) and column not in columns.all and column not in columns.ignored:
                reading.cells.append(
                    namer.name((row, column), cell, lines[row].get(columns.run_of(column), []))
                )
    return reading


def _read_header(header: Header, lexicon: Lexicon) -> Label:
    reading = lexicon.read(header.text)
    if reading.rest and not reading.axes:
        place = lexicon.places.read_own(header.text)
        if place.code:
            reading = Reading(header.text, place=place.code, how=place.how)
    return Label(header.text, header.spot, reading)


def context_year(band: Band, row: int, lexicon: Lexicon, context: Context) -> int | None:
    """The year that titles, sheet or file give: old names of territories are looked up in their vintage."""
    readings = [lexicon.read(title.text) for title in reversed(band.titles[row])]
    return next(
        (r.moment.year for r in (*readings, context.sheet, context.file) if r.moment.year),
        context.option.year,
    )


def _carried_axes(
    above: Mapping[int, list[Label]], lines: Mapping[int, Mapping[int, list[Label]]], roles: frozenset[int]
) -> frozenset[str]:
    """The axes that labels of the table name themselves; what a total or a rate adds in passing does not count."""
    labels = [label for column, found in above.items() if column not in roles for label in found]
    labels += [label for line in lines.values() for found in line.values() for label in found]
    plain = [label.reading for label in labels if label.reading.kind is None]
    return frozenset(axis for reading in plain for axis in reading.axes)


@dataclass
class _Namer:
    headers: ColumnHeaders
    above: Mapping[int, list[Label]]
    carried: frozenset[str]
    band: Band
    lexicon: Lexicon
    context: Context

    def name(self, spot: Spot, cell: Cell, left: Sequence[Label]) -> Named:
        """Put together what the labels of one cell say."""
        row, column = spot
        labels = [*self.above.get(column, []), *left]
        doubt = self.headers.doubtful.get(column)
        if doubt is not None:
            return Named(
                spot,
                cell,
                conflict=f"le groupe « {doubt.text} » peut se lire de deux façons",
                labels=tuple(labels),
            )
        titles = self.band.titles[row]
        kind = next((label.reading.kind for label in labels if label.reading.kind in ASIDE), None)
        problem = next((label for label in labels if not label.reading.is_explained), None)
        named = self._combine(
            Named(spot, cell, kind=kind, problem=None if kind else problem, labels=tuple(labels))
        )
        named = self._complete(named, titles)
        if kind is None and named.measure is None and self._is_titled_rate(titles):
            return replace(named, kind="rate", problem=None)
        if kind is None and any(label.reading.kind == "total" for label in labels):
            named = replace(named, kind="total")
        return named

    def _combine(self, named: Named) -> Named:
        measures: dict[str, None] = {}
        places: dict[str, None] = {}
        segments: dict[str, str] = {}
        moment: Moment | None = Moment()
        conflict = None
        for label in named.labels:
            reading = label.reading
            measures |= dict.fromkeys(reading.measures)
            places |= dict.fromkeys([reading.place] if reading.place else [])
            moment = moment.merge(reading.moment) if moment is not None else None
            for axis, value in reading.segments.items():
                if segments.setdefault(axis, value) != value:
                    conflict = f"deux valeurs pour {axis} : {segments[axis]} et {value}"
        if len(measures) > 1:
            conflict = f"deux mesures : {', '.join(measures)}"
        if len(places) > 1:
            conflict = f"deux territoires : {', '.join(places)}"
        if moment is None:
            conflict = "deux périodes qui se contredisent"
        return replace(
            named,
            measure=next(iter(measures), None),
            territory=next(iter(places), None),
            segment=make_segment(segments),
            moment=moment or Moment(),
            conflict=None if named.kind else conflict,
        )

    def _complete(self, named: Named, titles: Sequence[Title]) -> Named:
        """Take the axes that the table does not carry from the nearest title, the sheet, the file, the options."""
        measure, territory, moment = named.measure, named.territory, named.moment
        segments = dict(named.segment)
        can_name_place = territory is None and "territoire" not in self.carried
        for reading, title in self._outside(titles):
            if (
                "mesure" not in self.carried
                and len(reading.measures) == 1
                and measure in (None, reading.measures[0])
            ):
                measure = reading.measures[0]
                allowed = self.context.measures[measure].axes - self.carried
                segments = {**{a: v for a, v in reading.segments.items() if a in allowed}, **segments}
            if can_name_place and territory is None:
                territory = reading.place
                can_name_place = title is None or not _may_hide_place(reading, title)
            moment = self._complete_moment(moment, reading.moment)
        moment = self._complete_moment(moment, self.context.option)
        is_year_total = "part" in self.carried and moment.year is not None and not moment.has_part
        period = moment.period
        values = (("mesure", measure), ("territoire", territory), ("période", period))
        return replace(
            named, measure=measure, territory=territory, segment=make_segment(segments), moment=moment,
            period=period.code if period else None, missing=tuple(axis for axis, value in values if value is None),
            kind="total" if is_year_total and named.kind is None else named.kind,
        )  # fmt: skip

    def _outside(self, titles: Sequence[Title]) -> list[tuple[Reading, Title | None]]:
        read: list[tuple[Reading, Title | None]] = [
            (self.lexicon.read(title.text), title) for title in reversed(titles)
        ]
        return [*read, (self.context.sheet, None), (self.context.file, None)]

    def _complete_moment(self, moment: Moment, other: Moment) -> Moment:
        """The year when no label has one; a part of the year when the table carries none.

        A title that names its own year dates only tables without years: « au 31 décembre 2024 » says nothing of 2023.
        """
        year = other.year if moment.year is None and "annee" not in self.carried else None
        takes_part = "part" not in self.carried and not moment.has_part
        takes_part = (
            takes_part
            and (other.year is None or other.year == (moment.year or year))
            and (other.year is None or "annee" not in self.carried)
        )
        parts = replace(other, year=year) if takes_part else Moment(year)
        return moment.merge(parts) or moment

    def _is_titled_rate(self, titles: Sequence[Title]) -> bool:
        return "mesure" not in self.carried and any(
            self.lexicon.read(title.text).kind == "rate" for title in titles
        )


def _may_hide_place(reading: Reading, title: Title) -> bool:
    """Whether a title may name a territory that nobody knows: then no farther title names it instead.

    Over the first table only a short title can; further down, where blocks follow each other, any unexplained word.
    """
    is_short = len(reading.text.split()) <= 4
    return bool(reading.rest) and reading.kind != "note" and (title.is_after_data or is_short)
