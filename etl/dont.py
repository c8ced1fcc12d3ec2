"""Labels such as « dont femmes » in; the same with the measure of the nearest label before them, out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from conventions.text import normalise
from etl.columns import Label

_OPENINGS = ("dont ", "y compris ", "parmi lesquels ", "parmi lesquelles ", "parmi eux ")


def lend_measures_across(above: Mapping[int, list[Label]]) -> dict[int, list[Label]]:
    """Column headers: « dont » takes the measure of the nearest header to its left, in the same row of headers."""
    lent: dict[int, list[Label]] = {}
    last: dict[int, Label] = {}
    for column in sorted(above):
        lent[column] = [_lend(label, last.get(label.spot[0])) for label in above[column]]
        last |= {
            label.spot[0]: label for label in above[column] if label.reading.measures and not _is_part(label)
        }
    return lent


def lend_measures_down(lines: Mapping[int, Mapping[int, list[Label]]]) -> dict[int, dict[int, list[Label]]]:
    """Row labels: « dont » takes the measure of the nearest label above, in the same column of labels."""
    lent: dict[int, dict[int, list[Label]]] = {}
    last: dict[int, Label] = {}
    for row in sorted(lines):
        lent[row] = {}
        for run, labels in lines[row].items():
            lent[row][run] = [_lend(label, last.get(label.spot[1])) for label in labels]
            last |= {
                label.spot[1]: label for label in labels if label.reading.measures and not _is_part(label)
            }
    return lent


def _is_part(label: Label) -> bool:
    return (normalise(label.text) + " ").startswith(_OPENINGS)


def _lend(label: Label, lender: Label | None) -> Label:
    reading = label.reading
    if lender is None or not _is_part(label) or reading.measures or not reading.segments:
        return label
    return replace(
        label, reading=replace(reading, measures=lender.reading.measures, how=f"partie de « {lender.text} »")
    )
