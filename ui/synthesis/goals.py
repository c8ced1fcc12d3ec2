"""The objectives of a convention in; the card that reads them one by one, with their bullets and their
table, out."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from conventions.periods import parse_period
from conventions.statuses import write_signed_word
from conventions.values import Indicator
from indicators.figures import Request
from indicators.objectives import ObjectiveReading
from indicators.values import Figure
from ui.behind import Behind
from ui.blocks import show_behind, show_block_title, show_chart, show_table
from ui.charts.bullet import describe_bullet, draw_bullet
from ui.french import FIXED, MISSING, upper_first, write_count, write_points, write_short_period, write_signed
from ui.objectives import make_bullet, write_reading_html, write_terms
from ui.proof.link import wrap_link
from ui.readings import get_figures
from ui.shell import Screen
from ui.standing import is_good
from ui.synthesis.glance import Glance, write_finding
from ui.tables import Column, Row, Table, note, render_table
from ui.wording import figure_cell, figure_html, name_source, write_counts, write_figure

FIRST = 9
"""As many counts as the screen of a projector holds above the cards."""


def show_objectives(screen: Screen, glance: Glance) -> None:
    """One row an objective: number, status, sentence, bullet; and the same as a table."""
    with st.container(key="carte-objectifs", height="stretch"):
        if not glance.readings:
            _show_counts(screen, glance)
            return
        _show_legend(glance)
        behind = Behind(
            "objectifs", write_finding(screen, glance), _objectives_table(screen, glance), "Tableau des objectifs",
            period=glance.span.label,
        )  # fmt: skip
        for rank, reading in enumerate(glance.readings):
            left, right = st.columns([2, 1], gap="medium", vertical_alignment="center")
            parts = read_parts(screen, glance, reading)
            indicator = screen.catalogue.indicator(reading.objective.indicator)
            left.html(write_reading_html(reading, screen.catalogue, more=write_latest(reading, parts, indicator)))
            with right:
                bullet = make_bullet(reading, screen.catalogue, firm=measure_firm(reading, parts))
                alt = describe_bullet(bullet, indicator.label)
                show_chart(draw_bullet(bullet), behind, part=str(rank), code=indicator.code, alt=alt)
        show_behind(behind)


def _show_legend(glance: Glance) -> None:
    before = glance.span.year - 1
    marks = [("bar", f"réalisé, sur la même période de {before} en gris"), ("pole", "objectif")]
    due = next((one for one in glance.readings if one.expected is not None and not one.is_whole_year), None)
    if due is not None:
        marks.append(("caret", f"attendu au {due.periods[-1].end:%d/%m}"))
    parts = (f'<span><i class="j-key-{mark}" aria-hidden="true"></i>{text}</span>' for mark, text in marks)
    st.html(f'<div class="j-legend">{"".join(parts)}<span>chaque barre à son échelle</span></div>')


def _objectives_table(screen: Screen, glance: Glance) -> Table:
    rows = []
    for one in glance.readings:
        indicator = screen.catalogue.indicator(one.objective.indicator)
        done, before = figure_cell(one.figure, indicator), figure_cell(one.previous, indicator)
        expected = write_count(round(one.expected, 1)) if one.expected is not None else "—"
        rows.append(
            Row(
                [
                    note(escape(indicator.label), write_terms(one, screen.catalogue)),
                    done,
                    expected,
                    before,
                    write_signed_word(one.status),
                ]
            )
        )
    columns = [
        Column("Objectif"),
        Column("Réalisé", True),
        Column("Attendu à date", True),
        Column(f"Même période de {glance.span.year - 1}", True),
        Column("État"),
    ]
    return Table(f"Objectifs, {glance.span.label}", columns, rows)


def _show_counts(screen: Screen, glance: Glance) -> None:
    """Without objectives, the counts themselves."""
    show_block_title(
        "Ce qui a été compté",
        f"{upper_first(glance.span.label)}, ensemble de la convention",
    )
    rows = [_count_row(screen, glance, figure) for figure in glance.figures if figure.value is not None]
    columns = [
        Column("Chiffre"),
        Column(str(glance.span.year), True),
        Column(str(glance.span.year - 1), True),
        Column("Écart", True),
        Column("Source"),
    ]
    for label, part in ((None, rows[:FIRST]), (f"Voir les {len(rows) - FIRST} autres", rows[FIRST:])):
        if part:
            table = render_table(caption="Chiffres de la période", columns=columns, rows=part, is_caption_hidden=True)
            show_table(table, label=label)


def _count_row(screen: Screen, glance: Glance, figure: Figure) -> Row:
    indicator, before = screen.catalogue.indicator(figure.indicator), glance.before.get(figure.indicator)
    past, gap = MISSING, "—"
    if before is not None and before.value is not None and figure.value is not None:
        past = figure_html(before, indicator)
        if indicator.denominator is None:
            gap = write_signed(figure.value - before.value)
        elif indicator.unit == "taux":
            gap = write_points(figure.value, before.value)
    source = escape(name_source(figure.source, glance.convention))
    return Row([escape(indicator.label), figure_html(figure, indicator), past, gap, source])


def read_parts(screen: Screen, glance: Glance, reading: ObjectiveReading) -> list[Figure]:
    """The figure of an objective period by period."""
    request = Request(
        glance.convention.key,
        periods=tuple(period.code for period in reading.periods),
        by=("periode",),
        indicators=(reading.objective.indicator,),
        audience=glance.audience,
    )
    return get_figures(screen.database, request)


def measure_firm(reading: ObjectiveReading, parts: Sequence[Figure]) -> float | None:
    """How much of a provisional value comes from periods that cannot change any more; None when all of
    it does."""
    figure = reading.figure
    if figure is None or figure.state != "provisoire" or not figure.numerator or figure.value is None:
        return None
    return figure.value * sum(one.numerator or 0 for one in parts if one.state == "ok") / figure.numerator


def write_latest(reading: ObjectiveReading, parts: Sequence[Figure], indicator: Indicator) -> str:
    """« T3 2026 seul : 57,8 (231/4) », of a rate that is read over several periods: the whole may hide where it goes
    (HTML)."""
    known = [one for one in parts if one.value is not None and one.period]
    if len(known) < 2 or indicator.denominator is None or reading.objective.upper is not None:
        return ""
    last = known[-1]
    if reading.figure is not None and (last.numerator, last.denominator) == (
        reading.figure.numerator, reading.figure.denominator
    ):  # fmt: skip
        # A head count at the end of the span is that of its last period.
        return ""
    value = wrap_link(write_figure(last, indicator), last, indicator)
    text = f"{write_short_period(parse_period(last.period or ''))} seul{FIXED}: {value} {write_counts(last)}".strip()
    is_below = (last.value or 0.0) < reading.objective.value and is_good(reading.status)
    return f'<b class="j-shift">▼ {text}, sous l’objectif</b>.' if is_below else f"{text}."
