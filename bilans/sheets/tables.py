"""The lines of an edition in; its tables out: one row a figure, from its counts to its state."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bilans.goals import SIGNS as DIRECTIONS
from bilans.sheets import cells, looks
from bilans.sheets.cells import NONE, Cell
from bilans.sheets.grid import FIRST_ROW, Column, Page
from bilans.values import HOLE, Definition, Edition, Line, ObjectiveLine, Quantity
from bilans.wording import write_full
from ui import palette
from ui.french import FIXED, write_quantity
from ui.standing import is_good

INDICATOR = Column("Indicateur", 40)
COUNTS = (Column("Numérateur", 11, True), Column("Dénominateur", 12.5, True), Column("Valeur", 10, True))
_MOST_NAMED = 4
ENDING = (Column("Source", 16), Column("État et réserves", 30))


def _compared(edition: Edition) -> tuple[Column, Column]:
    return Column(edition.header.before_span, 12, True), Column("Évolution", 12, True)


def _name(line: Line, definition: Definition) -> str:
    return f"{definition.label}{FIXED}: {line.segment}" if line.segment else definition.label


def _counts(line: Line, definition: Definition) -> list[Cell]:
    return [
        cells.count(line.now, "numerator", is_ratio=definition.is_ratio),
        cells.count(line.now, "denominator", is_ratio=definition.is_ratio),
        cells.value(line.now, definition.kind),
    ]


def _years(line: Line, definition: Definition) -> list[Cell]:
    """The year before, and the change."""
    return [
        cells.value(line.before, definition.kind, looks.COMPARED),
        cells.gap(line.change(definition.kind), definition.kind),
    ]


def _ending(line: Line, definition: Definition) -> list[Cell]:
    return [cells.text(line.source, looks.SOFT), cells.state(line.now, definition)]


def _as_total(row: Sequence[Cell]) -> list[Cell]:
    """The last row of an indicator: in bold, closed by a line."""
    closing = {"bold": True, "bottom_color": palette.GHOST}
    return [Cell(cell.content, {**cell.look, **closing}) for cell in row]


def write_indicators(page: Page) -> None:
    """One row an indicator, over the whole convention."""
    edition = page.edition
    columns = (
        INDICATOR, *COUNTS, Column("Objectif", 10, True), Column("Écart à l’objectif", 12, True),
        *_compared(edition), *ENDING, Column("Article", 16),
    )  # fmt: skip
    goals = {one.indicator: one for one in edition.objectives}
    rows = []
    for line in edition.whole:
        definition = edition.definition(line.indicator)
        aimed = _objective(goals.get(line.indicator), definition, edition.header.span)
        article = cells.text(definition.articles, looks.SOFT)
        name = cells.text(_name(line, definition))
        rows.append(
            [
                name,
                *_counts(line, definition),
                *aimed,
                *_years(line, definition),
                *_ending(line, definition),
                article,
            ]
        )
    known = sum(line.now.is_known for line in edition.whole)
    figures = write_quantity(known, "indicateur est connu", "indicateurs sont connus")
    page.open(f"{figures} sur {len(edition.whole)}", columns)
    page.table(FIRST_ROW, columns, rows)
    page.hold_head(columns, len(rows))


def _objective(goal: ObjectiveLine | None, definition: Definition, span: str) -> list[Cell]:
    """What was agreed, and the gap when the objective was read over the same periods."""
    none = cells.text(NONE, looks.HOLE)
    if goal is None:
        return [none, none]
    return [agreed(goal, definition), gap_to(goal, definition) if goal.span == span else none]


def agreed(goal: ObjectiveLine, definition: Definition) -> Cell:
    """The cell of what was agreed; a band is a text."""
    if goal.upper is not None:
        return cells.text(f"{goal.agreed:g} à {goal.upper:g}", looks.NUMBER)
    return cells.mark(goal.agreed, DIRECTIONS[goal.direction], definition.kind)


def gap_to(goal: ObjectiveLine, definition: Definition) -> Cell:
    """The cell of the gap, in the colour of what it says."""
    look = (
        looks.NUMBER
        if is_good(goal.status)
        else {**looks.NUMBER, "font_color": palette.BRICK_TEXT, "bold": True}
    )
    if goal.gap is None:
        return cells.hole(goal.now)
    if goal.upper is not None and not goal.gap:
        return cells.text("dans la bande", looks.NUMBER)
    return cells.gap(
        goal.gap, definition.kind, look, is_rounded=goal.expected is not None and definition.kind == "compte"
    )


def _write_long(
    page: Page, title: str, lines: Sequence[Line], named: Sequence[Column], name: Callable[[Line], list[str]]
) -> None:
    """A long table: what names the line, its counts, the year before, source and state."""
    columns = (INDICATOR, *named, *COUNTS, *_compared(page.edition), *ENDING)
    rows: list[list[Cell]] = []
    for line, following in zip(lines, [*lines[1:], None], strict=True):
        definition = page.edition.definition(line.indicator)
        is_again = bool(rows) and line.indicator == lines[len(rows) - 1].indicator
        names = [
            cells.text(_name(line, definition), looks.SOFT if is_again else looks.TEXT),
            *(cells.text(word) for word in name(line)),
        ]
        row = [*names, *_counts(line, definition), *_years(line, definition), *_ending(line, definition)]
        is_last = following is None or following.indicator != line.indicator
        rows.append(_as_total(row) if is_last and _is_total(line, page.edition) else row)
    page.open(title, columns)
    page.table(FIRST_ROW, columns, rows)
    page.hold_head(columns, len(rows), frozen=1 + len(named))


def _say_places(edition: Edition) -> str:
    """The main count by territory, in the convention's order: nothing is ranked."""
    shown = [line for line in edition.places if line.indicator == edition.leading and not line.is_whole]
    if not shown or len(shown) > _MOST_NAMED:
        return "Par territoire"
    label = edition.definition(shown[0].indicator).label
    words = [f"{line.place} {write_full(line.now, 'compte')}" for line in shown]
    return f"{label}{FIXED}: {', '.join(words)}"


def _is_total(line: Line, edition: Edition) -> bool:
    return line.is_whole and line.period == edition.header.span


def write_places(page: Page) -> None:
    """Each indicator by territory, then over the whole."""
    levels = {line.level for line in page.edition.places if line.level}
    named = [Column("Territoire", 26), *([Column("Niveau", 22)] if len(levels) > 1 else [])]
    _write_long(
        page, _say_places(page.edition), page.edition.places, named,
        lambda line: [line.place, *([line.level] if len(levels) > 1 else [])],
    )  # fmt: skip


def write_periods(page: Page) -> None:
    """Each indicator period by period, then over the whole span."""
    title = page.edition.trend.title if page.edition.trend else "Par période"
    _write_long(page, title, page.edition.periods, [Column("Période", 22)], lambda line: [line.period])


def write_detail(page: Page) -> None:
    """Each indicator by territory and period."""
    _write_long(
        page, "Par territoire et par période", page.edition.detail,
        [Column("Territoire", 26), Column("Période", 20)], lambda line: [line.place, line.period],
    )  # fmt: skip


def write_splits(page: Page) -> None:
    """Each count by the axes that returns give, with its share of the whole."""
    edition = page.edition
    columns = (
        INDICATOR, Column("Axe", 18), Column("Part du public", 34), Column("Effectif", 10, True),
        Column("Ensemble", 10, True), Column("Part", 9, True), *_compared(edition), *ENDING,
    )  # fmt: skip
    whole = {line.indicator: line.now for line in edition.whole if not line.segment}
    rows = []
    for line in edition.splits:
        definition = edition.definition(line.indicator)
        total = whole.get(line.indicator, HOLE)
        names = [cells.text(definition.label), cells.text(line.axis, looks.SOFT), cells.text(line.segment)]
        counts = [
            cells.value(line.now, "compte"),
            cells.value(total, "compte", looks.NUMBER),
            cells.value(_share(line.now, total), "taux", looks.NUMBER),
        ]
        rows.append([*names, *counts, *_years(line, definition), *_ending(line, definition)])
    page.open("Qui, pourquoi, comment : les effectifs par axe", columns)
    page.table(FIRST_ROW, columns, rows)
    page.hold_head(columns, len(rows), frozen=3)


def _share(part: Quantity, whole: Quantity) -> Quantity:
    """A part of the whole, as a rate; as unknown as the less known of both."""
    if part.value is None or whole.value is None:
        return part if part.value is None else whole
    if not whole.value or "partiel" in (part.state, whole.state) and part.missing != whole.missing:
        return HOLE
    return Quantity(part.value, whole.value, part.value / whole.value, part.state)
