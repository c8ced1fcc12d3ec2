"""The data files in; what a label of a workbook says (a measure, a place, a period, a share of people), out."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

DATA = Path(__file__).parent.parent / "data"
Segment = tuple[tuple[str, str], ...]
Months = tuple[int, int]
"""First and last month of a period, counted from year zero."""
MONTHS = [
    "janvier", "fevrier", "mars", "avril", "mai", "juin",
    "juillet", "aout", "septembre", "octobre", "novembre", "decembre",
]  # fmt: skip
# What the returns write otherwise than the catalogue.
OTHERWISE = {
    "DE orientés": "orientes",
    "DE présents": "presents",
    "Entrées en diagnostic": "diagnostics",
    "Intégrations": "integres",
    "Participants en parcours (file active)": "participants",
    "Sorties par motif": "sorties",
    "Délai de démarrage : somme des jours, de la prescription au premier entretien": "delai_demarrage_jours",
    "DE en cours d'accompagnement": "en_cours",
}
OTHER_SHARES = {"prescripteur Pôle emploi": ("prescripteur", "france_travail")}
LENGTHS = {"T": 3, "S": 6}
SEPARATOR = re.compile(r"\s[–-]\s|,|:")


def normalise(text: str) -> str:
    """Lower case, no accent, words apart."""
    plain = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("’", "'"))
    letters = "".join(c for c in plain.lower() if not unicodedata.combining(c))
    return re.sub(r"\bst\b", "saint", re.sub(r"[^a-z0-9#]+", " ", letters)).strip()


def read_period(text: str) -> Months | None:
    """« 3e trimestre 2024 », « T3 2024 », « 2024-T3 », « mars 2024 », « année 2024 », « 2024 »."""
    normal = normalise(text)
    year = re.search(r"\b(20\d\d)\b", normal)
    if not year:
        return None
    first = int(year[1]) * 12
    month = next((rank for rank, name in enumerate(MONTHS) if re.search(rf"\b{name}\b", normal)), None)
    if month is not None:
        return first + month, first + month
    part = re.search(r"\b(\d) ?(?:er|e|eme)? (trimestre|semestre)\b|\b([ts])(\d)\b", normal)
    if part:
        length = LENGTHS[(part[2] or part[3])[0].upper()]
        rank = int(part[1] or part[4]) - 1
        return first + rank * length, first + rank * length + length - 1
    return first, first + 11


@dataclass(frozen=True)
class Meaning:
    """What labels say; joined to another one, it keeps what it said and takes what it did not."""

    measure: str | None = None
    territory: str | None = None
    period: Months | None = None
    shares: tuple[frozenset[tuple[str, str]], ...] = field(default=())

    def __or__(self, other: Meaning) -> Meaning:
        return Meaning(
            self.measure or other.measure,
            self.territory or other.territory,
            self.period or other.period,
            (*self.shares, *(one for one in other.shares if one not in self.shares)),
        )

    def __bool__(self) -> bool:
        return bool(self.measure or self.territory or self.period or self.shares)


def _list_levels(agreed: dict[str, Any]) -> dict[str, list[str]]:
    """The territories of each level; the communes of an EPCI are those of the year that the convention says."""
    levels = {
        level["kind"]: [place["code"] for place in agreed["places"] if place["kind"] == level["kind"]]
        for level in agreed["levels"]
    }
    if "members_year" in agreed:
        towns = pd.read_parquet(DATA / "territories.parquet")
        year, epci = agreed["members_year"], agreed["territory"]["code"]
        known = towns["vintage_from"].le(year) & towns["vintage_to"].ge(year) & ~towns["former"]
        levels["commune"] = list(towns["code"][known & towns["kind"].eq("commune") & towns["epci"].eq(epci)])
    return levels


class Lexicon:
    """The words of a convention: measures, values of axes, places."""

    def __init__(self, convention: str) -> None:
        catalogue = tomllib.loads((DATA / "catalogue.toml").read_text())
        agreed = tomllib.loads((DATA / "conventions" / f"{convention}.toml").read_text())
        self.catalogue, self.agreed = catalogue, agreed
        self.whole: str = agreed["territory"]["code"]
        self.levels = _list_levels(agreed)
        self.places = [code for codes in self.levels.values() for code in codes]
        exits = agreed.get("exits", {})
        self.categories = {motif: code for code, one in exits.items() for motif in one["motifs"]}
        self.positive = [code for code, one in exits.items() if one.get("positive")]
        self._words: dict[str, Meaning] = defaultdict(Meaning)
        self._values = {
            (axis, normalise(label)): value
            for axis, content in catalogue["axes"].items()
            for value, label in content.get("values", {}).items()
        }
        self._values |= {("conseiller", code): code for code in catalogue["axes"]["conseiller"]["values"]}
        for (axis, label), value in self._values.items():
            self._teach(label, Meaning(shares=(frozenset({(axis, value)}),)))
        for label, pair in OTHER_SHARES.items():
            self._teach(label, Meaning(shares=(frozenset({pair}),)))
        for place in (agreed["territory"], *agreed["places"]):
            for name in (place["name"], *place.get("aliases", ())):
                self._teach(name, Meaning(territory=place["code"]))
        for code, measure in catalogue["measures"].items():
            self._teach(measure["label"], Meaning(measure=code))
        for label, code in OTHERWISE.items():
            self._teach(label, Meaning(measure=code))

    def _teach(self, label: str, meaning: Meaning) -> None:
        """Two axes may share a word (« Emploi »): the measure decides between them later."""
        known = self._words[normalise(label)]
        if known.shares and meaning.shares:
            meaning = Meaning(shares=(known.shares[0] | meaning.shares[0],))
        self._words[normalise(label)] = meaning | known if not known.shares else meaning

    def read(self, label: str) -> Meaning:
        """A whole label, or its parts between commas, colons and dashes; nothing when a part is unknown."""
        parts = [self._look_up(part) | Meaning(period=read_period(part)) for part in SEPARATOR.split(label)]
        return self._look_up(label) or (self._join(parts) if all(parts) else Meaning())

    def read_title(self, title: str) -> Meaning:
        """What a title says, its other words left aside."""
        pieces = SEPARATOR.split(title)
        runs = [(i, j) for i in range(len(pieces)) for j in range(len(pieces), i, -1)]
        parts = [self._look_up(" ".join(pieces[i:j])) for i, j in runs]
        return self._join([*parts, Meaning(period=read_period(title))])

    def value(self, axis: str, label: str) -> str:
        """The code of a value of an axis."""
        return str(self._values[axis, normalise(label)])

    def axes(self, measure: str) -> tuple[str, ...]:
        """The shares of people or of acts that a measure can carry."""
        return tuple(self.catalogue["measures"][measure].get("axes", ()))

    def _look_up(self, text: str) -> Meaning:
        bare = re.sub(r"^(dont|commune de|agence de) ", "", normalise(text))
        return self._words.get(normalise(text)) or self._words.get(bare) or Meaning()

    @staticmethod
    def _join(parts: list[Meaning]) -> Meaning:
        joined = Meaning()
        for part in parts:
            joined |= part
        return joined

    def choose(self, meaning: Meaning) -> Segment:
        """The shares that the measure can carry."""
        axes = self.axes(str(meaning.measure))
        pairs = [pair for group in meaning.shares for pair in group if pair[0] in axes]
        assert len(pairs) == len(meaning.shares), (meaning, pairs)
        return tuple(sorted(pairs))
