"""The course of cohorts in; the card that follows them from orientation to exit, drawn and as a table, out."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from textwrap import wrap

import streamlit as st

from conventions.values import ExitCategory
from indicators.request import COMMITTEE
from indicators.values import Figure
from ui.behind import Behind
from ui.blocks import show_behind, show_chart, show_section
from ui.charts.flow import End, Stage, draw_flow, note
from ui.exits.reading import COUNT, POSITIVE
from ui.french import FIXED, THIN, join_words, lower_first, write_count, write_percent, write_rate
from ui.journey.course import CODES, STAGES, Course
from ui.shell import Screen
from ui.tables import Column, Row, Table
from ui.wording import figure_cell, name_source

WIDTH = 42
"""Letters of a label on a line."""


def show_course_of_cohorts(screen: Screen, course: Course | None) -> None:
    """Nothing without paths; only the table when a count is hidden."""
    if course is None:
        return
    show_section(
        write_title(course),
        f"Lecture en <b>cohorte</b>{FIXED}: les personnes orientées depuis {course.since} par France Travail, suivies "
        f'à ce jour{THIN}; les plus récentes sont <b class="j-maturing">en cours de maturation</b>.',
    )
    with st.container(key="carte-flux"):
        source = next((one.source for one in course.whole.values() if one.value is not None), None)
        behind = Behind(
            "parcours-flux",
            write_title(course),
            tabulate_course(screen, course),
            "Tableau du parcours, de l’orientation à la sortie",
            period=f"depuis {course.since}",
            source=f"Source{FIXED}: {escape(course.field.join(name_source(source, course.convention)))}, parcours. "
            "Hauteur des bandes\u00a0: nombre de personnes, une seule échelle. "
            "Gris\u00a0: ceux qui n’ont pas atteint l’étape suivante.",
        )
        if course.is_told:
            show_chart(draw_flow(build_stages(course), build_ends(course)), behind, alt=describe(course))
        else:
            show_behind(behind)


def write_title(course: Course) -> str:
    """« Sur 100 personnes orientées depuis 2023, 29 sont intégrées et 9 sorties positivement », of the field."""
    return course.field.write_title(_write_finding(course))


def _write_finding(course: Course) -> str:
    if not course.is_told:
        return f"De l’orientation à la sortie, depuis {course.since}"
    total = course.count("orientes")
    joined, well = (write_count(round(100 * course.count(code) / total)) for code in ("integres", POSITIVE))
    return (
        f"Sur 100 personnes orientées depuis {course.since}, {joined} ont été intégrées et {well} sont déjà sorties "
        "positivement"
    )


def build_stages(course: Course) -> list[Stage]:
    """The stages with those who did not reach the next, as a part of their own stage."""
    stages, codes = [], list(STAGES)
    for rank, (code, (label, lost, where)) in enumerate(STAGES.items()):
        count, said = course.count(code), ""
        if rank + 1 < len(codes):
            gone = count - course.count(codes[rank + 1])
            part = f" ({write_percent(gone / count)})" if count and not _is_small(course, gone) else ""
            said = f"<b>{_write(course, gone)}</b> {lost}{part}{note(where) if where else ''}"
        stages.append(Stage(label, count, write_count(count), said))
    return stages


def build_ends(course: Course) -> list[End]:
    """Where the people who joined are: out and well, still in their path, out otherwise; category by category when all
    of them are known."""
    joined, out, well = (course.count(code) for code in ("integres", COUNT, POSITIVE))
    told = [(one, course.categories[one.code]) for one in course.convention.exits if one.code in course.categories]
    good, other = (
        [(one, figure.value or 0.0) for one, figure in told if one.is_positive is is_good] for is_good in (True, False)
    )
    rest = out - well - sum(count for _, count in other)
    is_whole = all(figure.value is not None for _, figure in told) and sum(count for _, count in good) == well
    open_end = ("encore en parcours", joined - out, "open", "")
    if not is_whole or rest < 0:
        ends = [("sorties positives", well, "good", ""), open_end, ("autres sorties", out - well, "other", "")]
    else:
        ends = [
            *_list_ends(course, good, "good"),
            open_end,
            *_list_ends(course, other, "other"),
            ("autres sorties, motif non précisé" if other else "autres sorties", rest, "other", ""),
        ]
    return [_make_end(course, label, count, tone, more) for label, count, tone, more in ends if count]


def _list_ends(
    course: Course, categories: Sequence[tuple[ExitCategory, float]], tone: str
) -> list[tuple[str, float, str, str]]:
    """One a category, with the motive that makes most of it."""
    ends = []
    for category, count in categories:
        known = [
            (one.value, category.motifs[code])
            for code in category.motifs
            if (one := course.motives.get(code)) and one.value
        ]
        first = max(known, default=None)
        more = f", dont {first[1]} {write_count(first[0])}" if first and len(category.motifs) > 1 else ""
        ends.append((lower_first(category.label), count, tone, more))
    return ends


def _make_end(course: Course, label: str, count: float, tone: str, more: str) -> End:
    joined, first = course.count("integres"), "<br>".join(wrap(label, WIDTH))
    part = write_percent(count / joined) if joined and not _is_small(course, count) else ""
    return End(f"{first}{note(f'{part} des intégrés{more}') if part else ''}", count, _write(course, count), tone)


def _is_small(course: Course, count: float) -> bool:
    """A difference that a committee is not told, however it could be worked out."""
    return course.audience == COMMITTEE and 0 < count < course.convention.secrecy_threshold


def _write(course: Course, count: float) -> str:
    return f"moins de {course.convention.secrecy_threshold}" if _is_small(course, count) else write_count(count)


def describe(course: Course) -> str:
    """The flow in one sentence, for those who do not see it."""
    stages = [f"{label.lower()} {write_count(course.count(code))}" for code, (label, _, _) in STAGES.items()]
    ends = [f"{end.text} {end.label.split('<br><span')[0].replace('<br>', ' ')}" for end in build_ends(course)]
    return f"De l’orientation à la sortie{FIXED}: {', '.join(stages)}, dont {join_words(ends)}"


def tabulate_course(screen: Screen, course: Course) -> Table:
    """Stages and exits with their part of the people oriented and of those who joined, then the categories."""
    rows = [_render_row(screen, course, code, screen.catalogue.indicator(code).label) for code in CODES]
    if course.categories:
        rows.append(Row(["Sorties par catégorie"], css="j-group", is_group=True))
    for category in course.convention.exits:
        figure = course.categories.get(category.code)
        if figure is not None:
            told = figure_cell(figure, screen.catalogue.indicator(COUNT))
            rows.append(Row([escape(category.label), told, *_write_parts(course, figure)]))
    heads = ("Personnes", "Sur les orientés", "Sur les intégrés")
    columns = [Column("Étape ou sortie"), *(Column(one, True) for one in heads)]
    caption = course.field.join(f"De l’orientation à la sortie, personnes orientées depuis {course.since}")
    return Table(caption, columns, rows)


def _render_row(screen: Screen, course: Course, code: str, label: str) -> Row:
    figure = course.whole.get(code)
    told = figure_cell(figure, screen.catalogue.indicator(code)) if figure is not None else ""
    return Row([escape(label), told, *_write_parts(course, figure, is_after=code in (COUNT, POSITIVE))])


def _write_parts(course: Course, figure: Figure | None, *, is_after: bool = True) -> list[str]:
    """Of those oriented and, after they joined, of those who did."""
    parts = []
    for code, is_asked in (("orientes", True), ("integres", is_after)):
        part, whole = (one.value if one is not None else None for one in (figure, course.whole.get(code)))
        parts.append(write_rate(part, whole) if is_asked and part is not None and whole else "—")
    return parts
