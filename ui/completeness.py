"""The completeness of a convention in; the sentences that pages and bilans say of it out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from math import floor

from conventions.catalogue import load_catalogue
from conventions.periods import Period
from conventions.values import Convention
from indicators.completeness import Completeness
from indicators.lacks import Lack, list_lacks
from ui.french import FIXED, join_words, set_typography, write_count, write_date, write_short_period
from ui.wording import name_place, name_source

MOST_LACKS, MOST_MEASURES = 2, 3


def write_share(completeness: Completeness) -> str:
    """« 98 % »; 100 % only when nothing lacks."""
    return f"{floor(100 * completeness.received / completeness.expected)}{FIXED}%"


def write_coverage(completeness: Completeness, convention: Convention) -> str:
    """« Il manque T3 2026 pour Port-de-Bouc (France Travail) : 745 chiffres sur 750 attendus à fin T3 2026 »."""
    last = completeness.last
    if last is None:
        return "Aucun chiffre n’était encore attendu pour cette période"
    when = f"à fin {write_short_period(last)}"
    counts = f"({write_count(completeness.received)}/{write_count(completeness.expected)})"
    if completeness.is_whole:
        return f"Tous les chiffres attendus {when} sont reçus {counts}"
    if not completeness.received:
        return f"Aucun des {write_count(completeness.expected)} chiffres attendus {when} n’est reçu"
    lacks = list_lacks(completeness)
    # Where a whole return is awaited, every place lacks it; where few things lack, they are all named.
    is_said = any(one.is_return for one in lacks) or len(lacks) <= MOST_LACKS
    places = "" if is_said else _write_places(completeness, convention)
    received, expected = write_count(completeness.received), write_count(completeness.expected)
    return (
        f"Il manque {_join_lacks(lacks, convention)}{FIXED}: {received} chiffres sur {expected} attendus "
        f"{when}{places}"
    )


def _write_places(completeness: Completeness, convention: Convention) -> str:
    """« , communes au complet : 2 sur 3 », for the level where places differ."""
    for level in convention.levels:
        codes = {place.code for place in convention.places if place.kind == level.kind}
        own = [cell for cell in completeness.cells if cell.owed.territory in codes]
        owed, lacking = {cell.owed.territory for cell in own}, {c.owed.territory for c in own if not c.is_received}
        if lacking and len(owed) > 1:
            label = level.label[0].lower() + level.label[1:]
            return f", {label} au complet{FIXED}: {len(owed) - len(lacking)} sur {len(owed)}"
    return ""


def write_lacks(lacks: Sequence[Lack], convention: Convention) -> str:
    """« manque T3 2026 pour Port-de-Bouc (France Travail) », the first ones only; the rest is counted."""
    return f"{'manque' if len(lacks) == 1 else 'manquent'} {_join_lacks(lacks, convention)}"


def _join_lacks(lacks: Sequence[Lack], convention: Convention) -> str:
    told = [write_lack(one, convention) for one in lacks[:MOST_LACKS]]
    rest = sum(one.count for one in lacks[MOST_LACKS:])
    more = [f"{write_count(rest)} autre{'s' if rest > 1 else ''} chiffre{'s' if rest > 1 else ''}"] if rest else []
    return join_words([*told, *more])


def write_lack(lack: Lack, convention: Convention) -> str:
    """« T3 2026 pour Port-de-Bouc (France Travail : convoqués, présents) »."""
    source = name_owner(lack.source, convention)
    when = "toujours" if lack.is_constant and len(lack.periods) > 1 else write_periods(lack.periods)
    if lack.is_return:
        return f"{when} en entier ({source})"
    where = f" pour {name_place(lack.territory, convention)}" if lack.territory else ""
    what = f"{FIXED}: {name_measures(lack.measures)}" if lack.measures else ""
    denied = f", dits n.{FIXED}d." if lack.is_denied else ""
    return f"{when}{where} ({source}{what}{denied})"


def name_owner(source: str | None, convention: Convention) -> str:
    """Who owes; any of the sources when none is named."""
    return name_source(source, convention) if source else " ou ".join(one.label for one in convention.sources)


def name_measures(codes: Sequence[str]) -> str:
    """« DE orientés vers le PLIE, Sorties totales et 3 autres »."""
    labels = [set_typography(load_catalogue().measures[code].label) for code in codes[:MOST_MEASURES]]
    rest = len(codes) - len(labels)
    return join_words([", ".join(labels), f"{rest} autre{'s' if rest > 1 else ''}"] if rest else labels)


def write_periods(periods: Iterable[Period]) -> str:
    """« T1 2025 », « T1 2025 à T3 2025 », « T1 2025 et T3 2025 »."""
    ordered = sorted(periods, key=lambda one: (one.length, one.start))
    ranks = {one: (one.length, (one.year * 12 + one.month) // one.length - rank) for rank, one in enumerate(ordered)}
    runs = [list(run) for _, run in groupby(ordered, key=lambda one: ranks[one])]
    return join_words(
        [" à ".join(write_short_period(one) for one in dict.fromkeys((run[0], run[-1]))) for run in runs]
    )


def write_since(completeness: Completeness, last: Period, convention: Convention) -> str:
    """What came to be owed in the year since the last period that is read, when nothing of it is received."""
    year = Period(last.year, 1, 12)
    since = completeness.within([year]).after(last)
    if not since.expected or since.received:
        return ""
    return f"Depuis, rien n’est reçu{FIXED}: {write_lacks(list_lacks(since), convention)}"


def write_fresh(completeness: Completeness) -> str:
    """« Dernier dépôt le 22/11/2026 »; nothing when nothing was loaded."""
    days = [one.loaded_on for one in completeness.sources if one.loaded_on is not None]
    return f"Dernier dépôt le {write_date(max(days))}" if days else ""
