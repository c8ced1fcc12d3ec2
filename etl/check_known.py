"""The figures of a file and those stored before it in; what checks look up, in words, out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from conventions.catalogue import Catalogue
from conventions.periods import parse_period
from conventions.values import Convention, Measure, Segment
from etl.report import Observation
from store.reading import CurrentFigure

Figure = Observation | CurrentFigure
Key = tuple[str, str, str, Segment]
"""Measure, territory, period, segment."""
Content = dict[tuple[str, Segment], Figure]
"""What one territory has under one period, by measure and segment."""

# Two values nearer than this are the same: full-time equivalents have decimals.
TOLERANCE = 0.01
_SHOWN = 5
NAMES = frozenset({"valeur", "mesure", "lieu", "periode"})
"""What a sentence may always say of the figure that a check is about."""


@dataclass(frozen=True)
class Hit:
    """A place where a check fires: a figure of the file and the words of the sentence; `has_cell` is False
    when what is wrong stands in no cell (it is missing); `beside` are the figures that it was held against."""

    at: Observation
    words: Mapping[str, str]
    has_cell: bool = True
    beside: Sequence[Figure] = ()

    @property
    def cells(self) -> list[Observation]:
        """The figures of the file that are concerned, the first one to look at before the others."""
        return [self.at, *(one for one in self.beside if isinstance(one, Observation))] if self.has_cell else []


@dataclass(frozen=True)
class Known:
    """The figures of the file (`fresh`) and those that the same source gave before (`stored`)."""

    fresh: Sequence[Observation]
    stored: Sequence[CurrentFigure]
    convention: Convention | None
    catalogue: Catalogue

    @cached_property
    def figures(self) -> dict[Key, Figure]:
        """Every figure by its key; the file's own stands before the one it replaces."""
        figures: dict[Key, Figure] = {_key(one): one for one in self.stored}
        figures.update((_key(one), one) for one in self.fresh)
        return figures

    @cached_property
    def by_period(self) -> dict[str, dict[str, Content]]:
        """The convention's own figures: period → territory → measure and segment."""
        periods: dict[str, dict[str, Content]] = defaultdict(lambda: defaultdict(dict))
        for one in self.figures.values():
            if not one.is_context:
                periods[one.period][one.territory][one.measure, one.segment] = one
        return periods

    @cached_property
    def fresh_periods(self) -> tuple[str, ...]:
        """The periods that the file brings figures for, in order of time within a grain."""
        return tuple(sorted({one.period for one in self.fresh if not one.is_context}))

    @cached_property
    def _places(self) -> dict[str, str]:
        if self.convention is None:
            return {}
        whole = self.convention.territory
        return {place.code: place.name for place in (*self.convention.places, whole)}

    def value(self, measure: str, like: Figure) -> Figure | None:
        """The figure of another measure for the same territory, period and segment."""
        return self.figures.get((measure, like.territory, like.period, like.segment))

    def measure(self, figure: Figure) -> Measure | None:
        """The measure of a figure; None when the catalogue no longer has it."""
        return self.catalogue.measures.get(figure.measure)

    def place(self, code: str) -> str:
        """The name of a territory of the convention, the code of any other."""
        return self._places.get(code, code)

    def label(self, measure: str, segment: Segment = ()) -> str:
        """« Participants en parcours, Allocataires du RSA », without the quotation marks."""
        known = self.catalogue.measures.get(measure)
        axes = self.catalogue.axes
        values = [axes[axis].values.get(value, value) if axis in axes else value for axis, value in segment]
        return ", ".join([known.label if known else measure, *values])

    def words(self, figure: Figure, at: Figure) -> dict[str, str]:
        """The names of a figure, for a sentence that points at `at`."""
        return {
            "valeur": cite(figure, at),
            "mesure": self.label(figure.measure, figure.segment),
            "lieu": self.place(figure.territory),
            "periode": parse_period(figure.period).label,
        }


Finder = Callable[[Known], Iterator[Hit]]
"""A check at work: what is known in, the places where it fires out."""


def _key(one: Figure) -> Key:
    return one.measure, one.territory, one.period, one.segment


def without(one: Figure, axis: str) -> Key:
    """The key of the figure that this one splits by an axis."""
    return one.measure, one.territory, one.period, tuple(pair for pair in one.segment if pair[0] != axis)


def point(*figures: Figure | None) -> Observation | None:
    """The first figure that is the file's own: a finding is about the file, never about the past alone."""
    return next((one for one in figures if isinstance(one, Observation)), None)


def cite(figure: Figure, at: Figure) -> str:
    """A value, with the place where it stands unless the sentence points there."""
    shown = figure.state if figure.value is None else show(figure.value)
    return shown if figure is at else f"{shown} ({_address(figure)})"


def cite_sum(total: float, parts: Sequence[Figure]) -> str:
    """A sum, with the places where its first parts stand."""
    return f"{show(total)} ({enumerate_names([_address(part) for part in parts])})"


def _address(figure: Figure) -> str:
    file = "" if isinstance(figure, Observation) else f"« {figure.file} », "
    return f"{file}{figure.sheet}!{figure.cell}"


def show(value: float) -> str:
    """A number as it is read in French."""
    text = f"{value:,.0f}" if float(value).is_integer() else f"{value:,.2f}".rstrip("0")
    return text.replace(",", "\u202f").replace(".", ",")


def enumerate_names(names: Sequence[str]) -> str:
    """The first names of a list, and a sign that there are more."""
    return ", ".join(names[:_SHOWN]) + (", …" if len(names) > _SHOWN else "")


@lru_cache(maxsize=4096)
def length(period: str) -> int:
    """How many months a period lasts."""
    return parse_period(period).length
