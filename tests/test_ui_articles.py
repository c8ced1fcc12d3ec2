"""The page that reads a convention by article: which parts are drawn, how they are called, what is named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from conventions.agreements import load_conventions
from conventions.catalogue import load_catalogue
from conventions.values import Block
from indicators.values import Figure
from tests.invented import invent
from ui.articles.cards import write_finding
from ui.articles.reading import Reading, build_bars, list_parts
from ui.spans import cover

CATALOGUE, CONVENTIONS = load_catalogue(), load_conventions()


def find_block(key: str, code: str) -> Block:
    return next(one for one in CONVENTIONS[key].blocks if one.code == code)


def read(key: str, code: str, parts: Sequence[Figure]) -> Reading:
    convention = CONVENTIONS[key]
    span = cover(convention.start.year, 1, 12, convention.cadence)
    return Reading(find_block(key, code), convention, span, span.periods, [], {}, parts)


def test_places_are_those_of_the_first_level_that_knows_any() -> None:
    """The whole city is not a bar beside its quartiers."""
    found = [invent("accueillis", size, territory=code) for code, size in (("borny", 198), ("57463", 620))]
    assert [one.territory for one in list_parts(read("metz", "accueil", found))] == ["borny"]


def test_holes_are_left_out_and_secrets_kept() -> None:
    found = [
        invent("ateliers", 6, segment={"theme": "cv"}),
        invent("ateliers", None, segment={"theme": "projet"}, state="secret"),
        invent("ateliers", None, segment={"theme": "droits"}, state="n.d."),
    ]
    bars = build_bars(read("metz", "agent", found), CATALOGUE)
    said = [(bar.label, bar.text) for bar in bars]
    assert said == [("Atelier CV et lettre", "6"), ("Atelier projet professionnel", "secret")]
    assert [bar.is_named for bar in bars] == [True, False]


def test_motives_are_called_as_the_convention_calls_them() -> None:
    found = [invent("sorties", 12, segment={"categorie": "positive_emploi"})]
    (bar,) = build_bars(read("plie-martigues", "categories", found), CATALOGUE)
    assert bar.label == "Accès à un emploi tenu au moins six mois"


def test_part_is_called_without_the_name_of_its_axis() -> None:
    """The title has one colon: « France Travail : 148, le plus élevé »."""
    found = [
        invent("integres", 148, segment={"prescripteur": "france_travail"}),
        invent("integres", 60, segment={"prescripteur": "autre"}),
    ]
    reading = next(
        replace(read("plie-martigues", block.code, found), block=replace(block, by="prescripteur", chart="integres"))
        for block in CONVENTIONS["plie-martigues"].blocks
    )
    bars = build_bars(reading, CATALOGUE)
    assert write_finding(bars, "Intégrations") == "France Travail\u00a0: 148, le plus élevé"


def test_rates_over_few_are_not_the_finding() -> None:
    found = [
        invent("part_livrets_remplis", 4, 4, segment={"moment": "mois_1"}),
        invent("part_livrets_remplis", 20, 40, segment={"moment": "mi_parcours"}),
    ]
    bars = build_bars(read("rouen", "pec", found), CATALOGUE)
    assert write_finding(bars, "Part").startswith("Mi-parcours")


def test_portfolios_are_read_against_the_range_that_holds_for_each() -> None:
    agreed = read("accompagnement-global-35", "portefeuilles", []).objective
    assert agreed is not None
    assert (agreed.value, agreed.upper) == (70, 100)


@pytest.mark.parametrize("key", sorted(CONVENTIONS))
def test_every_indicator_of_a_city_stands_in_a_block(key: str) -> None:
    """The cities have no page of their own: what they follow is in their blocks."""
    convention = CONVENTIONS[key]
    shown = {code for block in convention.blocks for code in block.indicators}
    assert convention.blocks
    if not convention.is_paths_allowed:
        assert set(convention.indicators) - shown == set()
