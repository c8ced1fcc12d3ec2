"""A sheet of counts in; its numbers, each named by the labels above, to its left and around its table, out.

One idea reads every layout: a number whose measure, territory and period are all named is an observation; one
that is not is a finding that says what is missing. An axis that the table carries is never taken from a title.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from etl.cells import EMPTY, TEXT
from etl.columns import LabelColumns, label_columns
from etl.dont import lend_measures_across, lend_measures_down
from etl.headers import ColumnHeaders, Header, Spot, read_headers
from etl.labels import Label, Line, line_of, row_labels
from etl.layout import Band, Layout, read_layout
from etl.mend import mend_labels
from etl.naming import Carried, Named, Namer, Said
from etl.outside import Context
from etl.recognise import Lexicon, Reading
from etl.workbook import Sheet


@dataclass(frozen=True)
class BandReading:
    """The named cells of one band, kept together because totals and rates are judged among siblings."""

    band: Band
    cells: Sequence[Named]


def read_crosstab(sheet: Sheet, lexicon: Lexicon, holes: Mapping[str, str], context: Context) -> list[BandReading]:
    """Name every number of a sheet."""
    layout = read_layout(sheet, lexicon, holes)
    return [_read_band(band, layout, lexicon, context) for band in layout.bands]


def _read_band(band: Band, layout: Layout, lexicon: Lexicon, context: Context) -> BandReading:
    headers = read_headers(band, layout)
    columns = label_columns(band, headers, layout, lexicon)
    above = _read_headers(headers, lexicon)
    lines = {
        row: row_labels(row, band, columns, layout, lexicon, context_year(band, row, lexicon, context))
        for row in band.rows
    }
    above, lines = _settle(above, lines, columns, band, lexicon, context)
    above, lines = lend_measures_across(above), lend_measures_down(lines)
    corner = tuple(
        label.reading
        for column in sorted(columns.all)
        for label in above[column]
        if label.reading.axes and label.reading.is_explained and label.reading.kind is None
    )
    namer = Namer(band, _carry(band, above, lines, columns.all), corner, lexicon, context)
    heard = {column: namer.hear(labels) for column, labels in above.items()}
    return BandReading(band, list(_name_cells(namer, layout, columns, heard, lines, headers)))


def _settle(
    above: Mapping[int, list[Label]],
    lines: Mapping[int, Mapping[int, list[Label]]],
    columns: LabelColumns,
    band: Band,
    lexicon: Lexicon,
    context: Context,
) -> tuple[dict[int, list[Label]], dict[int, dict[int, list[Label]]]]:
    """The labels that name numbers, settled; headers of row labels stay as they are."""
    over = [label for column, labels in above.items() if column not in columns.all for label in labels]
    beside = [label for runs in lines.values() for labels in runs.values() for label in labels]
    mend = mend_labels([*over, *beside], band.headers, lexicon, context.measures)
    return (
        {c: labels if c in columns.all else [mend(label) for label in labels] for c, labels in above.items()},
        {row: {run: [mend(label) for label in labels] for run, labels in runs.items()} for row, runs in lines.items()},
    )


def _name_cells(
    namer: Namer,
    layout: Layout,
    columns: LabelColumns,
    above: Mapping[int, tuple[Said, int]],
    lines: Mapping[int, Mapping[int, list[Label]]],
    headers: ColumnHeaders,
) -> Iterator[Named]:
    """Every number and every hole; and a text among numbers, which is an unreadable one."""
    doubts = {
        column: f"le groupe « {header.text} » peut se lire de deux façons"
        for column, header in headers.doubtful.items()
    }
    nothing = namer.hear(())
    values = [column for column in above if column not in columns.all and column not in columns.notes]
    runs = {column: columns.run_of(column) for column in values}
    for row in namer.band.rows:
        left = {run: namer.hear(labels) for run, labels in lines[row].items()}
        for column in values:
            cell = layout.at(row, column)
            is_remark = column in columns.remarks
            if cell.kind == EMPTY or (cell.kind == TEXT and is_remark):
                continue
            beside = left.get(runs[column], nothing)
            named = namer.name((row, column), cell, above[column], beside, doubts.get(column))
            yield replace(named, kind="remark") if is_remark else named


def _read_headers(headers: ColumnHeaders, lexicon: Lexicon) -> dict[int, list[Label]]:
    """The headers above each column, read; those under « Sexe » are values of that axis, those beside
    « Trimestre » are quarters."""
    under: dict[Spot, set[str]] = defaultdict(set)
    for found in headers.above.values():
        for group, header in zip(found, found[1:], strict=False):
            if lexicon.read(header.text).kind is None:
                under[group.spot].add(header.text)
    corners = {
        header.spot[0]: header.text
        for found in headers.above.values()
        for header in found
        if lexicon.read(header.text).role == "periode"
    }
    return {column: list(_read_column(found, under, corners, lexicon)) for column, found in headers.above.items()}


def _read_column(
    found: Sequence[Header], under: Mapping[Spot, set[str]], corners: Mapping[int, str], lexicon: Lexicon
) -> Iterator[Label]:
    axis = None
    for header in found:
        reading = lexicon.read_value(axis, header.text) if axis else _read_header(header.text, lexicon)
        if header.spot[0] in corners and header.text.isdecimal():
            reading = lexicon.read_rank(corners[header.spot[0]], header.text)
        yield Label(header.text, header.spot, reading)
        is_segment = reading.role == "segment" and header.spot in under
        axis = lexicon.axis_of(header.text, under[header.spot]) if is_segment else None


def _read_header(text: str, lexicon: Lexicon) -> Reading:
    reading = lexicon.read(text)
    if reading.rest and not reading.axes:
        place = lexicon.places.read_own(text)
        if place.code:
            return Reading(text, place=place.code, how=place.how)
    return reading


def context_year(band: Band, row: int, lexicon: Lexicon, context: Context) -> int | None:
    """The year that titles, sheet or file give: old names of territories are looked up in their vintage."""
    readings = [lexicon.read(title.text) for title in reversed(band.titles[row])]
    years = (r.moment.year for r in (*readings, context.sheet, context.file) if r.moment.year)
    return next(years, context.option.year)


def _carry(
    band: Band,
    above: Mapping[int, list[Label]],
    lines: Mapping[int, Mapping[int, list[Label]]],
    roles: frozenset[int],
) -> Carried:
    """The axes that labels of the table name; what a total or a rate adds in passing does not count."""
    labels = [label for column, found in above.items() if column not in roles for label in found]
    labels += [label for line in lines.values() for found in line.values() for label in found]
    plain: dict[Line, list[Reading]] = defaultdict(list)
    for label in labels:
        if label.reading.kind is None:
            plain[line_of(label, band.headers)].append(label.reading)
    axes = frozenset().union(*(_axes_of_line(readings) for readings in plain.values()))
    dated = (line for line, readings in plain.items() if any(reading.moment.has_part for reading in readings))
    return Carried(axes, frozenset(dated))


def _axes_of_line(readings: Sequence[Reading]) -> frozenset[str]:
    """The axes of one line of labels. Among quarters without year, « Année 2024 » is but their total."""
    has_bare_parts = any(reading.moment.has_part and reading.moment.year is None for reading in readings)
    return frozenset(
        axis
        for reading in readings
        if reading.moment.has_part or not has_bare_parts or not reading.moment.year
        for axis in reading.axes
    )
