"""A study in; the same path place by place out: small multiples when they are few, then a tinted table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

import streamlit as st

from conventions.catalogue import Catalogue, load_catalogue
from conventions.periods import parse_period
from conventions.values import Indicator, Place
from indicators.interval import is_apart
from indicators.values import Figure
from ui.behind import Behind
from ui.blocks import show_chart, show_files, show_section, show_source, show_table
from ui.charts.rate_line import Point, draw_rate_line
from ui.charts.shares import Share, render_shares
from ui.french import FIXED, MISSING, THIN, lower_first, write_count, write_percent, write_points
from ui.heatmap import PROVISIONAL, heat_cells
from ui.journey.stages import FIRST, STEPS, Count, has_reserve, read_counts
from ui.journey.study import LINE, TABLE, Study, say_scope
from ui.places import list_places, lower_label, main_level
from ui.proof.link import open_link, wrap_link
from ui.readings import by_indicator, by_place
from ui.shell import Screen
from ui.tables import Column, Row, Table, note, render
from ui.wording import HOLES, NOT_KNOWN, figure_cell, figure_html, tag, write_counts

MOST = 6
LEAST = 20
RESULT = "taux_integration_orientation"
LINE_TITLE = "Intégrés / diagnostics, tous prescripteurs, par période"


def show_places(screen: Screen, study: Study) -> None:
    """Nothing for a convention without places; multiples when they are six at most; the table always."""
    level = main_level(study.choice.convention)
    places = [
        place for place in list_places(study.choice.convention, level) if _of_place(study.places, place)
    ]
    if not places or level is None:
        return
    title = write_places_title(study, places)
    behind = Behind(
        "territoires",
        title,
        _heat_table(screen, study, places),
        "Tableau des territoires",
        period=f"{study.choice.span.label}, lecture en {study.choice.reading}",
    )
    if len(places) <= MOST and study.choice.field.source is None:
        lead = study.choice.field.widen().join("Part des orientés à chaque étape")
        if has_reserve(read_counts(study.whole)):
            lead += ", tous prescripteurs confondus"
        if study.whole_before:
            lead += f"\u202f; la barre grise est la même période de {study.choice.span.year - 1}"
        show_section(title, lead)
        for start in range(0, len(places), 3):
            columns = st.columns(3 if len(places) > 2 else len(places), gap="medium")
            for column, place in zip(columns, places[start : start + 3], strict=False):
                with column:
                    _show_profile(screen, study, place, behind)
    _show_heat(screen, study, behind, places, lower_label(level))


def _of_place(figures: Sequence[Figure], place: Place) -> dict[str, Figure]:
    return by_indicator([figure for figure in figures if figure.territory == place.code])


def write_places_title(study: Study, places: Sequence[Place]) -> str:
    """The highest and the lowest rate of integration, of the places with enough people."""
    figures = by_place(list(study.places), RESULT)
    ranked = _rank(figures, places)
    if len(ranked) < 2:
        return "Le parcours, territoire par territoire"
    (last, low), (first, high) = ranked[0], ranked[-1]
    group = study.choice.field.group
    who = f"personnes orientées ({lower_first(group.label)})" if group else "personnes orientées"
    most, least = write_percent(high.value or 0), write_percent(low.value or 0)
    if most == least:
        return f"Partout, {most} des {who} sont intégrées"
    is_chance = is_apart(low, high, load_catalogue().indicator(RESULT)) is False
    chance = f"{THIN}; sur si peu de personnes, le hasard peut l’expliquer" if is_chance else ""
    return f"{first} intègre {most} des {who}, {last} {least}{chance}"


def _rank(figures: Mapping[str, Figure], places: Sequence[Place]) -> list[tuple[str, Figure]]:
    """The places with enough people, from the lowest to the highest rate."""
    known = [(place.name, figures[place.code]) for place in places if place.code in figures]
    told = [one for one in known if one[1].value is not None and (one[1].denominator or 0) >= LEAST]
    return sorted(told, key=lambda one: (one[1].value or 0, one[0]))


def _show_profile(screen: Screen, study: Study, place: Place, behind: Behind) -> None:
    own, before = _of_place(study.places, place), _of_place(study.places_before, place)
    result = own.get(RESULT)
    with st.container(key=f"carte-lieu-{place.code}", height="stretch"):
        st.html(
            f'<h3 class="j-small">{escape(place.name)}{_mark_chosen(study, place)}</h3><p '
            f'class="j-say">{_say_result(result, screen.catalogue.indicator(RESULT))}</p>'
        )
        shares = build_shares(own, before)
        st.html(render_shares(shares, caption=f"Étapes du parcours, {place.name}", of="Étape"))
        if study.choice.reading == "flux":
            points = build_points(study.lines, place)
            st.html(f'<hr class="j-rule"><p class="j-line-title">{LINE_TITLE}</p>')
            highest = max((figure.value or 0 for figure in study.lines), default=1)
            drawn, told = draw_rate_line(points, highest=highest), describe_points(points, place.name)
            show_chart(drawn, behind, part=f"ligne-{place.code}", code=LINE, alt=told)
        st.html(f'<p class="j-source">{_say_change(study, place, own, before)}</p>')


def _mark_chosen(study: Study, place: Place) -> str:
    """The place that the page is about stands out of the others."""
    return f" {tag('territoire choisi')}" if study.choice.field.place == place else ""


def describe_points(points: Sequence[Point], place: str) -> str:
    """What the line of a place shows, in words."""
    told = ", ".join(f"{one.label} {one.text} {one.counts}".strip() for one in points)
    return f"Intégrés rapportés aux diagnostics, par période, {place}{FIXED}: {told}"


def _say_result(figure: Figure | None, indicator: Indicator) -> str:
    if figure is None or figure.value is None:
        return figure_html(figure, indicator) if figure is not None else NOT_KNOWN
    linked = wrap_link(f"<b>{write_percent(figure.value)}</b>", figure, indicator)
    return f"{linked} des orientés intégrés {write_counts(figure)}"


def build_shares(own: dict[str, Figure], before: dict[str, Figure]) -> list[Share]:
    """Each stage over the people oriented of the place, with last year's part."""
    counts, past = read_counts(own), read_counts(before)
    first, rest = counts[0].value, list(zip(STEPS, counts, past, strict=True))[1:]
    shares = [_make_first(counts[0], own.get(FIRST.code))]
    for step, one, former in rest:
        part, figure = _part(one.value, first), own.get(step.rate)
        text = write_percent(part) if part is not None else HOLES.get(one.state, MISSING)
        told = f"({write_count(one.value or 0)}/{write_count(first or 0)})" if part is not None else ""
        link = open_link(figure) if figure is not None else ("", "")
        shares.append(Share(step.short, part, text, told, _part(former.value, past[0].value), link=link))
    return shares


def _make_first(count: Count, figure: Figure | None) -> Share:
    """The people oriented: all of the scale."""
    link = open_link(figure) if figure is not None else ("", "")
    if not count.value:
        hole = "0" if count.value is not None else HOLES.get(count.state, MISSING)
        return Share(FIRST.short, None, hole, "", link=link)
    return Share(FIRST.short, 1.0, write_count(count.value), "personnes", link=link)


def _part(own: float | None, of: float | None) -> float | None:
    return own / of if own is not None and of else None


def build_points(lines: Sequence[Figure], place: Place) -> list[Point]:
    """The rate of each period of the place; a hole keeps its word."""
    return [
        Point(
            label=parse_period(figure.period or "").code.partition("-")[2] or str(figure.period),
            value=figure.value,
            text=write_percent(figure.value)
            if figure.value is not None
            else HOLES.get(figure.state, MISSING),
            counts=write_counts(figure),
        )
        for figure in lines
        if figure.territory == place.code and figure.period
    ]


def _say_change(study: Study, place: Place, own: dict[str, Figure], before: dict[str, Figure]) -> str:
    over = [
        point.label
        for point in build_points(study.lines, place)
        if point.value is not None and point.value > 1
    ]
    if over and study.choice.reading == "flux":
        return (
            f'<b class="j-shift">{", ".join(over)} &gt; 100{FIXED}%\u00a0: décalage de '
            "période.</b> Des intégrés ont pu "
            "entrer en diagnostic plus tôt."
        )
    now, past = own.get(RESULT), before.get(RESULT)
    if now is None or past is None or now.value is None or past.value is None:
        return ""
    points = write_points(now.value, past.value)
    return (
        f"Intégration / orientation\u00a0: {points} par rapport à {study.choice.span.year - 1} "
        f"({write_percent(past.value)})."
    )


def _heat_table(screen: Screen, study: Study, places: Sequence[Place]) -> Table:
    codes = [
        code
        for code in TABLE
        if any(one.state != "n.d." for one in by_place(list(study.places), code).values())
    ]
    named = [screen.catalogue.indicator(code) for code in codes]
    heads = [note(escape(one.label), say_scope(one, study.choice.reading)) for one in named]
    columns = [Column("Territoire"), *(Column(head) for head in heads)]
    heat = {
        code: heat_cells(
            [place.code for place in places],
            by_place(list(study.places), code),
            screen.catalogue.indicator(code),
        )
        for code in codes
    }
    rows = [
        Row([escape(place.name), *(heat[code][rank] for code in codes)]) for rank, place in enumerate(places)
    ]
    whole = [
        figure_cell(study.everywhere.get(code), screen.catalogue.indicator(code)) for code in codes
    ]
    rows.append(Row([escape(study.choice.convention.territory.name), *whole], css="j-whole"))
    caption = f"Taux du parcours par territoire, {study.choice.field.widen().join(study.choice.span.label)}"
    return Table(caption, columns, rows, "j-heat", is_caption_hidden=True)


def write_heat_title(study: Study, places: Sequence[Place], catalogue: Catalogue, level: str) -> str:
    """The rate whose two ends lie furthest apart, of those that chance alone does not set apart."""
    found = []
    for code in TABLE:
        ranked = _rank(by_place(list(study.places), code), places)
        if len(ranked) > 1 and is_apart(ranked[0][1], ranked[-1][1], catalogue.indicator(code)):
            found.append(((ranked[-1][1].value or 0) - (ranked[0][1].value or 0), code, ranked[0], ranked[-1]))
    if not found:
        return f"Entre {level}, aucun écart de taux ne dépasse le hasard"
    _, code, (last, low), (first, high) = max(found)
    label = catalogue.indicator(code).label
    return (
        f"{label}{FIXED}: l’écart le plus net entre {level}, de {write_percent(low.value or 0)} ({last}) à "
        f"{write_percent(high.value or 0)} ({first})"
    )


def _show_heat(screen: Screen, study: Study, behind: Behind, places: Sequence[Place], level: str) -> None:
    show_section(write_heat_title(study, places, screen.catalogue, level), "Les taux de la convention")
    with st.container(key="carte-chaleur"):
        show_table(render(behind.table))
        show_files(behind)
        edge = PROVISIONAL if any(figure.state == "provisoire" for figure in study.places) else ""
        show_source(
            f"{edge}<b>secret</b>\u00a0: effectif de 1 à "
            f"{study.choice.convention.secrecy_threshold - 1}, ou masqué pour qu’on ne "
            f"puisse pas le déduire du total. <b>{MISSING}</b>\u00a0: non disponible, le "
            "retour ne le donne pas\u202f; ce n’est "
            "pas zéro. Teinte\u00a0: du plus faible (discrète) au plus élevé (marquée), colonne par colonne."
        )
