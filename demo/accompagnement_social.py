"""A seed in; who is followed by the accompagnement global, by which adviser and with which means, out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

from conventions.catalogue import load_catalogue
from conventions.periods import Period, parse_period
from demo.accompagnement_global import CONVENTION, DEPARTEMENT, MONTHS, SOURCE, list_freins, list_places, record_months
from demo.chance import draw_part
from demo.samples import Sample
from demo.sheets import Book, Labels, open_book, tabulate, write_page

QUARTERS = tuple(
    quarter
    for year in (2023, 2024, 2025)
    for quarter in parse_period(str(year)).parts("trimestre")
    if set(quarter.parts("mois")) <= set(MONTHS)
)
ADVISERS = tuple(f"C{rank:02d}" for rank in range(1, 11))
ALONE = "C09"
"""The one adviser of the last place, which has one post: whoever is followed there is followed by this one."""
# Ten full-time portfolios around the mean: one adviser follows too few people; the last place decides for C09.
LOADS = (1.02, 0.97, 0.93, 1.06, 0.98, 1.0, 0.78, 1.01, 1.2, 1.05)
PUBLICS = {"rsa": 0.64, "ass": 0.06, "aah": 0.05, "deld": 0.59, "rqth": 0.17, "qpv": 0.28, "monoparental": 0.24}
SEXES, AGES = (0.56, 0.44), (0.14, 0.5, 0.21, 0.15)
USED = 0.8


def write_accompagnement_social(out: Path, seed: int) -> list[Sample]:
    """Write a workbook a year: publics and advisers at the end of each quarter, means used during it."""
    recorded, samples = record_months(seed), []
    random = Random(f"accompagnement-social-{seed}")
    for year in (2023, 2024, 2025):
        path = out / f"CD35_accompagnement_global_publics_{year}.xlsx"
        quarters = [quarter for quarter in QUARTERS if quarter.year == year]
        followed = {one: _sum_places(recorded, "en_cours", one.parts("mois")[-1:]) for one in quarters}
        with open_book(path) as book:
            _write_publics(book, random, followed)
            _write_advisers(book, random, followed, {one: _count_last(recorded, one) for one in quarters})
            _write_means(book, random, {one: _count_freins(recorded, one) for one in quarters})
        samples.append(Sample(path, CONVENTION, SOURCE))
    return samples


def _sum_places(recorded: Mapping[tuple[str, str, str], float], line: str, months: Sequence[Period]) -> int:
    return int(sum(recorded[line, place, month.code] for place in list_places() for month in months))


def _count_last(recorded: Mapping[tuple[str, str, str], float], quarter: Period) -> int:
    return int(recorded["en_cours", list(list_places())[-1], quarter.parts("mois")[-1].code])


def _count_freins(recorded: Mapping[tuple[str, str, str], float], quarter: Period) -> dict[str, int]:
    months = quarter.parts("mois")
    return {frein: _sum_places(recorded, f"{frein} identifié", months) for frein in list_freins()}


def split_exactly(size: int, weights: Sequence[float]) -> list[int]:
    """`size` split as the weights say, to the unit: the largest remainders take what is left."""
    shares = [size * weight / sum(weights) for weight in weights]
    parts = [int(share) for share in shares]
    order = sorted(range(len(shares)), key=lambda rank: parts[rank] - shares[rank])
    for rank in order[: size - sum(parts)]:
        parts[rank] += 1
    return parts


def _write_publics(book: Book, random: Random, followed: Mapping[Period, int]) -> None:
    """Publics, sexes and ages of the people followed: values × quarters."""
    axes, counts = load_catalogue().axes, dict[tuple[str, Period], int]()
    for quarter, size in followed.items():
        counts |= {
            (axes["public"].values[code], quarter): draw_part(random, size, odd) for code, odd in PUBLICS.items()
        }
        for axis, weights in {"sexe": SEXES, "age": AGES}.items():
            drawn = [weight * random.uniform(0.94, 1.06) for weight in weights]
            labels = [axes[axis].values[code] for code in axes[axis].partitions[0]]
            counts |= {(one, quarter): part for one, part in zip(labels, split_exactly(size, drawn), strict=True)}
    title = f"DE en cours d'accompagnement, par public – {DEPARTEMENT}"
    _write_values(book, "Publics", ("Public", title), counts)


def _write_advisers(
    book: Book, random: Random, followed: Mapping[Period, int], alone: Mapping[Period, int]
) -> None:
    """Portfolios by adviser, named by a code: codes × quarters."""
    counts: dict[tuple[str, Period], int] = {}
    for quarter, size in followed.items():
        drawn = dict(zip(ADVISERS, (load * random.uniform(0.96, 1.04) for load in LOADS), strict=True))
        drawn.pop(ALONE)
        shared = dict(zip(drawn, split_exactly(size - alone[quarter], list(drawn.values())), strict=True))
        counts |= {(one, quarter): shared.get(one, alone[quarter]) for one in ADVISERS}
    title = f"DE en cours d'accompagnement – {DEPARTEMENT}"
    _write_values(book, "Conseillers", ("Code conseiller", title), counts)


def _write_means(book: Book, random: Random, freins: Mapping[Period, Mapping[str, int]]) -> None:
    """Means used to lift obstacles: types of obstacle × quarters."""
    counts = {
        (frein, quarter): draw_part(random, size, USED)
        for quarter, found in freins.items()
        for frein, size in found.items()
    }
    _write_values(book, "Moyens", ("Type de frein", f"Moyens mobilisés, par type de frein – {DEPARTEMENT}"), counts)


def _write_values(book: Book, name: str, heads: tuple[str, str], counts: Mapping[tuple[str, Period], int]) -> None:
    rows: dict[Labels, str] = {(label,): label for label in dict.fromkeys(label for label, _ in counts)}
    columns: dict[Labels, Period] = {(one.label,): one for one in dict.fromkeys(quarter for _, quarter in counts)}
    table = tabulate(rows, columns, lambda label, quarter: counts[label, quarter])
    write_page(book, name, replace(table, corner=heads[:1]), titles=heads[1:], widths=(58, 22))
