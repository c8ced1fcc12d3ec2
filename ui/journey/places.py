"""A study in; the same path place by place (small multiples, then a tinted table) and the gap of the two sources out."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from conventions.periods import parse_period
from conventions.values import Place
from indicators.figures import Request
from indicators.values import Figure
from ui.blocks import show_chart, show_section, show_source, show_table
from ui.charts.profile import Point, Share, draw_rate_line, draw_shares
from ui.french import FIXED, MISSING, write_count, write_number, write_percent, write_points, write_signed
from ui.heatmap import heat_cells
from ui.journey.stages import STEPS, read_counts
from ui.journey.study import LINE, TABLE, Study
from ui.places import list_places, lower_label, main_level
from ui.readings import by_indicator, by_place, get_figures
from ui.shell import Screen
from ui.tables import Cell, Column, Row, render_table
from ui.wording import HOLES, figure_html, name_source, write_counts

MOST = 6
LEAST = 20
RESULT = "taux_integration_orientation"


def show_places(screen: Screen, study: Study) -> None:
    """Nothing for a convention without places; multiples when they are six at most; the table always."""
    level = main_level(study.choice.convention)
    places = [place for place in list_places(study.choice.convention, level) if _of_place(study.places, place)]
    if not places or level is None:
        return
    if len(places) <= MOST:
        lead = "Part des orientés à chaque étape"
        if study.whole_before:
            lead += f"\u202f; la barre grise est la même période de {study.choice.span.year - 1}"
        show_section(write_places_title(study, places), lead)
        for start in range(0, len(places), 3):
            columns = st.columns(3 if len(places) > 2 else len(places), gap="medium")
            for column, place in zip(columns, places[start : start + 3], strict=False):
                with column:
                    _show_profile(screen, study, place)
    _show_heat(screen, study, places, lower_label(level))


def _of_place(figures: Sequence[Figure], place: Place) -> dict[str, Figure]:
    return by_indicator([figure for figure in figures if figure.territory == place.code])


def write_places_title(study: Study, places: Sequence[Place]) -> str:
    """The highest and the lowest rate of integration, of the places with enough people."""
    figures = by_place(list(study.places), RESULT)
    ranked = sorted(
        ((figure.value, place.name) for place in places
         if (figure := figures.get(place.code)) and figure.value is not None and (figure.denominator or 0) >= LEAST),
        reverse=True,
    )  # fmt: skip
    if len(ranked) < 2:
        return "Le parcours, territoire par territoire"
    (high, first), (low, last) = ranked[0], ranked[-1]
    if write_percent(high) == write_percent(low):
        return f"Partout, {write_percent(high)} des personnes orientées sont intégrées"
    return f"{first} intègre {write_percent(high)} des personnes orientées, {last} {write_percent(low)}"


def _show_profile(screen: Screen, study: Study, place: Place) -> None:
    own, before = _of_place(study.places, place), _of_place(study.places_before, place)
    result = own.get(RESULT)
    with st.container(key=f"carte-{place.code}", height="stretch"):
        st.html(f'<h3 class="j-small">{escape(place.name)}</h3><p class="j-say">{_say_result(result)}</p>')
        show_chart(draw_shares(build_shares(own, before)), key=f"part-{place.code}", alt=f"Étapes du parcours, {place.name}")
        if study.choice.reading == "flux":
            points = build_points(study.lines, place)
            st.html('<hr class="j-rule"><p class="j-line-title">Intégrés / diagnostics, par période</p>')
            highest = max((figure.value or 0 for figure in study.lines), default=1)
            show_chart(draw_rate_line(points, highest=highest), key=f"ligne-{place.code}",
                       alt=f"Intégrés rapportés aux diagnostics, par période, {place.name}")  # fmt: skip
        st.html(f'<p class="j-source">{_say_change(study, place, own, before)}</p>')


def _say_result(figure: Figure | None) -> str:
    if figure is None or figure.value is None:
        return HOLES.get(figure.state, MISSING) if figure is not None else MISSING
    return f"<b>{write_percent(figure.value)}</b> des orientés intégrés {write_counts(figure)}"


def build_shares(own: dict[str, Figure], before: dict[str, Figure]) -> list[Share]:
    """Each stage over the people oriented of the place, with last year's part."""
    counts, past = read_counts(own), read_counts(before)
    first = counts[0].value
    shares = []
    for rank, (step, one) in enumerate(zip(STEPS, counts, strict=True)):
        part = one.value / first if one.value is not None and first else None
        past_part = past[rank].value / past[0].value if past[rank].value is not None and past[0].value else None  # type: ignore[operator]
        if rank == 0:
            text = write_count(one.value) if one.value is not None else HOLES.get(one.state, MISSING)
            shares.append(Share(step.short, 1.0 if one.value else None, text, "personnes" if one.value else "",
                                1.0 if past_part and False else None))  # fmt: skip
            continue
        text = write_percent(part) if part is not None else HOLES.get(one.state, MISSING)
        counts_text = f"({write_count(one.value or 0)}/{write_count(first)})" if part is not None and first else ""
        shares.append(Share(step.short, part, text, counts_text, past_part))
    return shares


def build_points(lines: Sequence[Figure], place: Place) -> list[Point]:
    """The rate of each period of the place; a hole keeps its word."""
    return [
        Point(
            label=parse_period(figure.period or "").code.partition("-")[2] or str(figure.period),
            value=figure.value,
            text=write_percent(figure.value) if figure.value is not None else HOLES.get(figure.state, MISSING),
            counts=write_counts(figure),
        )
        for figure in lines
        if figure.territory == place.code and figure.period
    ]


def _say_change(study: Study, place: Place, own: dict[str, Figure], before: dict[str, Figure]) -> str:
    over = [point.label for point in build_points(study.lines, place) if point.value is not None and point.value > 1]
    if over and study.choice.reading == "flux":
        return (
            f'<b class="j-shift">{", ".join(over)} &gt; 100{FIXED}%\u00a0: décalage de période.</b> Des intégrés ont pu '
            "entrer en diagnostic plus tôt."
        )
    now, past = own.get(RESULT), before.get(RESULT)
    if now is None or past is None or now.value is None or past.value is None:
        return ""
    points = write_points(round(now.value, 2) - round(past.value, 2))
    return f"Intégration / orientation\u00a0: {points} par rapport à {study.choice.span.year - 1} ({write_percent(past.value)})."


def _show_heat(screen: Screen, study: Study, places: Sequence[Place], level: str) -> None:
    codes = [code for code in TABLE if any(figure.indicator == code for figure in study.places)]
    columns = [Column("")] + [Column(escape(screen.catalogue.indicator(code).label)) for code in codes]
    heat = {
        code: heat_cells([place.code for place in places], by_place(list(study.places), code), screen.catalogue.indicator(code))
        for code in codes
    }
    rows = [
        Row([escape(place.name), *(heat[code][rank] for code in codes)]) for rank, place in enumerate(places)
    ]
    whole = [
        Cell(figure_html(study.whole[code], screen.catalogue.indicator(code))) if code in study.whole else Cell(MISSING)
        for code in codes
    ]
    rows.append(Row([escape(study.choice.convention.territory.name), *whole], css="j-whole"))
    show_section(f"Les taux de la convention, par {level.rstrip('s')}" if len(level.split()) == 1 else "Les taux par territoire")
    with st.container(key="carte-chaleur"):
        caption = f"Taux du parcours par territoire, {study.choice.span.label}"
        show_table(render_table(caption=caption, columns=columns, rows=rows, css="j-heat", is_caption_hidden=True))
        show_source(
            f"<b>secret</b>\u00a0: effectif de 1 à {study.choice.convention.secrecy_threshold - 1}, ou masqué pour qu’on ne "
            f"puisse pas le déduire du total. <b>{MISSING}</b>\u00a0: non disponible, le retour ne le donne pas\u202f; ce n’est "
            "pas zéro. Teinte\u00a0: du plus faible (clair) au plus élevé (foncé), colonne par colonne."
        )


def show_sources_gap(screen: Screen, study: Study) -> None:
    """The people oriented as each source counts them: both kept, never added."""
    choice = study.choice
    request = Request(choice.convention.key, periods=choice.span.codes, by=("territoire", "source"),
                      indicators=("orientes",), audience=choice.audience)  # fmt: skip
    figures = get_figures(screen.database, request)
    sources = list(dict.fromkeys(figure.source for figure in figures if figure.value is not None))
    if choice.reading == "cohorte" or len(sources) < 2:
        return
    whole = get_figures(screen.database, choice.request(choice.span, by=("source",), indicators=("orientes",)))
    names = [name_source(source, choice.convention) for source in sources]
    show_section(_write_gap_title(whole, sources, names))
    indicator = screen.catalogue.indicator("orientes")
    places = [place for place in choice.convention.places if any(figure.territory == place.code for figure in figures)]
    rows = [_gap_row(place.name, [f for f in figures if f.territory == place.code], sources, indicator) for place in places]
    rows.append(_gap_row(choice.convention.territory.name, whole, sources, indicator, css="j-whole"))
    columns = [Column("Territoire"), *(Column(escape(name), True) for name in names), Column("Écart", True), Column(f"Écart en % du {escape(names[0])}", True)]
    with st.container(key="carte-sources"):
        caption = f"Personnes orientées selon chaque source, {choice.span.label}"
        show_table(render_table(caption=caption, columns=columns, rows=rows, is_caption_hidden=True))
        show_source("Les deux comptes sont conservés, jamais additionnés. Un compte partiel n’est pas comparé.")


def _gap_row(name: str, figures: Sequence[Figure], sources: Sequence[str | None], indicator, css: str = "") -> Row:  # type: ignore[no-untyped-def]
    known = {figure.source: figure for figure in figures}
    cells = [figure_html(known[source], indicator) if source in known else MISSING for source in sources]
    gap, part = "—", "—"
    first, other = known.get(sources[0]), known.get(sources[1])
    if first and other and first.value and other.value is not None and "partiel" not in (first.state, other.state):
        gap = write_signed(other.value - first.value)
        part = f"{write_number(100 * abs(other.value - first.value) / first.value, 1)}{FIXED}%"
    return Row([escape(name), *cells, gap, part], css=css)


def _write_gap_title(whole: Sequence[Figure], sources: Sequence[str | None], names: Sequence[str]) -> str:
    known = {figure.source: figure for figure in whole}
    first, other = known.get(sources[0]), known.get(sources[1])
    if not first or not other or first.value is None or other.value is None or "partiel" in (first.state, other.state):
        return f"Les orientés selon {names[0]} et selon {names[1]}"
    gap = other.value - first.value
    if not gap:
        return f"{names[0]} et {names[1]} comptent les mêmes orientés"
    return f"{names[1]} compte {write_count(abs(gap))} orientés de {'plus' if gap > 0 else 'moins'} que {names[0]}"
