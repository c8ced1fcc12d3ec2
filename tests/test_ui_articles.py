"""The pages that read a convention by article: which parts are drawn, how they are called, what is named and told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from conventions.agreements import load_conventions
from conventions.catalogue import load_catalogue
from conventions.cycles import Cycle
from conventions.periods import parse_period
from conventions.statuses import HELD
from conventions.values import Block
from indicators.commitments import CommitmentReading, Occurrence
from indicators.evolution import Evolution, LeftOut
from indicators.values import Figure
from store.facts import Fact
from tests.invented import invent
from ui.articles.agreed import render_needs, say_held
from ui.articles.cards import name_axis
from ui.articles.page import is_city, pair_blocks
from ui.articles.reading import Reading, build_bars, drop_whole, list_parts
from ui.articles.words import write_change, write_finding, write_page_title
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
    assert write_finding(reading, bars, CATALOGUE).startswith("France Travail\u00a0: 148")
    told = replace(reading, whole={"integres": invent("integres", 208)})
    assert write_finding(told, bars, CATALOGUE) == "France Travail\u00a0: 148 sur 208, soit 71\u00a0%"


def test_rates_over_few_are_not_the_finding() -> None:
    found = [
        invent("part_livrets_remplis", 4, 4, segment={"moment": "mois_1"}),
        invent("part_livrets_remplis", 20, 40, segment={"moment": "mi_parcours"}),
        invent("part_livrets_remplis", 15, 50, segment={"moment": "trois_quarts"}),
    ]
    reading = read("rouen", "pec", found)
    finding = write_finding(reading, build_bars(reading, CATALOGUE), CATALOGUE)
    assert finding == "De 30\u00a0% (Trois quarts du parcours) à 50\u00a0% (Mi-parcours)"


def test_value_that_is_the_whole_is_not_a_bar_beside_its_parts() -> None:
    found = [invent("defm", size, segment={"categorie": code}) for code, size in (("ABC", 90), ("A", 60), ("B", 30))]
    reading = replace(read("rouen", "categories", found), whole={"defm": invent("defm", 90)})
    bars = drop_whole(build_bars(reading, CATALOGUE), reading)
    assert [(bar.text, bar.is_named) for bar in bars] == [("60", True), ("30", False)]
    assert len(drop_whole(bars[:1], reading)) == 1


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


def test_blocks_without_bars_stand_two_by_two_in_their_order() -> None:
    lines = pair_blocks([read("rouen", block.code, []) for block in CONVENTIONS["rouen"].blocks])
    told = [[one.block.code for one in line] for line in lines]
    assert told[-2:] == [["clauses", "tzcld"], ["uts"]]
    assert sum(told, []) == [block.code for block in CONVENTIONS["rouen"].blocks]


def test_parts_are_called_by_the_level_of_the_convention() -> None:
    found = [invent("accompagnes", 244, territory="pce-1")]
    assert name_axis(read("troyes", "accompagnes", found), CATALOGUE) == "territoire (Points Conseil Emploi)"
    assert name_axis(read("metz", "agent", []), CATALOGUE) == "thème d’atelier"


def test_cities_are_known_by_their_territory() -> None:
    assert {key for key, one in CONVENTIONS.items() if is_city(one)} == {"metz", "rouen", "troyes"}


def since(now: float, before: float, **more: Any) -> Evolution:
    """Personnes accueillies, a year after the other."""
    dates = (parse_period("2021"), parse_period("2020"))
    figures = (invent("accueillis", now), invent("accueillis", before))
    return Evolution(CATALOGUE.indicator("accueillis"), *dates, *figures, **more)


def test_page_opens_on_what_its_first_block_found() -> None:
    first = replace(read("metz", "accueil", []), whole={"accueillis": invent("accueillis", 1128)})
    empty = read("metz", "publics", [])
    assert write_page_title([empty, first], [], CATALOGUE) == "Personnes accueillies\u00a0: 1\u202f128"
    grown = replace(first, evolution=since(1128, 991))
    assert write_page_title([grown], [], CATALOGUE).endswith("1\u202f128, soit 14\u00a0% de plus qu’en 2020")
    even = replace(first, evolution=since(1128, 1130))
    assert write_page_title([even], [], CATALOGUE).endswith(", comme en 2020")
    assert write_page_title([empty], [], CATALOGUE) == "Rien reçu pour cette période"


def test_change_says_its_field_or_why_there_is_none() -> None:
    left = (LeftOut("borny", False, True),)
    reading = replace(read("metz", "accueil", []), evolution=since(1128, 991, left_out=left))
    said = "<b>+137</b> (+14\u00a0%) par rapport à 2020, à champ constant (sans Borny)"
    assert write_change(reading) == said
    broken = replace(reading, evolution=since(1128, 991, reason="La série est rompue."))
    assert write_change(broken) == "La série est rompue."
    assert write_change(replace(reading, evolution=None)) == ""


def test_commitment_is_told_by_its_year() -> None:
    copil = next(one for one in CONVENTIONS["metz"].commitments if one.code == "copil")
    cycle = Cycle(date(2021, 1, 1), date(2021, 12, 31), date(2021, 12, 31), "2021")
    held = CommitmentReading(copil, (Occurrence(cycle, 1, None, 2, (), "", HELD),))
    assert say_held(held, 2021, CATALOGUE) == '<span class="j-tag j-good">Tenu</span> 1 sur 1'
    assert say_held(held, 2022, CATALOGUE) == ""


def test_needs_are_read_latest_first_in_their_place() -> None:
    needs = [
        Fact("metz", "besoin_non_couvert", period="2022-S1", territory="borny", text="Garde d'enfants"),
        Fact("metz", "besoin_non_couvert", period="2023-S1", text="Trajet du matin"),
    ]
    html = render_needs(needs, CONVENTIONS["metz"])
    assert html.index("Trajet du matin") < html.index("Garde d’enfants")
    assert "<td>Borny</td>" in html
