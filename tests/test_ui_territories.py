"""The comparison of places: what is ranked, what is hidden, what the title claims."""

from __future__ import annotations

from conventions.agreements import load_conventions
from conventions.catalogue import load_catalogue
from indicators.values import Figure
from tests.invented import invent
from ui.charts.ranked import Bar
from ui.places import count_places, list_places, lower_label, main_level, name_one
from ui.spans import cover
from ui.territories.cards import build_bars, pick_bars, write_last_title
from ui.territories.compare import (
    Comparison,
    adds_up,
    find_ends,
    is_ranked,
    list_levels,
    write_gap_title,
    write_title,
)
from ui.territories.tiles import place_tiles, render_tiles

CATALOGUE = load_catalogue()
CONVENTIONS = load_conventions()
METZ = CONVENTIONS["metz"]
MARTIGUES = CONVENTIONS["plie-martigues"]


def compare(figures: list[Figure], convention: str = "plie-martigues") -> Comparison:
    agreed = CONVENTIONS[convention]
    level = list_levels(agreed)[0]
    codes = {figure.territory for figure in figures}
    places = [place for place in list_places(agreed, level) if place.code in codes]
    return Comparison(agreed, cover(2025, 1, 12, agreed.cadence), level, "producteur", places, figures, {})


RATES = [
    invent("taux_presence", 158, 236, territory="13056"),
    invent("taux_presence", 82, 131, territory="13077"),
    invent("taux_presence", 9, 10, territory="13098"),
]


def test_rates_over_few_people_are_shown_and_not_ranked() -> None:
    assert [is_ranked(figure) for figure in RATES] == [True, True, False]
    ends = find_ends(compare(RATES), "taux_presence")
    assert ends is not None
    assert [place.code for place in ends] == ["13077", "13056"]


def test_title_of_a_rate_tells_its_two_ends() -> None:
    title = write_title(compare(RATES), CATALOGUE.indicator("taux_presence"), CATALOGUE)
    assert title == (
        "Taux de présence au premier contact\u00a0: de 63\u00a0% (Port-de-Bouc) à 67\u00a0% (Martigues), "
        "l’écart peut tenir au hasard"
    )


def test_title_of_equal_rates_ranks_nobody() -> None:
    figures = [invent("taux_presence", 50, 100, territory=code) for code in ("13056", "13077")]
    assert write_title(compare(figures), CATALOGUE.indicator("taux_presence"), CATALOGUE).endswith(
        "50\u00a0% partout"
    )


def test_title_of_counts_tells_the_share_of_the_largest() -> None:
    figures = [invent("orientes", 75, territory="13056"), invent("orientes", 25, territory="13077")]
    assert write_title(compare(figures), CATALOGUE.indicator("orientes"), CATALOGUE).endswith(
        "Martigues en compte 75\u00a0% (75 sur 100)"
    )


def test_title_of_counts_with_a_hole_gives_no_share() -> None:
    figures = [
        invent("orientes", 75, territory="13056"),
        invent("orientes", 25, territory="13077"),
        invent("orientes", None, territory="13098", state="secret"),
    ]
    assert write_title(compare(figures), CATALOGUE.indicator("orientes"), CATALOGUE).endswith(
        "Martigues en compte le plus (75)"
    )


def test_counts_add_up_and_rates_do_not() -> None:
    assert adds_up(CATALOGUE.indicator("orientes"), CATALOGUE)
    assert not adds_up(CATALOGUE.indicator("taux_presence"), CATALOGUE)


def test_bars_name_nobody_within_chance_and_keep_holes() -> None:
    figures = [*RATES[:2], invent("taux_presence", None, None, territory="13098", state="secret")]
    bars = {
        bar.label: bar
        for bar in build_bars(compare(figures), CATALOGUE.indicator("taux_presence"), is_additive=False)
    }
    assert not any(bar.is_named for bar in bars.values()), "petrol would rank what chance alone sets apart"
    assert (bars["Saint-Mitre-les-Remparts"].value, bars["Saint-Mitre-les-Remparts"].text) == (None, "secret")


def test_level_that_secrecy_blanks_is_said_to_be() -> None:
    hidden = [
        invent("taux_presence", None, None, territory=code, state="secret") for code in ("13056", "13077")
    ]
    assert compare([*hidden, RATES[2]]).is_blanked()
    assert not compare(RATES).is_blanked()


def test_indicators_known_by_no_place_are_not_offered() -> None:
    figures = [
        *RATES,
        invent("orientes", 10, territory="13056"),
        invent("diagnostics", None, territory="13056", state="n.d."),
    ]
    assert compare(figures).indicators() == ["taux_presence", "orientes"]


def test_places_are_counted_at_the_level_that_covers_all() -> None:
    level = main_level(MARTIGUES)
    assert level is not None
    assert count_places(MARTIGUES) == ["3\u00a0communes"]
    assert lower_label(main_level(CONVENTIONS["troyes"]) or level) == "Points Conseil Emploi"
    assert name_one(level) == "commune"
    assert [name_one(one) for one in CONVENTIONS["accompagnement-global-35"].levels] == [
        "centre départemental d’action sociale",
        "agence départementale",
    ]
    assert [place.kind for place in list_places(METZ, main_level(METZ))] == ["quartier"] * 6


def test_title_of_the_ranking_tells_whether_chance_makes_the_gap() -> None:
    rate = CATALOGUE.indicator("taux_presence")
    assert write_gap_title(compare(RATES), rate) == "Le hasard suffit à expliquer ces écarts"
    apart = [invent("taux_presence", 180, 236, territory="13056"), invent("taux_presence", 60, 131, territory="13077")]
    assert write_gap_title(compare(apart), rate) == "Entre Port-de-Bouc et Martigues, l’écart dépasse le hasard"
    assert write_title(compare(apart), rate, CATALOGUE).endswith("l’écart dépasse le hasard")
    assert [bar.label for bar in build_bars(compare(apart), rate, is_additive=False) if bar.is_named] == ["Martigues"]
    counts = [invent("orientes", 75, territory="13056"), invent("orientes", 25, territory="13077")]
    assert write_gap_title(compare(counts), CATALOGUE.indicator("orientes")).endswith("effectif")


def test_title_through_time_tells_the_ends_of_the_last_period() -> None:
    rate = CATALOGUE.indicator("taux_presence")
    told = [
        invent("taux_presence", 30, 60, territory="13056", period="2025-T2"),
        invent("taux_presence", 10, 40, territory="13056", period="2025-T3"),
        invent("taux_presence", 30, 40, territory="13077", period="2025-T3"),
        invent("taux_presence", 9, 10, territory="13098", period="2025-T3"),
    ]
    assert write_last_title(compare(told), rate, told) == (
        "3ᵉ\u00a0trimestre 2025\u00a0: de 25\u00a0% (Martigues) à 75\u00a0% (Port-de-Bouc)"
    )
    assert write_last_title(compare(told[:2]), rate, told[:2]) == "Période après période"


def test_only_ranked_rates_carry_an_interval() -> None:
    bars = build_bars(compare(RATES), CATALOGUE.indicator("taux_presence"), is_additive=False)
    assert [bar.interval is not None for bar in bars] == [True, True, False]
    counts = [invent("orientes", 75, territory="13056")]
    (bar,) = build_bars(compare(counts), CATALOGUE.indicator("orientes"), is_additive=True)
    assert bar.interval is None


def test_of_many_places_the_ends_are_drawn() -> None:
    bars = [Bar(f"C{rank}", float(rank), str(rank)) for rank in range(81)]
    assert [bar.label for bar in pick_bars(bars, is_ratio=False)] == [f"C{rank}" for rank in range(80, 60, -1)]
    ends = pick_bars(bars, is_ratio=True)
    assert (ends[0].label, ends[9].label, ends[10].label, ends[-1].label) == ("C80", "C71", "C9", "C0")
    assert pick_bars(bars[:3], is_ratio=True) == bars[:3]


def test_tiles_stand_where_the_level_says() -> None:
    level = list_levels(MARTIGUES)[0]
    assert place_tiles(level) == {"13098": (1, 1), "13077": (2, 1), "13056": (2, 2)}
    found, rate = compare(RATES), CATALOGUE.indicator("taux_presence")
    html = render_tiles(level, found.places, found.known("taux_presence"), rate)
    assert html.count("<li") == 3
    assert 'style="grid-row:2;grid-column:2"><span class="j-tile-name">Martigues</span>' in html
    few = html.split("</li>")[2]
    assert "Saint-Mitre" in few
    assert "(9/10)" in few
    assert "j-heat-" not in few


def test_tiles_without_a_layout_follow_each_other() -> None:
    level = list_levels(CONVENTIONS["troyes"])[0]
    places = list_places(CONVENTIONS["troyes"], level)
    html = render_tiles(level, places, {}, CATALOGUE.indicator("accompagnes"))
    assert "grid-row" not in html
    assert html.count("j-missing-cell") == len(places) == 6
