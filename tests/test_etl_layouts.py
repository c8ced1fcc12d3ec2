"""Returns of the PLIE drawn in six shapes, with much mess, in; every count read as it is, nothing else, out."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.reader import parse_workbook
from etl.report import Options, Report
from tests.layout_checks import count_untold, find_unread, find_wrong, list_alarms, read_delivery, read_grids
from tests.layout_damage import DAMAGES, damage
from tests.layouts import MESS, SHAPES, Delivery, make_delivery

SEEDS = st.integers(0, 10**6)
SOME_MESS = st.frozensets(st.sampled_from(MESS), max_size=len(MESS))
# Where the file says whose return it is, the options need not.
UNSAID = "unsaid"
# A likely source is told for confirmation; a formula never computed reads as a blank.
EXPECTED_ALARMS = {"source_supposee", "formule_sans_valeur"}


def read(shape: str, mess: frozenset[str], seed: int) -> tuple[Delivery, Report]:
    """Write a return, read it."""
    delivery = make_delivery(shape, mess, seed)
    return delivery, read_delivery(delivery, options_of(mess))


def options_of(mess: frozenset[str]) -> Options:
    """What the user has to say of a return."""
    return Options() if UNSAID in mess else Options("plie-martigues", "plie")


@pytest.mark.parametrize("shape", SHAPES)
@settings(max_examples=12, deadline=None, derandomize=True)
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
    figures = []
    for shape in SHAPES:
        _, report = read(shape, mess, seed)
        figures.append({(o.measure, o.territory, o.period, o.value, o.state) for o in report.observations})
    assert all(found == figures[0] for found in figures)


@pytest.mark.parametrize("kind", DAMAGES)
@settings(max_examples=12, deadline=None, derandomize=True)
@given(shape=st.sampled_from(list(SHAPES)), mess=SOME_MESS, seed=SEEDS)
def test_a_damage_gives_findings_never_a_wrong_name(kind: str, shape: str, mess: frozenset[str], seed: int) -> None:
    delivery = make_delivery(shape, mess, seed)
    workbook, spots = damage(parse_workbook(delivery.file, delivery.content), delivery.spots, kind, seed)
    report = read_grids(workbook, options_of(mess))
    assert find_wrong(report, delivery.truth, spots) == []
    if report.convention is not None:
        assert count_untold(report, spots) == 0
