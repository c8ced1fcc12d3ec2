"""Returns of the PLIE drawn in many layouts, with much mess, in; every count read as it is or told, none wrong, out."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.reader import parse_workbook
from etl.report import Options, Report
from tests.layout_checks import find_unread, find_untold, find_wrong, list_alarms, read_delivery, read_grids
from tests.layout_damage import DAMAGES, damage
from tests.layout_labels import COMMUNES, MEASURES
from tests.layout_witness import COMPANIONS, WITNESSES
from tests.layouts import MESS, SHAPES, Delivery, make_delivery
from tests.sweep import pick

SEEDS = st.integers(0, 10**6)
SOME_MESS = st.frozensets(st.sampled_from(MESS), max_size=len(MESS))
# Where the file says whose return it is, the options need not.
UNSAID = "unsaid"
# A likely source is told for confirmation; a formula never computed reads as a blank.
EXPECTED_ALARMS = {"source_supposee", "formule_sans_valeur"}
WORKBOOKS = pick(500)
# How much mess stands in one return: often a little, sometimes a lot.
AMOUNTS = (0, 1, 2, 3, 5, 8, 13, 21)


def read(shape: str, mess: frozenset[str], seed: int) -> tuple[Delivery, Report]:
    """Write a return, read it."""
    delivery = make_delivery(shape, mess, seed)
    return delivery, read_delivery(delivery, options_of(mess))


def options_of(mess: frozenset[str]) -> Options:
    """What the user has to say of a return."""
    return Options() if UNSAID in mess else Options("plie-martigues", "plie")


@dataclass(frozen=True)
class Drawn:
    """A return of the five hundred, and what came of it."""

    shape: str
    mess: frozenset[str]
    cells: int
    wrong: int
    unread: int
    untold: int


@pytest.fixture(scope="module")
def drawn() -> list[Drawn]:
    """Five hundred returns: each layout in turn, each with its own mess."""
    found = []
    for seed in range(WORKBOOKS):
        rng = random.Random(seed)
        shape, mess = list(SHAPES)[seed % len(SHAPES)], frozenset(rng.sample(MESS, rng.choice(AMOUNTS)))
        delivery, report = read(shape, mess, seed)
        found.append(
            Drawn(
                shape,
                mess,
                len(delivery.spots),
                len(find_wrong(report, delivery.truth, delivery.spots)),
                len(find_unread(report, delivery.spots)),
                len(find_untold(report, delivery.spots)),
            )
        )
    return found


def test_no_count_of_the_drawn_returns_is_wrong_or_untold(drawn: list[Drawn]) -> None:
    """Each count is read as its cell says, or a finding names that cell; few are not read."""
    assert [one for one in drawn if one.wrong or one.untold] == []
    assert sum(one.unread for one in drawn) <= 0.01 * sum(one.cells for one in drawn)
    assert sum(one.cells for one in drawn) > pick(30_000)


def test_every_layout_and_every_mess_is_drawn(drawn: list[Drawn]) -> None:
    shapes = Counter(one.shape for one in drawn)
    messes = Counter(kind for one in drawn for kind in one.mess)
    assert (len(SHAPES), len(MESS)) == (14, 46)
    assert min(shapes[shape] for shape in SHAPES) >= WORKBOOKS // len(SHAPES)
    assert min(messes[kind] for kind in MESS) >= pick(30)


@pytest.mark.parametrize("kind", MESS)
def test_each_mess_really_stands_in_the_file(kind: str) -> None:
    """It is seen in returns that have it, and not in the same returns without it."""
    others = frozenset(COMPANIONS.get(kind, ()))
    seen, without = (
        {shape for shape in SHAPES if any(WITNESSES[kind](make_delivery(shape, mess, seed)) for seed in range(2))}
        for mess in (others | {kind}, others)
    )
    assert seen - without


@pytest.mark.parametrize("shape", SHAPES)
@settings(max_examples=8, deadline=None, derandomize=True)
@given(mess=SOME_MESS, seed=SEEDS)
def test_every_count_is_read_as_its_cell_says(shape: str, mess: frozenset[str], seed: int) -> None:
    delivery, report = read(shape, mess, seed)
    assert find_wrong(report, delivery.truth, delivery.spots) == []
    assert find_unread(report, delivery.spots) == set()
    assert {finding.code for finding in list_alarms(report)} <= EXPECTED_ALARMS
    assert (report.accepted, report.convention, report.source) == (True, "plie-martigues", "plie")


@settings(max_examples=8, deadline=None, derandomize=True)
@given(mess=SOME_MESS, seed=SEEDS)
def test_each_shape_gives_the_same_figures(mess: frozenset[str], seed: int) -> None:
    """Profiles, which hold two measures alone, give the whole of those."""
    figures = {}
    for shape in SHAPES:
        _, report = read(shape, mess, seed)
        figures[shape] = {
            (one.measure, one.territory, one.period, one.value, one.state)
            for one in report.observations
            if one.territory in COMMUNES and not one.segment
        }
    profiles = figures.pop("profiles")
    first = figures["quarters"]
    assert all(found == first for found in figures.values())
    assert profiles == {one for one in first if one[0] in MEASURES[:2]}


@pytest.mark.parametrize("kind", DAMAGES)
@settings(max_examples=12, deadline=None, derandomize=True)
@given(shape=st.sampled_from(list(SHAPES)), mess=SOME_MESS, seed=SEEDS)
def test_a_damage_gives_findings_never_a_wrong_name(kind: str, shape: str, mess: frozenset[str], seed: int) -> None:
    delivery = make_delivery(shape, mess, seed)
    workbook, spots = damage(parse_workbook(delivery.file, delivery.content), delivery.spots, kind, seed)
    report = read_grids(workbook, options_of(mess))
    assert find_wrong(report, delivery.truth, spots) == []
    if report.convention is not None:
        assert find_untold(report, spots) == set()
