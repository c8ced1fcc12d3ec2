"""A convention and a source in; the tables that its blank return asks to fill, out.

A measure is asked because an indicator of the convention reads it. `data/returns.toml` says the rest: who
supplies it, whether it makes sense place by place, and along which axis it is told in detail.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from conventions.catalogue import Catalogue, load_catalogue
from conventions.reading import DATA, Table, read_table
from conventions.values import Convention, Level, Measure, Place, Segment, Term

WIDEST = 12
"""How many places a sheet of details shows side by side: a level with more is asked for its counts only."""
_SHEET_NAME = 31


@dataclass(frozen=True)
class Detail:
    """A measure told by the values of an axis on a sheet of its own; no values or levels: all that fit."""

    measure: str
    axis: str
    sheet: str
    values: tuple[str, ...]
    levels: tuple[str, ...]


@dataclass(frozen=True)
class Rules:
    """`data/returns.toml`: measures by source, those of the whole only, sheet names by level, details."""

    sources: Mapping[str, tuple[str, ...]]
    whole: frozenset[str]
    levels: Mapping[str, str]
    details: Mapping[str, Detail]


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


def read_rules(path: Path, catalogue: Catalogue) -> Rules:
    """Read and check a file of rules; DataError on the first mistake."""
    table = read_table(path)
    sources, whole = table.table("sources"), table.table("whole")
    rules = Rules(
        sources={code: _read_measures(sources, code, catalogue) for code in sources.keys()},
        whole=frozenset(_read_measures(whole, "measures", catalogue)),
        levels=table.labels("levels"),
        details={
            one.measure: one for one in (_read_detail(sub, catalogue) for sub in table.tables("details"))
        },
    )
    whole.close()
    table.close()
    return rules


def _read_measures(table: Table, key: str, catalogue: Catalogue) -> tuple[str, ...]:
    codes = table.texts(key)
    for code in codes:
        table.require(key, code, catalogue.measures)
    return codes


def _read_detail(table: Table, catalogue: Catalogue) -> Detail:
    measure = table.choice("measure", catalogue.measures)
    axis = table.choice("axis", catalogue.measures[measure].axes)
    detail = Detail(measure, axis, table.text("sheet"), table.texts("values", []), table.texts("levels", []))
    for value in detail.values:
        table.require("values", value, catalogue.axes[axis].values)
    if len(detail.sheet) > _SHEET_NAME:
        raise table.error("sheet", f"{_SHEET_NAME} caractères au plus attendus, la limite des tableurs.")
    table.close()
    return detail


@lru_cache(maxsize=1)
def load_rules() -> Rules:
    """The product's own rules, read once."""
    return read_rules(DATA / "returns.toml", load_catalogue())


def list_measures(convention: Convention, source: str) -> tuple[Measure, ...]:
    """The measures that the indicators read and that this source supplies, in the convention's order."""
    measures = load_catalogue().measures
    codes = dict.fromkeys(term.measure for term in _list_terms(convention))
    return tuple(measures[code] for code in codes if _is_supplied(code, convention, source))


def list_followed(convention: Convention) -> frozenset[str]:
    """The measures that its indicators read, whoever supplies them."""
    return frozenset(term.measure for term in _list_terms(convention))


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


def _list_terms(convention: Convention) -> Iterable[Term]:
    """Both sides of every indicator followed; what they prefer is a term of its own."""
    catalogue = load_catalogue()
    for code in convention.indicators:
        indicator = catalogue.indicator(code)
        for term in (indicator.numerator, indicator.denominator):
            if term is not None:
                yield Term(term.measure, term.segment or catalogue.measures[term.measure].headline)
                if term.prefer:
                    yield Term(term.measure, term.prefer)


def _is_supplied(measure: str, convention: Convention, source: str) -> bool:
    named = [one.code for one in convention.sources if measure in load_rules().sources.get(one.code, ())]
    return source in named or not named


def _ask_counts(measures: Iterable[Measure], convention: Convention) -> tuple[Line, ...]:
    """A line per measure, followed by the segments that indicators need and that no sheet of details asks."""
    terms = tuple(dict.fromkeys(_list_terms(convention)))
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
    name = load_rules().levels.get(level.kind, level.label[:_SHEET_NAME])
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
