"""The figures of an edition by territory in; one table of them, a column a figure, out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape

from bilans.findings import say_basis
from bilans.paper.figures import count_people, write_cell
from bilans.path import count_people as count_numerator
from bilans.values import HOLE, Edition, Quantity, SourceGap
from bilans.wording import write_gap, write_value
from ui.french import FIXED, MISSING, join_words, write_quantity
from ui.tables import Cell, Column, Row, note, render_table
from ui.wording import SECRET

MOST_COLUMNS = 8
MOST_PLACES = 12
"""A level with more territories than a sheet can hold is folded."""


@dataclass(frozen=True)
class Figure:
    """A column: the indicator, its heading and what is said under it; `is_people` takes the numerator of a rate."""

    indicator: str
    heading: str
    under: str = ""
    is_people: bool = False


def render_places(edition: Edition) -> str:
    """Each territory of the levels that a sheet holds, then the whole; larger levels folded; nothing without any."""
    levels = list(dict.fromkeys(line.level for line in edition.places if not line.is_whole))
    held = [level for level in levels if len(_list_places(edition, level)) <= MOST_PLACES]
    figures = choose_figures(edition)
    parts = [_render(edition, figures, held)] if held else []
    for level in levels:
        if level not in held:
            count = write_quantity(len(_list_places(edition, level)), "territoire", "territoires")
            table = _render(edition, figures, [level])
            parts.append(f"<details><summary>{escape(level)}{FIXED}: {count}</summary>{table}</details>")
    said = " ".join(one for one in (say_basis(edition.stages), _say_secret(edition)) if one)
    return "".join(parts) + (f'<p class="j-source">{escape(said)}</p>' if parts and said else "")


def choose_figures(edition: Edition) -> list[Figure]:
    """The people of each stage and the rate of the last, then what was promised, then the rest as far as it fits."""
    known = list(dict.fromkeys(line.indicator for line in edition.places if not line.is_whole and line.now.is_known))
    found = [_as_stage(edition, rank) for rank, one in enumerate(edition.stages) if one.indicator in known]
    if found and found[-1].is_people:
        found.append(Figure(found[-1].indicator, edition.definition(found[-1].indicator).label))
    promised = [one.indicator for one in edition.objectives if one.indicator in known]
    rest = [] if found else known
    taken = {one.indicator for one in found if not one.is_people}
    codes = [code for code in dict.fromkeys([*promised, *rest]) if code not in taken]
    labels = [edition.definition(code).label for code in codes]
    # Of two columns of one name, the restricted one says so.
    found = [one if one.heading in labels else replace(one, under="") for one in found]
    found += [Figure(code, label) for code, label in zip(codes, labels, strict=True)]
    return found[:MOST_COLUMNS]


def _say_secret(edition: Edition) -> str:
    """The figures that secrecy hides of every territory: a column of holes teaches nothing."""
    told = [line for line in edition.places if not line.is_whole]
    hidden = {line.indicator for line in told if line.now.state == "secret"}
    hidden -= {line.indicator for line in told if line.now.is_known}
    labels = [one.label for one in edition.definitions if one.code in hidden]
    return f"Secret dans chaque territoire{FIXED}: {join_words(labels)}." if labels else ""


def _as_stage(edition: Edition, rank: int) -> Figure:
    stage = edition.stages[rank]
    return Figure(stage.indicator, stage.label, stage.now.basis, is_people=rank > 0)


def _list_places(edition: Edition, level: str) -> list[str]:
    return list(dict.fromkeys(one.place for one in edition.places if one.level == level and not one.is_whole))


def _render(edition: Edition, figures: Sequence[Figure], levels: Sequence[str]) -> str:
    other = next((gap.other for gap in edition.sources if gap.is_whole), "")
    columns = [Column("Territoire", css="j-name")]
    for one in figures:
        columns.append(Column(note(escape(one.heading), escape(one.under)), is_number=True))
        if _is_doubled(edition, one):
            columns.append(Column(note(f"Selon {escape(other)}", "et écart"), is_number=True))
    rows = []
    for level in levels:
        if len(levels) > 1:
            rows.append(Row([escape(level)], "j-group", is_group=True))
        rows += [_row(edition, figures, place) for place in _list_places(edition, level)]
    rows.append(_row(edition, figures, ""))
    caption = f"Par territoire, {edition.header.span}"
    return render_table(caption=caption, columns=columns, rows=rows, css="j-places", is_caption_hidden=True)


def _row(edition: Edition, figures: Sequence[Figure], place: str) -> Row:
    """A territory, or the whole where none is named."""
    whole = next(line.place for line in edition.whole)
    cells: list[Cell | str] = [escape(place or whole)]
    for one in figures:
        cells.append(_cell(edition, one, place))
        if _is_doubled(edition, one):
            cells.append(_compare(edition, one, place or whole))
    return Row(cells, "" if place else "j-whole")


def _cell(edition: Edition, figure: Figure, place: str) -> Cell:
    lines = [one for one in edition.places if one.place == place] if place else edition.whole
    quantity = next((one.now for one in lines if one.indicator == figure.indicator), HOLE)
    definition = edition.definition(figure.indicator)
    if figure.is_people:
        return write_cell(count_numerator(quantity), count_people(definition, figure.heading))
    return write_cell(quantity, definition)


def _is_doubled(edition: Edition, figure: Figure) -> bool:
    """Whether another source gives the same count."""
    return not figure.is_people and any(gap.is_whole and gap.indicator == figure.indicator for gap in edition.sources)


def _compare(edition: Edition, figure: Figure, place: str) -> Cell:
    """What the other source counts, and by how much it differs."""
    span = edition.header.span
    found = [gap for gap in edition.sources
             if (gap.indicator, gap.place, gap.period) == (figure.indicator, place, span)]  # fmt: skip
    return _write_gap(found[0]) if found else Cell(MISSING, css="j-soft")


def _write_gap(gap: SourceGap) -> Cell:
    value = _write(gap.other_value)
    if gap.gap is None:
        return Cell(note(value, "partiel" if gap.other_value.state == "partiel" else ""), css="j-compared")
    return Cell(note(value, write_gap(gap.gap, "compte")), css="j-compared")


def _write(quantity: Quantity) -> str:
    if quantity.value is None:
        return SECRET if quantity.state == "secret" else MISSING
    return write_value(quantity.value, "compte")
