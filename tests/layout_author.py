"""A shape, some mess and a seed in; who writes a return: counts to report, a way of spelling and of laying out, out."""

from __future__ import annotations

import random
from collections.abc import Iterable
from itertools import product

from tests.layout_labels import COMMUNES, HOLES, MEASURES, TOTALS, Speller
from tests.layout_tables import Key, Truth, Writer


class Author:
    """Who writes: the counts to report, a way of spelling, a way of laying tables out."""

    def __init__(self, shape: str, mess: frozenset[str], seed: int) -> None:
        # The counts depend on the seed alone, the way of writing them on the shape too.
        counts, self.rng = random.Random(seed), random.Random(f"{shape} {sorted(mess)} {seed}")
        self.mess, first = mess, counts.randrange(2023, 2027)
        self.years = (first, first + 1) if "two years" in mess else (first,)
        self.truth = draw_truth(counts, self.years, mess)
        self.speller = Speller(self.rng, mess)
        self.writer = Writer(self.truth, self.speller, mess)
        self.place_columns = self.rng.choice((("code",), ("name",), ("code", "name"), ("name", "code")))
        self.year_place = self._place_year(shape)
        # A bare « 2 » is a quarter only where a header says so.
        self.has_ranks = "ranks" in mess and shape in ("communes above", "long", "rows")
        named = f"Suivi PLIE {first}.xlsx"
        self.file = named if self.year_place == "file" else self.rng.choice(("retour.xlsx", "20260115_retour.xlsx"))

    def _place_year(self, shape: str) -> str:
        if "year apart" not in self.mess:
            return "label"
        if len(self.years) > 1:
            return "label" if shape == "quarters" else "apart"
        return self.rng.choice(("title", "file") if shape == "quarters" else ("apart", "title", "sheet", "file"))

    @property
    def periods(self) -> list[tuple[int, int]]:
        """Years and quarters, in the order of the table."""
        order = -1 if "newest first" in self.mess else 1
        return [(year, rank) for year in self.years[::order] for rank in (1, 2, 3, 4)[::order]]

    @property
    def groups(self) -> str:
        """How a label stands over its group."""
        return "first" if "no merges" in self.mess else "repeated" if "repeated groups" in self.mess else "merged"

    @property
    def left(self) -> int:
        """The column where tables begin."""
        return 1 if "offset" in self.mess else 0

    def period_labels(self, year: int, rank: int) -> tuple[object, ...]:
        """A quarter in one label or in two, or without its year when that stands elsewhere."""
        quarter = rank if self.has_ranks else self.speller.quarter(rank)
        if self.year_place == "apart":
            return self.speller.year(year), quarter
        return (self.speller.period(year, rank) if self.year_place == "label" else quarter,)

    def place_labels(self, code: str) -> tuple[object, ...]:
        """A commune by its code, its name or both."""
        forms = {"code": self.speller.code(code), "name": self.speller.commune(code)}
        return tuple(forms[column] for column in self.place_columns)

    def total(self) -> str:
        """A word for a total."""
        return self.rng.choice(TOTALS)


def draw_truth(rng: random.Random, years: Iterable[int], mess: frozenset[str]) -> Truth:
    """A count for each measure, commune and quarter; positive exits are never more than the exits."""
    truth: dict[Key, int | str] = {}
    for code, year, rank in product(COMMUNES, years, (1, 2, 3, 4)):
        counts = {measure: _draw_count(rng, mess) for measure in MEASURES}
        counts["sorties_positives"], counts["sorties"] = sorted((counts["sorties_positives"], counts["sorties"]))
        for measure in MEASURES:
            is_hole = "holes" in mess and rng.random() < 0.06
            truth[measure, code, f"{year}-T{rank}"] = rng.choice(list(HOLES)) if is_hole else counts[measure]
    return truth


def _draw_count(rng: random.Random, mess: frozenset[str]) -> int:
    if "year-like" in mess and rng.random() < 0.5:
        return rng.choice((rng.randrange(1995, 2030), 13056, 13077))
    return rng.choice((rng.randrange(10), rng.randrange(100), rng.randrange(5000)))
