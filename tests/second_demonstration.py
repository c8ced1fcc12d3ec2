"""The demonstration's workbooks in; the second computation of each convention, source and reading, out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from demo.samples import Sample
from tests.second_counts import Counts
from tests.second_figures import Figures
from tests.second_paths import count_cohorts, count_flux, read_paths
from tests.second_words import Lexicon, Months
from tests.second_workbooks import Fact, read_facts

LETTERS = {1: "-{:02d}", 3: "-T{}", 6: "-S{}", 12: ""}


@dataclass(frozen=True)
class Reading:
    """The figures of a convention from one source, in one of the two readings."""

    convention: str
    source: str
    reading: str
    figures: Figures

    def __str__(self) -> str:
        return f"{self.convention}, source {self.source}, en {self.reading}"


def compute_readings(samples: Sequence[Sample]) -> Iterator[Reading]:
    """Every reading that the workbooks allow: in cohorts, only where individual dates are known."""
    words = {one.convention: Lexicon(one.convention) for one in samples}
    returns: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    paths = {}
    for sample in samples:
        key, lexicon = (sample.convention, sample.source), words[sample.convention]
        if "accompagnement_global_parcours" in sample.path.name:
            # Its returns say all that its contracts count: these tell delays alone.
            continue
        if "parcours" in sample.path.name:
            paths[key] = read_paths(sample.path, lexicon)
        else:
            # A later workbook corrects an earlier one: its facts are read after.
            returns[key] += read_facts(sample.path, lexicon)
    for key, facts in returns.items():
        lexicon, ways = words[key[0]], [Counts(facts, words[key[0]])]
        if key in paths:
            ways.append(Counts(count_flux(paths[key], lexicon), lexicon))
            cohorts = Counts(count_cohorts(paths[key], lexicon), lexicon)
            yield Reading(*key, "cohorte", Figures(lexicon, [cohorts], is_cohort=True))
        yield Reading(*key, "flux", Figures(lexicon, ways))


def list_periods(words: Lexicon, as_of: date) -> dict[str, Months]:
    """Every month, quarter, semester and year of a convention that has begun, by its code."""
    start, end = words.agreed["start"], min(words.agreed["end"], as_of)
    first, last = (day.year * 12 + day.month - 1 for day in (start, end))
    return {
        f"{year}{letter.format(rank + 1)}": (at, at + length - 1)
        for year in range(start.year, end.year + 1)
        for length, letter in LETTERS.items()
        for rank in range(12 // length)
        if (at := year * 12 + rank * length) <= last and at + length - 1 >= first
    }
