"""The words of the gaps between two sources, from invented counts."""

from __future__ import annotations

from conventions.agreements import load_conventions
from conventions.catalogue import load_catalogue
from indicators.gaps import Gap
from tests.invented import invent
from ui.gaps.table import name_gap, write_largest, write_title

CATALOGUE, MARTIGUES = load_catalogue(), load_conventions()["plie-martigues"]


def pair(territory: str | None, used: float | None, other: float | None) -> Gap:
    sides = invent("orientes", used), invent("orientes", other, source="france-travail")
    return Gap("orientes", territory, "2026-T1", *sides)


GAPS = [pair("13056", 84, 89), pair("13098", 15, 18), pair("13077", 36, None)]


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def test_title_compares_the_same_places_and_leaves_out_what_one_source_lacks() -> None:
    assert plain(write_title(GAPS, MARTIGUES, CATALOGUE)) == (
        "DE orientés vers le PLIE : PLIE 99, France Travail 107 là où les deux se comparent (écart 8, soit 8 %)"
    )
    assert write_title([pair("13056", 84, 84)], MARTIGUES, CATALOGUE).startswith("Les deux sources disent la même")
    assert write_title(GAPS[2:], MARTIGUES, CATALOGUE).startswith("Aucun chiffre de la période")


def test_largest_gap_is_told_with_the_steepest() -> None:
    assert plain(write_largest(GAPS, MARTIGUES)) == (
        "L’écart le plus grand : Martigues (commune), T1 2026 (84 et 89) ; "
        "en proportion : Saint-Mitre-les-Remparts, T1 2026 (15 et 18, 20 %)"
    )
    assert write_largest(GAPS[2:], MARTIGUES) == "Aucun écart à montrer"


def test_commune_and_whole_of_nearly_the_same_name_are_told_apart() -> None:
    assert plain(name_gap(pair(None, 1, 2), MARTIGUES)) == "Ensemble, T1 2026"
    assert plain(name_gap(GAPS[2], MARTIGUES)) == "Port-de-Bouc, T1 2026"
