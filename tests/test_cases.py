"""The indicator cases: each figure is what its agreed sentence says, and no indicator lacks a case."""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

import indicators.request
from conventions.agreements import load_conventions
from conventions.catalogue import load_catalogue
from indicators.figures import compute_figures
from indicators.values import Figure
from store.database import Database, open_database
from tests.situations import Case, Identity, Situation, read_situations

SITUATIONS = read_situations()
PAIRS = [(situation, case) for situation in SITUATIONS for case in situation.cases]
IDS = [f"{situation.file}: {case.name}" for situation, case in PAIRS]


@pytest.fixture(scope="module")
def load(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Situation], Database]]:
    """Loads a situation in a database of its own, which its cases share."""
    with ExitStack() as stack:
        opened: dict[int, Database] = {}

        def load_once(situation: Situation) -> Database:
            if id(situation) not in opened:
                folder = tmp_path_factory.mktemp("situation")
                opened[id(situation)] = stack.enter_context(open_database(folder / "jalons.duckdb"))
                situation.load(opened[id(situation)])
            return opened[id(situation)]

        yield load_once


@pytest.mark.parametrize(("situation", "case"), PAIRS, ids=IDS)
def test_figures_are_those_of_the_sentence(
    load: Callable[[Situation], Database], situation: Situation, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    agreed = {**load_conventions(), situation.convention.key: situation.convention}
    monkeypatch.setattr(indicators.request, "load_conventions", lambda: agreed)
    found = compute_figures(load(situation), case.request)
    assert {_name(figure, case): _describe(figure) for figure in found} == {
        identity: _describe(figure) for identity, figure in case.expected.items()
    }
    if case.reason:
        assert {figure.reason for figure in found} - {""} == {case.reason}


def _name(figure: Figure, case: Case) -> Identity:
    """What tells a figure from the others of its case, said as the case says it."""
    tells = {identity[4] is not None for identity in case.expected}
    period = figure.period if any(identity[2] for identity in case.expected) else None
    source = figure.source if True in tells else None
    return figure.indicator, figure.territory, period, figure.segment, source


def _describe(figure: Figure) -> tuple[object, ...]:
    numbers = (figure.numerator, figure.denominator, figure.value)
    rounded = tuple(None if number is None else round(number, 4) for number in numbers)
    return (*rounded, figure.state, tuple(sorted(figure.missing)))


def test_every_measure_and_indicator_has_a_case() -> None:
    catalogue = load_catalogue()
    told = {identity[0] for _, case in PAIRS for identity in case.expected}
    assert {*catalogue.measures, *catalogue.indicators} - told == set()


def test_every_rate_is_told_in_each_of_its_states() -> None:
    """Plain, over zero, without a value, with a part missing, provisional and secret."""
    catalogue = load_catalogue()
    states: dict[str, set[str]] = {
        code: set() for code, one in catalogue.indicators.items() if one.denominator
    }
    for _, case in PAIRS:
        for identity, figure in case.expected.items():
            if identity[0] in states:
                is_zero = figure.denominator == 0 and figure.value is None
                states[identity[0]].add("zero" if is_zero else figure.state)
    lacking = {code: {"ok", "zero", "n.d.", "partiel", "provisoire", "secret"} - seen for code, seen in states.items()}
    assert {code: states for code, states in lacking.items() if states} == {}


def test_every_sentence_is_told_once_and_ends() -> None:
    names = [case.name for _, case in PAIRS]
    assert len(set(names)) == len(names)
    assert [name for name in names if not re.fullmatch(r"[A-ZÀÉÊ].*\.", name)] == []
