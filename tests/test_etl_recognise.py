"""Labels in; what each of their words names, and the words that nothing explains, out."""

import pytest

from conventions.agreements import load_conventions
from conventions.catalogue import load_catalogue
from conventions.territories import load_gazetteer
from conventions.vocabulary import load_vocabulary
from etl.places import PlaceReader
from etl.recognise import Lexicon, Reading


def make_lexicon(key: str) -> Lexicon:
    """The lexicon of one convention."""
    convention = load_conventions()[key]
    places = PlaceReader(convention, load_gazetteer())
    return Lexicon(load_vocabulary(), convention, convention.sources, places, load_catalogue().axes)


PLIE = make_lexicon("plie-martigues")


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("DE orientés vers le PLIE", "orientes"),
        ("DE\u00a0ORIENTÉS", "orientes"),
        ("Orientés vers PLIE", "orientes"),
        ("Entrées a PLIE", "integres"),
        ("Sorties +", "sorties_positives"),
        ("Total des sorties", "sorties"),
        ("Premiers accueils", "presents"),
    ],
)
def test_a_spelling_names_its_measure(text: str, measure: str) -> None:
    reading = PLIE.read(text)
    assert (reading.measures, reading.is_explained, reading.kind) == ((measure,), True, None)


@pytest.mark.parametrize(
    ("text", "rest"),
    [("DE orientés zorglub", ("zorglub",)), ("Sorties positves", ("positves",)), ("Non intégrés hier", ("hier",))],
)
def test_a_word_that_nothing_explains_is_told(text: str, rest: tuple[str, ...]) -> None:
    assert PLIE.read(text).rest == rest


def test_a_label_names_several_axes_at_once() -> None:
    reading = PLIE.read("Personnes intégrées au T2 2024, femmes, Port-de-Bouc")
    assert reading.axes == {"mesure", "territoire", "annee", "part", "sexe"}
    assert reading.is_explained


def test_two_measures_in_one_label_are_a_conflict() -> None:
    assert PLIE.read("Orientés et présents").has_conflict


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Taux de sorties positives", "rate"),
        ("Sorties positives (%)", "rate"),
        ("Objectif annuel", "objective"),
        ("Évolution sur un an", "evolution"),
        ("Cumul depuis le 1er janvier", "cumul"),
        ("Rappel N-1", "reminder"),
        ("Source : PLIE", "note"),
        ("(1) hors réorientations", "note"),
        ("* données provisoires", "note"),
        ("Sous-total", "total"),
    ],
)
def test_what_is_no_count_is_set_aside_by_its_kind(text: str, kind: str) -> None:
    assert PLIE.read(text).kind == kind


@pytest.mark.parametrize("text", ["3 à 5 mois", "2 enfants"])
def test_a_number_first_makes_no_note(text: str) -> None:
    assert PLIE.read(text).kind is None


@pytest.mark.parametrize(
    ("text", "role"),
    [("Commune", "territoire"), ("Code INSEE", "identifiant"), ("Valeur", "valeur"), ("Sexe", "segment")],
)
def test_a_header_gives_its_column_a_role(text: str, role: str) -> None:
    assert PLIE.read(text).role == role


@pytest.mark.parametrize("text", ["Agence de Martigues", "agence Martigues"])
def test_an_agence_does_not_name_the_commune(text: str) -> None:
    reading = PLIE.read(text)
    assert reading.place is None
    assert not reading.is_explained


def test_who_signs_is_no_territory() -> None:
    assert PLIE.read("France Travail Martigues").place is None
    assert PLIE.read("Ville de Martigues").place == "13056"
    assert make_lexicon("rouen").read("Agence Saint-Sever").place is not None


def test_a_part_named_after_the_whole_is_not_the_whole() -> None:
    assert make_lexicon("rouen").read("UTS Rouen").place is None
    assert make_lexicon("rouen").read("Ville de Rouen").place == "76540"


@pytest.mark.parametrize(
    ("key", "texts", "code"),
    [
        ("rouen", ("St Sever", "Agence Saint-Sever", "SAINT-SEVER"), "saint-sever"),
        ("rouen", ("UTS 1", "uts 1"), "uts-1"),
        ("rouen", ("76540", "76540 Rouen", "Rouen (76540)", "76540 - ROUEN"), "76540"),
        ("metz", ("Borny", "Quartier de Borny", "quartier Borny"), "borny"),
        ("metz", ("St-Eloy-Boileau-Prégénie", "Saint Eloy Boileau Pregenie"), "saint-eloy-boileau-pregenie"),
        ("troyes", ("Ste-Savine", "Sainte Savine", "10362", "10362-Sainte-Savine"), "10362"),
        ("troyes", ("La Chapelle-St-Luc", "LA CHAPELLE SAINT LUC"), "10081"),
        ("accompagnement-global-35", ("35", "35 - Ille-et-Vilaine", "Ille et Vilaine"), "35"),
        (
            "accompagnement-global-35",
            ("Agence départementale du Pays de Redon et des Vallons de Vilaine",),
            "redon-vallons-de-vilaine",
        ),
    ],
)
def test_a_place_is_read_by_code_name_both_or_abbreviation(key: str, texts: tuple[str, ...], code: str) -> None:
    lexicon = make_lexicon(key)
    assert {lexicon.read(text).place for text in texts} == {code}


@pytest.mark.parametrize(
    ("header", "texts", "axis"),
    [
        ("Sexe", {"F", "H"}, "sexe"),
        ("Genre", {"F", "H"}, "sexe"),
        ("Catégories", {"A", "B", "C"}, "categorie"),
        ("Types", {"xyz"}, None),
    ],
)
def test_the_values_under_a_header_tell_its_axis(header: str, texts: set[str], axis: str | None) -> None:
    assert PLIE.axis_of(header, texts) == axis


def test_a_value_is_read_under_its_axis_only() -> None:
    assert PLIE.read_value("sexe", "F").segments == {"sexe": "femme"}
    assert PLIE.read("F").rest == ("f",)


def test_readings_are_the_same_twice() -> None:
    first: Reading = PLIE.read("Sorties positives")
    assert PLIE.read("Sorties positives") is first
