"""A seed and some mess in; the labels, numbers, titles and notes of a return of the PLIE, as people type them, out."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TypeVar

from conventions.catalogue import load_catalogue
from conventions.reading import DATA

Text = TypeVar("Text")
MEASURES = ("orientes", "presents", "diagnostics", "integres", "sorties", "sorties_positives")
# Full-time equivalents have decimals; a head count is never summed over time.
DECIMAL = "accompagnateurs"
STOCKS = frozenset({DECIMAL})
COMMUNES = {
    "13056": ("Martigues", "MARTIGUES", "martigues ", "Ville de Martigues", "Commune de Martigues"),
    "13077": ("Port-de-Bouc", "PORT-DE-BOUC", "Port de Bouc", "Port De Bouc", "Ville de Port-de-Bouc"),
    "13098": ("Saint-Mitre-les-Remparts", "SAINT-MITRE-LES-REMPARTS", "St-Mitre-les-Remparts", "St Mitre",
              "Saint Mitre"),
}  # fmt: skip
# A commune outside the convention whose code loses its first zero.
OUTSIDER = "01053"
NAMES = {**COMMUNES, OUTSIDER: ("Bourg-en-Bresse", "BOURG-EN-BRESSE", "Bourg en Bresse")}
SEXES = {"femme": ("Femmes", "Femme", "FEMMES"), "homme": ("Hommes", "Homme", "HOMMES")}
AGES = {"moins_26": ("Moins de 26 ans", "< 26 ans"), "26_44": ("26-44 ans", "26 à 44 ans", "De 26 à 44 ans"),
        "45_plus": ("45 ans et plus", "45 ans et +")}  # fmt: skip
# What is not a count of the period stands beside it: how each is said of a measure, and of a year.
ASIDES = {
    "objectives": (("Objectif {m}", "{m} - objectif", "Cible {m}"), ("Objectif {y}", "Objectif annuel", "Cible {y}")),
    "cumuls": (("Cumul {m}", "{m} (cumul)", "{m} depuis le 1er janvier"), ("Cumul", "Cumul annuel")),
    "reminders": (("{m} N-1", "Rappel {m}", "{m} année précédente"), ("Rappel N-1", "Rappel {b}", "Pour mémoire {b}")),
    "evolutions": (("Évolution {m}", "Évol. {m} (%)"), ("Évolution", "Évolution (%)", "Évolution sur un an")),
}
# Headings inside a table, with no number in their row.
SECTIONS = {"measure": ("Orientations", "Suivi", "Sorties"), "territory": ("Communes", "Territoire")}
RATES = {
    "taux_presence": ("presents", "orientes"),
    "taux_integration_diagnostic": ("integres", "diagnostics"),
    "taux_sorties_positives": ("sorties_positives", "sorties"),
}
HOLES = {
    "n.c.": "n.d.",
    "nd": "n.d.",
    "-": "n.d.",
    "…": "n.d.",
    "n.c. ": "n.d.",
    "s": "secret",
    "s.s": "secret",
    "s.o.": "sans_objet",
    "NR": "n.d.",
    "ns": "n.d.",
    "/": "n.d.",
    "nc": "n.d.",
    "non communiqué": "n.d.",
    "s ": "secret",
}
TOTALS = ("Total", "TOTAL", "Ensemble", "Total général", "Total PLIE", "Ensemble du PLIE", "PLIE Pays de Martigues")
TITLES = (
    "PLIE du Pays de Martigues",
    "Convention de partenariat PLIE – France Travail",
    "Convention de partenariat 2023-2027",
    "Tableau de bord du partenariat",
    "Agence de Martigues",
    "France Travail Martigues",
    "Suivi trimestriel des orientations, accueils et sorties",
    "Mise à jour : 15/01/2026",
    "Document de travail, ne pas diffuser",
    "Effectifs",
)
NOTES = (
    "Source : PLIE du Pays de Martigues, extraction du 12/01/2026",
    "Lecture : au 1er trimestre 2024, 12 DE ont été orientés à Martigues.",
    "Champ : personnes domiciliées à Martigues, Port-de-Bouc et Saint-Mitre-les-Remparts",
    "n.c. : non communiqué ; s : secret statistique",
    "* données provisoires",
    "(1) hors réorientations",
)
REMARKS = ("chiffre à confirmer", "effectif réduit en mai", "agence fermée 2 semaines", "ok", "voir avec Mme le maire")
_QUARTERS = ("T{q}", "{r} trimestre", "{r} trim.", "Trimestre {q}", "T {q}", "{r} Trimestre")
_QUARTERS_OF_YEAR = (
    "T{q} {y}", "{y}-T{q}", "{y}T{q}", "T{q}-{y}", "{r} trimestre {y}", "{r} trim. {y}", "{y} T{q}", "T{q} {s}",
    "Trimestre {q} {y}",
    "{r} TRIMESTRE {y}", "{m} {y}",
)  # fmt: skip
_RANKS = ("1er", "2e", "3e", "4e")
_MONTHS = ("janvier-mars", "avril à juin", "juil.-sept.", "octobre à décembre")


@lru_cache(maxsize=1)
def spellings() -> dict[str, tuple[str, ...]]:
    """Each measure with the spellings that people use for it, its own label first."""
    known = tomllib.loads((DATA / "vocabulary.toml").read_text(encoding="utf-8"))["measures"]
    named = {code: (load_catalogue().measures[code].label, *known[code]) for code in (*MEASURES, DECIMAL)}
    # A column that speaks of « référents » may name them: the gate sets it aside.
    return {code: tuple(text for text in texts if "éférent" not in text) for code, texts in named.items()}


class Speller:
    """The ways of one author: a form is chosen once for each thing, then kept; only numbers vary from cell to cell."""

    def __init__(self, rng: random.Random, mess: frozenset[str]) -> None:
        self.rng, self.mess = rng, mess
        self._said: dict[object, str] = {}
        self._quarter = self._choose(_QUARTERS)
        self._period = self._choose(_QUARTERS_OF_YEAR)
        self._year = self._choose((None, "{y}", "Année {y}"))

    def _choose(self, texts: Sequence[Text]) -> Text:
        """Any of the texts when spellings are free, else the first."""
        return self.rng.choice(texts) if "spellings" in self.mess else texts[0]

    def measure(self, code: str) -> str:
        """A measure as a header or a row names it."""
        return self._say(("measure", code), lambda: self._note(self._choose(spellings()[code])))

    def short_measure(self, code: str) -> str:
        """A measure as the name of a sheet bears it."""
        return next(text for text in spellings()[code] if len(text) < 25 and not set(text) & set("[]:*?/\\'"))

    def commune(self, code: str) -> str:
        """A commune by its name."""
        short = NAMES[code][2] if "abbreviations" in self.mess else None
        return self._say(("commune", code), lambda: self._note(short or self._choose(NAMES[code])))

    def plain_commune(self, code: str) -> str:
        """The same on one line and without a note, as a sheet's name needs it."""
        return self._choose(NAMES[code])[:28]

    def value(self, axis: str, code: str) -> str:
        """A sex or an age."""
        return self._say((axis, code), lambda: self._choose((SEXES if axis == "sexe" else AGES)[code]))

    def aside(self, kind: str, measure: str | None, year: int) -> str:
        """An objective, a cumul, ... of a measure, or of a year."""
        of_measure, of_year = ASIDES[kind]
        if measure is None:
            return self.rng.choice(of_year).format(y=year, b=year - 1)
        return self.rng.choice(of_measure).format(m=self._choose(spellings()[measure]))

    def quarter(self, rank: int) -> str:
        """A quarter without its year."""
        return self._say(("quarter", rank), lambda: self.plain_quarter(rank))

    def plain_quarter(self, rank: int) -> str:
        """The same on one line, as a sheet's name needs it."""
        assert rank
        return self._quarter.format(q=rank, r=_RANKS[rank - 1])

    def period(self, year: int, rank: int) -> str:
        """A quarter with its year."""
        return self._say(("period", year, rank), lambda: self.plain_period(year, rank))

    def plain_period(self, year: int, rank: int) -> str:
        """The same on one line, as a sheet's name needs it."""
        return self._period.format(q=rank, r=_RANKS[rank - 1], y=year, s=year % 100, m=_MONTHS[rank - 1])

    def year(self, year: int) -> object:
        """A year alone, as a number or a text."""
        if "float texts" in self.mess:
            return f"{year}.0"
        return year if self._year is None else self._year.format(y=year)

    def rate(self, code: str) -> str:
        """A rate by its agreed label, with a mark of percentage or not."""
        label = load_catalogue().indicators[code].label
        return self._say(("rate", code), lambda: label + self.rng.choice(("", " (%)", " en %")))

    def code(self, code: str) -> object:
        """A commune by its INSEE code, typed as a number or as a text."""
        if "float texts" in self.mess and code != OUTSIDER:
            return f"{code}.0"
        return int(code) if code == OUTSIDER or "code numbers" in self.mess else code

    def number(self, value: float) -> object:
        """A count as a number, or as the text that exports and people make of it."""
        rng = self.rng
        if not isinstance(value, int):
            return rng.choice((value, f"{value}".replace(".", ",")))
        if "footnotes" in self.mess and rng.random() < 0.05:
            return f"{value}{rng.choice((' (1)', '*', ' *'))}"
        if "no-break spaces" in self.mess and value >= 1000:
            return f"{value:,}".replace(",", rng.choice(("\u00a0", "\u202f", " ")))
        if "text numbers" in self.mess and rng.random() < 0.5:
            return rng.choice((f"{value}", f" {value}", f"{value}\u00a0"))
        return value

    def share(self, share: float) -> object:
        """A rate as people show it."""
        percent = 100 * share
        shown = (f"{percent:.0f} %", f"{percent:.1f}\u00a0%".replace(".", ","), round(share, 3), round(percent, 1))
        return self.rng.choice(shown)

    def pick(self, texts: Sequence[str], most: int) -> list[str]:
        """Some of the texts, in their order."""
        return [texts[rank] for rank in sorted(self.rng.sample(range(len(texts)), self.rng.randint(1, most)))]

    def _say(self, thing: object, spell: Callable[[], str]) -> str:
        if thing not in self._said:
            text = spell()
            if "newlines" in self.mess and self.rng.random() < 0.5:
                text = text.replace(" ", self.rng.choice(("\n", "\u00a0", " \n")), 1)
            self._said[thing] = text
        return self._said[thing]

    def _note(self, text: str) -> str:
        """With the mark of a footnote, now and then."""
        is_marked = "footnotes" in self.mess and self.rng.random() < 0.2
        return text + self.rng.choice((" (1)", "*", " *", "\u00b9")) if is_marked else text
