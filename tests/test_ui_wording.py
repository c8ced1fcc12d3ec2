"""ui/wording.py: a figure never loses its counts, and a hole says which one it is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from conventions.agreements import load_conventions
from conventions.catalogue import load_catalogue
from tests.invented import invent
from ui import wording

CATALOGUE = load_catalogue()
MARTIGUES = load_conventions()["plie-martigues"]


@pytest.mark.parametrize(
    ("code", "value", "text"),
    [
        ("taux_presence", 0.6505, "65\u00a0%"),
        ("participants_par_accompagnateur", 61.34, "61,3"),
        ("delai_moyen_demarrage", 12.44, "12,4\u00a0j"),
        ("orientes", 1412, "1\u202f412"),
        ("accompagnateurs", 82.5, "82,5"),
    ],
)
def test_write_value_follows_the_unit(code: str, value: float, text: str) -> None:
    assert wording.write_value(value, CATALOGUE.indicator(code)) == text


def test_figure_html_keeps_value_and_counts_together() -> None:
    html = wording.figure_html(invent("taux_presence", 268, 412), CATALOGUE.indicator("taux_presence"))
    assert "65\u00a0%" in html
    assert "(268/412)" in html


@pytest.mark.parametrize(
    ("state", "word"), [("n.d.", "n.\u00a0d."), ("secret", "secret"), ("sans_objet", "s.\u00a0o.")]
)
def test_write_figure_names_its_hole(state: str, word: str) -> None:
    figure = invent("taux_presence", None, 0, state=state)
    assert wording.write_figure(figure, CATALOGUE.indicator("taux_presence")) == word


def test_figure_html_of_a_hole_is_never_zero() -> None:
    indicator = CATALOGUE.indicator("taux_presence")
    assert "0" not in wording.figure_html(invent("taux_presence", None, None, state="n.d."), indicator)
    assert "secret" in wording.figure_html(invent("taux_presence", None, None, state="secret"), indicator)


def test_refused_sum_tells_its_reason_to_who_hovers_and_who_listens() -> None:
    refused = replace(invent("taux_presence", None, state="n.d."), reason="Cela ne s’additionne pas <.")
    html = wording.figure_html(refused, CATALOGUE.indicator("taux_presence"))
    assert 'title="Cela ne s’additionne pas &lt;."' in html
    assert '<span class="j-hidden"> : Cela ne s’additionne pas &lt;.</span>' in html


def test_secret_tells_its_reason_to_who_hovers_and_who_listens() -> None:
    hidden = replace(invent("taux_presence", None, state="secret"), reason="Effectif de 1 à 4.")
    html = wording.figure_html(hidden, CATALOGUE.indicator("taux_presence"))
    assert '<span class="j-secret j-reasoned" title="Effectif de 1 à 4."><b>secret</b>' in html
    assert '<span class="j-hidden"> : Effectif de 1 à 4.</span>' in html


@pytest.mark.parametrize(
    ("state", "word"),
    [
        ("provisoire", "provisoire"),
        ("partiel", "partiel"),
        ("fourni", "fourni"),
        ("> 100 %", "décalage de période"),
    ],
)
def test_tag_state_says_what_to_think_of_it(state: str, word: str) -> None:
    assert word in wording.tag_state(invent("taux_presence", 11, 9, state=state))


def test_tag_state_is_silent_on_plain_figures_and_on_holes() -> None:
    assert wording.tag_state(invent("taux_presence", 1, 2)) == ""
    assert wording.tag_state(invent("taux_presence", None, state="n.d.")) == ""


def test_places_and_sources_have_their_names() -> None:
    assert wording.name_place("13077", MARTIGUES) == "Port-de-Bouc"
    assert wording.name_place(None, MARTIGUES) == "Pays de Martigues"
    assert wording.name_source("france-travail", MARTIGUES) == "France Travail"


def test_list_missing_tells_the_place_rather_than_the_whole() -> None:
    holes = (("plie-martigues", "2026-T3"), ("13077", "2026-T3"))
    figure = invent("convoques", 225, state="partiel", missing=holes)
    assert wording.list_missing(figure, MARTIGUES) == "Port-de-Bouc (T3\u00a02026)"


def test_tag_escapes_its_text() -> None:
    assert wording.tag("<b>", "bad") == '<span class="j-tag j-bad">&lt;b&gt;</span>'
