"""An edition in; the sheet « Graphiques » out: each chart with its sentence, its table and its text."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter import Workbook
from xlsxwriter.chart import Chart

from bilans.sheets import cells, looks
from bilans.sheets.cells import Cell
from bilans.sheets.charts import Bar, Block, draw_objectives, draw_path, draw_trend
from bilans.sheets.grid import Column, Page
from bilans.values import Edition, ObjectiveLine, Quantity, Stage, Trend
from bilans.wording import write_full, write_hole, write_state
from ui.french import FIXED, join_words, write_count, write_percent, write_signed
from ui.standing import is_good

NAME = "Graphiques"
COLUMNS = tuple(Column("", width) for width in (34, 10, 11, 13, 36, 2, 80))
_BESIDE = 6
"""The column where charts stand, right of their tables."""
_TALL = 16


def has_drawings(edition: Edition) -> bool:
    """Whether there is anything to draw."""
    return bool(list_bars(edition) or edition.stages or edition.trend)


def list_bars(edition: Edition) -> list[ObjectiveLine]:
    """The objectives that one bar can show: a floor to reach (a band is read in the table)."""
    return [
        one for one in edition.objectives if one.upper is None and one.direction == ">=" and one.now.is_known
    ]


def write_drawings(page: Page, workbook: Workbook) -> tuple[Chart, str] | None:
    """Write the sheet; the chart of objectives and its text, to be shown elsewhere."""
    page.open("Les graphiques et leurs chiffres", COLUMNS)
    row, shown = 3, None
    if goals := list_bars(page.edition):
        shown = _write_objectives(page, workbook, row, goals)
        row += len(goals) + 4
    if page.edition.stages:
        row = _write_path(page, workbook, row, page.edition.stages)
    if page.edition.trend:
        _write_trend(page, workbook, row, page.edition.trend)
    return shown


def _number(value: float | None, shape: str) -> Cell:
    """A number, or an empty cell: a chart takes any word for a zero."""
    return Cell(value, {**looks.NUMBER, "num_format": shape})


def _numbers(*values: float | None) -> list[Cell]:
    return [_number(value, cells.PLAIN) for value in values]


def _write_objectives(
    page: Page, workbook: Workbook, row: int, goals: Sequence[ObjectiveLine]
) -> tuple[Chart, str]:
    """Each objective as a share of what was agreed: one scale for counts and rates."""
    heads = ("Part de l’objectif", "Réalisé", "Attendu à date", "Un an avant", "État")
    columns = [Column(head, 0, 0 < rank < 4) for rank, head in enumerate(heads)]
    share = cells.write_format("taux", 0.0)
    rows = [
        [
            cells.text(page.edition.definition(one.indicator).label),
            _number((one.now.value or 0.0) / one.agreed, share),
            _number(one.expected / one.agreed if one.expected is not None else None, share),
            _number(one.before.value / one.agreed if one.before.value is not None else None, share),
            cells.text(_say_states(page.edition, one)),
        ]
        for one in goals
    ]  # fmt: skip
    top = page.head(row, "Les objectifs (graphique dans « Synthèse »)")
    page.table(top, columns, rows)
    block = Block(NAME, top + 1, len(rows))
    chart = draw_objectives(workbook, block, [_make_bar(page.edition, one) for one in goals])
    return chart, " ".join(one.sentence for one in goals)


def _make_bar(edition: Edition, one: ObjectiveLine) -> Bar:
    kind = edition.definition(one.indicator).kind
    return Bar(
        label=write_full(one.now, kind),
        before=_label(one.before, kind),
        expected=f"{write_count(round(one.expected))} attendus" if one.expected is not None else "",
        is_held=is_good(one.status),
        is_provisional=one.now.state == "provisoire",
        longest=max(one.now.value or 0.0, one.before.value or 0.0) / one.agreed,
    )


def _say_states(edition: Edition, one: ObjectiveLine) -> str:
    before = write_hole(one.before) if not one.before.is_known else ""
    said = [one.status, write_state(one.now, edition.definition(one.indicator))]
    return join_words([word for word in said if word]) + (
        f" (un an avant{FIXED}: {before})" if before else ""
    )


def _label(quantity: Quantity, kind: str) -> str:
    return write_full(quantity, kind) if quantity.is_known else ""


def _write_path(page: Page, workbook: Workbook, row: int, stages: Sequence[Stage]) -> int:
    """The path in flux, the gap between two stages, the rates over the stage before and over the start."""
    heads = ("Étape", "Effectif", "Écart", page.edition.header.before_span, "Taux")
    columns = [Column(head, 0, 0 < rank < 4) for rank, head in enumerate(heads)]
    gaps = [None, *(_gap(one.now, before.now) for before, one in zip(stages, stages[1:], strict=False))]
    rows = [
        [
            cells.text(one.label),
            *_numbers(one.now.value, gap, one.before.value),
            cells.text(_say_rates(stages, rank)),
        ]
        for rank, (one, gap) in enumerate(zip(stages, gaps, strict=True))
    ]
    top = page.head(row, f"Le parcours, lecture en flux{FIXED}: {page.edition.path}")
    page.table(top, columns, rows)
    counts = [write_count(one.now.value) if one.now.value is not None else "" for one in stages]
    texts = [write_signed(-gap) if gap else "" for gap in gaps]
    chart = draw_path(workbook, Block(NAME, top + 1, len(rows)), counts, texts)
    alt = join_words(
        [f"{one.label}{FIXED}: {_label(one.now, 'compte') or write_hole(one.now)}" for one in stages]
    )
    page.sheet.insert_chart(row, _BESIDE, chart, {"description": f"Barres. {alt}.", "object_position": 2})
    return row + max(len(rows) + 3, _TALL)


def _gap(one: Quantity, before: Quantity) -> float | None:
    """How many fewer than at the stage before; nothing when there are more."""
    return (
        before.value - one.value
        if one.value is not None and before.value is not None and before.value > one.value
        else None
    )


def _say_rates(stages: Sequence[Stage], rank: int) -> str:
    """« 62 % de l’étape précédente, 31 % du départ », and whose count it is."""
    if not rank:
        return ""
    step, start = (_rate(stages[rank].now, stages[at].now) for at in (rank - 1, 0))
    basis = f" ({stages[rank].now.basis})" if stages[rank].now.basis else ""
    return f"{step} de l’étape précédente, {start} du départ{basis}"


def _rate(one: Quantity, over: Quantity) -> str:
    if one.value is None or not over.value:
        return write_hole(one)
    return write_percent(one.value / over.value)


def _write_trend(page: Page, workbook: Workbook, row: int, trend: Trend) -> None:
    """One count period after period, beside the year before."""
    year = page.edition.header.code[:4]
    heads = ("Période", year, str(int(year) - 1), "Écart", "État")
    columns = [Column(head, 0, 0 < rank < 4) for rank, head in enumerate(heads)]
    definition = page.edition.definition(trend.indicator)
    rows = [
        [
            cells.text(one.period), *_numbers(one.now.value, one.before.value),
            cells.gap(one.evolution, "compte"), cells.state(one.now, definition),
        ]
        for one in trend.lines
    ]  # fmt: skip
    top = page.head(row, trend.title)
    page.table(top, columns, rows)
    has_before = any(one.before.is_known for one in trend.lines)
    chart = draw_trend(workbook, Block(NAME, top + 1, len(rows)), has_before=has_before)
    alt = join_words(
        [f"{one.period}{FIXED}: {_label(one.now, 'compte') or write_hole(one.now)}" for one in trend.lines]
    )
    page.sheet.insert_chart(
        row, _BESIDE, chart, {"description": f"Colonnes. {trend.title}. {alt}.", "object_position": 2}
    )
