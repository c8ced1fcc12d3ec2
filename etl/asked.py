"""A convention and a source in; the tables that its blank return asks to fill, out.

What is asked of whom is in `conventions.returns`; this says it as sheets, rows and columns.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from conventions.catalogue import load_catalogue
from conventions.returns import SHEET_NAME, Detail, list_measures, list_terms, load_rules
from conventions.values import Convention, Level, Measure, Place, Segment

WIDEST = 12
"""How many places a sheet of details shows side by side: a level with more is asked for its counts only."""


@dataclass(frozen=True)
class Line:
    """A row or a column to fill: what it is called, and whether its figures may have decimals."""

    label: str
    is_decimal: bool = False


@dataclass(frozen=True)
class Form:
    """One table: rows × columns under a subject; `has_total` when the sum of its rows means something."""

    name: str
    subject: str
    corner: str
    rows: tuple[Line, ...]
    columns: tuple[Line, ...]
    has_total: bool = False


def list_forms(convention: Convention, source: str) -> tuple[Form, ...]:
    """The tables of a blank return: counts by level of territory, counts of the whole, then the details."""
    rules, measures = load_rules(), list_measures(convention, source)
    has_whole = not any(level.complete for level in convention.levels)
    by_place = [measure for measure in measures if measure.code not in rules.whole]
    of_whole = measures if has_whole else [measure for measure in measures if measure.code in rules.whole]
    forms = [_ask_level(level, convention, _ask_counts(by_place, convention)) for level in convention.levels]
    whole = _ask_whole(convention, _ask_counts(of_whole, convention))
    forms = [whole, *forms] if has_whole else [*forms, whole]
    details = [rules.details[measure.code] for measure in measures if measure.code in rules.details]
    forms += [_ask_detail(detail, convention, has_whole=has_whole) for detail in details]
    return tuple(form for form in forms if form.rows and form.columns)


def _ask_counts(measures: Iterable[Measure], convention: Convention) -> tuple[Line, ...]:
    """A line per measure, followed by the segments that indicators need and that no sheet of details asks."""
    terms = tuple(dict.fromkeys(list_terms(convention)))
    lines = []
    for measure in measures:
        detail = load_rules().details.get(measure.code)
        segments = {term.segment for term in terms if term.measure == measure.code}
        is_plain_known = not measure.headline
        for segment in sorted(segments | ({()} if is_plain_known else set())):
            if detail is None or detail.axis not in dict(segment):
                lines.append(Line(_name(measure, segment), measure.unit == "ETP"))
    return tuple(lines)


def _name(measure: Measure, segment: Segment) -> str:
    axes = load_catalogue().axes
    return ", ".join((measure.label, *(_lower(axes[axis].values[value]) for axis, value in segment)))


def _lower(label: str) -> str:
    """The label inside a sentence: its first letter small, unless it opens an acronym."""
    return label if label[1:2].isupper() else label[0].lower() + label[1:]


def _ask_level(level: Level, convention: Convention, counts: tuple[Line, ...]) -> Form:
    places = _lines(place for place in convention.places if place.kind == level.kind)
    name = load_rules().levels.get(level.kind, level.label[:SHEET_NAME])
    return Form(name, f"Comptes, {_lower(level.label)}", "Territoire", places, counts, len(places) > 1)


def _ask_whole(convention: Convention, counts: tuple[Line, ...]) -> Form:
    subject = "Comptes, ensemble de la convention"
    return Form("Ensemble", subject, "Mesure", counts, (Line(convention.territory.name),))


def _lines(places: Iterable[Place]) -> tuple[Line, ...]:
    return tuple(Line(place.name) for place in places)


def _ask_detail(detail: Detail, convention: Convention, *, has_whole: bool) -> Form:
    """One measure: the values of an axis × the places; a total where the values exclude each other."""
    catalogue = load_catalogue()
    measure, axis = catalogue.measures[detail.measure], catalogue.axes[detail.axis]
    own = {motif: label for category in convention.exits for motif, label in category.motifs.items()}
    labels = {**axis.values, **own} if detail.axis == "motif" else axis.values
    values = detail.values or (own if detail.axis == "motif" else axis.values)
    is_whole_asked = measure.code in load_rules().whole or (has_whole and not detail.levels)
    places = [convention.territory] if is_whole_asked else []
    if measure.code not in load_rules().whole:
        places += _places_of(convention, detail.levels)
    return Form(
        name=detail.sheet,
        subject=f"{measure.label}, par {_lower(axis.label)}",
        corner=axis.label,
        rows=tuple(Line(labels[value]) for value in values),
        columns=_lines(places),
        has_total=detail.axis in measure.adds_over,
    )


def _places_of(convention: Convention, kinds: tuple[str, ...]) -> list[Place]:
    """The places of these levels (of all without any), in order, but for the levels with too many."""
    levels = [level.kind for level in convention.levels if not kinds or level.kind in kinds]
    groups = [[place for place in convention.places if place.kind == kind] for kind in levels]
    return [place for group in groups if len(group) <= WIDEST for place in group]
