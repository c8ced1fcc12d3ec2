"""A shape, some mess and a seed in; who writes a return: counts to report, a way of spelling and of laying out, out."""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import date
from itertools import product

from conventions.periods import MONTHS
from tests.layout_labels import AGES, COMMUNES, DECIMAL, HOLES, MEASURES, NAMES, SEXES, TOTALS, Speller
from tests.layout_tables import Key, Truth, Writer

# The periods of a year, by grain, and how their codes are written.
GRAINS = {"quarter": ((1, 2, 3, 4), "{year}-T{rank}"), "month": ((1, 2, 3, 4), "{year}-{rank:02d}"),
          "year": ((0,), "{year}")}  # fmt: skip
RANKED = ("communes above", "long", "rows")
PROFILED = MEASURES[:2]
"""The measures that are also split by sex and age."""


class Author:
    """Who writes: the counts to report, a way of spelling, a way of laying tables out."""

    def __init__(self, shape: str, mess: frozenset[str], seed: int) -> None:
        # The counts depend on the seed alone, the way of writing them on the shape too.
        counts, self.rng = random.Random(seed), random.Random(f"{shape} {sorted(mess)} {seed}")
        self.mess, first = mess, counts.randrange(2023, 2026)
        self.grain = "month" if "dates" in mess else "year" if "years alone" in mess else "quarter"
        length = 3 if self.grain == "year" else 2 if "two years" in mess else 1
        self.years = tuple(range(first, first + length))
        self.measures = (*MEASURES, DECIMAL) if "decimals" in mess else MEASURES
        codes = [self.code(year, rank) for year, rank in self.periods]
        self.truth = draw_truth(counts, sorted(codes), mess)
        self.speller = Speller(self.rng, mess)
        self.writer = Writer(self.truth, self.speller, mess)
        self.place_columns = self._place_columns()
        self.is_named_by_sheet = shape == "communes"
        self.year_place = self._place_year(shape)
        # A bare « 2 » is a quarter only where a header says so.
        self.has_ranks = self.grain == "quarter" and "ranks" in mess and shape in RANKED
        named = f"Suivi PLIE {first}.xlsx"
        self.file = named if self.year_place == "file" else self.rng.choice(("retour.xlsx", "20260115_retour.xlsx"))

    def _place_columns(self) -> tuple[str, ...]:
        choices: tuple[tuple[str, ...], ...] = (("code",), ("name",), ("code", "name"), ("name", "code"))
        needs_code = self.mess & {"lost zeros", "float texts", "code numbers"}
        return self.rng.choice([columns for columns in choices if "code" in columns or not needs_code])

    def _place_year(self, shape: str) -> str:
        if self.grain != "quarter" or ("year apart" not in self.mess and shape != "wide"):
            return "label"
        if len(self.years) > 1 or shape == "wide":
            return "label" if shape == "quarters" else "apart"
        return self.rng.choice(("title", "file") if shape == "quarters" else ("apart", "title", "sheet", "file"))

    @property
    def periods(self) -> list[tuple[int, int]]:
        """Years and quarters (or months, or years alone), in the order of the table."""
        order = -1 if "newest first" in self.mess else 1
        return [(year, rank) for year in self.years[::order] for rank in GRAINS[self.grain][0][::order]]

    def code(self, year: int, rank: int) -> str:
        """The code of a period."""
        return GRAINS[self.grain][1].format(year=year, rank=rank)

    @property
    def places(self) -> list[str]:
        """The communes of a table that has a row for each, in its order."""
        return self._shuffled(list(NAMES if "lost zeros" in self.mess else COMMUNES))

    @property
    def order(self) -> list[str]:
        """The measures, in the order of the table."""
        return self._shuffled(list(self.measures))

    def _shuffled(self, codes: list[str]) -> list[str]:
        return codes[1:] + codes[:1] if "swapped" in self.mess else codes

    @property
    def groups(self) -> str:
        """How a label stands over its group."""
        return "first" if "no merges" in self.mess else "repeated" if "repeated groups" in self.mess else "merged"

    @property
    def left(self) -> int:
        """The column where tables begin."""
        return 1 if "offset" in self.mess else 0

    def period_labels(self, year: int, rank: int) -> tuple[object, ...]:
        """A period in one label or in two, or without its year when that stands elsewhere."""
        if self.grain == "month":
            return (date(year, rank, 1),)
        if self.grain == "year":
            return (self.speller.year(year),)
        quarter = rank if self.has_ranks else self.speller.quarter(rank)
        if self.year_place == "apart":
            return self.speller.year(year), quarter
        return (self.speller.period(year, rank) if self.year_place == "label" else quarter,)

    def period_name(self, year: int, rank: int) -> str:
        """A period as the name of a sheet or a field bears it."""
        if self.grain != "quarter":
            return f"{year}" if self.grain == "year" else f"{MONTHS[rank - 1]} {year}"
        is_whole = self.year_place in ("label", "apart")
        return self.speller.plain_period(year, rank) if is_whole else self.speller.plain_quarter(rank)

    def place_labels(self, code: str) -> tuple[object, ...]:
        """A commune by its code, its name or both."""
        forms = {"code": self.speller.code(code), "name": self.speller.commune(code)}
        return tuple(forms[column] for column in self.place_columns)

    def total(self) -> str:
        """A word for a total; beside a commune of elsewhere, one that does not name the convention."""
        return "Total" if "lost zeros" in self.mess else self.rng.choice(TOTALS)


def draw_truth(rng: random.Random, periods: Iterable[str], mess: frozenset[str]) -> Truth:
    """A count for each measure, commune and period; positive exits are never more than the exits."""
    truth: dict[Key, float | str] = {}
    splits: dict[Key, float | str] = {}
    for code, period in product(NAMES, periods):
        counts: dict[str, float] = {measure: _draw_count(rng, mess) for measure in MEASURES}
        counts["sorties_positives"], counts["sorties"] = sorted((counts["sorties_positives"], counts["sorties"]))
        for measure in (*MEASURES, DECIMAL):
            is_hole = "holes" in mess and rng.random() < 0.06
            count = counts.get(measure, rng.randrange(1, 60) / 4)
            truth[measure, code, period, ()] = rng.choice(list(HOLES)) if is_hole else count
        for measure in PROFILED:
            splits |= _split(rng, (measure, code, period), int(counts[measure]))
    return truth | splits


def _split(rng: random.Random, name: tuple[str, str, str], count: int) -> dict[Key, float | str]:
    """A count by sex and age, with the margins."""
    split: dict[Key, float | str] = {}
    cells = list(product(SEXES, AGES))
    cuts = sorted(rng.randint(0, count) for _ in cells[1:])
    for (sex, age), low, high in zip(cells, [0, *cuts], [*cuts, count], strict=True):
        split[(*name, (("age", age), ("sexe", sex)))] = high - low
        for margin in ((("sexe", sex),), (("age", age),)):
            known = split.get((*name, margin), 0)
            split[(*name, margin)] = (0 if isinstance(known, str) else known) + high - low
    return split


def _draw_count(rng: random.Random, mess: frozenset[str]) -> int:
    if "year-like" in mess and rng.random() < 0.5:
        return rng.choice((rng.randrange(1995, 2030), 13056, 13077))
    return rng.choice((rng.randrange(10), rng.randrange(100), rng.randrange(5000)))
