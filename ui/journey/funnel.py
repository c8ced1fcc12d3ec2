"""A study in; the head of its page and the card of its funnel, with table and source, out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from html import escape

import streamlit as st

from conventions.values import Indicator
from indicators.values import Figure
from ui.behind import Behind
from ui.blocks import let_draw, show_behind
from ui.charts.funnel import Headings, render_funnel
from ui.citation import own_articles, write_articles
from ui.french import FIXED, MISSING, join_words, write_count, write_percent, write_points
from ui.head import show_covered_title
from ui.journey.stages import STEPS, Count, Step, build_stages, has_reserve, read_counts, write_funnel_title
from ui.journey.study import TABLE, Choice, Study, say_scope
from ui.proof.link import wrap_link
from ui.shell import Screen
from ui.tables import Cell, Column, Row, Table, note
from ui.wording import figure_cell, name_place, name_source, write_counts, write_figure

MATURING = '<b class="j-maturing">en cours de maturation</b>'
CALLS_RATE = "taux_presence_ic"
"""The rate that the other source gives, whose counts are both its own."""


def show_head(screen: Screen, study: Study) -> None:
    """The finding, and how it is read: flux has gaps, only a cohort has losses."""
    choice = study.choice
    context = [choice.convention.label, choice.span.label, *choice.field.write_context(choice.convention)]
    lead = _write_lead(study)
    show_covered_title(screen, choice.convention, _write_title(study), span=choice.span, context=context, lead=lead)


def _write_title(study: Study) -> str:
    """The finding, of the field of the page."""
    choice = study.choice
    counts = read_counts(study.whole, choice.steps)
    return choice.field.write_title(write_funnel_title(counts, reading=choice.reading, steps=choice.steps))


def _write_lead(study: Study) -> str:
    return f"{_write_reading(study)}{_write_source_alone(study)}{_write_reserve(study)}"


def _write_source_alone(study: Study) -> str:
    """What the source chosen counts, and that no rate is made of two."""
    source = study.choice.field.source
    if source is None:
        return ""
    counted = join_words([f"les {step.plural}" for step in study.choice.steps])
    return (
        f" <b>{escape(source.label)}</b> compte {escape(counted)} et ne suit personne plus loin\u00a0: deux sources ne "
        "se mêlent pas dans un taux, les autres sont n.\u00a0d."
    )


def _write_reserve(study: Study) -> str:
    """That people whom others sent are counted over those whom France Travail oriented."""
    if not has_reserve(read_counts(study.whole, study.choice.steps)):
        return ""
    what = "ce public et le prescripteur" if study.choice.field.group else "l’étape et le prescripteur"
    return (
        f" <b>Réserve</b>\u00a0: aucun retour ne croise {what}\u202f; les étapes comptent tous les prescripteurs, les "
        "orientés ceux de France Travail seul."
    )


def _write_reading(study: Study) -> str:
    cohort = study.cohort.get("taux_integration_orientation")
    if study.choice.reading == "cohorte":
        return (
            "Lecture en <b>cohorte</b>\u00a0: les personnes orientées dans la période, "
            "suivies jusqu’à ce jour. Les étapes sont "
            f"emboîtées, aucun taux ne dépasse 100\u00a0%. {_write_maturity(study)}"
        )
    text = (
        "Lecture en <b>flux</b>\u00a0: les événements de la période. Un écart n’est pas une "
        "perte\u00a0: une partie des "
        "personnes passera l’étape plus tard."
    )
    if cohort is None or cohort.value is None:
        return text
    maturing = f", {MATURING}" if cohort.state == "provisoire" else ""
    rate = f"{write_percent(cohort.value)} {write_counts(cohort)}"
    return f"{text} En cohorte (orientés de la période, suivis à ce jour)\u00a0: {rate} intégrés{maturing}."


def _write_maturity(study: Study) -> str:
    states = {figure.state for figure in study.cohort.values()}
    return f"Les plus récentes sont {MATURING}." if "provisoire" in states else ""


def show_funnel(screen: Screen, study: Study) -> None:
    """The funnel, the other prescribers beside it, its source and its table."""
    choice = study.choice
    year, steps = choice.span.year, choice.steps
    stages = build_stages(study.whole, study.whole_before, reading=choice.reading, year=year, steps=steps)
    with st.container(key="carte-entonnoir"):
        told = describe_funnel(read_counts(study.whole, steps), steps)
        st.html(render_funnel(stages, write_headings(choice), caption=told))
        _show_others(study)
        let_draw()
        behind = Behind(
            "entonnoir",
            _write_title(study),
            _rates_table(screen, study),
            "Tableau des taux de la convention",
            period=f"{choice.span.label}, lecture en {choice.reading}",
            source=_write_source(study),
        )
        show_behind(behind)


def write_headings(choice: Choice) -> Headings:
    """What stands above the bars: who they are in this reading."""
    who = "Personnes" if choice.reading == "flux" else "Personnes orientées"
    overall = "Sur les orientés" if any(step.rate for step in choice.steps) else ""
    bars = choice.field.join(f"{who}, {choice.span.label}")
    return Headings(bars, overall=overall, last_year=str(choice.span.year - 1))


def describe_funnel(counts: Sequence[Count], steps: Sequence[Step] = STEPS) -> str:
    """The funnel in one sentence, for those who do not see it."""
    parts = [
        f"{step.plural} {write_count(one.value) if one.value is not None else MISSING}"
        for step, one in zip(steps, counts, strict=True)
    ]
    return f"Entonnoir du parcours\u00a0: {', '.join(parts)}"


def _show_others(study: Study) -> None:
    """People whom others than France Travail sent stay outside the nesting."""
    everyone, sent = study.whole.get("integres"), study.whole.get("taux_integration_orientation")
    if study.choice.reading == "cohorte" or everyone is None or sent is None:
        return
    if everyone.value is None or sent.numerator is None or everyone.value <= sent.numerator:
        return
    others = everyone.value - sent.numerator
    if study.choice.audience == "comite" and others < study.choice.convention.secrecy_threshold:
        return
    agreed = "" if study.choice.field.is_part else "\u00a0: c’est ce total que compare l’objectif de la convention"
    st.html(
        '<div class="j-others"><b>Autres prescripteurs</b><i class="j-key-light" aria-hidden="true"></i>'
        f"<span>{write_count(others)} intégrés, soit <b>{write_count(everyone.value)}</b> avec les "
        f"{write_count(sent.numerator)} ci-dessus{agreed}</span></div>"
    )


def _write_source(study: Study) -> str:
    convention = study.choice.convention
    sources = {figure.source for code, figure in study.whole.items() if code != CALLS_RATE}
    names = ", ".join(sorted(name_source(source, convention) for source in sources))
    about = replace(study.choice.field, source=None).join(study.choice.span.label)
    return f"Source\u00a0: {escape(names)}, {escape(about)}. Les taux sont des rapports de sommes, arrondis à l’unité."


def _rates_table(screen: Screen, study: Study) -> Table:
    rows, choice = [], study.choice
    for code in TABLE:
        figure, indicator = study.whole.get(code), screen.catalogue.indicator(code)
        if figure is None:
            continue
        past, change = write_evolution(study, figure, indicator)
        narrowed = study.narrowed.get(code)
        before = narrowed.before if narrowed is not None else (study.whole_before or {}).get(code)
        articles = write_articles(own_articles(indicator, choice.convention))
        said = (say_scope(indicator, choice.reading).capitalize(), articles, say_field(study, code))
        label = note(escape(indicator.label), escape(". ".join(filter(None, said))))
        rows.append(
            Row(
                [
                    label,
                    figure_cell(figure, indicator),
                    Cell(past, figure=before),
                    change,
                    escape(name_source(figure.source, study.choice.convention)),
                ]
            )
        )
    columns = [
        Column("Indicateur et article"),
        Column("Taux", True),
        Column(str(study.choice.span.year - 1), True),
        Column("Évolution", True),
        Column("Source"),
    ]
    return Table(f"Taux du parcours, {study.choice.field.join(study.choice.span.label)}", columns, rows)


def write_evolution(study: Study, figure: Figure, indicator: Indicator) -> tuple[str, str]:
    """Last year's figure and the change since, over the territories known at both dates."""
    narrowed = study.narrowed.get(indicator.code)
    if narrowed is not None:
        if narrowed.now is None or narrowed.before is None or narrowed.absolute is None:
            return MISSING, MISSING
        past = f"{write_figure(narrowed.before, indicator)} {write_counts(narrowed.before)}"
        return past, write_points(narrowed.now.value or 0, narrowed.before.value or 0)
    before = (study.whole_before or {}).get(indicator.code)
    if before is None:
        return MISSING, MISSING
    is_told = figure.value is not None and before.value is not None
    change = write_points(figure.value or 0, before.value or 0) if is_told else MISSING
    return wrap_link(write_figure(before, indicator), before, indicator), change


def say_field(study: Study, code: str) -> str:
    """« Évolution à champ constant, sans Port-de-Bouc (n. d.) : 62 % cette année », when a territory is not known at
    both dates."""
    narrowed = study.narrowed.get(code)
    if narrowed is None or not narrowed.left_out or narrowed.now is None:
        return ""
    names = join_words([name_place(one.territory, study.choice.convention) for one in narrowed.left_out])
    value = f"{write_figure(narrowed.now, narrowed.indicator)} {write_counts(narrowed.now)}".strip()
    return f"Évolution à champ constant, sans {names}{FIXED}: {value} en {study.choice.span.year}"
