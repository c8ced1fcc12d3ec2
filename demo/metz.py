"""A seed in; the half-yearly returns of Metz, by quartier, with the seconded agent's sheet, out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from random import Random

from conventions.agreements import load_conventions
from conventions.catalogue import load_catalogue
from conventions.periods import Period, parse_period
from demo.chance import draw_count, draw_part, share_out
from demo.samples import Sample
from demo.sheets import Book, Labels, open_book, tabulate, write_page

CONVENTION, SOURCE = "metz", "ville-de-metz"
SEMESTRES = tuple(half for year in (2021, 2022, 2023) for half in parse_period(str(year)).parts("semestre"))
# Usual counts of a half-year, for the whole city.
BY_QUARTIER = {
    "accueillis": 620,
    "entretiens": 940,
    "prescriptions_formation": 84,
    "propositions_offres": 310,
    "offres_transmises": 46,
    "actions_proposees": 3,
}
BY_AGENT = {
    "recus_agent": 148,
    "mises_en_relation": 96,
    "promotions_profils": 41,
    "envois_mrs": 17,
    "inscriptions_formation": 29,
    "informations_agences": 12,
    "orientes_job_dating_iae": 33,
    "manifestations": 4,
    "ateliers": 14,
    "recrutements_forum": 22,
    "employeurs_interroges": 38,
    "employeurs_satisfaits": 31,
    "placements_opus": 9,
}
# The results of the TZCLD work and the Opus actions, told by the same form since they began.
BY_PROJECT = {"tzcld_recenses": 26, "tzcld_volontaires": 11, "actions_opus": 6}
PUBLICS = {"qpv": 0.57, "rsa": 0.38, "deld": 0.41, "jeunes": 0.22, "seniors": 0.17, "rqth": 0.09}
WEIGHTS = (0.32, 0.19, 0.09, 0.14, 0.2, 0.06)
PRESTATIONS, TYPES = 126, ("atelier", "eccp", "pmsmp", "aide_mobilite")
# Some of the people of a half-year come back in the other.
DISTINCT = 0.83

Key = tuple[str, str, str]
"""Line, quartier and half-year."""


def list_quartiers() -> dict[str, str]:
    """The quartiers of the convention, by code."""
    return {place.code: place.name for place in load_conventions()[CONVENTION].places if place.kind == "quartier"}


def record_semestres(random: Random) -> Mapping[Key, int]:
    """What was counted in each quartier: line, quartier and half-year to count."""
    shares = dict(zip(list_quartiers(), WEIGHTS, strict=True))
    return {
        (line, place, semestre.code): draw_count(random, usual * share)
        for semestre in SEMESTRES
        for line, usual in BY_QUARTIER.items()
        for place, share in shares.items()
    }


def write_metz(out: Path, seed: int) -> list[Sample]:
    """Write a workbook per half-year, and one per year that tells the different people of the year."""
    random, samples = Random(f"metz-{seed}"), []
    recorded = record_semestres(random)
    for semestre in SEMESTRES:
        path = out / f"Metz_emploi_{semestre.code}.xlsx"
        with open_book(path) as book:
            _write_quartiers(book, recorded, semestre)
            _write_prestations(book, random, semestre)
            agent = _draw_agent(random, semestre)
            _write_agent(book, agent, semestre)
            _write_themes(book, agent["ateliers"], semestre)
            _write_publics(book, recorded, semestre)
        samples.append(Sample(path, CONVENTION, SOURCE))
        if semestre.month > 1:
            samples.append(_write_year(out / f"Metz_emploi_bilan_{semestre.year}.xlsx", recorded, semestre.year))
    return samples


def _labels(codes: Iterable[str]) -> dict[Labels, str]:
    return {(load_catalogue().measures[code].label,): code for code in codes}


def _quartiers() -> dict[Labels, str]:
    return {(name,): code for code, name in list_quartiers().items()}


def _write_quartiers(book: Book, recorded: Mapping[Key, int], semestre: Period) -> None:
    """Quartiers × measures."""
    columns = _labels(BY_QUARTIER)
    table = tabulate(_quartiers(), columns, lambda place, line: recorded[line, place, semestre.code])
    table = replace(table, corner=("Quartier",))
    titles = [f"Ville de Metz – bilan du {semestre.label}"]
    notes = ["Lecture : une personne est comptée une fois par semestre, dans le quartier où elle habite."]
    write_page(book, "Quartiers", table, titles=titles, notes=notes, widths=(34, 22))


def _write_year(path: Path, recorded: Mapping[Key, int], year: int) -> Sample:
    """Quartiers × the different people of the year, which no sum of half-years gives."""

    def value(place: str, line: str) -> int:
        return round(DISTINCT * sum(recorded[line, place, f"{year}-{half}"] for half in ("S1", "S2")))

    table = replace(tabulate(_quartiers(), _labels(["accueillis"]), value), corner=("Quartier",))
    notes = ["Lecture : une personne accueillie aux deux semestres n'est comptée qu'une fois dans l'année."]
    titles = [f"Ville de Metz – année {year}"]
    with open_book(path) as book:
        write_page(book, "Année", table, titles=titles, notes=notes, widths=(34, 22))
        halves = [_draw_publics(recorded, f"{year}-{half}") for half in ("S1", "S2")]
        met = {key: round(DISTINCT * sum(half[key] for half in halves)) for key in halves[0]}
        _write_public_counts(book, f"année {year}", met)
    return Sample(path, CONVENTION, SOURCE)


def _write_prestations(book: Book, random: Random, semestre: Period) -> None:
    """Prescriptions of services: types × quartiers."""
    usual = {place: PRESTATIONS * share for place, share in zip(list_quartiers(), WEIGHTS, strict=True)}
    drawn = {place: share_out(random, draw_count(random, size), TYPES) for place, size in usual.items()}
    rows: dict[Labels, str] = {(load_catalogue().axes["type"].values[code],): code for code in TYPES}
    columns: dict[Labels, str] = {(name,): code for code, name in list_quartiers().items()}
    table = replace(tabulate(rows, columns, lambda kind, place: drawn[place][kind]), corner=("Type",))
    titles = [f"{load_catalogue().measures['prescriptions_prestation'].label} – {semestre.label}"]
    write_page(book, "Prestations", table, titles=titles, widths=(62, 26))


def _draw_agent(random: Random, semestre: Period) -> dict[str, int]:
    """Every line of the form of the whole city; the satisfied are among those asked, the volunteers among those met."""
    drawn = {line: draw_count(random, usual) for line, usual in BY_AGENT.items()}
    drawn["employeurs_satisfaits"] = min(drawn["employeurs_satisfaits"], drawn["employeurs_interroges"])
    projects = Random(f"metz-{semestre.code}-{drawn['recus_agent']}")
    return drawn | {line: draw_count(projects, usual) for line, usual in BY_PROJECT.items()}


def _write_themes(book: Book, ateliers: int, semestre: Period) -> None:
    """The workshops of the half-year by theme, for the whole city."""
    labels = load_catalogue().axes["theme"].values
    shared = share_out(Random(f"themes-{semestre.code}-{ateliers}"), ateliers, list(labels))
    rows: dict[Labels, str] = {(label,): code for code, label in labels.items()}
    table = replace(tabulate(rows, {("Nombre",): None}, lambda theme, _: shared[theme]), corner=("Thème",))
    titles = [f"{load_catalogue().measures['ateliers'].label} – Ville de Metz", f"Période : {semestre.label}"]
    write_page(book, "Ateliers par thème", table, titles=titles, widths=(62, 14))


def _write_publics(book: Book, recorded: Mapping[Key, int], semestre: Period) -> None:
    """The different people of each quartier by public: quartiers × publics."""
    drawn = _draw_publics(recorded, semestre.code)
    _write_public_counts(book, semestre.label, drawn)


def _draw_publics(recorded: Mapping[Key, int], semestre: str) -> dict[tuple[str, str], int]:
    """How many of the people of a half-year are in each public, by quartier."""
    random = Random(f"publics-{semestre}")
    return {
        (place, public): draw_part(random, recorded["accueillis", place, semestre], odds)
        for place in list_quartiers()
        for public, odds in PUBLICS.items()
    }


def _write_public_counts(book: Book, period: str, drawn: Mapping[tuple[str, str], int]) -> None:
    labels = load_catalogue().axes["public"].values
    columns: dict[Labels, str] = {(labels[code],): code for code in PUBLICS}
    table = tabulate(_quartiers(), columns, lambda place, public: drawn[place, public])
    titles = [f"{load_catalogue().measures['accueillis'].label}, par public – {period}"]
    write_page(book, "Publics", replace(table, corner=("Quartier",)), titles=titles, widths=(34, 26))


def _write_agent(book: Book, agent: Mapping[str, int], semestre: Period) -> None:
    """A form: one label and one value to a row, for the whole city."""
    table = tabulate(_labels(agent), {("Nombre",): None}, lambda line, _: agent[line])
    titles = ["Fiche de l'agent mis à disposition – Ville de Metz", f"Période : {semestre.label}"]
    write_page(book, "Agent mis à disposition", replace(table, corner=("Action",)), titles=titles, widths=(62, 14))
