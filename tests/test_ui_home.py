"""Trends, returns and notices of the home page, from invented figures."""

from __future__ import annotations

from datetime import date

from conventions.agreements import load_conventions
from conventions.catalogue import load_catalogue
from conventions.periods import Period, parse_period
from indicators.completeness import MISSING, Cell, Completeness, Freshness
from indicators.completeness import RECEIVED as GIVEN
from indicators.owed import Owed
from tests.invented import invent
from ui.attention import MOST, Notice, tell_sources, tell_states, write_notices_html
from ui.charts.trend import Trend
from ui.returns import (
    AWAITED,
    PARTIAL,
    RECEIVED,
    TO_COME,
    sort_returns,
    write_returns_html,
    write_returns_title,
)
from ui.trends import cumulate, write_trend_title

CATALOGUE = load_catalogue()
CONVENTIONS = load_conventions()
MARTIGUES = CONVENTIONS["plie-martigues"]
QUARTERS = [parse_period(f"2026-T{rank}") for rank in (1, 2, 3, 4)]


def test_cumulate_stops_at_the_first_hole() -> None:
    values: dict[Period, float | None] = {QUARTERS[0]: 10.0, QUARTERS[1]: None, QUARTERS[2]: 30.0}
    assert cumulate(values, is_cumul=False) == [(3, 10.0)]


def test_cumulate_adds_counts_and_keeps_what_is_already_a_total() -> None:
    values: dict[Period, float | None] = {QUARTERS[1]: 30.0, QUARTERS[0]: 10.0}
    assert cumulate(values, is_cumul=False) == [(3, 10.0), (6, 40.0)]
    assert cumulate(values, is_cumul=True) == [(3, 10.0), (6, 30.0)]


def title_of(*points: tuple[int, float]) -> str:
    return write_trend_title(Trend(year=2025, points=points, objective=225))


def test_trend_title_tells_the_lead_that_was_lost() -> None:
    assert title_of((6, 117), (9, 159)) == "De cinq d’avance fin juin à neuf de retard fin septembre"


def test_trend_title_tells_lead_delay_or_neither() -> None:
    assert title_of((6, 117)) == "Cinq d’avance sur la trajectoire fin juin"
    assert title_of((6, 100)) == "12 de retard sur la trajectoire fin juin"
    assert title_of((12, 225)) == "Juste sur la trajectoire fin décembre"


def owe(period: str, source: str, state: str = GIVEN, place: str = "13056") -> Cell:
    measure = "orientes" if source == "plie" else "convoques"
    return Cell(Owed(source, measure, place, parse_period(period)), state)


def hold(
    *cells: Cell, sources: tuple[str, ...] = ("plie", "france-travail"), rhythm: str = "trimestre"
) -> Completeness:
    fresh = tuple(Freshness(source, None, None) for source in sources)
    return Completeness(date(2026, 11, 22), cells, fresh, rhythm=rhythm)


def returns_of_2026() -> list:
    found = hold(
        *(owe(period, "plie") for period in ("2026-T1", "2026-T2")), owe("2026-T3", "plie", MISSING),
        *(owe(period, "france-travail") for period in ("2026-T1", "2026-T2")),
        owe("2026-T2", "france-travail", MISSING, "13077"), owe("2026-T3", "france-travail", MISSING),
    )  # fmt: skip
    return sort_returns(found, MARTIGUES, 2026)


def test_returns_are_received_partial_awaited_or_to_come() -> None:
    states = {(one.source, one.period.code): one.state for one in returns_of_2026()}
    assert states[("plie", "2026-T1")] == RECEIVED
    assert states[("france-travail", "2026-T2")] == PARTIAL
    assert states[("plie", "2026-T3")] == AWAITED
    assert states[("plie", "2026-T4")] == TO_COME


def test_returns_title_counts_what_was_due() -> None:
    assert write_returns_title(returns_of_2026(), 2026) == "En 2026, 4 retours reçus sur 6, dont 1 partiel"


def test_returns_tell_which_place_is_missing() -> None:
    html = write_returns_html(returns_of_2026(), MARTIGUES)
    assert "il manque Port-de-Bouc" in html
    assert "T3\u00a02026" in html
    assert "attendu" in html


def test_returns_of_a_monthly_convention_are_told_as_runs() -> None:
    convention = CONVENTIONS["accompagnement-global-35"]
    months = list(parse_period("2024").parts("mois"))
    found = hold(*(owe(one.code, "departement-35") for one in months), sources=("departement-35",), rhythm="mois")
    html = write_returns_html(sort_returns(found, convention, 2024), convention)
    assert html.count("<li>") == 1
    assert "janv. – déc.\u00a02024" in html


def test_notices_group_the_figures_that_one_hole_touches() -> None:
    hole = (("13077", "2026-T3"),)
    figures = [
        invent("convoques", 225, state="partiel", missing=hole),
        invent("presents_ic", 121, state="partiel", missing=hole),
    ]
    (notice,) = tell_states(figures, MARTIGUES, CATALOGUE)
    assert notice.head == "Sans Port-de-Bouc (T3\u00a02026)"
    assert notice.text.startswith("2 chiffres partiels, dont ")


def test_notices_tell_what_may_change_and_what_is_shifted() -> None:
    figures = [
        invent("taux_sorties_positives", 89, 171, state="provisoire"),
        invent("taux_integration_diagnostic", 11, 9, state="> 100 %"),
    ]
    texts = [notice.text for notice in tell_states(figures, MARTIGUES, CATALOGUE)]
    assert "il se confirme à 6 mois" in texts[0]
    assert "décalage de période" in texts[1]


def test_notices_tell_the_gap_of_two_sources_unless_one_is_partial() -> None:
    first, other = invent("orientes", 412), invent("orientes", 431, source="france-travail")
    (notice,) = tell_sources([first, other], MARTIGUES, CATALOGUE)
    assert notice.text == "PLIE 412, France Travail 431 (écart 19)."
    partial = invent("orientes", 296, source="france-travail", state="partiel")
    assert tell_sources([first, partial], MARTIGUES, CATALOGUE) == []


def test_notices_list_the_first_ones_and_count_the_rest() -> None:
    html = write_notices_html([Notice(f"n{rank}", "x") for rank in range(MOST + 2)])
    assert html.count("<li>") == MOST
    assert "Et 2 autres." in html
    assert "complets" in write_notices_html([])
