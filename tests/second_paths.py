"""The raw workbook of paths in; its counts month by month, as pandas makes them, in both readings, out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from tests.second_words import Lexicon, Segment
from tests.second_workbooks import Fact

STEPS = {
    "orientes": "Date d'orientation",
    "presents": "Date du premier contact",
    "diagnostics": "Date d'entrée en diagnostic",
    "integres": "Date d'intégration",
    "sorties": "Date de sortie",
}
PUBLICS = {
    "RSA": "rsa",
    "ASS": "ass",
    "DELD": "deld",
    "RQTH": "rqth",
    "QPV": "qpv",
    "Chef de famille monoparentale": "monoparental",
    "RSA socle": "rsa_socle",
    "RSA majoré": "rsa_majore",
    "AAH": "aah",
    "Jeune sans qualification": "jeune_sans_qualification",
    "Senior": "seniors",
    "Sous main de justice": "justice",
}
SENT = "France Travail"


def read_paths(path: Path, words: Lexicon) -> pd.DataFrame:
    """The paths: dates as months counted from year zero, each share of people as a column of codes."""
    raw = pd.read_excel(path, dtype=object, engine="openpyxl")
    frame = pd.DataFrame({"territoire": raw["Code INSEE"].astype(int).astype(str)})
    for measure, column in STEPS.items():
        days = raw[column].map(_read_day, na_action="ignore")
        frame[measure] = [pd.NA if pd.isna(day) else day.year * 12 + day.month - 1 for day in days]
        frame[measure] = frame[measure].astype("Int64")
    frame["prescripteur"] = (raw["Prescripteur"] == SENT).map({True: "france_travail", False: "autre"})
    for axis, column in {"sexe": "Sexe", "age": "Tranche d'âge", "niveau_formation": "Niveau de formation"}.items():
        frame[axis] = [words.value(axis, label) for label in raw[column]]
    frame["motif"] = [None if pd.isna(label) else words.value("motif", label) for label in raw["Motif de sortie"]]
    frame["categorie"] = frame["motif"].map(words.categories)
    for column, public in PUBLICS.items():
        frame[public] = raw[column].str.lower() == "oui"
    return frame


def _read_day(day: object) -> object:
    return pd.to_datetime(day, format="%d/%m/%Y") if isinstance(day, str) else day


def span(frame: pd.DataFrame) -> range:
    """Every month from the first to the last date of the paths."""
    dates = frame[list(STEPS)]
    return range(int(dates.min().min()), int(dates.max().max()) + 1)


def count_flux(frame: pd.DataFrame, words: Lexicon) -> Iterator[Fact]:
    """Events counted in the month they happen, and the people in the path at the end of each month.

    People whom France Travail did not send are not « orientés ».
    """
    months = span(frame)
    for measure in STEPS:
        rows = frame[frame["prescripteur"] == "france_travail"] if measure == "orientes" else frame
        yield from _count(measure, rows, measure, months, words, frame)
    positive = frame[frame["categorie"].isin(words.positive)]
    yield from _count("sorties_positives", positive, "sorties", months, words, frame)
    entered = frame[frame["integres"].notna()]
    for month in months:
        there = entered[(entered["integres"] <= month) & ~(entered["sorties"] <= month).fillna(False)]
        yield from _count("participants", there.assign(fin=month), "fin", range(month, month + 1), words, frame)


def count_cohorts(frame: pd.DataFrame, words: Lexicon) -> Iterator[Fact]:
    """People counted in the month they were oriented; who went further went through the stages before."""
    sent = frame[frame["orientes"].notna() & (frame["prescripteur"] == "france_travail")]
    steps = list(STEPS)
    for rank, measure in enumerate(steps):
        reached = sent[sent[steps[rank:]].notna().any(axis=1)] if rank else sent
        yield from _count(measure, reached, "orientes", span(frame), words, frame)
    positive = sent[sent["sorties"].notna() & sent["categorie"].isin(words.positive)]
    yield from _count("sorties_positives", positive, "orientes", span(frame), words, frame)


def _count(
    measure: str, rows: pd.DataFrame, when: str, months: range, words: Lexicon, known: pd.DataFrame
) -> Iterator[Fact]:
    """A count for every month, place and share; zero where nothing happened, for a share that `known` people have."""
    for segment, mask in _shares(measure, rows, known, words):
        counted = rows[mask].groupby([when, "territoire"]).size().to_dict()
        for month in months:
            per_place = {place: int(counted.get((month, place), 0)) for place in words.places}
            for place, value in (per_place | {words.whole: sum(per_place.values())}).items():
                yield Fact(measure, place, (month, month), segment, value, "parcours")


def _shares(
    measure: str, rows: pd.DataFrame, known: pd.DataFrame, words: Lexicon
) -> Iterator[tuple[Segment, pd.Series]]:
    yield (), pd.Series(True, index=rows.index)
    for axis in words.axes(measure):
        if axis == "public":
            yield from (((("public", one),), rows[one]) for one in PUBLICS.values() if known[one].any())
        elif axis in rows and not (measure == "sorties_positives" and axis in ("motif", "categorie")):
            yield from ((((axis, one),), rows[axis] == one) for one in known[axis].dropna().unique())
