"""A figure, or a cell behind one, in; the line of French that a terminal shows out."""

from __future__ import annotations

from conventions.catalogue import Catalogue, load_catalogue
from conventions.periods import parse_period
from conventions.values import Convention, Segment, parse_segment
from indicators.trace import TracedCell
from indicators.values import Figure
from indicators.windows import open_window

_ROLES = {"numerateur": "Numérateur", "denominateur": "Dénominateur", "deduction": "À déduire"}


def write_figure(figure: Figure, convention: Convention) -> str:
    """« Taux de présence au premier contact, Martigues, 1er trimestre 2024 (PLIE) : 50 % (10 / 20) »."""
    catalogue = load_catalogue()
    indicator = catalogue.indicator(figure.indicator)
    named = [
        indicator.label,
        *_name_segment(figure.segment, catalogue),
        _name_place(figure.territory, convention),
        *([_name_time(figure, convention)] if figure.period else []),
    ]
    source = next((one.label for one in convention.sources if one.code == figure.source), figure.source)
    value = _write_value(figure.value, is_rate=indicator.unit == "taux") or figure.state
    counts = [_write_number(count) if count is not None else "?" for count in (figure.numerator, figure.denominator)]
    shown = f" ({' / '.join(counts)})" if figure.denominator is not None else ""
    return f"{', '.join(named)} ({source}) : {value}{shown}{_write_state(figure, convention)}"


def write_cell(cell: TracedCell, convention: Convention) -> str:
    """« Numérateur : DE présents, Martigues, 1er trimestre 2024 : 10 (retour.xlsx, feuille Retour, B2, dépôt I000001
    du 12/04/2024 par PLIE) »."""
    catalogue = load_catalogue()
    named = [
        catalogue.indicator(cell.measure).label,
        *_name_segment(parse_segment(cell.segment), catalogue),
        _name_place(cell.territory, convention),
        _name_period(cell.period),
    ]
    where = [
        cell.file,
        *([f"feuille {cell.sheet}"] if cell.sheet else []),
        *([cell.cell] if cell.cell else []),
        f"dépôt {cell.import_id} du {cell.loaded_on:%d/%m/%Y} par {cell.author}",
    ]
    value = _write_value(cell.value, is_rate=False) or cell.state
    return f"{_ROLES[cell.role]} : {', '.join(named)} : {value} ({', '.join(where)})"


def _name_place(code: str | None, convention: Convention) -> str:
    places = {place.code: place.name for place in (*convention.places, convention.territory)}
    return places.get(code or convention.territory.code) or code or "hors territoires"


def _name_period(code: str) -> str:
    return parse_period(code).label


def _name_time(figure: Figure, convention: Convention) -> str:
    return open_window(figure.window, parse_period(figure.period or ""), convention).label


def _name_segment(segment: Segment, catalogue: Catalogue) -> list[str]:
    return [catalogue.axes[axis].values.get(value, value) for axis, value in segment]


def _write_state(figure: Figure, convention: Convention) -> str:
    """What a reader must know of the value, and what is missing."""
    state = "" if figure.state == "ok" or figure.value is None else f" [{figure.state}]"
    holes = [f"{_name_place(place, convention)} ({_name_period(period)})" for place, period in figure.missing]
    lacks = f"{state} ; il manque {', '.join(holes)}" if holes else state
    return f"{lacks}. {figure.reason}" if figure.reason else lacks


def _write_value(value: float | None, *, is_rate: bool) -> str:
    if value is None:
        return ""
    return f"{_write_number(100 * value)}\N{NO-BREAK SPACE}%" if is_rate else _write_number(value)


def _write_number(number: float) -> str:
    """At most one decimal, behind a comma; thousands set apart."""
    text = f"{number:,.1f}".removesuffix(".0")
    return text.replace(",", "\N{NARROW NO-BREAK SPACE}").replace(".", ",")
