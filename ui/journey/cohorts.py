"""The cohorts of a convention in; its curves, stage by stage, with their table and where they come from, out."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from conventions.values import Convention
from indicators.cohorts import MATURING, Cohort, CurvePoint, CurveRequest, Maturation
from indicators.request import PRODUCER
from ui.address import keep
from ui.behind import Behind
from ui.blocks import show_behind, show_block_title, show_chart, show_section
from ui.charts.maturation import COMPARED, NEWEST, OTHER, CohortLine, Step, draw_maturation
from ui.field import WHOLE_FIELD, Field, find_paths_place, say_wider
from ui.french import FIXED, MISSING, THIN, write_count, write_date, write_percent, write_period, write_short_period
from ui.path_files import write_files
from ui.readings import get_maturation
from ui.shell import Screen
from ui.tables import Cell, Column, Row, Table
from ui.wording import SECRET, name_source

GRAINS = {"Trimestre": "trimestre", "Semestre": "semestre", "Année": "annee"}
STAGES = {
    "date_premier_contact": ("Premier contact", "reçus"),
    "date_diagnostic": ("Diagnostic", "entrés en diagnostic"),
    "date_integration": ("Intégration", "intégrés"),
    "date_sortie": ("Sortie", "sortis"),
}
RESULT = "date_integration"
MOST, LEAST_MONTHS = 6, 6
TOLD = (3, 6, 12, 18, 24)
SHARE = (
    "personnes de la cohorte qui ont atteint l’étape dans les mois qui suivent leur orientation, rapportées à toutes "
    "celles de la cohorte"
)


def show_cohorts(screen: Screen, convention: Convention, audience: str, field: Field = WHOLE_FIELD) -> None:
    """Nothing for a convention without paths; a producer chooses the length of the cohorts, or reads those of one place
    year by year."""
    told = find_paths_place(field, audience)
    with st.container(key="carte-cohortes"):
        head = st.container()
        chosen = "Année" if told.place else "Trimestre"
        if audience == PRODUCER and told.place is None:
            chosen = st.segmented_control(
                "Cohortes par", list(GRAINS), default="Trimestre", required=True, key="cohortes", bind="query-params",
                on_change=keep, args=("cohortes",),
            ) or "Trimestre"  # fmt: skip
        place = told.place.code if told.place else None
        found = get_maturation(
            screen.database, CurveRequest(convention.key, GRAINS[chosen], territory=place, audience=audience)
        )
        with head:
            if found is None:
                show_section("Les cohortes se lisent dans les parcours", "Aucun tableau de parcours n’a été reçu.")
                return
            title = told.write_title(write_title(found))
            show_section(title, f"{_write_lead(found)}{escape(say_wider(field, told))}")
        behind = Behind(
            "cohortes",
            title,
            make_table(found),
            "Tableau des cohortes",
            source=_write_source(screen, convention, found, audience),
            definition=SHARE,
        )
        _show_stages(found, behind)
        show_behind(behind)


def show_way_to_cohorts(convention: Convention) -> None:
    """From the events of a period to what becomes of the people oriented in it, where paths tell it."""
    if not convention.is_paths_allowed:
        return
    st.html(
        '<p class="j-say j-way">Ce que deviennent les personnes orientées (de l’orientation à la sortie, courbes par '
        'cohorte, délais, durées)\u00a0: '
        '<a href="/parcours?lecture=Cohorte" target="_self">lire en cohorte</a></p>'
    )


def choose_cohorts(found: Maturation) -> tuple[Cohort | None, Cohort | None]:
    """The newest cohort followed for six months, else for one at least, and the same one a year before."""
    begun = [one for one in found.cohorts if one.followed and one.size]
    told = [one for one in begun if (one.followed or 0) >= LEAST_MONTHS] or begun
    if not told:
        return None, None
    newest = told[-1]
    return newest, next((one for one in told if one.period == newest.period.shift(-1)), None)


def find_point(cohort: Cohort | None, stage: str, months: int | None = None) -> CurvePoint | None:
    """The point of a stage at some months, the last one told when none is given."""
    curve = next((one for one in cohort.curves if one.stage == stage), None) if cohort else None
    if curve is None:
        return None
    return curve.last() if months is None else curve.points[months]


def write_title(found: Maturation) -> str:
    """« 6 mois après leur orientation, 41 % des orientés du 1er trimestre 2026 sont intégrés, contre 38 % … »."""
    newest, before = choose_cohorts(found)
    point = find_point(newest, RESULT)
    share = newest.share(point) if newest and point else None
    if newest is None or point is None or share is None:
        return "Les cohortes sont encore trop récentes ou trop petites pour être lues"
    text = (
        f"{point.months}{FIXED}mois après leur orientation, {write_percent(share)} des orientés "
        f"({write_period(newest.period)}) sont intégrés"
    )
    past = find_point(before, RESULT, point.months)
    part = before.share(past) if before and past else None
    return f"{text}, contre {write_percent(part)} un an plus tôt" if part is not None else text


def _write_lead(found: Maturation) -> str:
    rolled = " Les cohortes sont lues par année, des trimestres étant trop petits." if found.is_rolled_up else ""
    return (
        "Part de chaque cohorte d’orientés qui a atteint l’étape, mois après mois. Une courbe s’arrête quand toute sa "
        f'cohorte n’a pas encore eu le temps{FIXED}: au-delà, <b class="j-maturing">en cours de maturation</b>.{rolled}'
    )


def _show_stages(found: Maturation, behind: Behind) -> None:
    stages = [stage for stage in STAGES if any(find_point(one, stage) for one in found.cohorts)]
    if not stages:
        return
    for stage, column in zip(stages, st.columns(len(stages), gap="medium"), strict=True):
        with column:
            show_block_title(STAGES[stage][0], say_stage(found, stage), level=3)
            drawn = draw_maturation(build_lines(found, stage))
            show_chart(drawn, behind, part=stage, alt=describe_stage(found, stage))


def say_stage(found: Maturation, stage: str) -> str:
    """How far the newest cohort has come, or the one a year before where nobody of the newest has yet (HTML)."""
    newest, before = choose_cohorts(found)
    point, past = find_point(newest, stage), find_point(before, stage)
    if newest is None or point is None:
        return "En cours de maturation"
    if before is not None and past is not None and past.reached and not point.reached:
        period = write_short_period(before.period)
        return f"<b>{_write_share(before, past)}</b> à {past.months}{FIXED}mois ({period})"
    return f"<b>{_write_share(newest, point)}</b> à {point.months}{FIXED}mois"


def _write_share(cohort: Cohort, point: CurvePoint) -> str:
    share = cohort.share(point)
    if share is None:
        return MISSING
    return f"{write_percent(share)} ({write_count(point.reached or 0)}/{write_count(cohort.size or 0)})"


def build_lines(found: Maturation, stage: str) -> list[CohortLine]:
    """The last cohorts that have something to tell, and the one a year before the newest."""
    newest, before = choose_cohorts(found)
    told = [one for one in found.cohorts if find_point(one, stage) is not None and one.size]
    kept = [one for one in told if one in told[-MOST:] or one == before]
    lines = []
    for cohort in kept:
        curve = next(one for one in cohort.curves if one.stage == stage)
        steps = [
            Step(point.months, cohort.share(point), _write_share(cohort, point))
            for point in curve.points
            if point.state != MATURING
        ]
        role = NEWEST if cohort == newest else COMPARED if cohort == before else OTHER
        lines.append(CohortLine(write_short_period(cohort.period), steps, role))
    return lines


def describe_stage(found: Maturation, stage: str) -> str:
    """What the panel shows, in words."""
    newest, _ = choose_cohorts(found)
    point = find_point(newest, stage)
    what = f"Part des orientés {STAGES[stage][1]}, par mois écoulés"
    if newest is None or point is None:
        return what
    return f"{what}{FIXED}: {_write_share(newest, point)} à {point.months} mois, {write_period(newest.period)}"


def _write_source(screen: Screen, convention: Convention, found: Maturation, audience: str) -> str:
    files = write_files(screen.database, convention, found.source) if audience == PRODUCER else ""
    return (
        f"Source{FIXED}: {escape(name_source(found.source, convention))}, parcours orientés par France Travail, "
        f"situation au {write_date(found.horizon)} (dernière date connue).{files} En clair\u00a0: les cohortes d’avant."
    )


def make_table(found: Maturation) -> Table:
    """Each stage, cohort by cohort, at 3, 6, 12, 18 and 24 months."""
    rows: list[Row] = []
    for stage, (name, _) in STAGES.items():
        cohorts = [one for one in found.cohorts if any(curve.stage == stage for curve in one.curves)]
        if cohorts:
            rows.append(Row([escape(name)], css="j-group", is_group=True))
            rows += [_render_cohort(one, stage) for one in cohorts]
    columns = [Column("Cohorte"), Column("Orientés", True), *(Column(f"{month}{FIXED}mois", True) for month in TOLD)]
    return Table("Part de chaque cohorte qui a atteint l’étape", columns, rows)


def _render_cohort(cohort: Cohort, stage: str) -> Row:
    points: Sequence[CurvePoint | None] = [find_point(cohort, stage, month) for month in TOLD]
    size = write_count(cohort.size) if cohort.size is not None else SECRET
    return Row([escape(write_period(cohort.period)), size, *(_render_point(cohort, point) for point in points)])


def _render_point(cohort: Cohort, point: CurvePoint | None) -> Cell:
    if point is None or point.state == MATURING:
        return Cell('<span class="j-maturing">en cours</span>')
    return Cell(SECRET if point.reached is None else _write_share(cohort, point).replace(" (", f"{THIN}("))
