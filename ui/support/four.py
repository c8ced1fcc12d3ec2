"""A year in; the head of its page, and the card of the four figures of the convention against what was
agreed, out."""

from __future__ import annotations

from html import escape

import streamlit as st

from conventions.values import Indicator
from indicators.values import Figure
from ui.behind import Behind
from ui.blocks import show_behind, show_chart
from ui.charts.bullet import Bullet, describe_bullet, draw_bullet
from ui.citation import own_articles, write_article, write_articles
from ui.french import MISSING, write_number, write_percent, write_signed
from ui.head import show_covered_title
from ui.objectives import (
    make_bullet,
    tag_status,
    write_reading_html,
)
from ui.proof.link import wrap_link
from ui.shell import Screen
from ui.support.year import BESIDE, EACH, FOUR, Year
from ui.tables import Column, Row, Table, note
from ui.wording import figure_cell, tag, tag_state, write_counts, write_value


def show_head(screen: Screen, year: Year) -> None:
    """The finding: entries, and whether the mean portfolio stands in its range."""
    context = [year.convention.label, year.span.label, *year.field.write_context(year.convention)]
    lead = (
        "Quatre chiffres suivis\u00a0: les entrées depuis le 1<sup>er</sup> janvier, le "
        "délai de démarrage, la taille des "
        "portefeuilles et les personnes accompagnées. Les moyennes sont des rapports de sommes."
    )
    title = write_head(screen, year)
    show_covered_title(screen, year.convention, title, span=year.span, context=context, lead=lead)


def write_head(screen: Screen, year: Year) -> str:
    """« 1 285 entrées et 88,7 personnes par conseiller, dans la bande convenue », of the field of the page."""
    return year.field.write_title(_write_finding(year))


def _write_finding(year: Year) -> str:
    entries, size = year.whole.get("entrees_cumulees"), year.whole.get("taille_moyenne_portefeuille")
    if entries is None or entries.value is None:
        entries = year.whole.get("entrees")
    parts = []
    if entries is not None and entries.value is not None:
        parts.append(f"{write_number(entries.value)} entrées")
    if size is not None and size.value is not None:
        text = f"{write_number(size.value, 1)} personnes par conseiller"
        is_in = is_within(year, size.value)
        if is_in is not None:
            text += ", dans la bande convenue" if is_in else ", hors de la bande convenue"
        parts.append(text)
    return " et ".join(parts) if parts else "Aucun chiffre reçu pour cette période"


def is_within(year: Year, size: float) -> bool | None:
    """Whether a mean portfolio is in the range agreed for each adviser; None where none is."""
    reading = year.reading(EACH)
    if reading is None or reading.objective.upper is None:
        return None
    if reading.figure is not None:
        return not reading.gap
    return reading.objective.value <= size <= reading.objective.upper


def show_four(screen: Screen, year: Year) -> None:
    """One row a figure: number, status, sentence and bullet; then all of them as a table."""
    with st.container(key="carte-objectifs"):
        _show_legend(year)
        behind = Behind(
            "chiffres", write_head(screen, year), _make_table(screen, year), "Tableau des chiffres",
            period=year.span.label,
        )  # fmt: skip
        for code in FOUR:
            left, right = st.columns([1.5, 1], gap="medium", vertical_alignment="center")
            left.html(_write_row(screen, year, code))
            with right:
                indicator = screen.catalogue.indicator(code)
                bullet = _make_bullet(screen, year, code)
                alt = describe_bullet(bullet, indicator.label)
                show_chart(draw_bullet(bullet), behind, part=code, code=code, alt=alt)
        show_behind(behind)


def _show_legend(year: Year) -> None:
    marks = [
        ("bar", f"réalisé, sur {year.span.year - 1} en gris" if year.last_year else "réalisé"),
        ("pole", "convenu"),
    ]
    parts = (f'<span><i class="j-key-{mark}" aria-hidden="true"></i>{text}</span>' for mark, text in marks)
    st.html(f'<div class="j-legend">{"".join(parts)}</div>')


def _write_row(screen: Screen, year: Year, code: str) -> str:
    reading = year.reading(code)
    if reading is not None and reading.figure is not None and reading.figure.value is not None:
        return write_reading_html(reading, screen.catalogue)
    figure, indicator = year.whole.get(code), screen.catalogue.indicator(code)
    number = f'<div class="j-number j-none">{MISSING}</div>'
    if figure is not None and figure.value is not None:
        linked = wrap_link(write_value(figure.value, indicator), figure, indicator)
        number = f'<div class="j-number">{linked}</div>'
    head = tag_state(figure) if figure is not None and tag_state(figure) else _tag_agreed(year, code, figure)
    return (
        f'<div class="j-reading"><div>{number}<div '
        f'class="j-under">{escape(indicator.label)}</div></div><div>{head}'
        f'<p class="j-say">{_say_change(year, code, indicator)}</p>'
        f'<p class="j-small-say">{_say_agreed(year, code, indicator)}</p></div></div>'
    )


def _tag_agreed(year: Year, code: str, figure: Figure | None) -> str:
    """Of one place, only the range agreed for each adviser is judged."""
    if not year.field.is_part:
        return tag("sans objectif chiffré")
    value = figure.value if figure is not None and year.reading(code) is not None else None
    is_in = is_within(year, value) if value is not None else None
    if is_in is None:
        return ""
    return tag("✓ Dans la bande", "good") if is_in else tag("▼ Hors de la bande", "bad")


def _say_change(year: Year, code: str, indicator: Indicator) -> str:
    figure = year.whole.get(code)
    if figure is None or figure.value is None:
        return "Les retours ne donnent pas ce chiffre depuis le 1<sup>er</sup> janvier."
    counts = f" {write_counts(figure)}" if write_counts(figure) else ""
    before = year.last_value(code, accumulates=indicator.time == "cumul")
    if before is None:
        return f"{year.span.year - 1} n’a pas été reçue pour toute la même période{counts}."
    gap = figure.value - before
    decimals = 0 if indicator.denominator is None else 1
    part = f" ({'+' if gap > 0 else ''}{write_percent(gap / before)})" if before and not decimals else ""
    return f"<b>{write_signed(gap, decimals)}</b> par rapport à {year.span.year - 1}{part}{counts}."


def _say_agreed(year: Year, code: str, indicator: Indicator) -> str:
    past = [one for one in year.convention.objectives if one.indicator == code and one.valid_until]
    articles = write_articles(own_articles(indicator, year.convention))
    band = year.reading(code)
    if band is not None and band.objective.upper is not None:
        low, high = (write_number(one) for one in (band.objective.value, band.objective.upper))
        return f"Bande convenue pour chaque conseiller, de {low} à {high}. {write_article(band.objective.article)}"
    if year.field.is_part and past:
        return f"Ce qui est convenu se juge sur toute la convention. {escape(articles)}"
    if past:
        one = past[0]
        return (
            f"{escape(one.label)} ({write_article(one.article)})\u202f; aucun objectif convenu "
            f"pour {year.span.year}."
        )
    return f"Suivi convenu, sans valeur à atteindre. {escape(articles)}"


def _make_bullet(screen: Screen, year: Year, code: str) -> Bullet:
    reading = year.reading(code)
    if reading is not None and reading.figure is not None and reading.figure.value is not None:
        return make_bullet(reading, screen.catalogue)
    indicator, figure = screen.catalogue.indicator(code), year.whole.get(code)
    value = figure.value if figure is not None else None
    past = year.last_value(code, accumulates=indicator.time == "cumul")
    low, high = (reading.objective.value, reading.objective.upper) if reading is not None else (None, None)
    return Bullet(
        value=value,
        value_text=write_value(value, indicator) if value is not None else "",
        objective=low,
        objective_text=write_number(low) if low is not None else "",
        is_met=value is None or reading is None or is_within(year, value) is not False,
        upper=high,
        upper_text=write_number(high) if high is not None else "",
        last_year=past,
        last_year_text=f"{write_value(past, indicator)} en {year.span.year - 1}" if past is not None else "",
    )


def _make_table(screen: Screen, year: Year) -> Table:
    rows = [_table_row(screen, year, code) for code in (*FOUR, *BESIDE) if code in year.whole]
    columns = [
        Column("Chiffre"),
        Column("Réalisé", True),
        Column(str(year.span.year - 1), True),
        Column("Convenu"),
        Column("État"),
    ]
    return Table(f"Chiffres de l’accompagnement global, {year.field.join(year.span.label)}", columns, rows)


def _table_row(screen: Screen, year: Year, code: str) -> Row:
    indicator, before = screen.catalogue.indicator(code), year.before.get(code)
    reading = year.reading(code)
    label = note(escape(indicator.label), escape(write_articles(own_articles(indicator, year.convention))))
    is_short = indicator.time == "cumul" and not year.is_comparable
    past = figure_cell(before if not is_short else None, indicator)
    agreed = escape(reading.objective.label) if reading is not None else "—"
    return Row(
        [
            label,
            figure_cell(year.whole[code], indicator),
            past,
            agreed,
            tag_status(reading) if reading and reading.figure else "—",
        ]
    )
