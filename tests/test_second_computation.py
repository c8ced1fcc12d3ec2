"""Every figure of the demonstration, computed a second time from its raw workbooks: both computations must agree.

The second one (tests/second_*.py) was written from the reference of the domain and the data files, and uses nothing of
the store, of the reading of workbooks, nor of the indicators.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import product
from pathlib import Path

import pytest

from demo.writing import write_samples
from indicators.figures import Request, compute_many
from indicators.values import Figure
from store.database import Database, open_database
from tests.second_demonstration import Reading, compute_readings, list_periods
from tests.second_figures import Second
from tests.second_words import Months, Segment

AS_OF = date(2026, 11, 22)
Key = tuple[str, str, str, Segment]
"""Indicator, territory, period, share."""


@dataclass
class Comparison:
    """The figures compared for a reading, those of them that have a value, and the disagreements."""

    reading: Reading
    compared: int = 0
    valued: int = 0
    wrong: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Table:
    """One request: for the whole or by territory, by the values of an axis or not."""

    axis: str | None
    by: tuple[str, ...]
    periods: dict[str, Months]

    def request(self, reading: Reading) -> Request:
        """The request of a producer of the data, who sees every count."""
        by = (*self.by, self.axis) if self.axis else self.by
        return Request(
            reading.convention, tuple(self.periods), by, reading=reading.reading, source=reading.source, as_of=AS_OF
        )


@pytest.fixture(scope="module")
def loaded(own_demonstration: Path) -> Iterator[tuple[Database, list[Reading]]]:
    """The demonstration's database, and the second computation of its workbooks."""
    samples = write_samples(own_demonstration / "classeurs", seed=2026)
    with open_database(own_demonstration / "jalons.duckdb") as database:
        yield database, list(compute_readings(samples))


def test_every_figure_agrees_with_the_second_computation(
    loaded: tuple[Database, list[Reading]], tell: Callable[[str], None]
) -> None:
    """Every indicator, by territory and for the whole, by share, for each period, source and reading."""
    database, readings = loaded
    found = [compare(database, one) for one in readings]
    for one in found:
        tell(f"{one.reading} : {one.compared} chiffres comparés, dont {one.valued} ont une valeur")
    assert [line for one in found for line in one.wrong[:20]] == []
    assert {one.reading.convention for one in found if one.valued > 100} == {
        "plie-martigues", "accompagnement-global-35", "metz", "rouen", "troyes",
    }  # fmt: skip
    assert [one.reading.reading for one in found].count("cohorte") == 1


def compare(database: Database, reading: Reading) -> Comparison:
    """Both computations over all that the second one can be asked, and all that the product shows.

    A territory's shares of people are compared by quarter, semester and year; the months of each, for the whole.
    """
    result = Comparison(reading)
    words = reading.figures.words
    periods = list_periods(words, AS_OF)
    longer = {code: months for code, months in periods.items() if months[0] < months[1]}
    shares = {code: [(), *reading.figures.shares(code)] for code in words.agreed["indicators"]}
    axes = sorted({share[0][0] for found in shares.values() for share in found if share})
    tables = [
        Table(axis, by, longer if axis and "territoire" in by else periods)
        for axis, by in product([None, *axes], (("territoire", "periode"), ("periode",)))
    ]
    answers = compute_many(database, [one.request(reading) for one in tables])
    for table, figures in zip(tables, answers, strict=True):
        shown = {key_of(one, words.whole): one for one in figures}
        asked = {
            (code, place, period, reading.figures.with_headline(code, share))
            for code, found in shares.items()
            for share in found
            if (share[0][0] if share else None) == table.axis
            for place, period in product(words.places if "territoire" in table.by else [words.whole], table.periods)
        }
        for key in sorted(shown.keys() | asked):
            judge(result, key, shown.get(key), find_second(reading, key, periods))
    return result


def key_of(figure: Figure, whole: str) -> Key:
    """What a figure is of; the whole convention under its own code."""
    return figure.indicator, figure.territory or whole, str(figure.period), figure.segment


def find_second(reading: Reading, key: Key, periods: dict[str, Months]) -> Second | None:
    """The figure of the second computation."""
    code, place, period, share = key
    return reading.figures.find(code, place, periods[period], share)


def judge(result: Comparison, key: Key, shown: Figure | None, second: Second | None) -> None:
    """Same counts, same value, and the same word on what is missing."""
    result.compared += 1
    expected = second.value if second else None
    value = shown.value if shown else None
    if value is None and expected is None:
        return
    result.valued += 1
    is_same = (
        shown is not None
        and second is not None
        and value == pytest.approx(expected, rel=1e-12)
        and (second.denominator is None or (shown.numerator, shown.denominator) == second.counts)
        and bool(shown.missing) == second.is_partial
    )
    if not is_same:
        result.wrong.append(f"{result.reading} : {key} : {shown} ≠ {second}")
