"""Drawn tables in; all that a committee can be shown of them, and what a linear programme makes of it, out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product
from pathlib import Path
from random import Random

import duckdb
import numpy as np
import pyarrow as pa
from scipy.optimize import linprog
from scipy.sparse import csr_array

from conventions.agreements import load_conventions
from conventions.periods import Period, parse_period
from conventions.values import Convention, Level, Place, Segment, make_segment
from indicators.figures import Request, compute_figures
from indicators.spans import cover, since_january
from indicators.values import Figure
from store.database import Database
from store.schema import TABLES

COLUMNS = ("convention", "source", "origin", "reading", "measure", "territory", "period", "segment", "value", "state")
LONG_AFTER = parse_period("9999").end

Atom = tuple[str, str, str, Segment]
"""Measure, territory, period and group of a count that is not cut further."""


@dataclass(frozen=True)
class Shape:
    """What the tables of a kind are made of: the finest counts are by leaf territory, period of `grain` and group.

    `indicators` are asked for; `is_total_given` writes the totals over groups as rows of their own.
    """

    name: str
    convention: Convention
    measures: tuple[str, ...]
    territories: tuple[str, ...]
    grain: str
    groups: tuple[Segment, ...] = ((),)
    indicators: tuple[str, ...] = ()
    is_total_given: bool = True


@dataclass(frozen=True)
class Table:
    """One drawn table, in a year of its own."""

    shape: Shape
    year: int
    counts: Mapping[Atom, int]


def two_levels() -> Convention:
    """A convention followed by district and, inside them, by neighbourhood."""
    plie = load_conventions()["plie-martigues"]
    districts = [Place(f"d{rank}", "secteur", f"Secteur {rank}") for rank in range(3)]
    inside = [
        Place(f"d{rank}q{part}", "quartier", f"Quartier {rank}{part}", parent=f"d{rank}")
        for rank in range(3)
        for part in range(2 + rank % 2)
    ]
    levels = (Level("secteur", "Secteurs", complete=True), Level("quartier", "Quartiers", complete=True))
    return replace(plie, places=(*districts, *inside), levels=levels)


def draw_table(shape: Shape, year: int, chance: Random) -> Table:
    """Counts of people as small territories have them: zeros, a few, and many."""
    periods = [one.code for one in Period(year, 1, 12).parts(shape.grain)]
    cells = product(shape.measures, shape.territories, periods, shape.groups)
    scales = (0, 4, 9, 40, 200)
    weights = chance.choice(((1, 1, 2, 3, 3), (2, 3, 3, 2, 1), (1, 1, 1, 6, 6)))
    return Table(shape, year, {cell: chance.randint(0, chance.choices(scales, weights)[0]) for cell in cells})


def open_tables(tables: Iterable[Table]) -> Database:
    """A database in memory whose cube holds the tables."""
    return open_cube([row for table in tables for row in _list_rows(table)])


def open_cube(rows: Iterable[tuple[object, ...]]) -> Database:
    """A database in memory whose cube holds these rows."""
    connection = duckdb.connect()
    connection.execute(TABLES)
    _fill(connection, rows)
    return Database(Path("tables"), connection)


def _fill(connection: duckdb.DuckDBPyConnection, rows: Iterable[tuple[object, ...]]) -> None:
    columns = pa.table({name: pa.array(values) for name, values in zip(COLUMNS, zip(*rows, strict=True), strict=True)})
    connection.register("drawn", columns)
    connection.execute("insert into cube from drawn")
    connection.unregister("drawn")


def revise(database: Database, tables: Iterable[Table]) -> None:
    """Put these tables in the cube, in the place of all that it held."""
    with database.transaction() as cursor:
        cursor.execute("delete from cube")
        _fill(cursor, [row for table in tables for row in _list_rows(table)])


def join_states(before: Table, after: Table, views: tuple[View, View]) -> tuple[Table, View]:
    """Both states as one table, for who knows which counts were revised: only these are two, before and after."""
    revised = [atom for atom, value in after.counts.items() if value != before.counts[atom]]
    anew: dict[Atom, Atom] = {atom: (f"{atom[0]} révisé", *atom[1:]) for atom in revised}
    moved = [frozenset(anew.get(atom, atom) for atom in one) for one in views[1].hidden]
    shown = {frozenset(anew.get(atom, atom) for atom in one): value for one, value in views[1].shown.items()}
    counts = {**before.counts, **{anew[atom]: after.counts[atom] for atom in anew}}
    joined = View({**views[0].shown, **shown}, {*views[0].hidden, *moved})
    joined.hidden -= joined.shown.keys()
    return replace(before, counts=counts), joined


def _list_rows(table: Table) -> Iterator[tuple[object, ...]]:
    shape = table.shape
    owner = shape.convention.key, shape.convention.sources[0].code, "retour", "flux"
    for (measure, territory, period, group), value in table.counts.items():
        yield *owner, measure, territory, period, _text(group), float(value), "ok"
    parents = {place.code: place.parent for place in shape.convention.places}
    sums: dict[Atom, int] = {}
    for (measure, territory, period, group), value in table.counts.items():
        above = [parents[territory]] if parents[territory] in parents else []
        for place in [territory, *(one for one in above if one)]:
            for whole in {group, ()} if shape.is_total_given else {group}:
                if (place, whole) != (territory, group):
                    sums[measure, place, period, whole] = sums.get((measure, place, period, whole), 0) + value
    for (measure, territory, period, group), value in sums.items():
        yield *owner, measure, territory, period, _text(group), float(value), "ok"


def _text(group: Segment) -> str:
    return ";".join(f"{axis}={value}" for axis, value in group)


@dataclass
class View:
    """All that is seen of a table: sums of its counts, known or hidden."""

    shown: dict[frozenset[Atom], float] = field(default_factory=dict)
    hidden: set[frozenset[Atom]] = field(default_factory=set)


def look(
    database: Database, tables: Sequence[Table], audience: str = "comite", *, with_spans: bool = True
) -> dict[int, View]:
    """Every view of the tables of one shape, through requests by every axis and over every length; and over mixed
    spans, which take a request each, of one table in four."""
    shape, views = tables[0].shape, {table.year: View() for table in tables}
    owners = {table.year: table for table in tables}
    axes = sorted({axis for group in shape.groups for axis, _ in group})
    lengths = [part for table in tables for grain in ("annee", "semestre", "trimestre", "mois")
               if len(Period(table.year, 1, 12).parts(grain)) <= len(Period(table.year, 1, 12).parts(shape.grain))
               for part in Period(table.year, 1, 12).parts(grain)]  # fmt: skip
    ways: list[tuple[str, ...]] = [(), *((axis,) for axis in axes)]
    asked: list[tuple[list[Period], tuple[str, ...]]] = [
        (lengths, (*by, "periode", *way)) for by in ((), ("territoire",)) for way in ways
    ]
    spanned = tables[::4] if with_spans else ()
    asked += [(span, by) for table in spanned for span in _list_spans(table) for by in ((), ("territoire",))]
    for periods, by in asked:
        request = Request(
            shape.convention.key, tuple(one.code for one in periods), by, shape.indicators,
            audience=audience, as_of=LONG_AFTER,
        )  # fmt: skip
        for figure in compute_figures(database, request):
            span = [parse_period(figure.period)] if figure.period else periods
            _note(owners[span[0].year], views[span[0].year], figure, span)
    for view in views.values():
        view.hidden -= view.shown.keys()
    return views


def _list_spans(table: Table) -> list[list[Period]]:
    """The year so far, and periods that do not follow each other."""
    parts = Period(table.year, 1, 12).parts(table.shape.grain)
    return [list(parts[:3]), [parts[0], parts[-1]]]


def _note(table: Table, view: View, figure: Figure, span: Sequence[Period]) -> None:
    """Keep what the figure says of the sums above and below."""
    for rank, term in enumerate(figure.terms):
        group = {*figure.segment, *term.segment}
        is_cumul = figure.indicator == "entrees_cumulees"
        months = cover(since_january(max(span)) if is_cumul else span)
        atoms = frozenset(
            atom
            for atom in table.counts
            if atom[0] == term.measure
            and _lies_in(atom[1], figure.territory, table.shape.convention)
            and any(one.contains(parse_period(atom[2])) for one in months)
            and group <= set(atom[3])
        )
        value = (figure.numerator, figure.denominator)[rank]
        if value is not None:
            assert value == sum(table.counts[atom] for atom in atoms), figure
            view.shown[atoms] = value
        elif figure.state == "secret":
            view.hidden.add(atoms)


def _lies_in(territory: str, place: str | None, convention: Convention) -> bool:
    parents = {one.code: one.parent for one in convention.places}
    return place in (None, convention.territory.code, territory, parents.get(territory))


@dataclass(frozen=True)
class Outcome:
    """What the attack learnt: hidden sums found exactly, and those known within less than the threshold."""

    recovered: list[frozenset[Atom]]
    narrow: list[frozenset[Atom]]
    tried: int


def attack(table: Table, view: View, *, with_widths: bool = False) -> Outcome:
    """Bound every hidden sum by linear programming over everything shown, counts being zero or more."""
    atoms = list(table.counts)
    rank = {atom: column for column, atom in enumerate(atoms)}
    rows = [[rank[atom] for atom in sum_] for sum_ in view.shown]
    known = csr_array(
        (np.ones(sum(map(len, rows))), ([row for row, cells in enumerate(rows) for _ in cells], sum(rows, []))),
        shape=(len(rows), len(atoms)),
    )
    values = np.array(list(view.shown.values()), dtype=float)
    truth = np.array([table.counts[atom] for atom in atoms], dtype=float)
    seen = [truth]
    recovered, narrow = [], []
    for hidden in sorted(view.hidden, key=lambda one: (len(one), sorted(map(rank.get, one), key=str))):
        target = np.zeros(len(atoms))
        target[[rank[atom] for atom in hidden]] = 1.0
        value = target @ truth
        if not with_widths and any(abs(target @ point - value) > 1 - 1e-6 for point in seen):
            continue
        bounds = []
        for sign in (1.0, -1.0):
            found = linprog(  # type: ignore[call-overload]
                sign * target, A_eq=known, b_eq=values, bounds=(0, None), method="highs"
            )
            if found.status == 3:
                bounds.append(sign * -np.inf)
                continue
            assert found.status == 0, found.message
            seen.append(found.x)
            bounds.append(sign * found.fun)
        low, high = np.ceil(bounds[0] - 1e-6), np.floor(bounds[1] + 1e-6)
        if low == high:
            recovered.append(hidden)
        if high - low < table.shape.convention.secrecy_threshold:
            narrow.append(hidden)
    return Outcome(recovered, narrow, len(view.hidden))


def group(**values: str) -> Segment:
    """A group by its axes."""
    return make_segment(values)
