"""Hand-made and demonstration editions in; what their sheet says, draws and never gives away, out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from bilans.edition import build_edition
from bilans.paper.figures import write_link
from bilans.paper.marks import draw_objective, draw_rate
from bilans.paper.places import choose_figures
from bilans.paper.sheet import render_folio, render_sheet
from bilans.path import divide
from bilans.values import HOLE, STEPS, Edition, ObjectiveLine, Quantity
from etl.load import load_report
from etl.report import Observation
from indicators.request import AUDIENCES, COMMITTEE, PRODUCER
from store.database import Database, open_database
from tests.deliveries import figure, report
from ui.behind import write_text

DAY = date(2024, 10, 20)
PLACES = {"13056": 40, "13077": 20, "13098": 3}


def list_figures() -> Iterator[Observation]:
    """Two years of the PLIE, the second one up to September: a path by commune, one of them small; exits once."""
    for year, last in ((2023, 4), (2024, 3)):
        for quarter in range(1, last + 1):
            period = f"{year}-T{quarter}"
            for place, count in PLACES.items():
                for rank, measure in enumerate(("orientes", "presents", "diagnostics", "integres")):
                    # Each stage keeps what it can of the one before, a little more in the second year.
                    kept = max(1, round(count * (1 - 0.2 * rank)) + (year - 2023))
                    yield figure(measure, kept, territory=place, period=period)
                yield figure("orientes", count + 2, territory=place, period=period, source="france-travail")
            yield figure("sorties", 40, period=period)
            yield figure("sorties_positives", 18 + 4 * (year - 2023), period=period)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    with open_database(tmp_path_factory.mktemp("papier") / "jalons.duckdb") as opened:
        load_report(opened, report(*list_figures()), author="essai")
        yield opened


@pytest.fixture(scope="module")
def editions(database: Database) -> dict[str, Edition]:
    """The bilan of the year in progress, for each audience."""
    return {
        audience: build_edition(database, "plie-martigues", "2024", author="essai", as_of=DAY, audience=audience)
        for audience in AUDIENCES
    }


def read_rows(html: str, css: str) -> list[list[str]]:
    """The texts of a table of the sheet, its head first."""
    table = re.search(rf'<table class="j-table {css}">(.*?)</table>', html, re.S)
    assert table is not None
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", table[1], re.S)
    return [[write_text(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S)] for row in rows]


def test_objectives_say_what_was_done_agreed_expected_and_done_before(editions: dict[str, Edition]) -> None:
    edition = editions[PRODUCER]
    head, integres, exits, *_ = read_rows(render_sheet(edition), "j-goals")
    assert head[1:5] == ["Réalisé", "Face à l’objectif", "Convenu", "Attendu à date"]
    assert head[5:] == ["Écart", "Même période de 2023", "État"]
    goal = edition.objectives[0]
    assert integres[0] == "Personnes intégrées au dispositif (Art.\xa03-1)"
    assert integres[1] == f"{goal.now.value:.0f}"
    assert integres[3:5] == ["≥\xa0225 (dans l’année)", "168"]
    assert integres[6] == f"{goal.before.value:.0f}"
    assert exits[1] == "55\xa0% ((66/120))"
    assert exits[3:7] == ["≥\xa050\xa0%", "— (un taux)", "+5 points", "45\xa0% ((54/120))"]


def test_dash_says_why_nothing_is_due(database: Database, editions: dict[str, Edition]) -> None:
    assert [one.undue for one in editions[PRODUCER].objectives[:2]] == ["", "un taux"]
    past = build_edition(database, "plie-martigues", "2023", author="essai", as_of=DAY)
    assert [one.undue for one in past.objectives[:2]] == ["année complète", "année complète"]
    assert {one.undue for one in past.objectives if not one.now.is_known} == {"rien de reçu"}


def test_path_gives_each_stage_over_the_start_and_over_the_stage_before(editions: dict[str, Edition]) -> None:
    edition = editions[PRODUCER]
    html = render_sheet(edition)
    rows = read_rows(html, "j-stages")[1:]
    assert [row[1] for row in rows] == [f"{stage.now.value:.0f}" for stage in edition.stages]
    assert rows[0][2] == rows[0][4] == "—"
    first, second = edition.stages[0].now.value, edition.stages[1].now.value
    assert rows[1][2] == rows[1][4]
    assert f"({second:.0f}/{first:.0f})" in rows[1][2]
    assert f"Le parcours\xa0: {edition.path}" in write_text(html)


def test_places_stand_beside_the_whole_and_the_other_source(editions: dict[str, Edition]) -> None:
    head, *rows = read_rows(render_sheet(editions[PRODUCER]), "j-places")
    assert [row[0] for row in rows] == ["Martigues", "Port-de-Bouc", "Saint-Mitre-les-Remparts", "Ensemble"]
    assert head[2] == "Selon France Travail (et écart)"
    assert rows[0][1:3] == ["123", "126 (+3)"]
    # Two columns bear the name of those integrated: one of them counts only some.
    assert sum("intégrées" in one for one in head) == 2


def test_column_that_secrecy_blanks_is_told_and_not_shown(editions: dict[str, Edition]) -> None:
    edition = editions[PRODUCER]
    secret = Quantity(None, None, None, "secret")
    hidden = tuple(
        replace(line, now=secret) if line.indicator == "presents" and not line.is_whole else line
        for line in edition.places
    )
    shown = replace(edition, places=hidden, stages=())
    assert "presents" in {one.indicator for one in choose_figures(replace(edition, stages=()))}
    assert "presents" not in {one.indicator for one in choose_figures(shown)}
    assert "Secret dans chaque territoire\xa0: DE présents" in write_text(render_sheet(shown))


def test_sheet_of_producers_says_not_to_hand_it_out_and_leads_to_the_committee(editions: dict[str, Edition]) -> None:
    kept = render_sheet(editions[PRODUCER], way="?vue=Comit%C3%A9")
    handed = render_sheet(editions[COMMITTEE])
    header = kept[: kept.index("</header>")]
    assert "à ne pas diffuser" in header
    assert 'href="?vue=Comit%C3%A9"' in header
    assert "à ne pas diffuser" not in handed
    assert "Version du comité" in handed[: handed.index("</header>")]


def test_state_is_the_edition_s_own_and_a_draft_is_unsigned(editions: dict[str, Edition]) -> None:
    edition = editions[PRODUCER]
    html = render_sheet(edition)
    assert re.findall(r'<li aria-current="step"><b>(.*?)</b>', html) == [edition.header.status] == [STEPS[0]]
    assert all(f"<span>{name}, le</span>" in html for name in edition.header.signatories)
    assert "personne n’a encore signé" in html
    signed = replace(edition, header=replace(edition.header, status=STEPS[1]))
    assert "personne n’a encore signé" not in render_sheet(signed)


def test_findings_say_only_what_no_table_says(editions: dict[str, Edition]) -> None:
    edition = editions[PRODUCER]
    assert [one.startswith("DE orientés vers le PLIE\xa0: PLIE ") for one in edition.findings] == [True]
    assert not any("Prescripteur :" in one or "))" in one for one in (*edition.findings, *edition.notes))


@pytest.mark.parametrize("audience", AUDIENCES)
def test_every_figure_of_the_sheet_is_in_its_edition(editions: dict[str, Edition], audience: str) -> None:
    """A rate of the page is the edition's own, or one stage of its path over the stage before."""
    edition = editions[audience]
    lines = [*edition.whole, *edition.places]
    quantities = [one for line in lines for one in (line.now, line.before)]
    quantities += [one for goal in edition.objectives for one in (goal.now, goal.before)]
    stages = [stage.now for stage in edition.stages]
    quantities += [divide(one, before) for before, one in zip(stages, stages[1:], strict=False)]
    known = {(one.numerator, one.denominator) for one in quantities}
    said = re.findall(r"\((\d+)/(\d+)\)", write_text(render_sheet(edition)))
    assert said
    # What was received of what was owed is told in the same way.
    told = {pair for pair in said if f"({'/'.join(pair)})" not in edition.coverage}
    assert {(float(top), float(bottom)) for top, bottom in told} <= known


def test_figures_lead_to_their_proof(editions: dict[str, Edition]) -> None:
    html = render_sheet(editions[COMMITTEE])
    assert html.count('class="j-proof"') > 20
    # A committee's figure is proved to a committee.
    assert all("comite" in link for link in re.findall(r'href="\?preuve=([^"]+)"', html))
    definition = editions[COMMITTEE].definitions[0]
    assert write_link(HOLE, definition) == "n.\xa0d."


def test_names_are_text_wherever_they_stand(editions: dict[str, Edition]) -> None:
    edition, bad = editions[PRODUCER], '<img src=x>"}</style>'
    risky = replace(
        edition,
        header=replace(edition.header, convention=bad, signatories=(bad,), author=bad),
        places=tuple(line if line.is_whole else replace(line, place=bad, level=bad) for line in edition.places),
        definitions=tuple(replace(one, label=bad) for one in edition.definitions),
        stages=tuple(replace(one, label=bad) for one in edition.stages),
        contributions=tuple(replace(one, label=bad, party=bad, element=bad) for one in edition.contributions),
        findings=(bad,),
    )
    assert "<img" not in render_sheet(risky)
    folio = render_folio(risky)
    assert folio.count("</style>") == 1
    assert "<img" not in folio
    assert "counter(page)" in folio


def goal(**changes: object) -> ObjectiveLine:
    """An objective of 60, reached by 45 of which 40 were the year before."""
    now, before = Quantity(45, None, 45, "ok"), Quantity(40, None, 40, "ok")
    one = ObjectiveLine(
        "Au moins 60", "integres", ">=", 60, None, "Art. 3-1", "2024", now, None, "un effectif", -15, "En retard",
        before, "2023", None, "", "",
    )  # fmt: skip
    return replace(one, **changes)  # type: ignore[arg-type]


def test_bar_below_its_objective_is_drawn_as_such() -> None:
    html = draw_objective(goal())
    places = {name: float(left) for name, left in re.findall(r'class="j-([a-z]+)[^"]*" style="left:([\d.]+)%', html)}
    assert set(places) == {"before", "now", "pole"}
    assert places["now"] == 0 < places["pole"] < 100
    assert "j-below" in html
    assert "j-passed" not in html


def test_bar_of_a_band_has_both_poles_and_a_provisional_one_its_hatches() -> None:
    html = draw_objective(goal(upper=90, status="Tenu", now=Quantity(70, None, 70, "provisoire"), expected=30.0))
    assert html.count("j-pole") == 2
    assert "j-range" in html
    assert "j-hatched" in html
    assert "j-due" in html
    assert 'aria-hidden="true"' in html


def test_bar_of_what_is_not_known_has_its_objective_alone() -> None:
    html = draw_objective(goal(now=HOLE, before=Quantity(None, None, None, "secret")))
    assert re.findall(r'<i class="j-([a-z]+)', html) == ["pole"]


def test_rate_that_passes_the_whole_fills_its_bar() -> None:
    html = draw_rate(Quantity(12, 10, 1.2, "> 100 %"), HOLE)
    assert "width:100.00%" in html
    assert "j-thin" not in html


@pytest.mark.parametrize(
    ("one", "over", "value", "state"),
    [
        (Quantity(3, None, 3, "ok"), Quantity(4, None, 4, "ok"), 0.75, "ok"),
        (Quantity(3, None, 3, "partiel"), Quantity(4, None, 4, "ok"), 0.75, "partiel"),
        (Quantity(None, None, None, "secret"), Quantity(4, None, 4, "ok"), None, "secret"),
        (Quantity(3, None, 3, "ok"), Quantity(0, None, 0, "ok"), None, "n.d."),
    ],
)
def test_stage_over_another_is_as_unknown_as_the_less_known(
    one: Quantity, over: Quantity, value: float | None, state: str
) -> None:
    found = divide(one, over)
    assert (found.value, found.state) == (value, state)
