"""From orientation to exit: the bands of a cohort keep its counts, and a committee is told no small difference."""

from __future__ import annotations

from dataclasses import replace

import pytest

from conventions.agreements import load_conventions
from conventions.periods import parse_period
from indicators.values import Figure
from tests.invented import invent
from ui.charts.flow import LEAST, draw_flow
from ui.journey.course import CODES, Course, list_cohorts
from ui.journey.flow import build_ends, build_stages, describe, write_title
from ui.readings import by_indicator
from ui.spans import Span

PLIE = load_conventions()["plie-martigues"]
UNTIL = Span((parse_period("2026-T1"), parse_period("2026-T2")))
NESTED = (200, 120, 90, 60, 40, 18)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def course_of(*counts: float | None, audience: str = "producteur", **categories: float) -> Course:
    figures = [invent(code, count, state="ok" if count is not None else "secret")
               for code, count in zip(CODES, counts, strict=True)]  # fmt: skip
    named: dict[str, Figure] = {
        code: invent("sorties", count, segment={"categorie": code}) for code, count in categories.items()
    }
    return Course(PLIE, 2023, UNTIL, audience, by_indicator(figures), named)


def test_title_tells_a_hundred_people() -> None:
    title = write_title(course_of(*NESTED))
    assert title == "Sur 100 personnes orientées depuis 2023, 30 ont été intégrées et 9 sont déjà sorties positivement"
    assert write_title(course_of(*NESTED[:5], None)) == "De l’orientation à la sortie, depuis 2023"


def test_stages_tell_who_is_lost_and_ends_who_is_where() -> None:
    course = course_of(*NESTED, initiative=12, administrative=7, dynamique=3, positive_emploi=18)
    lost = [plain(one.lost_text.split("<br>")[0]) for one in build_stages(course)]
    told = ["<b>80</b> pas venus (40 %)", "<b>30</b> sans diagnostic (25 %)", "<b>30</b> non intégrés (33 %)"]
    assert lost == [*told, ""]
    ends = build_ends(course)
    assert [(one.count, one.tone) for one in ends] == [
        (18, "good"), (20, "open"), (3, "other"), (7, "other"), (12, "other"),
    ]  # fmt: skip
    assert sum(one.count for one in ends) == 60
    assert ends[0].label.startswith("accès à un emploi tenu au moins six mois")
    assert plain(describe(course)).endswith(
        "18 accès à un emploi tenu au moins six mois, 20 encore en parcours, 3 sorties dynamiques, "
        "7 sorties administratives et 12 ruptures et abandons"
    )


def test_an_end_names_the_motive_that_makes_most_of_it() -> None:
    motives = {code: invent("sorties", count, segment={"motif": code}) for code, count in
               {"cdi": 10, "titularisation": 8, "abandon": 12}.items()}  # fmt: skip
    course = replace(course_of(*NESTED, initiative=22, positive_emploi=18), motives=motives)
    good, _, other = (plain(one.label) for one in build_ends(course))
    assert "30 % des intégrés, dont CDI 10" in good
    assert "37 % des intégrés, dont Abandon 12" in other


def test_exits_without_a_known_category_stay_together() -> None:
    hidden = course_of(*NESTED, initiative=12, positive_emploi=18)
    hidden = replace(hidden, categories={
        **hidden.categories, "administrative": invent("sorties", None, state="secret", segment={"categorie": "x"}),
    })  # fmt: skip
    assert [(one.count, one.tone) for one in build_ends(hidden)] == [(18, "good"), (20, "open"), (22, "other")]
    rest = build_ends(course_of(*NESTED, initiative=12, positive_emploi=18))[-1]
    assert (rest.count, rest.label.split("<br>")[0]) == (10, "autres sorties, motif non précisé")


def test_an_end_that_nobody_reached_is_not_drawn() -> None:
    assert [one.tone for one in build_ends(course_of(200, 120, 90, 60, 60, 60))] == ["good"]


def test_a_committee_is_told_no_small_difference() -> None:
    counts = (200, 197, 90, 60, 40, 38)
    course = course_of(*counts, audience="comite")
    assert build_stages(course)[0].lost_text.startswith("<b>moins de 5</b> pas venus<br>")
    assert build_ends(course)[2].text == "moins de 5"
    assert "des intégrés" not in build_ends(course)[2].label
    assert build_ends(course_of(*counts))[2].text == "2"


@pytest.mark.parametrize("counts", [(200, 120, None, 60, 40, 18), (200, 210, 90, 60, 40, 18), (0, 0, 0, 0, 0, 0)])
def test_what_is_hidden_or_not_nested_is_not_drawn(counts: tuple[float | None, ...]) -> None:
    assert not course_of(*counts).is_told


def test_bands_have_the_heights_of_their_counts() -> None:
    figure = draw_flow(build_stages(course_of(*NESTED)), build_ends(course_of(*NESTED)))
    bars = [shape for shape in figure.layout.shapes if shape.type == "rect" and shape.layer == "above"]
    assert [round(abs(bar.y1 - bar.y0)) for bar in bars] == [200, 120, 90, 60, 18, 20, 22]
    assert sum(shape.type == "path" for shape in figure.layout.shapes) == 6
    ends = bars[4:]
    assert all(upper.y0 > lower.y1 for upper, lower in zip(ends, ends[1:], strict=False))


def test_few_people_are_still_seen() -> None:
    course = course_of(1000, 900, 800, 700, 1, 1)
    bars = [one for one in draw_flow(build_stages(course), build_ends(course)).layout.shapes if one.type == "rect"]
    assert min(abs(bar.y1 - bar.y0) for bar in bars) == pytest.approx(LEAST * 1000)


def test_cohorts_run_from_the_first_year_to_the_end_of_the_span() -> None:
    received = [parse_period(f"{year}-T{rank}") for year in (2024, 2025, 2026) for rank in range(1, 5)]
    assert [one.code for one in list_cohorts(received, UNTIL, cadence="trimestre")] == [
        "2024", "2025", "2026-T1", "2026-T2",
    ]  # fmt: skip
    first = replace(UNTIL, periods=(parse_period("2024-T2"),))
    assert [one.code for one in list_cohorts(received, first, cadence="trimestre")] == ["2024-T1", "2024-T2"]
