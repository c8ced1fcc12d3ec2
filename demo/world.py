"""A seed in; the invented paths of the PLIE's public, from orientation to exit, out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from conventions.periods import parse_period, period_of
from demo.chance import pick

COMMUNES = {"13056": "Martigues", "13077": "Port-de-Bouc", "13098": "Saint-Mitre-les-Remparts"}
START, END = date(2023, 1, 1), date(2026, 9, 30)
QUARTERS = tuple(
    quarter
    for year in range(START.year, END.year + 1)
    for quarter in parse_period(str(year)).parts("trimestre")
    if quarter.end <= END
)
# People sent by France Travail in an ordinary month; August and December are quiet.
ORIENTES_BY_YEAR = {2023: 45.0, 2024: 50.0, 2025: 48.0, 2026: 48.0}
SEASON = (1.05, 1.05, 1.1, 1.0, 0.9, 1.05, 0.85, 0.6, 1.25, 1.2, 1.05, 0.8)
OTHER_PRESCRIBERS = {"Département": 5, "CCAS": 3, "Mission locale": 2, "Association": 1}
OTHERS_BY_MONTH = 3.0
SHARES = {"presence": 0.65, "diagnostic": 0.8, "integration": 0.62, "refus": 0.6}
NIVEAUX = {"niv_6": 16, "niv_5bis": 15, "niv_5": 38, "niv_4": 19, "niv_3": 8, "niv_1_2": 4}
EXITS = {
    "positive_emploi": 40,
    "positive_formation": 8,
    "dynamique": 9,
    "administrative": 16,
    "initiative": 19,
    "duree_maximale": 8,
}
# Months in the path before an exit: least, most and usual.
STAYS = {
    "positive_emploi": (5, 21, 12),
    "positive_formation": (7, 22, 14),
    "dynamique": (6, 20, 11),
    "administrative": (2, 20, 7),
    "initiative": (2, 18, 6),
    "duree_maximale": (23, 24, 24),
}


@dataclass(frozen=True)
class Person:
    """Who is followed, by characteristics alone: no name was ever invented."""

    commune: str
    sexe: str
    age: str
    niveau: str
    publics: frozenset[str]


@dataclass(frozen=True)
class Dossier:
    """A path through the PLIE; the stages that were not reached have no date."""

    number: str
    person: Person
    prescripteur: str
    orientation: date | None = None
    contact: date | None = None
    diagnostic: date | None = None
    refus: date | None = None
    refus_rank: float = 0.0
    integration: date | None = None
    sortie: date | None = None
    categorie: str = ""
    motif_rank: float = 0.0
    entretiens: int = 0

    @property
    def publics(self) -> frozenset[str]:
        """Every public the person is in: the drawn ones, and those that follow from them."""
        person, rank = self.person, int(self.number[-6:])
        follow = {
            "seniors": person.age == "54_plus",
            "jeune_sans_qualification": person.age == "moins_26" and person.niveau in ("niv_6", "niv_5bis"),
            "rsa_majore": {"rsa", "monoparental"} <= person.publics,
            "rsa_socle": "rsa" in person.publics and "monoparental" not in person.publics,
            "aah": "rqth" in person.publics and rank % 4 == 0,
            "justice": rank % 23 == 0,
        }
        return person.publics | {code for code, is_in in follow.items() if is_in}

    @property
    def is_france_travail(self) -> bool:
        """Whether France Travail sent the person."""
        return self.prescripteur == "France Travail"


def _make_person(random: Random) -> Person:
    sexe = pick(random, {"femme": 55, "homme": 45})
    age = pick(random, {"moins_26": 12, "26_44": 47, "45_53": 24, "54_plus": 17})
    odds = {"rsa": 0.62, "ass": 0.07, "deld": 0.58, "rqth": 0.14, "qpv": 0.36}
    publics = {code for code, odd in odds.items() if random.random() < odd}
    if random.random() < (0.27 if sexe == "femme" else 0.05):
        publics.add("monoparental")
    if "rsa" in publics:
        publics.discard("ass")
    niveau = pick(random, NIVEAUX)
    commune = pick(random, {"13056": 57, "13077": 32, "13098": 11})
    return Person(commune, sexe, age, niveau, frozenset(publics))


def _workday(day: date) -> date:
    """The same day, or the Monday after a week-end."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def _after(random: Random, day: date, *, low: int, high: int, usual: int) -> date | None:
    """A working day some days later; none when the world ends before."""
    later = _workday(day + timedelta(days=int(random.triangular(low, high, usual))))
    return later if later <= END else None


def _orient(random: Random, dossier: Dossier) -> Dossier:
    """The stages of someone sent by France Travail, up to the signed contract."""
    assert dossier.orientation is not None
    if random.random() >= SHARES["presence"]:
        return dossier
    contact = _after(random, dossier.orientation, low=4, high=45, usual=14)
    if contact is None or random.random() >= SHARES["diagnostic"]:
        return replace(dossier, contact=contact)
    diagnostic = _after(random, contact, low=3, high=60, usual=14)
    dossier = replace(dossier, contact=contact, diagnostic=diagnostic)
    if diagnostic is None:
        return dossier
    if random.random() < SHARES["integration"]:
        return replace(dossier, integration=_after(random, diagnostic, low=10, high=110, usual=28))
    if random.random() >= SHARES["refus"]:
        return dossier
    refus = _after(random, diagnostic, low=10, high=80, usual=30)
    return replace(dossier, refus=refus, refus_rank=random.random())


def _follow(random: Random, dossier: Dossier) -> Dossier:
    """The exit of someone in the path, and the interviews held until then."""
    if dossier.integration is None:
        return dossier
    categorie = pick(random, EXITS)
    months = random.triangular(*STAYS[categorie])
    sortie = _workday(dossier.integration + timedelta(days=int(months * 30.4)))
    held = (min(sortie, END) - dossier.integration).days / 30.4 * random.uniform(0.8, 1.3)
    entretiens, rank = 1 + int(held), random.random()
    if sortie > END:
        return replace(dossier, entretiens=entretiens)
    return replace(dossier, sortie=sortie, categorie=categorie, motif_rank=rank, entretiens=entretiens)


def _days(random: Random, *, year: int, month: int, usual: float) -> list[date]:
    """The working days of a month on which something happens about `usual` times."""
    first = date(year, month, 1)
    length = (period_of(first, "mois").end - first).days + 1
    wanted = max(0, round(random.gauss(usual, usual**0.5 / 2)))
    days = [_workday(first + timedelta(days=random.randrange(length))) for _ in range(wanted)]
    return sorted(day for day in days if day <= END)


def build_dossiers(seed: int) -> tuple[Dossier, ...]:
    """Every path of the PLIE from 1 January 2023 to 30 September 2026, numbered by date of arrival."""
    random = Random(f"plie-{seed}")
    arrivals: list[tuple[date, str]] = []
    for year, usual in ORIENTES_BY_YEAR.items():
        for month, season in enumerate(SEASON, 1):
            if date(year, month, 1) > END:
                continue
            sent = _days(random, year=year, month=month, usual=usual * season)
            others = _days(random, year=year, month=month, usual=OTHERS_BY_MONTH)
            arrivals += [(day, "France Travail") for day in sent]
            arrivals += [(day, pick(random, OTHER_PRESCRIBERS)) for day in others]
    return tuple(_live(random, rank, *arrival) for rank, arrival in enumerate(sorted(arrivals), 1))


def _live(random: Random, rank: int, day: date, prescripteur: str) -> Dossier:
    dossier = Dossier(f"PLM-{rank:06d}", _make_person(random), prescripteur)
    # The funnel is France Travail's: those sent by others are only known from their contract on.
    if dossier.is_france_travail:
        dossier = _orient(random, replace(dossier, orientation=day))
    else:
        dossier = replace(dossier, integration=day)
    return _follow(random, dossier)
