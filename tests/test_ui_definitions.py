"""ui/definitions: what people type finds a figure, each figure is told whole, and no sentence on its sums is false."""

from __future__ import annotations

import re

import pytest

from conventions.agreements import load_conventions
from conventions.catalogue import load_catalogue
from conventions.text import normalise
from conventions.values import Convention
from conventions.vocabulary import load_vocabulary
from ui.definitions.cards import Shelf, render_body, render_folded
from ui.definitions.entries import UNNAMED, Entry, list_chapters, list_entries, name_article
from ui.definitions.search import build_index, find_entries, find_values, read_query, suggest_words
from ui.definitions.shown import list_pages
from ui.definitions.sums import say_sums
from ui.pages import PAGES

CATALOGUE, CONVENTIONS = load_catalogue(), load_conventions()
ENTRIES = list_entries(CATALOGUE, CONVENTIONS, load_vocabulary())
INDEX = build_index(ENTRIES)
MARTIGUES = CONVENTIONS["plie-martigues"]


def find(query: str) -> list[str]:
    return [one.code for one in find_entries(query, ENTRIES, INDEX)]


def shelf(*focus: Convention) -> Shelf:
    return Shelf(CATALOGUE, ENTRIES, focus or tuple(CONVENTIONS.values()))


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("taux de présence", "taux_presence"),
        ("PRESENCE taux", "taux_presence"),
        ("contact premier présence", "taux_presence"),
        ("revenu de solidarité active", "part_rsa"),
        ("RSA", "part_rsa"),
        ("part allocataire", "part_rsa"),
        ("DE orientés", "orientes"),
        ("demandeurs d’emploi orientés vers le PLIE", "orientes"),
        ("Nb pers. orientées", "orientes"),
        ("DEFM", "defm"),
        ("portefeuilles moyens", "taille_moyenne_portefeuille"),
        ("taux_presence", "taux_presence"),
        ("période de mise en situation", "pmsmp"),
    ],
)
def test_search_finds_by_accents_abbreviations_plurals_and_any_order(query: str, first: str) -> None:
    assert find(query)[0] == first


@pytest.mark.parametrize("entry", ENTRIES.values(), ids=lambda one: one.code)
def test_every_figure_is_found_by_its_label_and_by_each_of_its_spellings(entry: Entry) -> None:
    assert entry.code in find(entry.indicator.label)
    assert [one for one in entry.spellings if read_query(one) and entry.code not in find(one)] == []


def test_search_that_finds_nothing_gives_near_words_as_they_are_written() -> None:
    assert find("presance") == []
    assert "présence" in suggest_words("presance", ENTRIES)
    assert find("") == []
    assert suggest_words("xyzxyz", ENTRIES) == []


def test_a_value_of_an_axis_is_told_with_its_axis() -> None:
    found = find_values("femmes", CATALOGUE.axes.values())
    assert [(axis.code, label) for axis, label in found] == [("sexe", "Femmes")]
    assert find_values("xyzxyz", CATALOGUE.axes.values()) == []


@pytest.mark.parametrize("convention", CONVENTIONS.values(), ids=lambda one: one.key)
def test_chapters_hold_each_figure_of_a_convention_under_each_article_that_names_it(convention: Convention) -> None:
    chapters = list_chapters(convention, CATALOGUE)
    told = {(chapter.title, code) for chapter in chapters for code in chapter.codes}
    named = {
        (name_article(article), code)
        for code in convention.indicators
        for article in CATALOGUE.indicator(code).articles
        if article.split(" ")[0] == convention.letter
    }
    assert {pair for pair in told if pair[0] != UNNAMED} == named
    assert {code for _, code in told} == set(convention.indicators)


def test_articles_come_in_the_order_of_their_numbers_and_say_what_they_are_cited_for() -> None:
    chapters = list_chapters(MARTIGUES, CATALOGUE)
    numbers = [one.title.split("\u00a0")[-1] for one in chapters]
    assert numbers == ["3-1", "3-3", "3-4 a", "3-4 b", "6", "7", "Sans article précisé"]
    assert "Au moins 225 nouvelles intégrations par an" in chapters[0].cited


@pytest.mark.parametrize("entry", ENTRIES.values(), ids=lambda one: one.code)
def test_definition_is_whole(entry: Entry) -> None:
    """Its definition, its formula when it is a ratio, its sums, its sources, articles and spellings."""
    html = render_body(entry, shelf())
    assert ("Numérateur" in html) == (entry.indicator.denominator is not None)
    assert "additionne" in html
    assert "Ce que vos colonnes peuvent dire" in html
    for convention in entry.conventions:
        assert f"<dt>{convention.label}</dt>" in html
        for objective in convention.objectives:
            assert (objective.indicator == entry.code) <= (objective.label.replace("’", "’") in html)
    assert html.count("Fourni par") == len(entry.conventions)
    assert None not in [re.search(re.escape(one[:4]), html) for one in entry.spellings]


def test_definition_tells_a_convention_alone_when_it_is_in_view() -> None:
    entry = ENTRIES["ateliers"]
    assert len(entry.conventions) > 1
    alone = render_body(entry, shelf(entry.conventions[0]))
    assert [one.label for one in entry.conventions if f"<dt>{one.label}</dt>" in alone] == [entry.conventions[0].label]


def test_share_of_a_head_count_is_told_as_one() -> None:
    html = render_body(ENTRIES["part_rsa"], shelf(MARTIGUES))
    assert "en fin de période" in html.split("<dt>Unité</dt>")[1].split("</dd>")[0]
    assert "effectif à une date" in html
    assert "flux" in render_body(ENTRIES["taux_presence"], shelf(MARTIGUES))


def test_definition_tells_where_a_series_breaks() -> None:
    html = render_body(ENTRIES["part_qpv_defm"], shelf())
    assert "Rupture au 01/01/2024" in html


def test_folded_definition_opens_by_its_name() -> None:
    html = render_folded(ENTRIES["taux_presence"], shelf(MARTIGUES))
    assert html.startswith('<details class="j-term"><summary><b>Taux de présence au premier contact</b>')


def test_sums_say_exactly_the_axes_along_which_a_count_adds_up() -> None:
    for entry in ENTRIES.values():
        sums = say_sums(entry.indicator, entry.measure, CATALOGUE)
        if entry.measure is None:
            continue
        measure, refused = entry.measure, " ".join(sums.refused)
        assert ("d’une période à l’autre" in sums.allowed) == ("periode" in measure.adds_over)
        assert ("d’une période à l’autre" in refused) == ("periode" not in measure.adds_over)
        assert ("d’un territoire à l’autre" in sums.allowed) == ("territoire" in measure.adds_over)
        for code in measure.axes:
            words = normalise(CATALOGUE.axes[code].label)
            assert (words in normalise(sums.allowed)) == (code in measure.adds_over)
            assert (words in normalise(refused)) == (code not in measure.adds_over)


def test_rates_and_cumulated_counts_say_why_they_do_not_add_up() -> None:
    rate = say_sums(CATALOGUE.indicator("taux_presence"), None, CATALOGUE)
    assert (rate.allowed, len(rate.refused)) == ("", 1)
    cumulated = say_sums(CATALOGUE.indicator("entrees_cumulees"), None, CATALOGUE)
    assert "déjà un cumul" in cumulated.refused[0]
    assert "d’une période à l’autre" not in cumulated.allowed


def test_pages_that_show_a_figure_are_of_the_menu() -> None:
    paths = {f"/{page.path}" for page in PAGES}
    for entry in ENTRIES.values():
        for convention in entry.conventions:
            links = list_pages(entry, convention)
            assert {href.partition("?")[0] for _, href in links} <= paths
            assert all(f"convention={convention.key}" in href for _, href in links)
