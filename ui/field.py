"""What a reader narrows a page to (one place, one group of people, one source) in; the requests and the words that say
so out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from conventions.catalogue import Catalogue
from conventions.values import Convention, Place, Segment, Source, parse_segment
from indicators.request import PRODUCER, Request
from store.database import Database
from ui.french import FIXED, THIN, lower_first, upper_first
from ui.places import count_places, list_places, main_level
from ui.readings import received_groups, received_places, received_sources

AXES = ("public", "sexe", "age")
"""The groups of people that a page may be narrowed to, in the order of their list."""


@dataclass(frozen=True)
class Group:
    """People who share one value of an axis, under the catalogue's own name."""

    axis: str
    value: str
    label: str


@dataclass(frozen=True)
class Field:
    """What every figure of a page is about; with nothing chosen, the whole convention, everybody, and each figure from
    its own source."""

    place: Place | None = None
    group: Group | None = None
    source: Source | None = None

    @property
    def segment(self) -> Segment:
        """The group, as figures are asked for."""
        return ((self.group.axis, self.group.value),) if self.group is not None else ()

    @property
    def is_part(self) -> bool:
        """Whether it leaves out some of what the convention is about: then nothing agreed of the whole compares."""
        return self.place is not None or self.group is not None

    @property
    def labels(self) -> list[str]:
        """« Martigues », « Femmes », « France Travail »: what was chosen, as its list names it."""
        return [
            *([self.place.name] if self.place else []),
            *([self.group.label] if self.group else []),
            *([self.source.label] if self.source else []),
        ]

    @property
    def names(self) -> list[str]:
        """The same as they stand inside a sentence."""
        return [lower_first(one) if self.group and one == self.group.label else one for one in self.labels]

    def narrow(self, request: Request) -> Request:
        """The same request of this field alone; place by place, of every place."""
        is_one = self.place is not None and "territoire" not in request.by
        return replace(
            request,
            territories=(self.place.code,) if self.place is not None and is_one else (),
            segment=self.segment,
            source=self.source.code if self.source is not None else request.source,
        )

    def widen(self) -> Field:
        """The same of every place."""
        return replace(self, place=None)

    def write_title(self, text: str) -> str:
        """« Martigues, femmes : 52 % de sorties positives »; a title of the whole is left as it is."""
        if not self.names:
            return text
        names = ", ".join(self.names)
        told = lower_first(text).replace(f"{FIXED}: ", ", ").replace(f"{THIN}; ", ", ")
        return f"{upper_first(names)}{FIXED}: {told}"

    def write_context(self, convention: Convention) -> list[str]:
        """What stands beside the period above a title: the place or how many there are, the group, the source."""
        return self.labels if self.place is not None else [*count_places(convention), *self.labels]

    def join(self, text: str) -> str:
        """« 2025, Martigues, femmes »: a period, a source or a caption, and whom it is about."""
        return ", ".join([text, *self.names])


WHOLE_FIELD = Field()


def find_paths_place(field: Field, audience: str) -> Field:
    """Of whom paths tell: by place for a producer alone, and never by group."""
    return Field(place=field.place) if audience == PRODUCER else WHOLE_FIELD


def say_wider(field: Field, told: Field) -> str:
    """« Tous publics, tous territoires : ces chiffres ne se lisent pas par public, ni par territoire dans cette vue. »,
    when what is told is about more than what the reader chose."""
    wider = [("Tous publics", "par public")] if field.group and not told.group else []
    wider += [("tous territoires", "par territoire dans cette vue")] if field.place and not told.place else []
    if not wider:
        return ""
    names, ways = (list(one) for one in zip(*wider, strict=True))
    named = ", ".join(names)
    return f" {upper_first(named)}{FIXED}: ces chiffres ne se lisent pas {', ni '.join(ways)}."


def list_field_places(database: Database, convention: Convention, measures: tuple[str, ...]) -> list[Place]:
    """The places of the main level that are told of one of the measures."""
    known = received_places(database, convention, measures)
    return [place for place in list_places(convention, main_level(convention)) if place.code in known]


def list_field_groups(
    database: Database, convention: Convention, catalogue: Catalogue, *, measures: tuple[str, ...],
    source: Source | None = None, places: Sequence[Place] = (),
) -> list[Group]:  # fmt: skip
    """The groups that one of the measures is counted by (from one source, in some places), in the catalogue's order."""
    codes = tuple(place.code for place in places)
    texts = received_groups(database, convention, measures, source=source.code if source else "", places=codes)
    pairs = {segment[0] for text in texts if len(segment := parse_segment(text)) == 1}
    return [
        Group(axis, value, label)
        for axis in AXES
        for value, label in catalogue.axes[axis].values.items()
        if (axis, value) in pairs
    ]


def list_field_sources(database: Database, convention: Convention, measures: tuple[str, ...]) -> list[Source]:
    """The sources that give one of the measures, in the convention's order: the first is used when none is chosen."""
    known = received_sources(database, convention, measures)
    return [source for source in convention.sources if source.code in known]
