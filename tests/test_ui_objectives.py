"""ui/objectives.py: what is said of each objective, to the word."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from conventions.agreements import load_conventions
from conventions.amendments import InForce
from conventions.catalogue import load_catalogue
from conventions.periods import parse_period
from conventions.statuses import COMPROMISED, MISSED, ON_TRACK, REACHED, UNKNOWN, WATCHED
from conventions.values import Objective
from indicators.objectives import ObjectiveReading
from indicators.projection import Projection
from indicators.values import Figure
from tests.invented import invent
from ui import objectives
from ui.french import THIN

CATALOGUE = load_catalogue()
QUARTERS = tuple(parse_period(code) for code in ("2025-T1", "2025-T2", "2025-T3"))


def objective_of(convention: str, indicator: str) -> Objective:
    return next(one for one in load_conventions()[convention].objectives if one.indicator == indicator)


def read(
    indicator: str,
    figure: Figure | None,
    status: str,
    *,
    expected: float | None = None,
    gap: float | None = None,
    convention: str = "plie-martigues",
    previous: Figure | None = None,
) -> ObjectiveReading:
    objective = objective_of(convention, indicator)
    return ObjectiveReading(objective, 2025, QUARTERS, figure, expected, gap, status, previous)


LATE_INTEGRES = read("integres", invent("integres", 159), WATCHED, expected=168.3, gap=-9.3)
LOW_EXITS = read(
    "taux_sorties_positives", invent("taux_sorties_positives", 53, 118, state="provisoire"), COMPROMISED, gap=-0.05
)
HELD_RSA = read("part_rsa", invent("part_rsa", 354, 571), ON_TRACK, gap=0.02)
HELD_MEAN = read(
    "participants_par_accompagnateur", invent("participants_par_accompagnateur", 5058, 82.5), ON_TRACK, gap=1.3
)
UNREAD = read("part_rsa", None, UNKNOWN)


@pytest.mark.parametrize(
    ("readings", "title"),
    [
        ([UNREAD], "Aucun objectif ne peut encore être lu"),
        ([HELD_RSA], "L’objectif convenu est en bonne voie"),
        ([LOW_EXITS], "L’objectif convenu n’est pas en bonne voie"),
        ([replace(LOW_EXITS, status=MISSED)], "L’objectif convenu n’est pas atteint"),
        ([replace(LOW_EXITS, status=MISSED), LATE_INTEGRES], "Aucun des deux objectifs n’est atteint ou en bonne voie"),
        ([HELD_RSA, HELD_MEAN, UNREAD], "Les deux objectifs sont en bonne voie"),
        ([HELD_RSA, replace(HELD_MEAN, status=REACHED)], "Les deux objectifs sont atteints ou en bonne voie"),
        ([LATE_INTEGRES, LOW_EXITS], "Aucun des deux objectifs n’est en bonne voie"),
        (
            [HELD_RSA, HELD_MEAN, LOW_EXITS],
            f"Deux objectifs sur trois sont en bonne voie{THIN}; à rattraper\u00a0: taux de sorties positives",
        ),
    ],
)
def test_title_counts_what_is_held(readings: list[ObjectiveReading], title: str) -> None:
    assert objectives.write_title(readings, CATALOGUE) == title


def test_sentence_of_a_trajectory_says_what_is_lacking() -> None:
    assert objectives.write_sentence(LATE_INTEGRES, CATALOGUE) == (
        "Il manque <b>9\u00a0personnes</b> pour être sur la trajectoire (168 attendus)."
    )


def test_sentence_of_a_trajectory_says_the_lead() -> None:
    ahead = replace(LATE_INTEGRES, figure=invent("integres", 173), gap=4.7, status=ON_TRACK)
    assert (
        objectives.write_sentence(ahead, CATALOGUE)
        == "<b>5\u00a0personnes</b> d’avance sur la trajectoire (168 attendus)."
    )


def test_sentence_of_a_rate_says_how_many_are_lacking() -> None:
    """53 of 118 is 45 %: 59 would be half."""
    sentence = objectives.write_sentence(LOW_EXITS, CATALOGUE)
    assert sentence == "Il manque <b>6\u00a0personnes</b> pour atteindre 50\u00a0% (53/118)."


def test_sentence_of_a_rate_that_is_held_keeps_its_counts() -> None:
    assert (
        objectives.write_sentence(HELD_RSA, CATALOGUE)
        == "<b>354 sur 571</b>, 2 points au-dessus de 60\u00a0%."
    )


def test_sentence_of_a_mean_keeps_its_counts() -> None:
    assert (
        objectives.write_sentence(HELD_MEAN, CATALOGUE)
        == "<b>+1,3</b> par rapport aux 60 convenus (5\u202f058/82,5)."
    )


@pytest.mark.parametrize(
    ("value", "status", "gap", "start"),
    [
        (887, ON_TRACK, 0.0, "<b>Dans</b> la bande"),
        (1110, WATCHED, 11.0, "<b>11,0</b> au-dessus"),
        (650, WATCHED, -5.0, "<b>5,0</b> au-dessous"),
    ],
)
def test_sentence_of_a_range_says_the_side(value: float, status: str, gap: float, start: str) -> None:
    figure = invent("taille_moyenne_portefeuille", value, 10)
    reading = read(
        "taille_moyenne_portefeuille", figure, status, gap=gap, convention="accompagnement-global-35"
    )
    assert objectives.write_sentence(reading, CATALOGUE).startswith(start)


def test_sentence_without_figure_invents_nothing() -> None:
    assert objectives.write_sentence(UNREAD, CATALOGUE) == "Aucun retour ne donne encore ce chiffre."
    assert "n.\u00a0d." in objectives.write_number_html(UNREAD, CATALOGUE)


def test_terms_cite_the_article_and_what_is_left() -> None:
    terms = objectives.write_terms(LATE_INTEGRES, CATALOGUE)
    assert "Art.\u00a03-1" in terms
    assert "Reste 66 à faire après septembre" in terms
    assert "Reste" not in objectives.write_terms(HELD_RSA, CATALOGUE)


def test_status_has_a_sign_a_word_and_the_state_of_its_figure() -> None:
    assert "▼ Compromis" in objectives.tag_status(LOW_EXITS)
    assert "provisoire" in objectives.tag_status(LOW_EXITS)
    assert "▲ En bonne voie" in objectives.tag_status(HELD_RSA)
    assert "n.\u00a0d." in objectives.tag_status(UNREAD)


def test_bullet_has_no_caret_on_a_rate_nor_on_a_whole_year() -> None:
    assert objectives.make_bullet(HELD_RSA, CATALOGUE).expected is None
    assert objectives.make_bullet(LATE_INTEGRES, CATALOGUE).expected == 168.3
    whole = replace(LATE_INTEGRES, periods=(parse_period("2025"),))
    assert objectives.make_bullet(whole, CATALOGUE).expected is None


def test_bullet_carries_last_year_and_its_label() -> None:
    bullet = objectives.make_bullet(replace(LATE_INTEGRES, previous=invent("integres", 154)), CATALOGUE)
    assert (bullet.last_year, bullet.last_year_text, bullet.is_met) == (154, "154 en 2024", False)


def test_terms_say_the_projection_and_its_interval() -> None:
    reading = replace(LATE_INTEGRES, projection=Projection(212.6, 195.2, 229.9, 0.8, (2023, 2024)))
    assert (
        "Projection à la fin de l’année\u00a0: 213, entre 195 et 230 (8 chances sur 10), à la saison de 2023 et 2024."
        in objectives.write_terms(reading, CATALOGUE)
    )


def test_terms_say_both_values_of_an_amended_year() -> None:
    parts = (
        InForce(date(2025, 1, 1), date(2025, 6, 30), 225, None, "225 par an", "M 3-1", None),
        InForce(date(2025, 7, 1), date(2025, 12, 31), 250, None, "250 par an", "M avenant 1", 1),
    )
    objective = replace(LATE_INTEGRES.objective, value=237.6, label="250 par an")
    terms = objectives.write_terms(replace(LATE_INTEGRES, objective=objective, amended=parts), CATALOGUE)
    assert "225 jusqu’au 30/06/2025, puis 250 (avenant n°\u00a01)" in terms
    assert "237,6 retenus, selon les jours." in terms


def test_brief_tells_what_is_agreed_and_left_in_one_line() -> None:
    assert objectives.write_brief(LATE_INTEGRES, CATALOGUE) == "Objectif 225, 66 à faire. Art.\u00a03-1"
    assert objectives.write_brief(HELD_RSA, CATALOGUE) == "Objectif 60\u00a0%. Art.\u00a03-1"


def test_title_tells_the_lead_when_nothing_is_to_catch_up() -> None:
    ahead = replace(LATE_INTEGRES, gap=5.4, status=ON_TRACK)
    title = objectives.write_title([ahead, HELD_RSA], CATALOGUE)
    assert title.endswith("cinq\u00a0personnes d’avance sur la trajectoire")
    assert "trajectoire" not in objectives.write_title([LATE_INTEGRES, HELD_RSA], CATALOGUE)


def test_sentence_without_counts_ends_at_its_last_word() -> None:
    missed = read("accompagnes", invent("accompagnes", 760), MISSED, gap=-40.0, convention="troyes")
    assert objectives.write_sentence(missed, CATALOGUE).endswith(" convenus.")
