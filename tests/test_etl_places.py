"""Texts of labels in; the territory that they name exactly, or none, out."""

import pytest

from conventions.agreements import load_conventions
from conventions.territories import load_gazetteer
from etl.places import OFFICIAL, PlaceReader, kinds_said


@pytest.fixture(scope="module")
def plie() -> PlaceReader:
    """The reader of the PLIE's territories."""
    return PlaceReader(load_conventions()["plie-martigues"], load_gazetteer())


@pytest.fixture(scope="module")
def anyone() -> PlaceReader:
    """The reader of a file without convention."""
    return PlaceReader(None, load_gazetteer())


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Martigues", "13056"),
        ("MARTIGUES", "13056"),
        ("13056", "13056"),
        ("13056.0", "13056"),
        ("Port de Bouc", "13077"),
        ("St-Mitre-les-Remparts", "13098"),
        ("Saint Mitre", "13098"),
        ("PLIE de Martigues", "plie-martigues"),
    ],
)
def test_a_place_of_the_convention_is_read_by_code_name_or_alias(plie: PlaceReader, text: str, code: str) -> None:
    assert plie.read(text, ()).code == code


@pytest.mark.parametrize(
    "text", ["Martigue", "Port-de-Bouc Est", "Saint-Mitre-Remparts", "Istres-Ouest-Provence Nord", ""]
)
def test_a_name_is_never_guessed(plie: PlaceReader, text: str) -> None:
    assert plie.read(text, ()).code is None


@pytest.mark.parametrize(
    ("text", "kind", "code"),
    [
        ("03-Allier ", "departement", "03"),
        ("13056 - Martigues", "commune", "13056"),
        ("57463 Metz", "commune", "57463"),
        ("CA Troyes Champagne Métropole", "epci", "200069250"),
        ("Métropole Rouen Normandie", "epci", "200023414"),
        ("1053", "commune", "01053"),
    ],
)
def test_an_official_territory_is_read_by_code_and_name(anyone: PlaceReader, text: str, kind: str, code: str) -> None:
    assert anyone.read(text, (kind,)).code == code


def test_a_code_beside_the_name_of_another_is_no_territory(anyone: PlaceReader) -> None:
    reading = anyone.read("13056 - Marseille", ("commune",))
    assert (reading.code, reading.candidates) == (None, ("13056",))


def test_a_name_of_several_territories_gives_its_candidates(anyone: PlaceReader) -> None:
    reading = anyone.read("CC des Quatre Rivières", ("epci",), 2017)
    assert reading.code is None
    assert len(reading.candidates) > 1


def test_old_names_are_read_in_their_vintage(anyone: PlaceReader) -> None:
    assert anyone.read("Rouen", ("commune",), 2017).code == "76540"
    assert anyone.read("CA Metz Métropole", ("epci",), 2017).code == "200039865"


def test_an_agence_is_not_the_commune_of_its_name(plie: PlaceReader) -> None:
    assert kinds_said("Agence France Travail") == ("agence",)
    assert plie.read("Martigues", kinds_said("Agence")).code is None
    assert plie.read("Martigues", kinds_said("Commune")).code == "13056"


def test_the_whole_convention_may_stand_among_its_communes(plie: PlaceReader) -> None:
    assert plie.read("PLIE de Martigues", kinds_said("Commune")).code == "plie-martigues"
    assert plie.read("PLIE de Martigues", kinds_said("Agence")).code is None


def test_a_header_that_says_nothing_allows_every_kind(anyone: PlaceReader) -> None:
    assert kinds_said("Libellé") == ()
    assert anyone.read("Ille-et-Vilaine", OFFICIAL).code == anyone.read("Ille-et-Vilaine", ()).code == "35"
