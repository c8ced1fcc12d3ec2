"""What a committee has to decide, from objectives, sources, returns and commitments that are invented."""

from __future__ import annotations

from datetime import date

from conventions.agreements import load_conventions
from conventions.catalogue import load_catalogue
from conventions.cycles import Cycle
from conventions.periods import parse_period
from conventions.statuses import COMPROMISED, HELD, LATE, MISSED, ON_TRACK, UNTRACED
from conventions.values import Objective
from indicators.commitments import CommitmentReading, Occurrence
from indicators.gaps import Gap
from indicators.objectives import ObjectiveReading
from tests.invented import invent
from ui.returns import AWAITED, PARTIAL, RECEIVED, Return
from ui.synthesis.cards import write_decisions_html, write_decisions_title
from ui.synthesis.decisions import (
    Decision,
    decide_commitments,
    decide_objectives,
    decide_returns,
    decide_sources,
)

CATALOGUE = load_catalogue()
MARTIGUES = load_conventions()["plie-martigues"]
TODAY = date(2026, 11, 22)
QUARTERS = tuple(parse_period(f"2026-T{rank}") for rank in (1, 2, 3))
COUNT = Objective("integrations", "225", "integres", ">=", 225, "annee", "M 3-1", prorata=True)
RATE = Objective("positives", "50 %", "taux_sorties_positives", ">=", 0.5, "annee", "M 3-1")


def read(
    objective: Objective, status: str, *, value: float, of: float | None = None, expected: float | None = None
) -> ObjectiveReading:
    figure = invent(objective.indicator, value, of)
    return ObjectiveReading(objective, 2026, QUARTERS, figure, expected, -1.0, status, None)


def texts(decisions: list[Decision]) -> list[str]:
    return [one.text.replace("\u00a0", " ").replace("\u202f", " ") for one in decisions]


def test_objective_that_is_late_asks_for_what_is_left_of_the_year() -> None:
    late = read(COUNT, COMPROMISED, value=159, expected=168)
    assert texts(decide_objectives([late], CATALOGUE)) == [
        "Personnes intégrées au dispositif : il reste <b>66 personnes</b> à faire avant le 31/12/2026. Comment ?"
    ]


def test_rate_that_is_late_asks_for_those_who_lack() -> None:
    (text,) = texts(decide_objectives([read(RATE, COMPROMISED, value=53, of=118)], CATALOGUE))
    assert text.startswith("Taux de sorties positives : il manque <b>6 ")
    assert text.endswith("Comment ?")


def test_objective_that_was_missed_asks_what_follows() -> None:
    (text,) = texts(decide_objectives([read(COUNT, MISSED, value=210, expected=225)], CATALOGUE))
    assert text == "Personnes intégrées au dispositif : <b>210</b> pour 225 en 2026. Quelle suite ?"


def test_objective_on_its_way_asks_nothing() -> None:
    assert decide_objectives([read(COUNT, ON_TRACK, value=173, expected=168)], CATALOGUE) == []


def gap(period: str, used: float, other: float, retained: str | None = None) -> Gap:
    sides = invent("orientes", used), invent("orientes", other, source="france-travail")
    return Gap("orientes", None, period, *sides, retained)


def test_largest_gap_without_a_retained_source_is_to_be_settled() -> None:
    gaps = [gap("2026-T1", 152, 163), gap("2026-T2", 140, 145), gap("2026-T3", 84, 84)]
    assert texts(decide_sources(gaps, MARTIGUES, CATALOGUE)) == [
        "DE orientés vers le PLIE, T1 2026 : retenir <b>152 (PLIE) ou 163 (France Travail)</b> ? "
        "Une autre période diffère."
    ]


def test_gap_whose_source_is_retained_asks_nothing() -> None:
    assert decide_sources([gap("2026-T1", 152, 163, "plie")], MARTIGUES, CATALOGUE) == []


def test_returns_ask_for_a_date_or_for_what_lacks() -> None:
    returns = [
        Return("plie", QUARTERS[0], RECEIVED),
        Return("plie", QUARTERS[2], AWAITED),
        Return("france-travail", QUARTERS[2], PARTIAL, ("Port-de-Bouc",)),
    ]
    assert texts(decide_returns(returns, MARTIGUES, TODAY)) == [
        "Une date pour <b>1 retour manquant</b> : PLIE T3 2026.",
        "Compléter <b>France Travail T3 2026</b> : il manque Port-de-Bouc.",
    ]
    assert len(decide_returns(returns, MARTIGUES, date(2028, 1, 1))) == 1


def commitment(rank: int, *states: str, year: int = 2025) -> CommitmentReading:
    agreed = [one for one in MARTIGUES.commitments if one.every == "an"][rank]
    cycle = Cycle(date(year, 1, 1), date(year, 12, 31), date(year, 12, 31), str(year))
    return CommitmentReading(agreed, tuple(Occurrence(cycle, 1, None, 0, (), "", state) for state in states))


def test_commitments_that_are_late_are_told_together() -> None:
    late = [commitment(0, LATE, LATE, HELD), commitment(1, LATE), commitment(2, HELD)]
    (text,) = texts(decide_commitments(late, TODAY))
    assert text.startswith("<b>2 engagements en retard</b> : « ")
    assert text.count("(2 échéances)") == 1
    assert text.endswith("Fixer une date.")
    (text,) = texts(decide_commitments([commitment(0, UNTRACED, year=2021)], TODAY))
    assert text.startswith("<b>1 engagement sans trace</b>")
    assert "» (2021). En saisir la preuve" in text
    assert decide_commitments([commitment(2, HELD)], TODAY) == []


def test_commitment_late_for_more_than_a_year_asks_for_no_date_any_more() -> None:
    assert decide_commitments([commitment(0, LATE, year=2024)], TODAY) == []


def test_decisions_are_numbered_and_the_rest_is_counted() -> None:
    found = [Decision(f"point {rank}", "sources") for rank in range(5)]
    html = write_decisions_html(found)
    assert html.count("<li>") == 3
    assert "Et deux autres." in html
    assert 'href="/sources"' in html
    assert write_decisions_title([]) == "Rien à décider aujourd’hui"
    assert "aucun engagement n’est en retard" in write_decisions_html([])
