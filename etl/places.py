"""The text of a label in; the territory it names exactly (convention first, then the COG), or its candidates, out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from conventions.territories import Gazetteer, repair_code
from conventions.text import expand_saint, normalise
from conventions.values import Convention, Place

_CODE_AND_NAME = re.compile(r"\s*(\d{2,9}|2[ABab]\d{0,3}|97\d\d?)\s*[-–—:/ ]\s*(.+?)\s*")
_KINDS = {
    "commune": "commune", "communes": "commune", "ville": "commune", "villes": "commune",
    "epci": "epci", "intercommunalite": "epci", "agglomeration": "epci", "departement": "departement",
    "departements": "departement", "quartier": "quartier", "quartiers": "quartier", "agence": "agence",
    "agences": "agence", "cdas": "cdas", "pce": "pce", "uts": "uts",
}  # fmt: skip
_WITHIN = frozenset({"agence", "uts", "cdas", "pce"})
OFFICIAL = ("commune", "epci", "departement")


@dataclass(frozen=True)
class PlaceReading:
    """The code named (None when none or several), how it was found, and the codes that the name could mean."""

    code: str | None
    how: str = ""
    candidates: tuple[str, ...] = ()


def kinds_said(text: str) -> tuple[str, ...]:
    """The kinds of territory that a label announces (« Commune », « Agence de ... »); none when it says none."""
    return tuple(dict.fromkeys(kind for word in normalise(text).split() if (kind := _KINDS.get(word))))


def place_names(place: Place) -> set[str]:
    """Every normalised spelling of one place of a convention."""
    names = {normalise(text) for text in (place.name, place.code, *place.aliases)}
    return names | {expand_saint(name) for name in names}


class PlaceReader:
    """Reads names and codes of territories for one convention (or none), against one vintage of names."""

    def __init__(self, convention: Convention | None, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._root = convention.territory.code if convention else None
        self._own: dict[str, str] = {}
        self._kinds: dict[str, str] = {}
        for place in (convention.territory, *convention.places) if convention else ():
            self._kinds.setdefault(place.code, place.kind)
            for name in place_names(place):
                self._own.setdefault(name, place.code)
        self._official = lru_cache(maxsize=65536)(self._read_official)

    def is_of(self, code: str, kinds: tuple[str, ...], *, is_one_name: bool = False) -> bool:
        """Whether a place of the convention is of one of these kinds: the agence de Martigues is not Martigues.

        The whole may stand among its parts in a column, but not where one name says both (« UTS Rouen »).
        """
        parts = _WITHIN if is_one_name else {"agence"}
        if not kinds or (code == self._root and not parts & set(kinds)):
            return True
        return any(self._kinds[code].startswith(kind) for kind in kinds)

    def read_own(self, text: str, kinds: tuple[str, ...] = ()) -> PlaceReading:
        """A place of the convention, by code, name or alias."""
        words = normalise(text)
        code = self._own.get(words) or self._own.get(expand_saint(words)) or self._own.get(repair_code(text))
        if code is None or not self.is_of(code, kinds):
            return PlaceReading(None)
        return PlaceReading(code, "territoire de la convention")

    def read(self, text: str, kinds: tuple[str, ...], year: int | None = None) -> PlaceReading:
        """A place of the convention or an official territory of these kinds (any when none), named exactly."""
        own = self.read_own(text, kinds)
        official = tuple(kind for kind in kinds if kind in OFFICIAL) if kinds else OFFICIAL
        return own if own.code or not official else self._official(text, official, year)

    def _read_official(self, text: str, kinds: tuple[str, ...], year: int | None) -> PlaceReading:
        by_code = self._read_code(text, kinds)
        if by_code.code:
            return by_code
        pair = _CODE_AND_NAME.fullmatch(text)
        if pair:
            return self._read_pair(pair.group(1), pair.group(2), kinds)
        codes = tuple(
            dict.fromkeys(found.code for found in self._gazetteer.named(text, kinds=kinds, year=year))
        )
        if len(codes) == 1:
            return PlaceReading(codes[0], "nom exact du code officiel géographique")
        return PlaceReading(None, candidates=codes)

    def _read_code(self, text: str, kinds: tuple[str, ...]) -> PlaceReading:
        code = repair_code(text)
        for kind in kinds:
            if self._gazetteer.by_code(code, kind) is not None:
                return PlaceReading(code, "code officiel")
        return PlaceReading(None)

    def _read_pair(self, code: str, name: str, kinds: tuple[str, ...]) -> PlaceReading:
        """Code and name in one cell: both must say the same territory."""
        found = self._read_code(code, kinds)
        if found.code is None:
            return found
        named = self._gazetteer.named(name, kinds=kinds, year=None)
        agreed = any(territory.code == found.code for territory in named)
        return (
            PlaceReading(found.code, "code et nom")
            if agreed
            else PlaceReading(None, candidates=(found.code,))
        )
