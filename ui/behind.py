"""What stands behind a chart (its title, its table, where it comes from) in; the lines and the rows of its file out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from html import unescape

from conventions.agreements import load_conventions
from conventions.catalogue import load_catalogue
from conventions.text import normalise
from conventions.values import Indicator
from indicators.request import COMMITTEE
from indicators.values import Figure
from ui.export import Sheet, Value
from ui.french import FIXED, MINUS, THIN, join_words, write_date
from ui.tables import Cell, Row, Table

SHEET = "Tableau"
LONGEST_NAME = 70
HIDDEN = "Vue du comité : les petits effectifs, et ceux qui s’en déduiraient, sont masqués."
STATES = {"ok": "", "sans_objet": "sans objet"}
_PARTS = ("", "numérateur", "dénominateur", "état")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")


@dataclass(frozen=True)
class Behind:
    """What every chart comes with. `key` names it on its page; `title` is the sentence that the page says of it;
    `label` names the table. `source` is HTML, shown under the chart; `definition` says what is counted where no figure
    of the table does."""

    key: str
    title: str
    table: Table
    label: str
    period: str = ""
    source: str = ""
    definition: str = ""


def write_text(html: str) -> str:
    """HTML as one line of plain words; the softer note under a name comes after it, in brackets."""
    noted = re.sub(r'<span class="j-note">([^<]+)</span>', r" (\1)", html)
    joined = re.sub(r"</?(a|b|i|sup)\b[^>]*>", "", noted)
    return re.sub(r"[ \n]+", " ", unescape(re.sub(r"<[^>]+>", " ", joined))).strip()


def name_file(behind: Behind) -> str:
    """« jalons_martigues-52-des-orientes-sont-integres »: whom the table is about, then its title unless that says so,
    as the name of a file, of which any system takes it."""
    title, about = normalise(behind.title), normalise(" ".join(name_field(behind)))
    words = (title if title.startswith(about) else f"{about} {title}").split()
    kept: list[str] = []
    while words and len("-".join([*kept, words[0]])) <= LONGEST_NAME:
        kept.append(words.pop(0))
    return f"jalons_{'-'.join(kept)}"


def name_field(behind: Behind) -> list[str]:
    """« Martigues », « Femmes », « France Travail »: the place, the group and the source that all its figures were
    asked of."""
    asked = [one.asked for one in list_figures(behind.table) if one.asked is not None]
    if not asked:
        return []
    convention, axes = load_conventions()[asked[0].convention], load_catalogue().axes
    places = {one.territories for one in asked}
    groups, sources = {one.segment for one in asked}, {one.source for one in asked}
    codes = [code for one in places for code in one] if len(places) == 1 else []
    pairs = [pair for one in groups for pair in one] if len(groups) == 1 else []
    return [
        *(place.name for place in convention.places if codes == [place.code]),
        *(axes[axis].values.get(value, value) for axis, value in pairs),
        *(one.label for one in convention.sources if sources == {one.code}),
    ]


def build_sheet(behind: Behind, today: date) -> Sheet:
    """The file of a chart: what it is, how it is defined, then the table, the counts of each figure in columns."""
    cells = [[_as_cell(cell) for cell in row.cells] for row in _list_rows(behind.table)]
    shapes = [_list_parts(rank, cells) for rank in range(len(behind.table.columns))]
    headings = [
        f"{write_text(column.heading)}, {part}" if part else write_text(column.heading)
        for column, parts in zip(behind.table.columns, shapes, strict=True)
        for part in parts
    ]
    rows = [
        [value for cell, parts in zip(row, shapes, strict=True) for value in _write_cell(cell, parts)] for row in cells
    ]
    return Sheet(SHEET, list(_write_lines(behind, today)), headings, rows)


def _list_rows(table: Table) -> Iterator[Row]:
    """The rows, the name of a group written before each of its own."""
    group = ""
    for row in table.rows:
        if row.is_group:
            group = write_text(_as_cell(row.cells[0]).html)
            continue
        first = _as_cell(row.cells[0])
        yield Row([Cell(f"{group}, {first.html}" if group else first.html), *row.cells[1:]])


def _as_cell(cell: Cell | str) -> Cell:
    return cell if isinstance(cell, Cell) else Cell(cell)


def _list_parts(rank: int, rows: Sequence[Sequence[Cell]]) -> list[str]:
    """The columns that a column needs: its counts and its state where figures have some."""
    written = [_write_figure(row[rank].figure) for row in rows]
    return [part for place, part in enumerate(_PARTS) if not part or any(one[place] != "" for one in written)]


def _write_cell(cell: Cell, parts: Sequence[str]) -> list[Value]:
    if cell.figure is None:
        return [read_value(write_text(cell.html)), *[""] * (len(parts) - 1)]
    written = dict(zip(_PARTS, _write_figure(cell.figure), strict=True))
    return [written[part] for part in parts]


def _write_figure(figure: Figure | None) -> tuple[Value, Value, Value, Value]:
    """Its value as it is, its two counts, its state and why; a hole gives no count."""
    if figure is None:
        return "", "", "", ""
    state = STATES.get(figure.state, figure.state)
    said = f"{state} : {figure.reason}" if state and figure.reason else state
    if figure.value is None:
        return "", "", "", said
    if figure.denominator is None:
        return figure.value, "", "", said
    return figure.value, "" if figure.numerator is None else figure.numerator, figure.denominator, said


def read_value(text: str) -> Value:
    """A text that is only a number as this number: « 1 204 », « −3,5 »."""
    plain = text.replace(THIN, "").replace(FIXED, "").replace(MINUS, "-").replace(",", ".")
    return float(plain) if _NUMBER.fullmatch(plain) else text


def _write_lines(behind: Behind, today: date) -> Iterator[str]:
    figures, about = list_figures(behind.table), name_field(behind)
    yield behind.title
    yield behind.table.caption
    if behind.period:
        yield f"Période : {behind.period}"
    if about:
        yield f"Champ : {', '.join(about)}"
    source = write_text(behind.source) or _name_sources(figures)
    if source:
        yield source
    if behind.definition:
        yield f"Définition : {behind.definition}"
    for code in dict.fromkeys(one.indicator for one in figures):
        yield _define(load_catalogue().indicator(code))
    if behind.table.below:
        yield write_text(behind.table.below)
    if any(one.asked is not None and one.asked.audience == COMMITTEE for one in figures):
        yield HIDDEN
    yield f"Jalons, le {write_date(today)}"


def list_figures(table: Table) -> list[Figure]:
    """The figures that a table writes."""
    return [cell.figure for row in table.rows for cell in row.cells if isinstance(cell, Cell) and cell.figure]


def _name_sources(figures: Sequence[Figure]) -> str:
    """« Source : PLIE. Convention : PLIE Pays de Martigues », from the figures themselves."""
    keys = list(dict.fromkeys(one.asked.convention for one in figures if one.asked is not None))
    conventions = [load_conventions()[key] for key in keys]
    labels = {source.code: source.label for one in conventions for source in one.sources}
    names = list(dict.fromkeys(labels.get(one.source or "", one.source or "") for one in figures if one.source))
    said = f"Source : {join_words(names)}. " if names else ""
    return f"{said}Convention : {join_words([one.label for one in conventions])}" if conventions else said.strip()


def _define(indicator: Indicator) -> str:
    articles = f" (article {join_words(indicator.articles)})" if indicator.articles else ""
    return f"Définition de « {indicator.label} » : {indicator.definition.rstrip('.')}{articles}"
