"""The interval that chance leaves around a rate: against published values, and what has none."""

from __future__ import annotations

import pytest

from conventions.catalogue import load_catalogue
from indicators.interval import read_interval, wilson
from tests.invented import invent

RATE = load_catalogue().indicator("taux_presence")
MEAN = load_catalogue().indicator("participants_par_accompagnateur")


# Newcombe (1998), table I: Wilson's score interval without continuity correction.
@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ((81, 263), (0.2553, 0.3662)),
        ((15, 148), (0.0624, 0.1605)),
        ((0, 20), (0.0, 0.1611)),
        ((1, 29), (0.0061, 0.1718)),
    ],
)
def test_interval_is_the_published_one(counts: tuple[int, int], expected: tuple[float, float]) -> None:
    assert wilson(*counts) == pytest.approx(expected, abs=0.0001)


def test_fewer_people_make_a_wider_interval_that_stays_a_share() -> None:
    few, many = wilson(9, 10), wilson(900, 1000)
    assert few[0] < many[0] < 0.9 < many[1] < few[1] <= 1.0


def test_what_is_not_a_share_of_people_has_no_interval() -> None:
    assert read_interval(invent("taux_presence", 158, 236), RATE) == wilson(158, 236)
    assert read_interval(invent("taux_presence", 11, 9, state="> 100 %"), RATE) is None
    assert read_interval(invent("taux_presence", None, None, state="secret"), RATE) is None
    assert read_interval(invent("taux_presence", 0.4, state="fourni"), RATE) is None
    assert read_interval(invent("participants_par_accompagnateur", 228, 4), MEAN) is None
