"""A part and its whole: a share over the same cells, or why there is none."""

from __future__ import annotations

import pytest

from conventions.catalogue import load_catalogue
from indicators.shares import NO_WHOLE, OTHER_CELLS, as_share, find_partition, share
from indicators.values import Figure
from tests.invented import invent

AXES = load_catalogue().axes
HOLE = (("13077", "2026-T1"),)
PART = invent("participants", 3, segment={"public": "rsa"})


def test_share_is_the_part_over_the_whole() -> None:
    found = share(PART, invent("participants", 12))
    assert (found.numerator, found.denominator, found.value, found.state) == (3, 12, 0.25, "ok")
    assert found.segment == PART.segment


@pytest.mark.parametrize(
    ("part", "whole", "state", "reason"),
    [
        (PART, None, "n.d.", NO_WHOLE),
        (PART, invent("participants", 0), "n.d.", NO_WHOLE),
        (PART, invent("participants", 12, missing=HOLE), "n.d.", OTHER_CELLS),
        (PART, invent("participants", 12, source="france-travail"), "n.d.", OTHER_CELLS),
        (PART, invent("participants", None, state="secret"), "secret", ""),
        (invent("participants", None, state="secret"), invent("participants", 12), "secret", ""),
        (invent("participants", None, state="n.d."), invent("participants", 12), "n.d.", ""),
    ],
)
def test_share_without_the_same_whole_has_no_value(part: Figure, whole: Figure | None, state: str, reason: str) -> None:
    found = share(part, whole)
    assert (found.value, found.numerator, found.denominator) == (None, None, None)
    assert (found.state, found.reason) == (state, reason)


def test_share_of_partial_counts_is_partial() -> None:
    part = invent("participants", 3, state="partiel", missing=HOLE)
    assert share(part, invent("participants", 12, state="partiel", missing=HOLE)).state == "partiel"


def test_a_count_read_as_a_share_is_a_rate() -> None:
    found = as_share(load_catalogue().indicator("participants"))
    assert (found.unit, found.denominator) == ("taux", found.numerator)


def test_partition_is_the_finest_list_received_whole() -> None:
    ages = {"moins_26", "26_44", "45_53", "54_plus", "45_plus"}
    assert find_partition(AXES["age"], ages) == ("moins_26", "26_44", "45_53", "54_plus")
    assert find_partition(AXES["age"], ages - {"54_plus"}) == ("moins_26", "26_44", "45_plus")
    assert find_partition(AXES["age"], {"moins_26"}) == ()
    assert find_partition(AXES["public"], {"rsa", "qpv"}) == ()
