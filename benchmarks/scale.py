"""Nothing in; the time of a convention's figures of a year over 1 M and 10 M paths, beside DuckDB on the paths, out.

Run by hand: `python -m benchmarks.scale [--small N] [--large N] [--rounds N]`. Both databases are built first, by
generated paths put straight into the store. The rounds then take each way in turn, and each time is a median.
The peer is what an analyst would write: one statement of DuckDB over the table of paths, all columns already typed,
the ratios left to be made. Its counts and those of Jalons are compared before anything is timed.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from statistics import median

from conventions.agreements import load_conventions
from conventions.catalogue import load_catalogue
from indicators.figures import Request, compute_figures
from store.cube import refresh
from store.database import Database, open_database
from store.rows import Part

CONVENTION, SOURCE, YEAR = "plie-martigues", "plie", "2024"
MEGABYTE = 1024**2
# Each path is drawn from its own number: 62 % come, 80 % of them enter the diagnostic, and so on, months apart.
DRAW = "create temp macro draw(i, of, size) as (hash(i, of) % size)::integer"
GENERATE = """
insert into parcours by name
with drawn as (
    select i, date '2023-01-01' + draw(i, 1, 1300) as orientation,
        draw(i, 2, 100) < 62 as comes, draw(i, 3, 100) < 80 as is_diagnosed, draw(i, 4, 100) < 60 as enters,
        draw(i, 5, 100) < 70 as leaves, draw(i, 6, 60) as d1, draw(i, 7, 60) as d2,
        draw(i, 8, 90) as d3, draw(i, 9, 500) as d4
    from range($rows) as numbers(i)
)
select 'I000001' as import_id, 1 as seq, $convention as convention, $source as source,
    printf('%016x', hash(i, 0)) || printf('%x', i) as pseudonym, 1 as rank,
    ['13056', '13056', '13056', '13077', '13077', '13098'][1 + draw(i, 10, 6)] as territory,
    'france_travail' as prescripteur, orientation as date_orientation,
    case when comes then orientation + d1 end as date_premier_contact,
    case when comes and is_diagnosed then orientation + d1 + d2 end as date_diagnostic,
    case when comes and is_diagnosed and enters then orientation + d1 + d2 + d3 end as date_integration,
    case when comes and is_diagnosed and enters and leaves then orientation + d1 + d2 + d3 + d4 end as date_sortie,
    case when comes and is_diagnosed and enters and leaves
        then ['cdi', 'cdd_6_mois', 'certification', 'demenagement', 'abandon', 'cdd_court'][1 + draw(i, 11, 6)] end
        as motif,
    ['homme', 'femme'][1 + draw(i, 12, 2)] as sexe,
    ['moins_26', '26_44', '45_53', '54_plus'][1 + draw(i, 13, 4)] as age,
    [['rsa'], ['rsa', 'qpv'], ['deld'], []][1 + draw(i, 14, 4)] as publics,
    ['niv_3', 'niv_4', 'niv_5'][1 + draw(i, 15, 3)] as niveau_formation,
    'Parcours' as sheet, i::integer as row, false as is_withdrawn
from drawn
"""
IMPORT = """insert into imports by name
select 'I000001' as id, 1 as seq, now()::timestamp as loaded_at, 'banc' as author, 'parcours.xlsx' as file,
    'banc' as file_hash, $convention as convention, $source as source, '{}' as options, 0 as observations,
    $rows as records, '[]' as sheets, '[]' as findings"""
PEER = """
select territory,
    count(*) filter (date_orientation between $start and $end) as orientes,
    count(*) filter (date_premier_contact between $start and $end) as presents,
    count(*) filter (date_diagnostic between $start and $end) as diagnostics,
    count(*) filter (date_integration between $start and $end) as integres,
    count(*) filter (date_sortie between $start and $end) as sorties,
    count(*) filter (date_sortie between $start and $end and motif in ('cdi', 'cdd_6_mois', 'certification'))
        as sorties_positives,
    count(*) filter (is_open) as participants,
    count(*) filter (is_open and list_contains(publics, 'rsa')) as rsa,
    count(*) filter (is_open and age in ('45_53', '54_plus')) as plus_45,
    count(*) filter (is_open and age = '54_plus') as plus_54
from (select *, date_integration <= $end and (date_sortie is null or date_sortie > $end) as is_open from parcours)
group by territory
"""
# The numerator of each indicator and, for a rate, its denominator, as the peer names them.
READ = {
    "orientes": ("orientes",), "presents": ("presents",), "diagnostics": ("diagnostics",), "integres": ("integres",),
    "sorties": ("sorties",), "sorties_positives": ("sorties_positives",), "participants": ("participants",),
    "taux_presence": ("presents", "orientes"), "taux_diagnostic_prescrits": ("diagnostics", "orientes"),
    "taux_passage_diagnostic": ("diagnostics", "presents"), "taux_integration_diagnostic": ("integres", "diagnostics"),
    "taux_integration_reception": ("integres", "presents"), "taux_integration_orientation": ("integres", "orientes"),
    "taux_sorties_positives": ("sorties_positives", "sorties"), "part_prescription_ft": ("integres", "integres"),
    "part_rsa": ("rsa", "participants"), "part_45_plus": ("plus_45", "participants"),
    "part_54_plus": ("plus_54", "participants"),
}  # fmt: skip
Counts = dict[tuple[str, str], tuple[float | None, ...]]


@dataclass(frozen=True)
class Scale:
    """A database of generated paths, and what it took."""

    rows: int
    database: Database
    path: Path
    build: float
    cube: int


def main() -> None:
    """Build both databases, check the answers, run the rounds, print the medians and the ratios."""
    parser = argparse.ArgumentParser(description="Le temps des chiffres d’une année, selon le nombre de parcours.")
    parser.add_argument("--small", type=int, default=1_000_000)
    parser.add_argument("--large", type=int, default=10_000_000)
    parser.add_argument("--rounds", type=int, default=21)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        scales = [make_scale(stack, Path(folder), rows) for rows in (asked.small, asked.large)]
        for one in scales:
            assert read_jalons(one.database) == read_peer(one.database), "les deux calculs diffèrent"
        print_times(scales, measure(scales, asked.rounds))


def make_scale(stack: ExitStack, folder: Path, rows: int) -> Scale:
    """A database of its own, its paths generated and its cube built."""
    path = folder / f"{rows}.duckdb"
    database = stack.enter_context(open_database(path))
    named = {"convention": CONVENTION, "source": SOURCE, "rows": rows}
    with database.cursor() as cursor:
        cursor.execute(DRAW)
        cursor.execute(IMPORT, named)
        cursor.execute(GENERATE, named)
        start = time.perf_counter()
        cursor.execute("begin")
        refresh(cursor, [Part(CONVENTION, SOURCE)], conventions=load_conventions(), catalogue=load_catalogue())
        cursor.execute("commit")
        took = time.perf_counter() - start
        cursor.execute("checkpoint")
        ((cube,),) = cursor.execute("select count(*) from cube").fetchall()
    return Scale(rows, database, path, took, cube)


def read_jalons(database: Database) -> Counts:
    """The year's figures of every indicator of the convention, by commune: their numerator and denominator."""
    request = Request(CONVENTION, (YEAR,), ("territoire",), source=SOURCE, as_of=date(2030, 1, 1))
    found = compute_figures(database, request)
    return {
        (one.indicator, str(one.territory)): tuple(x for x in (one.numerator, one.denominator) if x is not None)
        for one in found
        if one.indicator in READ
    }


def read_peer(database: Database) -> Counts:
    """The same by one statement over the paths."""
    with database.cursor() as cursor:
        cursor.execute(PEER, {"start": date(int(YEAR), 1, 1), "end": date(int(YEAR), 12, 31)})
        names = [column[0] for column in cursor.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return {
        (code, row["territory"]): tuple(float(row[name]) for name in counted)
        for row in rows
        for code, counted in READ.items()
    }


def measure(scales: list[Scale], rounds: int) -> dict[tuple[str, int], float]:
    """The median seconds of each way on each database, taken in turn."""
    ways: dict[str, Callable[[Database], Counts]] = {"Jalons": read_jalons, "DuckDB sur les parcours": read_peer}
    taken: dict[tuple[str, int], list[float]] = {(name, one.rows): [] for name in ways for one in scales}
    for _ in range(rounds):
        for name, way in ways.items():
            for one in scales:
                start = time.perf_counter()
                way(one.database)
                taken[name, one.rows].append(time.perf_counter() - start)
    return {key: median(times) for key, times in taken.items()}


def print_times(scales: list[Scale], times: dict[tuple[str, int], float]) -> None:
    """Times, sizes and the two ratios."""
    for one in scales:
        size = one.path.stat().st_size / MEGABYTE
        print(f"{one.rows} parcours : {size:.0f} Mo, cube de {one.cube} lignes en {one.build:.1f} s")
    for (name, rows), seconds in times.items():
        print(f"{name:26}{rows:12} parcours{1000 * seconds:10.1f} ms")
    small, large = (one.rows for one in scales)
    peer = "DuckDB sur les parcours"
    print(f"Jalons : {times['Jalons', large] / times['Jalons', small]:.2f} fois le temps du petit nombre de parcours")
    print(f"{peer} : {times[peer, large] / times['Jalons', large]:.1f} fois le temps de Jalons")
    print(f"mémoire au plus haut : {getrusage(RUSAGE_SELF).ru_maxrss / 1024:.0f} Mo")


if __name__ == "__main__":
    main()
