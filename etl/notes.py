"""The labels of a sheet, read, in; what each was taken for, how and how sure, in French, out."""

from __future__ import annotations

from collections.abc import Iterable

from conventions.catalogue import Catalogue
from etl.address import cell_name
from etl.columns import Label
from etl.crosstab import BandReading
from etl.recognise import Lexicon, Reading
from etl.report import LabelNote

_KINDS = {"rate": "taux, recalculé", "total": "total, contrôlé puis écarté", "objective": "objectif", "cumul": "cumul",
          "evolution": "évolution", "reminder": "rappel", "note": "note"}  # fmt: skip


def describe_labels(
    bands: Iterable[BandReading], sheet: str, lexicon: Lexicon, catalogue: Catalogue
) -> tuple[LabelNote, ...]:
    """One note per distinct label that names numbers, and one per title in force, in the order of the sheet."""
    labels: dict[tuple[int, int], Label] = {}
    for band in bands:
        for titles in band.band.titles.values():
            for title in titles:
                spot = (title.row, title.column)
                labels.setdefault(spot, Label(title.text, spot, lexicon.read(title.text)))
        for named in band.cells:
            for label in named.labels:
                labels.setdefault(label.spot, label)
    seen: dict[str, LabelNote] = {}
    for spot in sorted(labels):
        label = labels[spot]
        is_title = len(label.text.split()) > 4 and not label.reading.is_explained
        if is_title and not label.reading.axes:
            continue
        seen.setdefault(label.text, _note(label, sheet, catalogue, is_title))
    return tuple(seen.values())


def _note(label: Label, sheet: str, catalogue: Catalogue, is_title: bool) -> LabelNote:
    reading = label.reading
    axis, meaning = _meaning(reading, catalogue)
    sure = reading.confidence if reading.is_explained else 0.9 if is_title and reading.axes else 0.0
    how = "lu dans un titre" if is_title else reading.how
    return LabelNote(sheet, cell_name(*label.spot), label.text, axis, meaning, how, sure)


def _meaning(reading: Reading, catalogue: Catalogue) -> tuple[str, str]:
    """The axis and the meaning, in French; several axes are joined."""
    parts: list[tuple[str, str]] = []
    if reading.kind:
        return "écarté", _KINDS.get(reading.kind, reading.kind)
    parts += [("mesure", catalogue.measures[code].label) for code in reading.measures]
    if reading.place:
        parts.append(("territoire", reading.place))
    parts += [
        (catalogue.axes[axis].label.lower(), catalogue.axes[axis].values.get(code, code))
        for axis, code in reading.segments.items()
    ]
    if not reading.moment.is_empty:
        period = reading.moment.period
        parts.append(("période", period.label if period else _part_label(reading)))
    if not parts:
        return ("axe", reading.text) if reading.role else ("à préciser", "non compris")
    return " et ".join(axis for axis, _ in parts), ", ".join(meaning for _, meaning in parts)


def _part_label(reading: Reading) -> str:
    moment = reading.moment
    if moment.month:
        return f"mois {moment.month}"
    return f"T{moment.quarter}" if moment.quarter else f"S{moment.half}"
