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
from conventions.statuses import HELD, ON_TRACK, UNTRACED
from conventions.values import Block
from indicators.commitments import CommitmentReading, Occurrence
from indicators.evolution import Evolution, LeftOut
from indicators.objectives import ObjectiveReading
from indicators.values import Figure
from store.facts import Fact
from tests.invented import invent
from ui.articles.agreed import render_needs, say_held, write_agreed_title
from ui.articles.cards import name_axis
from ui.articles.page import arrange_blocks, is_city, list_repeats
from ui.articles.reading import Reading, build_bars, drop_whole, list_parts
from ui.articles.words import write_change, write_finding, write_notes, write_page_title
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
    assert write_finding(reading, bars, CATALOGUE) == "France Travail vient en tête\u00a0: 148"
    told = replace(reading, whole={"integres": invent("integres", 208)})
    assert write_finding(told, bars, CATALOGUE) == "France Travail\u00a0: 148 sur 208, soit 71\u00a0%"


def test_parts_counted_on_a_part_of_the_territory_are_not_shares_of_the_whole() -> None:
    """The three paths of the experimental place are 30 entries, not 5 % of the 619 of the département."""
    found = [
        invent("entrees", size, segment={"parcours": code})
        for code, size in (("emploi", 9), ("socio_professionnel", 10), ("social", 11))
    ]
    (block,) = [one for one in CONVENTIONS["accompagnement-global-35"].blocks if one.by == "parcours"]
    told = read("accompagnement-global-35", block.code, found)
    reading = replace(told, whole={"entrees": invent("entrees", 619)})
    bars = build_bars(reading, CATALOGUE)
    assert [bar.text for bar in bars] == ["9", "10", "11"]
    assert write_finding(reading, bars, CATALOGUE) == "Parcours social vient en tête\u00a0: 11"


def test_rest_without_a_name_is_not_the_finding() -> None:
    sizes = (("autre", 327), ("atelier", 176))
    found = [invent("services_delivres", size, segment={"type": code}) for code, size in sizes]
    reading = replace(
        read("plie-martigues", "services", found), whole={"services_delivres": invent("services_delivres", 523)}
    )
    finding = write_finding(reading, build_bars(reading, CATALOGUE), CATALOGUE)
    assert finding == "Atelier (prestation)\u00a0: 176 sur 523, soit 34\u00a0%"


def test_rates_over_few_are_not_the_finding() -> None:
    found = [
        invent("part_livrets_remplis", 4, 4, segment={"moment": "mois_1"}),
        invent("part_livrets_remplis", 20, 40, segment={"moment": "mi_parcours"}),
        invent("part_livrets_remplis", 15, 50, segment={"moment": "trois_quarts"}),
    ]
    reading = read("rouen", "pec", found)
    finding = write_finding(reading, build_bars(reading, CATALOGUE), CATALOGUE)
    assert finding == (
        "Part des livrets de suivi remplis\u00a0: de 30\u00a0% (Trois quarts du parcours) à 50\u00a0% (Mi-parcours)"
    )


def test_value_that_is_the_whole_is_not_a_bar_beside_its_parts() -> None:
    found = [invent("defm", size, segment={"categorie": code}) for code, size in (("ABC", 90), ("A", 60), ("B", 30))]
    reading = replace(read("rouen", "categories", found), whole={"defm": invent("defm", 90)})
    bars = drop_whole(build_bars(reading, CATALOGUE), reading, CATALOGUE)
    assert [(bar.text, bar.is_named) for bar in bars] == [("67\u00a0%", True), ("33\u00a0%", False)]
    assert [bar.counts for bar in bars] == ["(60/90)", "(30/90)"]
    assert len(drop_whole(bars[:1], reading, CATALOGUE)) == 1


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


def told(key: str) -> list[Reading]:
    """The blocks of a convention, each with a figure."""
    known = [invent("accueillis", 1)]
    return [replace(read(key, block.code, []), through_time=known) for block in CONVENTIONS[key].blocks]


def test_small_blocks_stand_two_by_two_in_their_order() -> None:
    """A block of many figures takes the whole width; the last of an odd run stands alone."""
    lines = [
        [[one.block.code for one in column] for column in line]
        for line in arrange_blocks(told("rouen"), CATALOGUE)
    ]
    assert lines[:3] == [[["demande"], ["categories"]], [["pec"]], [["pmsmp"], ["tousmobilises"]]]
    assert lines[3:] == [[["clauses"], ["tzcld"]], [["uts"]]]


def test_short_blocks_are_stacked_beside_a_long_one() -> None:
    """Twelve publics at the left leave room for the ages and the sexes at the right, not for the levels."""
    values = dict.fromkeys(list(CATALOGUE.axes["public"].values)[:12], 10.0)
    publics = [invent("participants", size, segment={"public": code}) for code, size in values.items()]
    blocks = [replace(one, parts=publics) if one.block.code == "publics" else one for one in told("plie-martigues")]
    first, second, *_ = arrange_blocks(blocks, CATALOGUE)
    assert [[one.block.code for one in column] for column in first][0] == ["publics"]
    assert [one.block.code for one in first[1]][:2] == ["ages", "sexes"]
    assert sum(sum(arrange_blocks(blocks, CATALOGUE), []), []) == blocks
    assert second != first


def test_block_whose_figures_were_shown_shows_its_bars_alone() -> None:
    assert list_repeats(told("rouen")) == {"categories"}
    assert list_repeats(told("plie-martigues")) == {"sexes", "niveaux", "motifs"}
    assert list_repeats(told("metz")) == set()


def test_articles_of_a_convention_come_in_their_order() -> None:
    articles = [block.article for block in CONVENTIONS["plie-martigues"].blocks]
    assert articles[:-1] == sorted(articles[:-1])
    assert articles[-1] == "M"


def test_parts_are_called_by_the_level_of_the_convention() -> None:
    found = [invent("accompagnes", 244, territory="pce-1")]
    assert name_axis(read("troyes", "accompagnes", found), CATALOGUE) == "Point Conseil Emploi"
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


def test_page_opens_on_the_figure_that_has_an_objective_and_what_was_due_by_then() -> None:
    first = replace(read("plie-martigues", "publics", []), whole={"participants": invent("participants", 231)})
    second = replace(read("plie-martigues", "prescripteurs", []), whole={"integres": invent("integres", 173)})
    agreed = next(one for one in CONVENTIONS["plie-martigues"].objectives if one.indicator == "integres")
    periods = (parse_period("2026-T3"),)
    due = ObjectiveReading(agreed, 2026, periods, second.whole["integres"], 168.3, 4.7, ON_TRACK, None)
    assert write_page_title([first, second], [due], CATALOGUE) == (
        "Personnes intégrées au dispositif\u00a0: 173, pour 168 attendus fin septembre et un objectif de 225"
    )
    over = replace(due, expected=None)
    assert write_page_title([first, second], [over], CATALOGUE).endswith("173, pour un objectif de 225")


def test_notes_say_what_is_partial_and_what_does_not_add_up() -> None:
    hole = (("57463", "2023"),)
    counted = replace(
        read("metz", "accueil", []), periods=[parse_period("2023-S1"), parse_period("2023-S2")],
        whole={"accueillis": invent("accueillis", 1128, state="partiel", missing=hole)},
        through_time=[invent("accueillis", 667, period="2023-S1")],
    )  # fmt: skip
    first, second = write_notes(replace(counted, block=replace(counted.block, indicators=("accueillis",))), CATALOGUE)
    assert write_notes(counted, CATALOGUE)[0].startswith("Personnes accueillies\u00a0: total des 6\u00a0quartiers")
    assert first == "Totaux des 6\u00a0quartiers de la convention, qui ne couvrent pas tout le territoire."
    assert second.startswith("Personnes accueillies\u00a0: personnes distinctes")
    late = invent("services_delivres", 180, state="partiel", missing=(("13077", "2026-T3"),))
    lacking = replace(read("plie-martigues", "services", []), whole={"services_delivres": late})
    assert write_notes(lacking, CATALOGUE) == ["«\u00a0partiel\u00a0»\u00a0: sans Port-de-Bouc (T3\u00a02026)."]


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
    assert say_held(held, 2021, CATALOGUE) == '<span class="j-tag j-good">✓ Tenu</span> 1 sur 1'
    assert say_held(held, 2022, CATALOGUE) == ""
    assert write_agreed_title([held], 2021) == "En 2021, le seul engagement est entièrement tenu"
    assert write_agreed_title([held], 2022) == "Aucun engagement n’avait d’échéance en 2022"


def test_commitment_without_a_trace_says_how_many_times_it_was_held() -> None:
    paid = next(one for one in CONVENTIONS["metz"].commitments if one.code == "versement_agent")
    cycle = Cycle(date(2023, 1, 1), date(2023, 12, 31), date(2023, 12, 31), "2023")
    half = CommitmentReading(paid, (Occurrence(cycle, 2, None, 1, (), "", UNTRACED),))
    said = '<span class="j-tag j-bad">▽ Sans trace</span> 1 sur 2 tenu, 1 sans trace'
    assert say_held(half, 2023, CATALOGUE) == said
    assert write_agreed_title([half], 2023) == "En 2023, le seul engagement n’est pas entièrement tenu"


def test_needs_are_read_latest_first_in_their_place() -> None:
    needs = [
        Fact("metz", "besoin_non_couvert", period="2022-S1", territory="borny", text="Garde d'enfants"),
        Fact("metz", "besoin_non_couvert", period="2023-S1", text="Trajet du matin"),
    ]
    html = render_needs(needs, CONVENTIONS["metz"])
    assert html.index("Trajet du matin") < html.index("Garde d’enfants")
    assert "<td>Borny</td>" in html
