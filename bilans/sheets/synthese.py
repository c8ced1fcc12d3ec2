"""An edition in; the sheet « Synthèse » out: the finding, the objectives, what figures show and lack."""

from __future__ import annotations

from math import ceil

from xlsxwriter.chart import Chart

from bilans.findings import say_goal
from bilans.goals import NO_OBJECTIVE
from bilans.heading import say_audience, say_situation
from bilans.sheets import cells, looks
from bilans.sheets.cells import Cell
from bilans.sheets.grid import Column, Page
from bilans.sheets.tables import agreed, gap_to
from bilans.values import STEPS, Edition, Line, ObjectiveLine
from ui.french import FIXED

COLUMNS = (
    Column("Objectif", 46), Column("Réalisé", 11, True), Column("Numérateur", 11, True),
    Column("Dénominateur", 12.5, True), Column("Convenu", 11, True), Column("Attendu à date", 11, True),
    Column("Écart", 12, True), Column("Même période un an avant", 13, True), Column("État", 26),
    Column("Article", 11),
)  # fmt: skip
WIDTH = sum(column.width for column in COLUMNS)
LAST = len(COLUMNS) - 1
_PIXELS = 22
"""Height of a plain row on screen."""


def write_synthesis(page: Page, drawn: tuple[Chart, str] | None) -> None:
    """Write the sheet, the chart of objectives under their table."""
    edition = page.edition
    page.set_widths(COLUMNS)
    page.sheet.fit_to_pages(1, 1)
    row = _write_head(page)
    row = _write_objectives(page, row) if edition.objectives else _write_figures(page, row)
    if drawn is not None:
        chart, alt = drawn
        page.sheet.insert_chart(
            row, 0, chart, {"description": f"Barres. {alt}", "object_position": 2, "x_offset": 4}
        )
        row += ceil(chart.height / _PIXELS) + 1
    row = _write_list(page, row, "Ce que montrent les chiffres", _list_findings(edition), looks.PROSE)
    row = _write_list(page, row, "Ce qu’il faut savoir", edition.notes, looks.NOTE)
    _write_signatures(page, row)


def _write_head(page: Page) -> int:
    """Name, state, finding, what is read, and how much of it was received."""
    edition, header = page.edition, page.edition.header
    page.sheet.set_row(0, 20)
    page.put(0, 0, Cell(f"Bilan quantitatif {header.period}, {header.convention}", looks.KICKER))
    for rank, state in enumerate(STEPS):
        page.put(0, LAST - 4 + rank, Cell(state, looks.STEP_DONE if state == header.status else looks.STEP))
    page.put_wide(1, edition.title, looks.TITLE, width=WIDTH, last=LAST)
    lead = f"{say_situation(header)} {say_audience(header)}"
    page.put_wide(2, lead, looks.LEAD, width=WIDTH, last=LAST)
    page.put_wide(3, edition.coverage, looks.NOTE, width=WIDTH, last=LAST)
    return 5


def _write_objectives(page: Page, row: int) -> int:
    row = page.head(row, "Les objectifs") - 1
    page.table(row + 1, COLUMNS, [_objective_row(page.edition, one) for one in page.edition.objectives])
    row += 2 + len(page.edition.objectives)
    edition = page.edition
    said = [say_goal(one, edition.definition(one.indicator).label, edition.header.span) for one in edition.objectives]
    text = " ".join(one for one in said if one)
    if text:
        page.put_wide(row, f"Lecture{FIXED}: {text}", looks.NOTE, width=WIDTH, last=LAST)
        row += 1
    return row + 1


def _objective_row(edition: Edition, one: ObjectiveLine) -> list[Cell]:
    definition = edition.definition(one.indicator)
    expected = (
        Cell(one.expected, {**looks.NUMBER, "num_format": cells.PLAIN})
        if one.expected is not None
        else cells.text(f"{cells.NONE} ({one.undue})", looks.HOLE)
    )
    return [
        cells.text(one.label, {**looks.TEXT, "bold": True}),
        cells.value(one.now, definition.kind, {**looks.MAIN, "font_size": 13}),
        cells.count(one.now, "numerator", is_ratio=definition.is_ratio),
        cells.count(one.now, "denominator", is_ratio=definition.is_ratio),
        agreed(one, definition),
        expected,
        gap_to(one, definition),
        cells.value(one.before, definition.kind, looks.COMPARED),
        cells.status(one.status, one.now, definition),
        cells.text(one.article, looks.SOFT),
    ]


def _write_figures(page: Page, row: int) -> int:
    """Where nothing was promised, the figures speak for themselves: those known, beside the year before."""
    text = f"{NO_OBJECTIVE}{FIXED}: les chiffres se lisent tels quels, à côté de l’année précédente."
    page.put_wide(row, text, looks.PROSE, width=WIDTH, last=LAST)
    heads = ("Indicateur", "Valeur", page.edition.header.before_span, "Évolution")
    columns = [Column(head, 0, rank > 0) for rank, head in enumerate(heads)]
    rows = [_figure_row(page.edition, line) for line in page.edition.whole if line.now.is_known]
    return page.table(row + 2, columns, rows) + 1


def _figure_row(edition: Edition, line: Line) -> list[Cell]:
    definition = edition.definition(line.indicator)
    return [
        cells.text(definition.label),
        cells.value(line.now, definition.kind),
        cells.value(line.before, definition.kind, looks.COMPARED),
        cells.gap(line.change(definition.kind), definition.kind),
    ]


def _list_findings(edition: Edition) -> tuple[str, ...]:
    path = (f"Le parcours{FIXED}: {edition.path}.",) if edition.path else ()
    return (*path, *edition.findings)


def _write_list(page: Page, row: int, title: str, sentences: tuple[str, ...], look: looks.Look) -> int:
    if not sentences:
        return row
    row = page.head(row, title)
    for offset, sentence in enumerate(sentences):
        page.put_wide(row + offset, f"•{FIXED}{sentence}", look, width=WIDTH, last=LAST)
    return row + len(sentences)


def _write_signatures(page: Page, row: int) -> None:
    """A line for each signatory, and the rule that says who consolidates and when."""
    header = page.edition.header
    row = page.head(row, "Consolidé par")
    page.put_wide(row, header.rule, looks.NOTE, width=WIDTH, last=LAST)
    for offset, name in enumerate(header.signatories, start=1):
        page.sheet.set_row(row + offset, 30)
        page.put(row + offset, 0, Cell(f"{name}, le", looks.SIGNED))
        for column in range(1, 4):
            page.put(row + offset, column, Cell(None, looks.SIGNED))
