"""A code or an exact name in; out come the commune, EPCI, département or region it names.

A name is never guessed: it is found as it stands (but for accents, case, punctuation, *St* / *Saint*), an
EPCI's also without its status words; when it names several territories all are returned and the caller asks.
"""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from pathlib import Path

from conventions.epci_names import EpciName, agree, is_promoted, is_same_status, parse_epci_name
from conventions.reading import DATA
from conventions.vintages import KINDS, States, Territory, full_form

__all__ = ["KINDS", "Gazetteer", "Territory", "load_gazetteer", "repair_code"]

_INTEGER_AS_DECIMAL = re.compile(r"\.0+$")


class Gazetteer:
    """Every territory of every vintage; each kind is read when it is first asked for."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._kinds: dict[str, States] = {}

    def states(self, kind: str) -> States:
        """All states of the territories of one kind."""
        if kind not in self._kinds:
            self._kinds[kind] = States(self._path, kind)
        return self._kinds[kind]

    @cached_property
    def vintages(self) -> tuple[int, int]:
        """The first and the last vintage known."""
        regions = self.states("region").all
        return min(state.vintage_from for state in regions), max(state.vintage_to for state in regions)

    def by_code(self, code: str, kind: str | None = None) -> Territory | None:
        """The latest state of a code, current rather than former; None when no vintage has it."""
        for one in KINDS if kind is None else (kind,):
            if states := self.states(one).by_code.get(code):
                return max(states, key=lambda state: (state.vintage_to, not state.former))
        return None

    def current_code(self, code: str) -> str:
        """The commune that a former code belongs to today; any other code (arrondissements too) as it is."""
        territory = self.by_code(code)
        while territory and territory.former and territory.successor and territory.successor != code:
            code = territory.successor
            territory = self.by_code(code)
        return code

    def named(self, name: str, *, kinds: tuple[str, ...], year: int | None = None) -> tuple[Territory, ...]:
        """The territories of exactly that name, one state per code: none, one, or several to ask between.

        The vintage of the year (the nearest one known, the last without a year) is preferred to the others,
        a current commune to a former one. An EPCI's status words are set aside where no full name fits.
        """
        form = full_form(name)
        found = [state for kind in kinds for state in self.states(kind).by_name.get(form, ())]
        if found or "epci" not in kinds:
            return self._choose(found, year)
        return self._named_in_part(parse_epci_name(name), year)

    def _named_in_part(self, asked: EpciName, year: int | None) -> tuple[Territory, ...]:
        """The EPCI of that name, status words aside.

        Data older than the vintages may speak of an EPCI that was merged since into a larger one of nearly
        the same name (*CA de Laval*, *CA Laval Agglomération*): there, its last words are part of the name.
        """
        epci = self.states("epci")
        cores = epci.by_core.get(asked.core, ()) if asked.core else ()
        stems = epci.by_stem.get(asked.stem, ()) if asked.stem and year in (None, self._vintage(year)) else ()
        stages = (
            [state for known, state in cores if agree(asked, known)],
            [state for known, state in cores if is_promoted(asked, known)],
            [state for known, state in stems if is_same_status(asked, known)],
        )
        for found in stages:
            if existing := [state for state in found if year is None or self._existed(state.code, year)]:
                return self._choose(existing, year)
        return ()

    def _existed(self, epci: str, year: int) -> bool:
        """Whether an EPCI is in the vintage of the year, under whatever name."""
        vintage = self._vintage(year)
        return any(state.covers(vintage) for state in self.states("epci").by_code[epci])

    def _choose(self, states: list[Territory], year: int | None) -> tuple[Territory, ...]:
        """One state per code, of the vintage if possible, current if possible."""
        vintage = self._vintage(year)
        states = [state for state in states if state.covers(vintage)] or states
        states = [state for state in states if not state.former] or states
        oldest_first = sorted(states, key=lambda state: state.vintage_to)
        latest = {(state.kind, state.code): state for state in oldest_first}
        return tuple(latest[key] for key in sorted(latest))

    def _vintage(self, year: int | None) -> int:
        """The vintage nearest to a year; the last one without a year."""
        first, last = self.vintages
        return last if year is None else min(max(year, first), last)

    def members(self, epci_code: str, *, year: int | None = None) -> tuple[str, ...]:
        """The communes of an EPCI in the vintage of the year, in its last one by default; none if unknown."""
        states = self.states("commune").by_epci.get(epci_code, [])
        last = max((state.vintage_to for state in states), default=0)
        vintage = last if year is None else self._vintage(year)
        return tuple(state.code for state in states if state.covers(vintage))

    def within(self, code: str, root_code: str) -> bool:
        """Whether a commune, former or not, or an arrondissement is in that commune, EPCI or département."""
        if code == root_code:
            return True
        commune = self.by_code(code, "commune")
        if commune is None or root_code in (commune.epci, commune.departement):
            return commune is not None
        return commune.successor not in (None, code) and self.within(str(commune.successor), root_code)


@lru_cache(maxsize=4)
def load_gazetteer(path: Path = DATA / "territories.parquet") -> Gazetteer:
    """The gazetteer of a file, read once."""
    return Gazetteer(path)


def repair_code(value: object) -> str:
    """A code as a workbook gives it back: decimals dropped, the zero lost in front restored, upper case."""
    code = _INTEGER_AS_DECIMAL.sub("", str("" if value is None else value).strip()).upper()
    lost_zero = code.isdecimal() and len(code) in (1, 4)
    return f"0{code}" if lost_zero else code
