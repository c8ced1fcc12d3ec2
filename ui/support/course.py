"""A year in; the cards of its course (entries, portfolio and delay, period by period) out."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from conventions.periods import MONTHS, parse_period
from indicators.values import Figure
from ui.behind import Behind
from ui.blocks import show_block_title, show_chart
from ui.charts.rule import Rule
from ui.charts.series import Moment, describe_moments, draw_series
from ui.charts.trend import Trend, describe_trend, draw_trend
from ui.french import FIXED, MONTHS_SHORT, write_count, write_number, write_period, write_quantity, write_small
from ui.marks import list_period_rules, list_year_rules, render_rules
from ui.shell import Screen
from ui.support.year import Year
from ui.tables import Column, Row, Table
from ui.trends import cumulate
from ui.wording import figure_cell, write_figure, write_value


def show_entries(screen: Screen, year: Year) -> None:
    """Entries accumulated since 1 January, with last year's; the pole of the years that have one."""
    with st.container(key="carte-entrees", height="stretch"):
        rules = list_year_rules(screen.catalogue, year.convention, "entrees_cumulees", year.span.year)
        trend = build_entries(year, rules)
        if trend is None:
            show_block_title(
                "Le cumul depuis janvier n’est pas connu",
                f"Les retours de {year.span.year} ne partent pas de janvier.",
            )
            return
        title = year.field.write_title(write_entries_title(trend))
        show_block_title(title, f"Cumul depuis le 1<sup>er</sup>{FIXED}janvier {year.span.year}")
        table = _make_table(screen, year, "entrees_cumulees", trend.rules)
        behind = Behind("entrees", title, table, "Tableau des entrées", period=year.span.label)
        show_chart(draw_trend(trend), behind, alt=describe_trend(trend))


def write_entries_title(trend: Trend) -> str:
    """« On compte 619 entrées fin juin, 16 de plus qu’un an plus tôt »."""
    month, value = trend.points[-1]
    text = f"On compte {write_quantity(value, 'entrée', 'entrées')} fin {MONTHS[month - 1]}"
    before = dict(trend.last_year).get(month)
    if before is None:
        return text
    gap = value - before
    how = f"{write_count(abs(gap))} de {'plus' if gap > 0 else 'moins'} qu’" if gap else "autant qu’"
    return f"{text}, {how}un an plus tôt"


def build_entries(year: Year, rules: Sequence[Rule] = ()) -> Trend | None:
    """The line of the year; last year's only when it runs to December."""
    points = cumulate(
        {parse_period(f.period or ""): f.value for f in year.series("entrees_cumulees")}, is_cumul=True
    )
    if not points:
        return None
    before = cumulate(
        {
            parse_period(f.period or ""): f.value
            for f in year.months_before
            if f.indicator == "entrees_cumulees"
        },
        is_cumul=True,
    )
    reading = year.reading("entrees_cumulees")
    return Trend(
        year=year.span.year,
        points=points,
        last_year=before,
        objective=reading.objective.value if reading is not None else None,
        at=f"fin {MONTHS_SHORT[points[-1][0] - 1]}",
        last_year_name=str(year.span.year - 1),
        rules=rules,
    )


def show_portfolio(screen: Screen, year: Year) -> None:
    """The mean portfolio of each period over its agreed range."""
    code, reading = "taille_moyenne_portefeuille", year.reading("taille_moyenne_portefeuille")
    low = reading.objective.value if reading is not None else None
    high = reading.objective.upper if reading is not None else None
    with st.container(key="carte-portefeuille", height="stretch"):
        title = year.field.write_title(write_portfolio_title(year.series(code), low, high))
        show_block_title(title, "Personnes suivies par conseiller, en fin de période")
        rules = _list_rules(screen, year, code)
        moments = _moments(screen, year, code)
        figure = draw_series(
            moments,
            low=low,
            high=high,
            last_year_name=str(year.span.year - 1),
            rules=rules,
        )
        table = _make_table(screen, year, code, rules)
        behind = Behind("portefeuille", title, table, "Tableau des portefeuilles", period=year.span.label)
        show_chart(figure, behind, alt=describe_moments(moments, "Taille moyenne des portefeuilles"))


def write_portfolio_title(series: list[Figure], low: float | None, high: float | None) -> str:
    """Whether the mean stayed in the range, or how many periods it left it."""
    values = [figure.value for figure in series if figure.value is not None]
    if not values:
        return "Portefeuille moyen inconnu"
    if low is None or high is None:
        return f"{write_number(values[-1], 1)} personnes par conseiller"
    out = sum(not low <= value <= high for value in values)
    if not out:
        return f"Le portefeuille moyen reste entre {write_number(low)} et {write_number(high)}"
    return f"Le portefeuille moyen sort de la bande {write_small(out)} mois sur {write_small(len(values))}"


def show_delay(screen: Screen, year: Year) -> None:
    """The mean delay of each period."""
    code = "delai_moyen_demarrage"
    with st.container(key="carte-delai", height="stretch"):
        title = year.field.write_title(write_delay_title(screen, year))
        show_block_title(
            title,
            "Moyenne des entrées de chaque période, en jours, depuis l’événement que dit le retour. Les médianes des "
            "parcours individuels se lisent plus bas, étape par étape.",
        )
        rules = _list_rules(screen, year, code)
        moments = _moments(screen, year, code)
        figure = draw_series(moments, last_year_name=str(year.span.year - 1), rules=rules)
        table = _make_table(screen, year, code, rules)
        behind = Behind("delai", title, table, "Tableau des délais", period=year.span.label)
        show_chart(figure, behind, alt=describe_moments(moments, "Délai moyen de démarrage, en jours"))


def write_delay_title(screen: Screen, year: Year) -> str:
    """« Il faut en moyenne 20,3 jours pour démarrer, 0,4 de plus qu’en 2023 »."""
    figure, before = year.whole.get("delai_moyen_demarrage"), year.before.get("delai_moyen_demarrage")
    if figure is None or figure.value is None:
        return "Délai moyen inconnu"
    text = f"Il faut en moyenne {write_number(figure.value, 1)} jours pour démarrer"
    if before is None or before.value is None or round(figure.value - before.value, 1) == 0:
        return text
    gap = round(figure.value - before.value, 1)
    return (
        f"{text}, {write_number(abs(gap), 1)} de {'plus' if gap > 0 else 'moins'} qu’en {year.span.year - 1}"
    )


def _moments(screen: Screen, year: Year, code: str) -> list[Moment]:
    before, indicator = year.series_before(code), screen.catalogue.indicator(code)
    return [
        Moment(
            label=_short(figure.period or ""),
            value=figure.value,
            text=write_figure(figure, indicator),
            last_year=before.get((figure.period or "")[4:]),
        )
        for figure in year.series(code)
    ]


def _list_rules(screen: Screen, year: Year, code: str) -> tuple[Rule, ...]:
    periods = [parse_period(figure.period or "") for figure in year.series(code)]
    return list_period_rules(screen.catalogue, year.convention, code, periods)


def _short(code: str) -> str:
    period = parse_period(code)
    return MONTHS_SHORT[period.month - 1] if period.length == 1 else code[5:] or code


def _make_table(screen: Screen, year: Year, code: str, rules: Sequence[Rule]) -> Table:
    indicator, before = screen.catalogue.indicator(code), year.series_before(code)
    rows = []
    for figure in year.series(code):
        past = before.get((figure.period or "")[4:])
        name = write_period(parse_period(figure.period or ""))
        rows.append(
            Row(
                [
                    name,
                    figure_cell(figure, indicator),
                    write_value(past, indicator) if past is not None else "—",
                ]
            )
        )
    columns = [
        Column("Période"),
        Column(escape(indicator.label), True),
        Column(str(year.span.year - 1), True),
    ]
    caption = year.field.join(indicator.label)
    return Table(caption, columns, rows, is_caption_hidden=True, below=render_rules(rules))
