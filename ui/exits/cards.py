"""The exits of a span in; the head of their page, the card of the rate against what was agreed and that of categories
out."""

from __future__ import annotations

from dataclasses import replace
from html import escape

import streamlit as st

from conventions.periods import parse_period
from conventions.values import Indicator
from indicators.objectives import ObjectiveReading
from indicators.shares import as_share, share
from indicators.values import Figure
from ui.behind import Behind
from ui.blocks import show_behind, show_block_title, show_chart, show_files, show_source, show_table
from ui.charts.bullet import Bullet, describe_bullet, draw_bullet
from ui.citation import write_article
from ui.exits.reading import COUNT, RATE, Exits
from ui.exits.words import list_named, write_evolution, write_lead, write_other_reading, write_title
from ui.french import FIXED, MISSING, THIN, lower_first, upper_first, write_count, write_percent, write_signed
from ui.head import show_covered_title
from ui.objectives import make_bullet, tag_status, write_mark, write_sentence
from ui.proof.link import wrap_link
from ui.shell import Screen
from ui.tables import Cell, Column, Row, Table, render
from ui.wording import HOLES, figure_cell, name_source, tag, tag_state, write_figure

OF_WHOLE = "pour toute la convention"


def show_head(screen: Screen, exits: Exits) -> None:
    """The finding, and what is counted as positive."""
    context = [exits.convention.label, exits.span.label, *exits.field.write_context(exits.convention)]
    show_covered_title(
        screen, exits.convention, write_title(exits), span=exits.span, context=context, lead=write_lead(exits)
    )


def show_main(screen: Screen, exits: Exits) -> None:
    """The main figure, what was agreed of it, the same a year before, and the other reading of the rate."""
    figure, indicator = exits.whole.get(exits.main), screen.catalogue.indicator(exits.main)
    with st.container(key="carte-taux", height="stretch"):
        number = f'<div class="j-number j-none">{MISSING}</div>'
        if figure is not None and figure.value is not None:
            linked = wrap_link(write_figure(figure, indicator), figure, indicator)
            number = f'<div class="j-number">{linked}</div>'
        said = [_say_agreed(screen, exits), write_evolution(exits.evolution, exits)]
        st.html(
            f'{number}<div class="j-under">{escape(indicator.label)}</div><div class="j-tags">'
            f'{_tag(exits)}</div>' + "".join(f'<p class="j-say">{one}</p>' for one in said if one)
        )
        if exits.main == RATE:
            bullet = _make_bullet(screen, exits)
            behind = Behind(
                "sorties-objectif", write_title(exits), _main_table(screen, exits), "Tableau du taux",
                period=exits.span.label,
            )  # fmt: skip
            show_chart(draw_bullet(bullet), behind, part="taux", alt=describe_bullet(bullet, indicator.label))
            show_source(write_other_reading(exits))
            show_behind(behind)


def _main_table(screen: Screen, exits: Exits) -> Table:
    """The rate, the same a year before, and what was agreed."""
    indicator = screen.catalogue.indicator(exits.main)
    agreed = exits.objective.objective.label if exits.objective is not None else "—"
    if exits.aside is not None:
        agreed = OF_WHOLE
    cells = [figure_cell(one.get(exits.main), indicator) for one in (exits.whole, exits.before)]
    columns = [
        Column("Indicateur"),
        Column(escape(exits.span.short), True),
        Column(str(exits.span.year - 1), True),
        Column("Convenu"),
    ]
    caption = exits.field.join(indicator.label)
    return Table(caption, columns, [Row([escape(indicator.label), *cells, escape(agreed)])])


def _tag(exits: Exits) -> str:
    figure = exits.whole.get(exits.main)
    if exits.main == RATE and exits.objective is not None and exits.is_objective_of_span:
        return tag_status(exits.objective)
    if figure is not None and tag_state(figure):
        return tag_state(figure)
    return tag("sans objectif chiffré") if exits.objective is None and exits.aside is None else ""


def _say_agreed(screen: Screen, exits: Exits) -> str:
    figure, reading = exits.whole.get(exits.main), exits.objective
    if figure is None or figure.value is None:
        return escape(figure.reason) if figure is not None and figure.reason else "Aucun retour ne donne ce chiffre."
    if exits.main != RATE:
        return ""
    if exits.aside is not None:
        mark, article = _write_agreed(screen, exits.aside)
        return f"<b>{_say_counts(figure)}</b>. L’objectif de {mark} se juge sur toute la convention ({article})."
    if reading is None:
        return f"<b>{_say_counts(figure)}</b>, sans objectif convenu."
    if exits.is_objective_of_span:
        return write_sentence(reading, screen.catalogue)
    mark, article = _write_agreed(screen, reading)
    return f"<b>{_say_counts(figure)}</b>. L’objectif de {mark} se juge sur l’année ({article})."


def _write_agreed(screen: Screen, reading: ObjectiveReading) -> tuple[str, str]:
    mark = write_mark(reading.objective.value, screen.catalogue.indicator(RATE))
    return mark, write_article(reading.objective.article)


def _say_counts(figure: Figure) -> str:
    return f"{write_count(figure.numerator or 0)} sur {write_count(figure.denominator or 0)}"


def _make_bullet(screen: Screen, exits: Exits) -> Bullet:
    figure, reading, before = exits.whole.get(RATE), exits.objective, exits.before.get(RATE)
    indicator = screen.catalogue.indicator(RATE)
    if reading is not None and exits.is_objective_of_span:
        return make_bullet(reading, screen.catalogue, firm=read_firm(exits))
    value, past = (one.value if one is not None else None for one in (figure, before))
    agreed = reading.objective.value if reading is not None else None
    return Bullet(
        value=value,
        value_text=write_percent(value) if value is not None else "",
        objective=agreed,
        objective_text=write_mark(agreed, indicator) if agreed is not None else "",
        is_met=agreed is None or (value or 0.0) >= agreed,
        firm=read_firm(exits),
        last_year=past,
        last_year_text=f"{write_percent(past)} en {exits.span.year - 1}" if past is not None else "",
    )


def read_firm(exits: Exits) -> float | None:
    """How much of a provisional rate comes from periods that cannot change any more; None when all of it does."""
    figure = exits.whole.get(RATE)
    if figure is None or figure.state != "provisoire" or not figure.numerator or figure.value is None:
        return None
    inside = [one for one in exits.through if one.period and exits.span.holds(parse_period(one.period))]
    firm = sum(one.numerator or 0 for one in inside if one.indicator == RATE and one.state == "ok")
    return figure.value * firm / figure.numerator


def show_categories(screen: Screen, exits: Exits) -> None:
    """Each category: its count, its part of all exits, the same a year before; its files."""
    title = write_categories_title(exits)
    columns = [
        Column("Catégorie"),
        Column(escape(exits.span.short), True),
        Column("Part", True),
        Column(str(exits.span.year - 1), True),
        Column("Écart", True),
    ]
    caption = exits.field.join("Sorties par catégorie")
    table = Table(caption, columns, _list_rows(screen, exits), is_caption_hidden=True)
    with st.container(key="carte-categories", height="stretch"):
        lead = exits.field.join(exits.span.label)
        show_block_title(title, escape(upper_first(lead)))
        show_table(render(table))
        show_source(_write_source(exits))
        show_files(Behind("sorties-categories", title, table, caption, period=exits.span.label))


def write_categories_title(exits: Exits) -> str:
    """« Accès à un emploi, 14 de plus ; sorties dynamiques, 13 de moins qu’en 2025 »: the categories that gained and
    lost most since the year before, between counts that leave out the same places."""
    pairs = [(exits.categories.get(one.code), exits.categories_before.get(one.code)) for one in exits.convention.exits]
    gaps = [
        (gap, category.label)
        for category, (now, before) in zip(exits.convention.exits, pairs, strict=True)
        if now is not None and (gap := _find_gap(now, before))
    ]
    if not gaps:
        return "Catégorie par catégorie"
    ends = [*([max(gaps)] if max(gaps)[0] > 0 else []), *([min(gaps)] if min(gaps)[0] < 0 else [])]
    told = f"{THIN}; ".join(
        f"{label if rank == 0 else lower_first(label)}, {write_count(abs(gap))} de {'plus' if gap > 0 else 'moins'}"
        for rank, (gap, label) in enumerate(ends)
    )
    return f"{told} qu’en {exits.span.year - 1}"


def _list_rows(screen: Screen, exits: Exits) -> list[Row]:
    """One a category received, then all exits."""
    total, indicator = exits.whole.get(COUNT), screen.catalogue.indicator(COUNT)
    rows = []
    for category in exits.convention.exits:
        figure, before = (one.get(category.code) for one in (exits.categories, exits.categories_before))
        if figure is not None:
            part = share(figure, total)
            text = write_percent(part.value) if part.value is not None else HOLES.get(part.state, MISSING)
            mark = f" {tag('positive', 'good')}" if category.is_positive else ""
            rows.append(_make_row(f"{escape(category.label)}{mark}", indicator, figure, before, part=text))
    if total is not None:
        whole = _make_row("Toutes les sorties", indicator, total, exits.before.get(COUNT))
        rows.append(replace(whole, css="j-whole"))
    return rows


def _make_row(label: str, indicator: Indicator, now: Figure, before: Figure | None, *, part: str = "") -> Row:
    cells = (figure_cell(now, indicator), part, figure_cell(before, indicator), _write_gap(now, before))
    return Row([label, *cells])


def _find_gap(now: Figure, before: Figure | None) -> float | None:
    """Only between counts that leave out the same places."""
    if now.value is None or before is None or before.value is None:
        return None
    is_even = {place for place, _ in now.missing} == {place for place, _ in before.missing}
    return now.value - before.value if is_even else None


def _write_gap(now: Figure, before: Figure | None) -> str:
    gap = _find_gap(now, before)
    return write_signed(gap) if gap is not None else "—"


def _write_source(exits: Exits) -> str:
    names = [name_source(one, exits.convention) for one in list_named([*exits.whole.values(), *exits.motives.values()])]
    low = exits.convention.secrecy_threshold - 1
    secret = any(one.state == "secret" for one in (*exits.categories.values(), *exits.motives.values()))
    said = f" <b>secret</b>{FIXED}: effectif de 1 à {low}, ou masqué pour qu’on ne le déduise pas du total."
    return f"Source{FIXED}: {escape(exits.field.join(', '.join(names)))}.{said if secret else ''}"


def share_cell(screen: Screen, exits: Exits, code: str) -> Cell:
    """A motive as a share of all exits, which leads to the proof of its count."""
    figure = exits.motives[code]
    return figure_cell(share(figure, exits.whole.get(COUNT)), as_share(screen.catalogue.indicator(COUNT)))
