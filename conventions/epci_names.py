"""The name of an EPCI in; its parts out: status (CC, CA, CU, métropole), name proper, and its stem.

The same EPCI is written *CA Metz Métropole*, *Metz Métropole* and *Eurométropole de Metz*, while *CC du Sud*
and *CA du Sud* are two: so the parts are kept, and compared one after the other.
"""

from __future__ import annotations

import re
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from conventions.text import expand_saint, normalise


class Status(IntEnum):
    """Legal forms, in the order in which an EPCI moves from one to the next without changing its code."""

    COMMUNES = 0
    AGGLOMERATION = 1
    URBAINE = 2
    METROPOLE = 3


_STATUSES = {
    "cc": Status.COMMUNES,
    "communaute de communes": Status.COMMUNES,
    "communaute de commune": Status.COMMUNES,
    "ca": Status.AGGLOMERATION,
    "communaute d agglomeration": Status.AGGLOMERATION,
    "communaute de l agglomeration": Status.AGGLOMERATION,
    "cu": Status.URBAINE,
    "communaute urbaine": Status.URBAINE,
    "metropole": Status.METROPOLE,
    "eurometropole": Status.METROPOLE,
}
_PREFIX = re.compile(rf"({'|'.join(sorted(_STATUSES, key=len, reverse=True))})\b ?")
_LINKS = re.compile(r"(?:(?:de|du|des|d|la|le|les|l)\b ?)+")
_STATUS_WORDS = re.compile(
    r"^(?:agglomeration|agglo|communaute)\b ?|(?:^| )(?:agglomeration|agglo|communaute|metropole)$"
)
_ACRONYM = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*$")


class EpciName(NamedTuple):
    """An EPCI's name in parts; `core` keeps words such as *Métropole* at its end, `stem` does not."""

    status: Status | None
    core: str
    stem: str

    @property
    def is_metropole(self) -> bool:
        """Whether the name says so, before or after the name proper."""
        return self.status is Status.METROPOLE or (self.status is None and self.core.endswith(" metropole"))


@lru_cache(maxsize=8192)
def parse_epci_name(name: str) -> EpciName:
    """The parts of a name; its last brackets, mostly an acronym (*(C,A,P,I)*, *(CAPI)*), are set aside."""
    core = expand_saint(normalise(_ACRONYM.sub("", name)))
    status = None
    while prefix := _PREFIX.match(core):
        # Said twice in some files (*CC Communauté de Communes de Thann-Cernay*): the first one counts.
        status = _STATUSES[prefix[1]] if status is None else status
        core = _without_links(core[prefix.end() :])
    return EpciName(status, core, _without_status_words(core))


def agree(asked: EpciName, known: EpciName) -> bool:
    """Whether two EPCI of one core say the same status, or one of them none."""
    return asked.status == known.status or None in (asked.status, known.status)


def is_promoted(asked: EpciName, known: EpciName) -> bool:
    """Whether the EPCI known has a status that the one asked for can have moved to since."""
    return asked.status is not None and known.status is not None and asked.status < known.status


def is_same_status(asked: EpciName, known: EpciName) -> bool:
    """Whether two EPCI of one stem can be the same; a bare place name is not enough to ask for an EPCI."""
    says_epci = asked.status is not None or asked.stem != asked.core
    return says_epci and asked.is_metropole == known.is_metropole and agree(asked, known)


def _without_links(words: str) -> str:
    """Words without the articles and prepositions they begin with."""
    link = _LINKS.match(words)
    return words[link.end() :] if link else words


def _without_status_words(core: str) -> str:
    """The core without status words at either end."""
    stem = _without_links(_STATUS_WORDS.sub("", core, count=1).strip())
    return stem if stem == core else _without_status_words(stem)
