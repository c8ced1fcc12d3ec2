"""Paths and a period in; what each line of a return says of them out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from conventions.periods import Period
from demo.world import Dossier

POSITIVE = ("positive_emploi", "positive_formation")
Event = Callable[[Dossier], date | None]


@dataclass(frozen=True)
class Question:
    """What a line counts: an event in the period or, without event, people in the path on its last day."""

    event: Event | None
    keep: Callable[[Dossier], bool] = lambda dossier: True


def _integration(dossier: Dossier) -> date | None:
    return dossier.integration


def _sortie(dossier: Dossier) -> date | None:
    return dossier.sortie


QUESTIONS: Mapping[str, Question] = {
    "orientes": Question(lambda dossier: dossier.orientation),
    "presents": Question(lambda dossier: dossier.contact),
    "diagnostics": Question(lambda dossier: dossier.diagnostic),
    "integres": Question(_integration),
    "integres_france_travail": Question(_integration, lambda dossier: dossier.is_france_travail),
    "refus_integration": Question(lambda dossier: dossier.refus),
    "sorties": Question(_sortie),
    "sorties_positives": Question(_sortie, lambda dossier: dossier.categorie in POSITIVE),
    "participants": Question(None),
    "participants_rsa": Question(None, lambda dossier: "rsa" in dossier.person.publics),
}


def is_in_path(dossier: Dossier, day: date) -> bool:
    """Whether the person is in the path at the end of a day."""
    begun = dossier.integration is not None and dossier.integration <= day
    return begun and (dossier.sortie is None or dossier.sortie > day)


def select(dossiers: Iterable[Dossier], question: str, period: Period) -> list[Dossier]:
    """The paths that a line counts."""
    asked = QUESTIONS[question]
    if asked.event is None:
        return [dossier for dossier in dossiers if is_in_path(dossier, period.end) and asked.keep(dossier)]
    found = ((asked.event(dossier), dossier) for dossier in dossiers if asked.keep(dossier))
    return [dossier for day, dossier in found if day is not None and period.start <= day <= period.end]


def count(dossiers: Iterable[Dossier], question: str, period: Period, *, commune: str | None = None) -> int:
    """How many paths a line counts, for a commune or for the whole."""
    chosen = select(dossiers, question, period)
    return sum(commune in (None, dossier.person.commune) for dossier in chosen)


def count_accompagnateurs(dossiers: Iterable[Dossier], period: Period) -> float:
    """Full-time equivalents, by halves: about one for sixty people in the path."""
    return max(1.0, round(count(dossiers, "participants", period) / 61 * 2) / 2)
