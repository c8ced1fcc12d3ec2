"""What a page is narrowed to: its requests, its words, and the lists it is chosen from."""

from pathlib import Path

import pytest

from conventions.agreements import load_conventions
from conventions.catalogue import load_catalogue
from etl.load import load_report
from indicators.request import COMMITTEE, PRODUCER, Request
from store.database import open_database
from tests.deliveries import figure, report
from ui.field import (
    WHOLE_FIELD,
    Field,
    Group,
    find_paths_place,
    list_field_groups,
    list_field_places,
    list_field_sources,
    lower_first,
    say_wider,
)

PLIE = load_conventions()["plie-martigues"]
MARTIGUES, SOURCES = PLIE.places[0], PLIE.sources
WOMEN = Group("sexe", "femme", "Femmes")
FIELD = Field(MARTIGUES, WOMEN)


def test_field_narrows_a_request_to_its_place_and_its_group() -> None:
    asked = FIELD.narrow(Request(PLIE.key))
    assert (asked.territories, asked.segment, asked.source) == (("13056",), (("sexe", "femme"),), None)
    assert Field(source=SOURCES[1]).narrow(Request(PLIE.key)).source == "france-travail"
    assert WHOLE_FIELD.narrow(Request(PLIE.key)) == Request(PLIE.key)


def test_place_by_place_every_place_is_asked_for() -> None:
    asked = FIELD.narrow(Request(PLIE.key, by=("territoire",)))
    assert (asked.territories, asked.segment) == ((), (("sexe", "femme"),))
    assert FIELD.widen() == Field(group=WOMEN)


def test_title_says_the_field_once_and_keeps_one_colon() -> None:
    text = "C’est au premier contact que l’écart est le plus grand\u00a0: 2 présents pour 3 orientés"
    assert FIELD.write_title(text) == (
        "Martigues, femmes\u00a0: c’est au premier contact que l’écart est le plus grand, 2 présents pour 3 orientés"
    )
    assert Field(group=WOMEN).write_title("CDI\u00a0: 20 %") == "Femmes\u00a0: CDI, 20 %"
    assert WHOLE_FIELD.write_title(text) == text


def test_context_names_the_place_instead_of_how_many_there_are() -> None:
    assert FIELD.write_context(PLIE) == ["Martigues", "Femmes"]
    assert Field(group=WOMEN).write_context(PLIE) == ["3\u00a0communes", "Femmes"]
    assert FIELD.join("2025") == "2025, Martigues, femmes"


@pytest.mark.parametrize(("text", "lowered"), [("Femmes", "femmes"), ("CDI", "CDI"), ("C’est", "c’est"), ("", "")])
def test_acronym_alone_keeps_its_capitals(text: str, lowered: str) -> None:
    assert lower_first(text) == lowered


def test_paths_are_told_by_place_to_a_producer_and_never_by_group() -> None:
    assert find_paths_place(FIELD, PRODUCER) == Field(MARTIGUES)
    assert find_paths_place(FIELD, COMMITTEE) == WHOLE_FIELD
    assert say_wider(FIELD, Field(MARTIGUES)) == " Tous publics\u00a0: ces chiffres ne se lisent pas par public."
    assert "ni par territoire dans cette vue" in say_wider(FIELD, WHOLE_FIELD)
    assert say_wider(WHOLE_FIELD, WHOLE_FIELD) == ""


def test_lists_hold_only_what_was_received_in_the_order_of_the_convention_and_the_catalogue(tmp_path: Path) -> None:
    rows = [
        figure(cell="B1", territory="13077"), figure(cell="B2", sexe="femme"), figure(cell="B3", public="qpv"),
        figure(cell="B4", niveau_formation="niv_4"), figure(cell="B5", age="54_plus", sexe="homme"),
        figure("presents", 4, cell="B6", public="rsa", territory="13098"),
    ]  # fmt: skip
    other = figure(source="france-travail", cell="B2")
    with open_database(tmp_path / "jalons.duckdb") as database:
        load_report(database, report(*rows))
        load_report(database, report(other, source="france-travail", file="autre.xlsx"))
        asked, catalogue = ("orientes",), load_catalogue()
        assert [one.name for one in list_field_places(database, PLIE, asked)] == ["Martigues", "Port-de-Bouc"]
        assert [one.value for one in list_field_groups(database, PLIE, catalogue, measures=asked)] == ["qpv", "femme"]
        of_other = list_field_groups(database, PLIE, catalogue, measures=asked, source=SOURCES[1])
        in_place = list_field_groups(database, PLIE, catalogue, measures=(), places=[PLIE.places[2]])
        assert (of_other, [one.value for one in in_place]) == ([], ["rsa"])
        assert list_field_sources(database, PLIE, asked) == list(SOURCES)
        assert list_field_sources(database, PLIE, ("presents",)) == [SOURCES[0]]
