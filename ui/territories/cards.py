"""A comparison in; its cards out: ranked bars, the same through time, and all the figures side by side."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from conventions.periods import parse_period
from conventions.values import Indicator
from indicators.interval import read_interval
from indicators.values import Figure
from ui.behind import Behind
from ui.blocks import message, show_block_title, show_chart, show_files, show_section, show_source, show_table
from ui.charts.ranked import Bar, describe_bars, draw_ranked, rank_bars
from ui.french import (
    FIXED,
    MISSING,
    upper_first,
    write_count,
    write_percent,
    write_period,
    write_short_period,
    write_small,
)
from ui.heatmap import PROVISIONAL, find_tint, heat_cells
from ui.proof.link import wrap_link
from ui.shell import Screen
from ui.tables import Cell, Column, Row, Table, note, render, render_table
from ui.territories.compare import (
    LEAST,
    Comparison,
    adds_up,
    find_ends,
    is_beyond_chance,
    is_ranked,
    write_gap_title,
)
from ui.territories.tiles import MANY
from ui.wording import figure_cell, figure_html, name_source, write_counts, write_figure, write_value

MOST = 20
"""Bars that a card shows."""
WHISKER = (
    " Trait fin\u00a0: ce que le hasard suffit à faire varier, 19 fois sur 20, autour d’un taux lu sur si peu de "
    "personnes (intervalle de Wilson à 95\u00a0%)."
)


def show_ranking(screen: Screen, comparison: Comparison, indicator: Indicator) -> None:
    """The places from the highest to the lowest, the whole as a dashed line; its table."""
    known, whole = comparison.known(indicator.code), comparison.whole.get(indicator.code)
    bars = build_bars(comparison, indicator, is_additive=adds_up(indicator, screen.catalogue))
    is_ratio = indicator.denominator is not None
    with st.container(key="carte-classement", height="stretch"):
        lead = escape(comparison.field.join(f"{indicator.label}, {comparison.span.label}"))
        show_block_title(write_gap_title(comparison, indicator), lead)
        line = whole.value if whole is not None and is_ratio else None
        text = f"ensemble\u00a0: {write_value(line, indicator)}" if line is not None else ""
        shown = pick_bars(bars, is_ratio=is_ratio)
        sources = ", ".join(
            sorted({name_source(one.source, comparison.convention) for one in known.values()})
        )
        below = (
            f" Sous le trait\u00a0: moins de {LEAST} personnes au dénominateur, non classé."
            if any(not bar.is_ranked for bar in shown)
            else ""
        )
        if len(shown) < len(bars):
            below += f" {write_left_out(len(bars), is_ratio=is_ratio)}"
        said = WHISKER if any(bar.interval for bar in bars) else ""
        behind = Behind(
            "classement",
            write_gap_title(comparison, indicator),
            _ranking_table(comparison, indicator, bars),
            "Tableau du classement",
            period=comparison.span.label,
            source=f"Source\u00a0: {escape(comparison.field.join(sources))}.{said}{below}",
        )
        drawn = draw_ranked(shown, whole=line, whole_text=text)
        show_chart(drawn, behind, alt=describe_bars(shown, f"{indicator.label} par territoire"))


def pick_bars(bars: list[Bar], *, is_ratio: bool) -> list[Bar]:
    """All the bars that can be looked at; of more, the largest counts, or the highest and the lowest rates."""
    if len(bars) <= MOST:
        return bars
    ranked = [bar for bar in rank_bars(bars) if bar.is_ranked and bar.value is not None]
    return [*ranked[: MOST // 2], *ranked[MOST // 2 :][-(MOST // 2) :]] if is_ratio else ranked[:MOST]


def write_left_out(size: int, *, is_ratio: bool) -> str:
    """What the bars leave to the table."""
    half = write_small(MOST // 2)
    which = f"Les {half} plus élevés et les {half} plus faibles" if is_ratio else f"Les {write_small(MOST)} plus grands"
    return f"{which} ; les {write_count(size)} territoires sont au tableau."


def build_bars(comparison: Comparison, indicator: Indicator, *, is_additive: bool) -> list[Bar]:
    """A bar a place; the one that the title names last is in petrol, unless chance alone sets it apart. Counts also say
    their part of the total."""
    known, ends = comparison.known(indicator.code), find_ends(comparison, indicator.code)
    named = ends[1] if ends and is_beyond_chance(comparison, indicator) is not False else None
    is_whole = is_additive and all(one.value is not None for one in known.values())
    total = sum(one.value or 0 for one in known.values()) if is_whole else 0
    bars = []
    for place in comparison.places:
        figure = known.get(place.code)
        if figure is None:
            continue
        counts = write_counts(figure)
        if not counts and figure.value is not None and total:
            counts = f"({write_percent(figure.value / total)})"
        bars.append(
            Bar(
                label=place.name,
                value=figure.value,
                text=write_figure(figure, indicator),
                counts=counts,
                is_ranked=is_ranked(figure),
                is_named=place == named,
                interval=read_interval(figure, indicator) if is_ranked(figure) else None,
            )
        )
    return bars


def _ranking_table(comparison: Comparison, indicator: Indicator, bars: Sequence[Bar]) -> Table:
    known = comparison.known(indicator.code)
    names = {place.name: place.code for place in comparison.places}
    has_intervals = any(bar.interval for bar in bars)
    rows = [
        Row(
            [
                escape(bar.label),
                figure_cell(known[names[bar.label]], indicator),
                *([_write_interval(bar, indicator)] if has_intervals else []),
            ]
        )
        for bar in rank_bars(bars)
    ]
    whole = comparison.whole.get(indicator.code)
    if whole is not None:
        name, blank = escape(comparison.convention.territory.name), [""] if has_intervals else []
        rows.append(Row([name, figure_cell(whole, indicator), *blank], css="j-whole"))
    columns = [Column("Territoire"), Column(escape(indicator.label), True)]
    columns += [Column("Intervalle à 95\u00a0%", True)] if has_intervals else []
    return Table(comparison.field.join(indicator.label), columns, rows, is_caption_hidden=True)


def _write_interval(bar: Bar, indicator: Indicator) -> str:
    """« de 60 % à 75 % »."""
    if bar.interval is None:
        return ""
    low, high = (write_value(end, indicator) for end in bar.interval)
    return f"de {low} à {high}"


def show_through_time(comparison: Comparison, indicator: Indicator, figures: Sequence[Figure]) -> None:
    """One line a place, one column a period, a rule between years; every value is written. Nothing when no period was
    told by place."""
    codes = sorted({figure.period for figure in figures if figure.period}, key=parse_period)
    known = {(figure.territory, figure.period): figure for figure in figures}
    values = [
        one.value
        for one in figures
        if one.value is not None and one.territory in {p.code for p in comparison.places}
    ]
    if not values:
        return
    columns = [Column("Territoire")]
    for rank, code in enumerate(codes):
        is_new = rank > 0 and code[:4] != codes[rank - 1][:4]
        columns.append(
            Column(write_short_period(parse_period(code)).replace(FIXED, " "), css="j-year" if is_new else "")
        )
    rows = [
        Row(
            [
                escape(place.name),
                *(
                    _time_cell(known.get((place.code, code)), indicator, values, columns[rank + 1].css)
                    for rank, code in enumerate(codes)
                ),
            ]
        )
        for place in comparison.places
    ]
    with st.container(key="carte-temps", height="stretch"):
        show_block_title(
            write_last_title(comparison, indicator, figures),
            f"{escape(comparison.field.join(indicator.label))}, période après période\u202f; même échelle de teintes "
            "pour tout le tableau",
        )
        caption = comparison.field.join(f"{indicator.label} par territoire et période")
        table = Table(caption, columns, rows, "j-heat j-time", is_caption_hidden=True)
        show_table(render(table))
        show_files(Behind("temps", caption, table, caption))
        if indicator.denominator is not None:
            show_source(
                "Teinte\u00a0: du plus faible (discrète) au plus élevé (marquée)\u202f; sous "
                f"{LEAST} personnes, sans teinte et hors du titre."
            )


def write_last_title(comparison: Comparison, indicator: Indicator, figures: Sequence[Figure]) -> str:
    """« 3ᵉ trimestre 2026 : de 56 % (Martigues) à 72 % (Port-de-Bouc) »: the two ends of the last period that was told
    by place, of those on enough people."""
    names = {place.code: place.name for place in comparison.places}
    told = [one for one in figures if one.period and one.territory in names and is_ranked(one)]
    last = max((parse_period(one.period) for one in told if one.period), default=None)
    ends = sorted((one for one in told if last and one.period == last.code), key=lambda one: one.value or 0)
    if last is None or len(ends) < 2:
        return "Période après période"
    low, high = (f"{write_figure(one, indicator)} ({names[one.territory or '']})" for one in (ends[0], ends[-1]))
    return f"{upper_first(write_period(last))}{FIXED}: de {low} à {high}"


def _time_cell(figure: Figure | None, indicator: Indicator, values: Sequence[float], css: str) -> Cell:
    if figure is None or figure.value is None:
        cell = heat_cells(["x"], {"x": figure} if figure else {}, indicator)[0]
        return Cell(cell.html, f"{cell.css} {css}".strip(), figure)
    text = wrap_link(f"<b>{write_value(figure.value, indicator)}</b>", figure, indicator)
    tint = find_tint(figure, indicator, values)
    return Cell(note(text, write_counts(figure)), f"j-heat-{tint} {css}".strip() if tint else css, figure)


def _tabulate_places(screen: Screen, comparison: Comparison) -> tuple[list[Column], list[Row]]:
    """A line an indicator and the places side by side; many places take a line each."""
    places, indicators = comparison.places, [screen.catalogue.indicator(code) for code in comparison.indicators()]
    codes = [place.code for place in places]
    lines = [heat_cells(codes, comparison.known(one.code), one) for one in indicators]
    wholes = [figure_cell(comparison.whole.get(one.code), one) for one in indicators]
    if len(places) <= MANY:
        columns = [Column("Indicateur"), *(Column(escape(place.name)) for place in places), Column("Ensemble")]
        rows = []
        for is_ratio, group in ((True, "Taux et moyennes"), (False, "Effectifs")):
            own = [
                Row([escape(one.label), *cells, whole])
                for one, cells, whole in zip(indicators, lines, wholes, strict=True)
                if (one.denominator is not None) == is_ratio
            ]
            rows += [Row([group], css="j-group", is_group=True), *own] if own else []
        return columns, rows
    rows = [
        Row([escape(place.name), *cells]) for place, cells in zip(places, zip(*lines, strict=True), strict=True)
    ]
    rows.append(Row([escape(comparison.convention.territory.name), *wholes], css="j-whole"))
    return [Column("Territoire"), *(Column(escape(one.label)) for one in indicators)], rows


def show_everything(screen: Screen, comparison: Comparison) -> None:
    """All the indicators of all the places; one alone is in its own table already."""
    if len(comparison.indicators()) < 2:
        return
    show_section(
        "Tous les chiffres, territoire par territoire",
        escape(comparison.field.join(upper_first(comparison.span.label))),
    )
    columns, rows = _tabulate_places(screen, comparison)
    with st.container(key="carte-tout"):
        caption = comparison.field.join(f"Indicateurs par territoire, {comparison.span.label}")
        table = Table(caption, columns, rows, "j-heat", is_caption_hidden=True)
        show_table(render(table))
        show_files(Behind("tous-les-chiffres", caption, table, caption, period=comparison.span.label))
        low = comparison.convention.secrecy_threshold - 1
        edge = PROVISIONAL if any(figure.state == "provisoire" for figure in comparison.figures) else ""
        show_source(
            f"{edge}<b>secret</b>\u00a0: effectif de 1 à {low}, ou masqué pour qu’on ne "
            "puisse pas le déduire du total. "
            f"<b>{MISSING}</b>\u00a0: non disponible\u202f; ce n’est pas zéro. Teinte des "
            "taux et des moyennes, indicateur par indicateur\u00a0: "
            "du plus faible (discrète) au plus élevé (marquée)."
        )


def show_blanked(comparison: Comparison) -> None:
    """Said instead of a table full of holes."""
    st.html(
        message(
            "Tableau remonté d’un niveau",
            f"{escape(comparison.level.label)}{FIXED}: le secret masquerait la plupart des cellules. "
            "Seul l’ensemble est présenté.",
            kind="note",
        )
    )


def show_whole(screen: Screen, comparison: Comparison) -> None:
    """The whole alone, as a list of figures."""
    rows = [
        Row(
            [
                escape(screen.catalogue.indicator(code).label),
                figure_html(one, screen.catalogue.indicator(code)),
            ]
        )
        for code, one in comparison.whole.items()
        if one.state != "n.d."
    ]
    with st.container(key="carte-ensemble"):
        columns = [Column("Indicateur"), Column(escape(comparison.convention.territory.name), True)]
        caption = comparison.field.join(f"Indicateurs, {comparison.span.label}")
        show_table(render_table(caption=caption, columns=columns, rows=rows))
