"""The title of Accueil, from conventions whose state and objectives are invented."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

from conventions.agreements import load_conventions
from conventions.statuses import COMPROMISED, ON_TRACK, REACHED
from conventions.values import Objective
from indicators.objectives import ObjectiveReading
from tests.invented import invent
from ui.home.conventions import ACTIVE, OVER, Standing, write_title
from ui.synthesis.decisions import Decision

MARTIGUES = load_conventions()["plie-martigues"]
COUNT = Objective("integrations", "225", "integres", ">=", 225, "annee", "M 3-1", prorata=True)
ASKED = (Decision("un point", "sources"),)


def stand(state: str, *words: str, asks: bool = True) -> Standing:
    readings = [ObjectiveReading(COUNT, 2026, (), invent("integres", 1), None, None, word, None) for word in words]
    glance: Any = SimpleNamespace(readings=readings, day=date(2026, 11, 22))
    return Standing(MARTIGUES, state, glance, ASKED if asks else ())


def title_of(*standings: Standing) -> str:
    return write_title(standings).replace("\u202f", " ")


def test_title_says_what_runs_how_it_stands_and_what_is_left_to_close() -> None:
    running = stand(ACTIVE, ON_TRACK, ON_TRACK)
    assert title_of(running, stand(OVER), stand(OVER, asks=False)) == (
        "Une convention en cours, deux objectifs en bonne voie ; une échue à clore"
    )
    assert title_of(running, running) == "Deux conventions en cours, quatre objectifs en bonne voie"


def test_title_says_how_many_objectives_are_not_held() -> None:
    assert title_of(stand(ACTIVE, REACHED, COMPROMISED)) == (
        "Une convention en cours, dont un objectif sur deux est atteint"
    )


def test_title_without_convention_that_runs_says_so() -> None:
    assert title_of(stand(OVER), stand(OVER)) == "Aucune convention en cours ; deux échues à clore"
