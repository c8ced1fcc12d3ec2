"""ui/field.py: what a page is narrowed to changes its requests and its words, and nothing of the whole."""

from __future__ import annotations

from dataclasses import replace

from conventions.agreements import load_conventions
from indicators.request import COMMITTEE, PRODUCER, Request
from ui.field import WHOLE_FIELD, Field, Group, find_paths_place, say_wider

PLIE = load_conventions()["plie-martigues"]
PLACE, WOMEN = PLIE.places[0], Group("sexe", "femme", "Femmes")
SOURCE = PLIE.sources[1]
REQUEST = Request(PLIE.key, periods=("2026-T1",))


def test_whole_field_asks_and_says_nothing_more() -> None:
    assert WHOLE_FIELD.narrow(REQUEST) == REQUEST
    assert WHOLE_FIELD.write_title("52 % de sorties positives") == "52 % de sorties positives"
    assert WHOLE_FIELD.join("2026") == "2026"
    assert not WHOLE_FIELD.is_part


def test_request_is_narrowed_to_the_place_the_group_and_the_source() -> None:
    asked = Field(PLACE, WOMEN, SOURCE).narrow(REQUEST)
    assert (asked.territories, asked.segment, asked.source) == ((PLACE.code,), (("sexe", "femme"),), SOURCE.code)


def test_request_by_place_keeps_every_place() -> None:
    by_place = replace(REQUEST, by=("territoire",))
    assert Field(PLACE).narrow(by_place).territories == ()
    assert Field(PLACE, WOMEN).widen() == Field(group=WOMEN)


def test_title_and_caption_say_whom_they_are_about() -> None:
    field = Field(PLACE, WOMEN)
    assert field.write_title("C’est au contact que l’écart est le plus grand") == (
        "Martigues, femmes\u00a0: c’est au contact que l’écart est le plus grand"
    )
    assert field.join("2026") == "2026, Martigues, femmes"
    assert field.write_context(PLIE) == ["Martigues", "Femmes"]
    assert field.is_part
    assert not Field(source=SOURCE).is_part


def test_paths_tell_a_place_to_a_producer_alone_and_never_a_group() -> None:
    field = Field(PLACE, WOMEN)
    assert find_paths_place(field, PRODUCER) == Field(PLACE)
    assert find_paths_place(field, COMMITTEE) == WHOLE_FIELD
    assert "ne se lisent pas par public." in say_wider(field, Field(PLACE))
    assert "ni par territoire dans cette vue." in say_wider(field, WHOLE_FIELD)
    assert say_wider(Field(PLACE), Field(PLACE)) == ""
