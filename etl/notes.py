"""The labels of a sheet, read, in; what each was taken for, how and how sure, in French, out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from conventions.catalogue import Catalogue
from conventions.person_names import may_name_someone
from etl.address import cell_name
from etl.crosstab import BandReading
from etl.headers import Spot
from etl.labels import Label
from etl.mend import MANY_UNKNOWN
from etl.recognise import Lexicon, Reading
from etl.report import LabelNote

_KINDS = {"rate": "taux, recalculé", "total": "total, contrôlé puis écarté", "objective": "objectif", "cumul": "cumul",
          "evolution": "évolution", "reminder": "rappel", "note": "note", "unread": "à ne pas lire"}  # fmt: skip
# A title names the tables under it from farther than their own labels.
_TITLE = 0.95


def describe_labels(
    bands: Iterable[BandReading], sheet: str, lexicon: Lexicon, catalogue: Catalogue
) -> tuple[LabelNote, ...]:
    """One note per distinct label that names numbers, and per title that names something, in the order of the sheet.

    Where many labels of one column say nothing, they are left out: they may be names of people.
    """
    titles: dict[Spot, Label] = {}
    labels: dict[Spot, Label] = {}
    for band in bands:
        for title in {title for in_force in band.band.titles.values() for title in in_force}:
            spot = (title.row, title.column)
            titles[spot] = Label(title.text, spot, lexicon.read(title.text))
        labels |= {label.spot: label for named in band.cells for label in named.labels}
    mute = Counter(spot[1] for spot, label in labels.items() if not label.reading.is_explained)
    told = {spot: label for spot, label in titles.items() if label.reading.axes}
    told |= {
        spot: label
        for spot, label in labels.items()
        if label.reading.is_explained or (mute[spot[1]] <= MANY_UNKNOWN and not may_name_someone(label.text))
    }
    seen: dict[str, LabelNote] = {}
    for spot in sorted(told):
        label = told[spot]
        seen.setdefault(label.text, _note(label, sheet, catalogue, is_title=spot in titles))
    return tuple(seen.values())


def _note(label: Label, sheet: str, catalogue: Catalogue, *, is_title: bool) -> LabelNote:
    reading = label.reading
    axis, meaning = _meaning(reading, catalogue)
    if is_title:
        return LabelNote(sheet, cell_name(*label.spot), label.text, axis, meaning, "lu dans un titre", _TITLE)
    sure = reading.confidence if reading.is_explained else 0.0
    return LabelNote(sheet, cell_name(*label.spot), label.text, axis, meaning, reading.how, sure)


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
