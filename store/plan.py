"""A convention and the catalogue in; what is to be counted from its paths, measure by measure, out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from conventions.catalogue import EVENTS, Catalogue
from conventions.values import Convention

FLUX, COHORTE = "flux", "cohorte"
ORIENTATION, INTEGRATION, SORTIE = "date_orientation", "date_integration", "date_sortie"
POSITIVE_EXITS = "sorties_positives"
# How a delay is read: stages reached since the orientation, nested; or from one dated stage to another.
CURVE, DELAY = "courbe", "delai"
# Head counts of the paths that are open, from integration to exit.
OPEN_PATHS = frozenset({"participants", "en_cours"})
# The characteristics that a path carries.
PATH_AXES = ("prescripteur", "public", "sexe", "age", "niveau_formation", "motif", "categorie")


@dataclass(frozen=True)
class PathCount:
    """One measure counted from paths: at which of its `dates`, under which reading, whole and by each of its `axes`.

    A path counts when one of the `dates` is known. In a flux there is one, and the path counts in its month.
    In a cohort they are the stage and those after it, so that stages nest, and it counts in the month of its
    orientation. A stock counts those who are in the path at the end of a month. `is_sent` keeps those that
    France Travail, or nobody known, sent; `is_positive` keeps the exits whose motive is positive.
    """

    measure: str
    reading: str
    dates: tuple[str, ...]
    axes: tuple[str, ...]
    is_stock: bool = False
    is_sent: bool = False
    is_positive: bool = False


@dataclass(frozen=True)
class Span:
    """A delay counted from paths, from the date `start` to the first known of the dates `ends`.

    In a curve, `ends` are a stage and those after it, so that stages nest; only those that France Travail, or
    nobody known, sent are followed. A delay has one end, and `later` are the dates that tell that a path went
    past it without saying when.
    """

    reading: str
    start: str
    ends: tuple[str, ...]
    later: tuple[str, ...] = ()

    @property
    def stage_to(self) -> str:
        """The stage that the delay leads to."""
        return self.ends[0]


@dataclass(frozen=True)
class Plan:
    """All that is counted from the paths of a convention, and its motives → (category, whether positive)."""

    counts: tuple[PathCount, ...] = ()
    motifs: Mapping[str, tuple[str, bool]] | None = None
    spans: tuple[Span, ...] = ()


def make_plan(convention: Convention | None, catalogue: Catalogue) -> Plan:
    """Plan the counts of the measures that the convention's indicators and objectives use."""
    if convention is None:
        return Plan()
    used = _list_measures(convention, catalogue)
    motifs = {motif: (exit.code, exit.is_positive) for exit in convention.exits for motif in exit.motifs}
    if not any(is_positive for _, is_positive in motifs.values()):
        used = [measure for measure in used if measure != POSITIVE_EXITS]
    has_cohorts = any(catalogue.measures[measure].event == ORIENTATION for measure in used)
    counts = [_plan_flux(measure, catalogue) for measure in used]
    if has_cohorts:
        counts += [_plan_cohorte(measure, catalogue) for measure in used if measure not in OPEN_PATHS]
    return Plan(tuple(counts), motifs, _plan_spans(has_cohorts=has_cohorts) if counts else ())


def _plan_spans(*, has_cohorts: bool) -> tuple[Span, ...]:
    """From each stage to the next, from orientation to integration, and the curves of those oriented."""
    pairs = [*pairwise(EVENTS), (ORIENTATION, INTEGRATION)]
    delays = [Span(DELAY, start, (end,), EVENTS[EVENTS.index(end) + 1 :]) for start, end in pairs]
    curves = [Span(CURVE, ORIENTATION, EVENTS[rank:]) for rank in range(1, len(EVENTS))]
    return (*delays, *(curves if has_cohorts else ()))


def _list_measures(convention: Convention, catalogue: Catalogue) -> list[str]:
    """The measures that paths can count among those that the convention follows, in the catalogue's order."""
    codes = [*convention.indicators, *(objective.indicator for objective in convention.objectives)]
    indicators = [catalogue.indicator(code) for code in codes]
    followed = {term.measure for read in indicators for term in (read.numerator, read.denominator) if term}
    return [
        code
        for code, measure in catalogue.measures.items()
        if code in followed and (measure.event is not None or code in OPEN_PATHS)
    ]


def _list_axes(measure: str, catalogue: Catalogue) -> tuple[str, ...]:
    """The axes that a path carries and that the measure may."""
    return tuple(axis for axis in PATH_AXES if axis in catalogue.measures[measure].axes)


def _plan_flux(measure: str, catalogue: Catalogue) -> PathCount:
    event = catalogue.measures[measure].event or INTEGRATION
    return PathCount(
        measure,
        FLUX,
        dates=(event,),
        axes=_list_axes(measure, catalogue),
        is_stock=measure in OPEN_PATHS,
        is_sent=event == ORIENTATION,
        is_positive=measure == POSITIVE_EXITS,
    )


def _plan_cohorte(measure: str, catalogue: Catalogue) -> PathCount:
    event = catalogue.measures[measure].event
    return PathCount(
        measure,
        COHORTE,
        dates=tuple(date for date in EVENTS if EVENTS.index(date) >= EVENTS.index(event or SORTIE)),
        axes=_list_axes(measure, catalogue),
        is_sent=True,
        is_positive=measure == POSITIVE_EXITS,
    )
