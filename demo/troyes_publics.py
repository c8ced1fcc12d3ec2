"""The people each Point Conseil Emploi of Troyes followed in the year in; their communes and publics out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from random import Random

from conventions.agreements import load_conventions
from conventions.catalogue import load_catalogue
from demo.accompagnement_social import split_exactly
from demo.chance import draw_part
from demo.sheets import Book, Labels, tabulate, write_page

PUBLICS = {"rsa": 0.33, "deld": 0.39, "jeunes": 0.25, "seniors": 0.18, "rqth": 0.11, "qpv": 0.42}
TOWN, TOWN_WEIGHT = "10387", 60.0
YEAR = "Année 2020"


def write_communes(book: Book, year: Mapping[str, int]) -> None:
    """The different people of the year by commune: together, those of the Points Conseil Emploi."""
    random = Random(f"troyes-communes-{sum(year.values())}")
    communes = {one.code: one.name for one in load_conventions()["troyes"].places if one.kind == "commune"}
    weights = [TOWN_WEIGHT if code == TOWN else random.expovariate(1.0) for code in communes]
    parts = dict(zip(communes, split_exactly(sum(year.values()), weights), strict=True))
    rows: dict[Labels, str] = {(code, name): code for code, name in communes.items()}
    label = load_catalogue().measures["accompagnes"].label
    table = replace(tabulate(rows, {(label,): None}, lambda code, _: parts[code]), corner=("Code INSEE", "Commune"))
    write_page(book, "Communes", table, titles=[YEAR], widths=(14, 34, 30))


def write_publics(book: Book, year: Mapping[str, int]) -> None:
    """The different people of the year by public: places × publics."""
    convention, labels = load_conventions()["troyes"], load_catalogue().axes["public"].values
    random = Random(f"troyes-publics-{sum(year.values())}")
    drawn = {
        (place, public): draw_part(random, size, odds)
        for place, size in year.items()
        for public, odds in PUBLICS.items()
    }
    rows: dict[Labels, str] = {(one.name,): one.code for one in convention.places if one.kind == "pce"}
    columns: dict[Labels, str] = {(labels[code],): code for code in PUBLICS}
    table = tabulate(rows, columns, lambda place, public: drawn[place, public])
    table = replace(table, corner=("Point Conseil Emploi",))
    titles = [f"{load_catalogue().measures['accompagnes'].label}, par public", YEAR]
    write_page(book, "Publics", table, titles=titles, widths=(40, 26))
