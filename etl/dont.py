"""Labels such as « dont femmes » in; the same with the measure of the nearest label before them, out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from conventions.text import normalise
from etl.labels import Label
from etl.recognise import ASIDE

_OPENINGS = ("dont ", "y compris ", "parmi lesquels ", "parmi lesquelles ", "parmi eux ")


def lend_measures_across(above: Mapping[int, list[Label]]) -> dict[int, list[Label]]:
    """Column headers: « dont » takes the measure of the nearest header to its left, in the same row of headers."""
    last: dict[int, Label] = {}
    return {column: [_read_part(label, last, label.spot[0]) for label in above[column]] for column in sorted(above)}


def lend_measures_down(lines: Mapping[int, Mapping[int, list[Label]]]) -> dict[int, dict[int, list[Label]]]:
    """Row labels: « dont » takes the measure of the nearest label above, in the same column of labels."""
    last: dict[int, Label] = {}
    return {
        row: {run: [_read_part(label, last, label.spot[1]) for label in labels] for run, labels in lines[row].items()}
        for row in sorted(lines)
    }


def _read_part(label: Label, last: dict[int, Label], line: int) -> Label:
    """The label with the measure of the whole before it in its line; a whole not understood lends nothing."""
    if not (normalise(label.text) + " ").startswith(_OPENINGS):
        last[line] = label
        return label
    reading, whole = label.reading, last.get(line)
    if whole is None or reading.measures or not reading.segments:
        return label
    if not whole.reading.is_explained or whole.reading.kind in ASIDE:
        return label
    how = f"partie de « {whole.text} »"
    return replace(label, reading=replace(reading, measures=whole.reading.measures, how=how))
