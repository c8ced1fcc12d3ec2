"""A convention and a period in; the periods that the bilan takes together, and those it shows alone, out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from conventions.periods import GRAINS, Period, parse_period
from conventions.values import Convention
from store.database import Database

_RECEIVED = """
select distinct period from cube where convention = ? and reading = 'flux' order by period
"""


class EditionError(ValueError):
    """A bilan that cannot be made; the message is a French sentence with what to do."""


@dataclass(frozen=True)
class Scope:
    """`together` are the periods of the bilan's own figures; `parts` those of the year up to its end."""

    asked: Period
    together: tuple[Period, ...]
    parts: tuple[Period, ...]

    @property
    def own_parts(self) -> tuple[Period, ...]:
        """The parts that lie in the period of the bilan."""
        return tuple(part for part in self.parts if self.asked.contains(part))

    @property
    def codes(self) -> tuple[str, ...]:
        """The periods taken together, as figures are asked for."""
        return tuple(period.code for period in self.together)


def choose_scope(database: Database, convention: Convention, code: str, as_of: date) -> Scope:
    """The asked period as far as it is received; EditionError when nothing of it is."""
    try:
        asked = parse_period(code)
    except ValueError as error:
        raise EditionError(str(error)) from error
    received = _read_received(database, convention)
    parts = _list_parts(asked, _choose_grain(asked, convention, received), convention, as_of)
    known = [part for part in parts if any(part.contains(one) for one in received)]
    inside = [part for part in parts if asked.contains(part)]
    own = [part for part in inside if part in known]
    if asked not in received and not own:
        raise EditionError(_explain_empty(convention, asked, received))
    is_whole = asked in received or sum(part.length for part in own) == asked.length
    together = (asked,) if is_whole else tuple(part for part in inside if part <= own[-1])
    # Parts to come are not holes.
    return Scope(asked, together, tuple(part for part in parts if known and part <= known[-1]))


def _read_received(database: Database, convention: Convention) -> list[Period]:
    with database.cursor() as cursor:
        return [parse_period(row[0]) for row in cursor.execute(_RECEIVED, [convention.key]).fetchall()]


def _choose_grain(asked: Period, convention: Convention, received: Sequence[Period]) -> str:
    """The convention's rhythm; when it is the year, the longest periods received within the year."""
    rhythm = convention.cadence
    if rhythm == GRAINS[0]:
        within = [one.grain for one in received if one.year == asked.year and one.length < 12]
        rhythm = min(within, key=GRAINS.index, default=asked.grain)
    return max(rhythm, asked.grain, key=GRAINS.index)


def _list_parts(asked: Period, grain: str, convention: Convention, as_of: date) -> list[Period]:
    """From January (or the start of the convention) to the end of what is asked, up to the day of reading."""
    return [
        part
        for part in Period(asked.year, 1, 12).parts(grain)
        if part.end <= asked.end and part.start <= as_of and part.end >= convention.start
    ]


def _explain_empty(convention: Convention, asked: Period, received: Sequence[Period]) -> str:
    years = sorted({period.year for period in received})
    if not years:
        return (
            f"Aucun chiffre de « {convention.label} » n’a été chargé. "
            "Déposez d’abord un retour, puis recommencez."
        )
    shown = str(years[0]) if len(years) == 1 else f"{years[0]} à {years[-1]}"
    return (
        f"Aucun chiffre de « {convention.label} » n’a été reçu pour {asked.label}. "
        f"Années reçues : {shown}. Demandez l’une d’elles, ou déposez le retour attendu."
    )
