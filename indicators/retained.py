"""The facts of a convention in; the source that its partners retained for an indicator over some periods, out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from conventions.periods import Period, parse_period
from store.database import Database
from store.facts import Fact, read_facts

RETAINED_FACT = "source_retenue"


@dataclass(frozen=True)
class Retained:
    """What was retained of each indicator, oldest first."""

    facts: Mapping[str, Sequence[Fact]]

    def find(self, indicator: str, periods: Iterable[Period]) -> str | None:
        """The source of every month of these periods; None unless one source was retained for all of them."""
        found = {self._of_month(indicator, month) for period in periods for month in period.parts("mois")}
        return found.pop() if len(found) == 1 else None

    def _of_month(self, indicator: str, month: Period) -> str | None:
        """What was said of the shortest period around a month counts, then what was said last."""
        around = self._around(indicator, month)
        said = [(parse_period(one.period or "").length, -rank, one.text) for rank, one in around]
        return min(said)[2] if said else None

    def _around(self, indicator: str, month: Period) -> list[tuple[int, Fact]]:
        facts = enumerate(self.facts.get(indicator, ()))
        return [(rank, one) for rank, one in facts if one.period and parse_period(one.period).contains(month)]


def read_retained(database: Database, convention: str) -> Retained:
    """What stands today."""
    facts: dict[str, list[Fact]] = defaultdict(list)
    for one in read_facts(database, convention, RETAINED_FACT):
        facts[one.about or ""].append(one)
    return Retained(facts)
