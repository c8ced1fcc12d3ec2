"""A convention at a glance in; the screens of its presentation, one message each, out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import unescape

from indicators.objectives import ObjectiveReading
from ui.attention import write_notices_html
from ui.blocks import to_html
from ui.charts.base import enlarge
from ui.charts.bullet import draw_bullet
from ui.charts.drawing import Drawing
from ui.charts.funnel import render_funnel
from ui.charts.trend import draw_trend
from ui.citation import write_article
from ui.french import FIXED, lower_first, write_count, write_date, write_number
from ui.journey.funnel import describe_funnel, write_headings
from ui.journey.stages import FIRST, build_stages, read_counts, write_funnel_title
from ui.journey.study import Choice, read_whole
from ui.objectives import (
    count_left,
    make_bullet,
    tag_status,
    write_brief,
    write_mark,
    write_sentence,
)
from ui.returns import write_returns_html, write_returns_title
from ui.shell import Screen
from ui.spans import find_last_year
from ui.standing import tone_of
from ui.synthesis.cards import collect_notices, write_decisions_html, write_decisions_title
from ui.synthesis.decisions import Decision
from ui.synthesis.glance import Glance, write_context, write_finding
from ui.synthesis.goals import measure_firm, read_parts
from ui.trends import build_trend, write_trend_title
from ui.wording import name_source, write_counts, write_figure, write_value

LONGEST = 6


@dataclass(frozen=True)
class Number:
    """A large number and what it counts; `tone` is bad for one that is below what was promised."""

    value: str
    says: str
    tone: str = ""


@dataclass(frozen=True)
class Slide:
    """One screen: its message, what it is about, what shows it (a chart or HTML), its large numbers, its source."""

    title: str
    about: str
    source: str
    body: str = ""
    chart: Drawing | None = None
    alt: str = ""
    numbers: tuple[Number, ...] = ()


def build_deck(screen: Screen, glance: Glance, decisions: Sequence[Decision]) -> list[Slide]:
    """The finding, each objective, the funnel where there is one, the sources, the decisions."""
    return [
        _open(screen, glance),
        *(_show_objective(screen, glance, one) for one in glance.readings),
        *_show_funnel(screen, glance),
        _show_sources(screen, glance),
        _show_decisions(glance, decisions),
    ]


def _about(glance: Glance, what: str) -> str:
    return f"{glance.convention.label}{FIXED}: {what}"


def _write_source(glance: Glance, source: str | None = None, article: str = "") -> str:
    parts = [f"Source{FIXED}: {name_source(source, glance.convention)}" if source else "", glance.span.label, article]
    return ", ".join(part for part in parts if part)


def _open(screen: Screen, glance: Glance) -> Slide:
    rows = "".join(_write_row(screen, one) for one in glance.readings)
    known = [one for one in glance.figures if one.value is not None][:LONGEST]
    counts = "".join(
        f"<li><b>{write_figure(one, screen.catalogue.indicator(one.indicator))}</b>"
        f"<span>{to_html(screen.catalogue.indicator(one.indicator).label)}</span></li>"
        for one in known
    )
    return Slide(
        title=write_finding(screen, glance),
        about=", ".join(write_context(glance)),
        source=_write_source(glance),
        body=f'<ul class="j-standing">{rows or counts}</ul>',
    )


def _write_row(screen: Screen, reading: ObjectiveReading) -> str:
    indicator = screen.catalogue.indicator(reading.objective.indicator)
    value = write_figure(reading.figure, indicator) if reading.figure is not None else f"n.{FIXED}d."
    label, brief = to_html(indicator.label), write_brief(reading, screen.catalogue)
    return f"<li><b>{value}</b><span>{label}<small>{brief}</small></span><span>{tag_status(reading)}</span></li>"


def _show_objective(screen: Screen, glance: Glance, reading: ObjectiveReading) -> Slide:
    indicator = screen.catalogue.indicator(reading.objective.indicator)
    slide = Slide(
        title=f"{indicator.label}{FIXED}: {lower_first(_strip(write_sentence(reading, screen.catalogue)))}",
        about=_about(glance, f"{lower_first(indicator.label)}, {glance.span.label}"),
        source=_write_source(
            glance, reading.figure.source if reading.figure else None, write_article(reading.objective.article)
        ),
        alt=f"{indicator.label}{FIXED}: réalisé, même période de l’an dernier et objectif",
        numbers=_list_numbers(screen, reading),
    )
    trend = None
    if reading.objective.prorata and reading.figure is not None:
        asked = (screen.database, glance.convention, screen.catalogue, reading)
        trend = build_trend(*asked, audience=glance.audience)
    if trend is not None:
        return replace(slide, title=write_trend_title(trend), chart=enlarge(draw_trend(trend), 1.5))
    bullet = make_bullet(reading, screen.catalogue, firm=measure_firm(reading, read_parts(screen, glance, reading)))
    return replace(slide, chart=enlarge(draw_bullet(bullet), 2))


def _strip(html: str) -> str:
    """A sentence of HTML as a title: without marks nor final point."""
    return unescape(re.sub(r"<[^>]+>", "", html)).rstrip(".")


def _list_numbers(screen: Screen, reading: ObjectiveReading) -> tuple[Number, ...]:
    """What was done, what is agreed or left, and last year or where the year leads."""
    figure, indicator = reading.figure, screen.catalogue.indicator(reading.objective.indicator)
    if figure is None or figure.value is None:
        return ()
    counts = f" {write_counts(figure)}" if write_counts(figure) else ""
    due = f", {write_number(reading.expected)} attendus" if reading.expected and not reading.is_whole_year else ""
    tone = "bad" if tone_of(reading.status) == "bad" else ""
    numbers = [Number(write_value(figure.value, indicator), f"{lower_first(indicator.label)}{counts}{due}", tone)]
    if left := count_left(reading):
        numbers.append(Number(write_count(left), f"à faire pour {write_count(reading.objective.value)}"))
    else:
        agreed = f"objectif convenu, {lower_first(write_article(reading.objective.article))}"
        numbers.append(Number(write_mark(reading.objective.value, indicator), agreed))
    if reading.projection is not None:
        low, high = (write_count(round(one)) for one in (reading.projection.low, reading.projection.high))
        value = write_count(round(reading.projection.value))
        numbers.append(Number(value, f"à la fin de l’année, en projection ({low} à {high})"))
    elif reading.previous is not None and reading.previous.value is not None:
        when = f"à la même période de {reading.year - 1}"
        numbers.append(Number(write_value(reading.previous.value, indicator), when))
    return tuple(numbers)


def _show_funnel(screen: Screen, glance: Glance) -> list[Slide]:
    """Nothing for a convention that follows no path, or of which nothing was received."""
    if FIRST.rate not in glance.convention.indicators:
        return []
    before = find_last_year(glance.span, glance.received)
    choice = Choice(glance.convention, glance.span, before, "flux", glance.audience)
    whole, past = read_whole(screen, choice)
    counts = read_counts(whole)
    if counts[0].value is None:
        return []
    stages = build_stages(whole, past, reading="flux", year=glance.span.year)
    return [
        Slide(
            title=write_funnel_title(counts, reading="flux"),
            about=_about(glance, f"le parcours, lecture en flux, {glance.span.label}"),
            source=_write_source(glance, whole[FIRST.rate].source),
            body=render_funnel(stages, write_headings(choice), caption=describe_funnel(counts)),
        )
    ]


def _show_sources(screen: Screen, glance: Glance) -> Slide:
    notices = write_notices_html(collect_notices(screen, glance), most=4)
    returns = write_returns_html(glance.returns, glance.convention)
    return Slide(
        title=write_returns_title(glance.returns, glance.span.year),
        about=_about(glance, "ce qui est reçu, ce qui est provisoire ou partiel"),
        source=_write_source(glance),
        body=f'<div class="j-halves">{returns}<div>{notices}</div></div>',
    )


def _show_decisions(glance: Glance, decisions: Sequence[Decision]) -> Slide:
    return Slide(
        title=write_decisions_title(decisions),
        about=_about(glance, f"au {write_date(glance.day)}"),
        source=_write_source(glance),
        body=write_decisions_html(decisions, most=LONGEST),
    )
